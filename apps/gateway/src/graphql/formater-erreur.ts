import { unwrapResolverError } from '@apollo/server/errors';
import { type CodeProtocole, CODES_PROTOCOLE, ErreurValeur, Refus } from '@sillage/kernel';
import { UniteAbandonnee } from '@sillage/persistence';
import { codeDePanne, estErreur } from '@sillage/socle';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { estCodeProtocole } from './erreurs.js';
import { variableDe } from './variable-fautive.js';

/**
 * The one way out for GraphQL errors: a code of the table, a French message, nothing of the inside. An unexpected error keeps
 * only its code; the request's id is added by whoever knows it (`suivi.plugin.ts`).
 */
export function formaterErreur(formatee: GraphQLFormattedError, erreur: unknown): GraphQLFormattedError {
  const { code, message, complement } = juger(formatee, erreur);
  return {
    message,
    ...(formatee.locations && { locations: formatee.locations }),
    ...(formatee.path && { path: formatee.path }),
    extensions: { code, ...complement },
  };
}

/**
 * The same for production: without the names that graphql-js suggests for one that is misspelt. Apollo withholds them of the document's
 * validation, and lets them through for what variables hold.
 */
export function formaterErreurSansSuggestion(formatee: GraphQLFormattedError, erreur: unknown): GraphQLFormattedError {
  const rendue = formaterErreur(formatee, erreur);
  return { ...rendue, message: rendue.message.replace(SUGGESTION, '') };
}

const SUGGESTION = / Did you mean [^?]*\?$/;

/** Whether the formatter hides this error: then somebody has to write it down. */
export function estImprevue(erreur: unknown): boolean {
  const code = juger({ message: '', extensions: codeBrut(erreur) }, erreur).code;
  return code === 'ERREUR_INTERNE' || code === 'SERVICE_INDISPONIBLE';
}

interface Jugement {
  readonly code: string;
  readonly message: string;
  readonly complement?: Record<string, unknown>;
}

/** Codes whose English detail names what to correct: it follows the French sentence. */
const AVEC_DETAIL: ReadonlySet<CodeProtocole> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
]);

function juger(formatee: GraphQLFormattedError, erreur: unknown): Jugement {
  const origine = unwrapResolverError(erreur);
  if (origine instanceof Refus) return duRefus(origine);
  if (origine instanceof ErreurValeur) return { code: 'BAD_USER_INPUT', message: origine.message };
  if (estArgumentFautif(origine) || estTropDeVariables(origine))
    return { code: 'BAD_USER_INPUT', message: phrase('BAD_USER_INPUT', origine.message) };
  const limite = deLimite(formatee, erreur);
  if (limite !== undefined) return limite;
  const code = formatee.extensions?.['code'];
  if (formatee.extensions?.['validationErrorCode'] === 'INTROSPECTION_DISABLED') {
    return {
      code: 'GRAPHQL_VALIDATION_FAILED',
      message: 'L’introspection est fermée : lisez `schema.graphql` de la version servie.',
    };
  }
  if (code === 'PERSISTED_QUERY_NOT_SUPPORTED') {
    return { code: 'BAD_REQUEST', message: 'Les requêtes enregistrées ne sont pas admises : envoyez le texte seul.' };
  }
  // A resolver's own GraphQLError would bring its text to the outside: only ours are known to be fit for it.
  if (estCodeProtocole(code) && code !== 'ERREUR_INTERNE') {
    const champ = formatee.extensions?.['champ'];
    if (!Array.isArray(champ)) return { code, message: phrase(code, formatee.message) };
    // Ours says all in its message; a library's is the detail of where it points.
    const deVariable = erreur instanceof GraphQLError && variableDe(erreur) !== undefined;
    const message = deVariable
      ? `La valeur de « ${champ.join('.')} » n’est pas de celles que le schéma admet. Détail : ${formatee.message}`
      : formatee.message;
    return { code, message, complement: { champ } };
  }
  if (estIndisponibilite(origine)) return seul('SERVICE_INDISPONIBLE');
  const requeteId = formatee.extensions?.['requeteId'];
  return { ...seul('ERREUR_INTERNE'), ...(typeof requeteId === 'string' && { complement: { requeteId } }) };
}

/** What graphql-js says of an argument that a variable left empty: it comes during the execution, without a code. */
function estArgumentFautif(erreur: unknown): erreur is GraphQLError {
  return (
    erreur instanceof GraphQLError &&
    erreur.extensions['code'] === undefined &&
    erreur.nodes !== undefined &&
    erreur.message.startsWith('Argument "')
  );
}

/** What graphql-js says instead of the fifty-first fault of a request's variables: it points at none of them. */
function estTropDeVariables(erreur: unknown): erreur is GraphQLError {
  return (
    erreur instanceof GraphQLError &&
    erreur.extensions['code'] === undefined &&
    erreur.message.startsWith('Too many errors processing variables')
  );
}

/** In a mutation a refusal is data; here it comes from a query, which has nowhere else to say it. */
function duRefus({ erreurs }: Refus): Jugement {
  const [premiere, ...autres] = erreurs;
  if (premiere === undefined) return seul('ERREUR_INTERNE');
  const { code, message, regle, path } = premiere;
  return { code, message, complement: { regle, champ: path, ...(autres.length > 0 && { autres }) } };
}

function deLimite({ message, extensions }: GraphQLFormattedError, erreur: unknown): Jugement | undefined {
  const code: CodeProtocole = 'REQUETE_TROP_GRANDE';
  const cause = erreur instanceof GraphQLError ? erreur.originalError : undefined;
  if (cause instanceof GraphQLError && cause.extensions['code'] === code) return { code, message: cause.message };
  const detail = /Document contains more th[ae][nt] (\d+) tokens/.exec(message)?.[1];
  if (detail !== undefined)
    return { code, message: `La requête est trop grande : elle compte plus de ${detail} mots et signes.` };
  if (extensions?.['validationErrorCode'] === 'MAX_RECURSIVE_SELECTIONS_EXCEEDED') {
    return { code, message: 'La requête est trop grande : ses fragments répètent trop de champs.' };
  }
  return undefined;
}

/** Ours are French already; a library's text is kept as the detail of the code's own sentence. */
function phrase(code: CodeProtocole, detail: string): string {
  const { description } = CODES_PROTOCOLE[code];
  if (!AVEC_DETAIL.has(code) || detail === description || detail === '') return detail || description;
  return `${description} Détail : ${detail.trim()}`;
}

function seul(code: CodeProtocole): Jugement {
  return { code, message: CODES_PROTOCOLE[code].description };
}

/**
 * Errors that another attempt may cure: no connection (class 08, 57P*, Node's own), too many of them (53*), a statement that was
 * cancelled, a transaction that lost to another (40*).
 */
const PASSAGERE = /^(08|40|53|57P)\w+$|^57014$|^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;

export function estIndisponibilite(erreur: unknown): boolean {
  if (erreur instanceof UniteAbandonnee) return true;
  const code = codeDePanne(erreur);
  if (code !== undefined) return PASSAGERE.test(code);
  // pg gives these two no code.
  return estErreur(erreur) && /^(timeout exceeded when trying to connect|Connection terminated)/.test(erreur.message);
}

function codeBrut(erreur: unknown): Record<string, unknown> {
  return erreur instanceof GraphQLError ? erreur.extensions : {};
}
