import {
  type Acteur,
  construireDroits,
  type ContexteActeur,
  type DroitDispositif,
  type Droits,
  ErreurIdentite,
  type Identite,
} from '@sillage/access';
import type { FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Debit } from '../debit/debit.js';
import type { Trace } from '../http/trace.js';
import { erreurProtocole } from './erreurs.js';
import { estIndisponibilite } from './formater-erreur.js';

/** What every resolver receives. `contexte` is absent for an anonymous request, which reaches no resolver. */
export interface ContexteGraphql {
  readonly contexte: ContexteActeur | undefined;
  readonly requeteId: string;
  readonly trace: Trace;
}

export interface OptionsContexte {
  readonly identite: Identite;
  readonly droitsDispositifs: readonly DroitDispositif[];
  readonly departementParDefaut: string | null;
  /** Whether a request without a token goes as far as validation: development only, for the schema. */
  readonly anonymesAdmis: boolean;
  readonly debit: Debit;
  /** Receives what the caller is not told. */
  readonly signaler: (erreur: unknown, requeteId: string) => void;
}

export const ENTETE_DEPARTEMENT = 'x-departement';
/** Why somebody asks, as a URI component: what they read of young people is kept with it. */
export const ENTETE_MOTIF = 'x-motif';
const MOTIF_MAX = 200;
const CODE_DEPARTEMENT = /^[0-9][0-9AB][0-9]?$/;

/** Builds the context before anything runs: who asks, for which département, with which rights. */
export class FabriqueContexte {
  /** `Identite` gives the same object while its answer is fresh. */
  readonly #droits = new WeakMap<Acteur, Droits>();

  constructor(private readonly options: OptionsContexte) {}

  /**
   * @param points what it costs its caller, whatever it turns out to ask
   * @throws GraphQLError with its HTTP status: 401, 403, 400, 429 or 503.
   */
  async pour(requete: FastifyRequest, trace: Trace, points = 1): Promise<ContexteGraphql> {
    const { authorization } = requete.headers;
    const base = { requeteId: requete.id, trace };
    const { identite, debit, anonymesAdmis } = this.options;
    if (authorization === undefined && anonymesAdmis) return { ...base, contexte: undefined };
    try {
      debit.admettre(requete.ip, () => identite.connait(authorization));
      const departementId = this.#departement(requete.headers[ENTETE_DEPARTEMENT]);
      const acteur = await identite.identifier(authorization, departementId);
      // What cannot be read or is refused costs too.
      debit.depenser(acteur, points);
      trace.acteurId = acteur.utilisateurId;
      trace.departementId = departementId;
      const motif = lireMotif(requete.headers[ENTETE_MOTIF]);
      const contexte = { departementId, acteur, droits: this.#droitsDe(acteur), requeteId: requete.id };
      return { ...base, contexte: motif === undefined ? contexte : { ...contexte, motif } };
    } catch (erreur) {
      if (erreur instanceof ErreurIdentite && erreur.code !== 'SERVICE_INDISPONIBLE') debit.noterEchec(requete.ip);
      throw this.#traduire(erreur, trace, requete.id);
    }
  }

  #departement(entete: string | string[] | undefined): string {
    const departementId = entete ?? this.options.departementParDefaut;
    if (typeof departementId === 'string' && CODE_DEPARTEMENT.test(departementId)) return departementId;
    throw erreurProtocole('DEPARTEMENT_INCONNU');
  }

  #droitsDe(acteur: Acteur): Droits {
    let droits = this.#droits.get(acteur);
    if (droits === undefined) {
      droits = construireDroits(acteur, this.options.droitsDispositifs);
      this.#droits.set(acteur, droits);
    }
    return droits;
  }

  #traduire(erreur: unknown, trace: Trace, requeteId: string): GraphQLError {
    const traduite = this.#enErreurProtocole(erreur, requeteId);
    trace.codes.add(String(traduite.extensions['code']));
    if (traduite.extensions['code'] === 'ERREUR_INTERNE') traduite.extensions['requeteId'] = requeteId;
    return traduite;
  }

  #enErreurProtocole(erreur: unknown, requeteId: string): GraphQLError {
    if (erreur instanceof GraphQLError) return erreur;
    if (erreur instanceof ErreurIdentite) return erreurProtocole(erreur.code);
    this.options.signaler(erreur, requeteId);
    return erreurProtocole(estIndisponibilite(erreur) ? 'SERVICE_INDISPONIBLE' : 'ERREUR_INTERNE');
  }
}

/** Headers carry ASCII alone: accents come encoded. What cannot be read is left out, the request is not refused for it. */
function lireMotif(entete: string | string[] | undefined): string | undefined {
  if (typeof entete !== 'string' || entete.trim() === '') return undefined;
  try {
    return decodeURIComponent(entete).replaceAll('\0', '').slice(0, MOTIF_MAX).toWellFormed();
  } catch {
    return undefined;
  }
}
