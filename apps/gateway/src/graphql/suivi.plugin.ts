import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import { CODES_ERREUR } from '@sillage/kernel';
import { PAGE_MAX } from '@sillage/core';
import { fragmentsDe } from '@sillage/read';
import type {
  DocumentNode,
  GraphQLError,
  GraphQLFormattedError,
  GraphQLSchema,
  OperationDefinitionNode,
} from 'graphql';
import type { Debit } from '../debit/debit.js';
import { accepte } from './accepte.js';
import { analyserOperation } from './analyser-operation.js';
import type { ContexteGraphql } from './contexte.js';
import { erreurProtocole } from './erreurs.js';
import { estImprevue } from './formater-erreur.js';
import { type CheminTexte, texteInterdit } from './texte-interdit.js';
import { situerVariablesFautives } from './variable-fautive.js';

/** A longer name of operation is cut, where we write it. */
const NOM_MAX = 60;
/** A longer path is cut in the message, which a person reads; `champ` has it whole. */
const LIEU_MAX = 200;

/** What an operation may cost. */
export interface Bornes {
  /** Most objects that an answer may hold. */
  readonly coutMax: number;
  /** What its caller may spend. */
  readonly debit: Pick<Debit, 'depenser'>;
}

export interface OptionsSuivi extends Bornes {
  /** Receives each unexpected error, once, with the id that the caller is given. */
  readonly signaler: (erreur: unknown, requeteId: string) => void;
}

/**
 * Follows each GraphQL request. Before it runs, `verifierOperation`: here, since Apollo validates a document only the first time it
 * sees it. After: where a variable is at fault, codes for the log, the request's id on unexpected errors.
 */
export function pluginSuivi({ signaler, ...bornes }: OptionsSuivi): ApolloServerPlugin<ContexteGraphql> {
  const suiveur: GraphQLRequestListener<ContexteGraphql> = {
    async didResolveOperation({ schema, document, operation, operationName, request, contextValue }) {
      // Several operations and no name: Apollo refuses it next.
      if (!operation) return;
      if (!accepte(request.http?.headers.get('accept'))) throw erreurProtocole('BAD_REQUEST');
      const { variables = {} } = request;
      verifierOperation({ schema, document, operation, operationName, variables }, contextValue, bornes);
    },

    async didEncounterErrors({ errors, contextValue, schema, request }) {
      situerVariablesFautives(errors, schema, request.variables ?? {});
      for (const erreur of errors) {
        if (estImprevue(erreur)) signaler(erreur, contextValue.requeteId);
      }
    },

    async willSendResponse({ response, contextValue }) {
      if (response.body.kind !== 'single') return;
      const { errors = [], data } = response.body.singleResult;
      for (const erreur of errors) noter(erreur, contextValue);
      if (contextValue.trace.genre !== 'mutation') return;
      for (const code of refusDesMutations(data)) contextValue.trace.codes.add(code);
    },
  };
  return { requestDidStart: async () => suiveur };
}

/** A validated operation, as one request asks it. */
export interface OperationPosee {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * What must hold before an operation runs, whoever runs it: nobody anonymous beyond the schema, no text that the database cannot keep, no page
 * over the maximum, no answer too large, nobody over their budget. Notes what is asked.
 * @throws GraphQLError
 */
export function verifierOperation(
  { schema, document, operation, operationName, variables }: OperationPosee,
  { trace, contexte }: ContexteGraphql,
  { coutMax, debit }: Bornes,
): void {
  trace.genre = operation.operation;
  if (operationName !== null) trace.operation = operationName.slice(0, NOM_MAX);

  const { cout, points, pages, introspectionSeule } = analyserOperation({
    schema,
    operation,
    fragments: fragmentsDe(document),
    variables,
  });
  if (contexte === undefined && !introspectionSeule) throw erreurProtocole('NON_AUTHENTIFIE');
  const fautif = texteInterdit(document, variables);
  if (fautif !== undefined) throw refusDeTexte(fautif);
  // The core checks it again where it makes SQL.
  const tropGrande = pages.find((taille) => taille > PAGE_MAX);
  if (tropGrande !== undefined) {
    throw erreurProtocole(
      'PAGE_TROP_GRANDE',
      `La page demandée, ${tropGrande} éléments, dépasse ${PAGE_MAX} éléments.`,
    );
  }
  if (cout > coutMax) {
    throw erreurProtocole(
      'REQUETE_TROP_GRANDE',
      `La requête est trop grande : sa réponse pourrait compter ${cout} objets, pour ${coutMax} au plus. Demandez de plus petites pages.`,
    );
  }
  // Once a request, whichever ways it takes.
  if (contexte === undefined || trace.points !== undefined) return;
  debit.depenser(contexte.acteur, points);
  trace.points = points;
}

function refusDeTexte(chemin: CheminTexte): GraphQLError {
  const lieu = chemin.join('.');
  return erreurProtocole(
    'BAD_USER_INPUT',
    `Le texte de « ${lieu.length > LIEU_MAX ? `${lieu.slice(0, LIEU_MAX)}…` : lieu} » porte un caractère interdit (U+0000, ou une moitié de caractère) : retirez-le.`,
    { champ: chemin },
  );
}

function noter({ extensions }: GraphQLFormattedError, { trace, requeteId }: ContexteGraphql): void {
  const code = extensions?.['code'];
  trace.codes.add(String(code));
  if (extensions && code === 'ERREUR_INTERNE') extensions['requeteId'] = requeteId;
}

/** The codes of `errors` in mutations' payloads, where the request asked for them under their own names. */
function refusDesMutations(data: Record<string, unknown> | null | undefined): string[] {
  return Object.values(data ?? {}).flatMap((charge) => {
    const errors: unknown = estObjet(charge) ? charge['errors'] : undefined;
    if (!Array.isArray(errors)) return [];
    return errors.flatMap((e: unknown) => {
      const code = estObjet(e) ? e['code'] : undefined;
      return typeof code === 'string' && Object.hasOwn(CODES_ERREUR, code) ? [code] : [];
    });
  });
}

function estObjet(valeur: unknown): valeur is Record<string, unknown> {
  return typeof valeur === 'object' && valeur !== null;
}
