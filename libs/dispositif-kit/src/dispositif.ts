import type { DateCivile, Decision, Explication, Montant, Periode, Role, Temporal } from '@sillage/kernel';
import type { EntityManager, EntitySchema, MixedList } from 'typeorm';
import type { Type } from '@nestjs/common';
import type { z } from 'zod';
import type { Champs, Valeurs } from './champ.js';
import type { CritereComparaison } from './comparaison.js';
import type { DeclarationContinuite } from './continuite.js';
import type { CouvertureDeclaree } from './couverture.js';
import { PARAMETRES_DES_DATES } from './dates.js';
import { PARAMETRES_DE_CONSERVATION, type TablePersonnelle } from './donnees-personnelles.js';
import type { DeclarationEligibilite } from './eligibilite.js';
import { PARAMETRES_DE_CONVENTION } from './fin-de-convention.js';
import type { DeclarationPlafondAnnuel } from './finance/plafond-annuel.js';
import type { Cotation, DeclarationGrille } from './grilles/index.js';
import type { ModelesDeNotification } from './notification.js';
import { PARAMETRES_DE_CANDIDATURE } from './parametres-de-candidature.js';
import type { Parametres, ParametresResolus } from './parametre.js';
import { type DeclarationPiece, PARAMETRES_DES_PIECES } from './pieces.js';
import type { DeclarationPorteurs } from './porteurs.js';
import type { DeclarationQuantite, Quantites } from './quantites.js';
import type { DeclarationSuivi } from './suivi.js';

/** An amount and how it came about. */
export interface MontantExplique {
  montant: Montant;
  explication: Explication;
}

/** The most that may be granted, and why; null when the text bounds nothing and nobody decided otherwise (AMB-085). */
export interface PlafondExplique {
  montant: Montant | null;
  explication: Explication;
}

/** What a rule on a candidature knows: the fields as domain values, the parameters at the date, the territories by code. */
export interface ContexteCandidature<C extends Champs, P extends Parametres> {
  champs: Valeurs<C>;
  territoires: readonly string[];
  /** What a sentence calls a territory of the département, given its code; a code that names none stands for itself. */
  nomDuTerritoire: (code: string) => string;
  parametres: ParametresResolus<P>;
}

/** What a rule on a convention knows; `termes` are the quantities that the convention commits to. */
export interface ContexteConvention<T extends Champs, P extends Parametres> {
  termes: Valeurs<T>;
  periode: Periode;
  montant: Montant;
  parametres: ParametresResolus<P>;
}

export interface RegleCandidature<C extends Champs, P extends Parametres> {
  regle: string;
  libelle: string;
  /** NON blocks the deposit; A_CONFIRMER lets it through, and whoever decides must confirm it by name. */
  decider(contexte: ContexteCandidature<C, P>): Decision;
}

/** A rule that ties a convention to the candidature that it comes from. Only OUI lets it be prepared. */
export interface RegleConvention<C extends Champs, T extends Champs, P extends Parametres> {
  regle: string;
  libelle: string;
  /** An avenant may go beyond what the candidature asked for (AMB-175). */
  saufAvenant?: true;
  decider(contexte: ContexteConvention<T, P> & { champs: Valeurs<C> }): Decision;
}

/** Events in a dossier's life that cause payments: the last signature; a bilan that the Département's service has confirmed. */
export type EvenementDossier = 'CONVENTION_SIGNEE' | 'BILAN_CONFIRME';

/** Terms of a convention, from the day on that they hold. */
export interface TermesEnVigueur<T extends Champs> {
  readonly du: DateCivile;
  readonly termes: Valeurs<T>;
}

/** What a payment is computed from; parameters are those of the day of the last signature, `date` is the day of the event. */
export interface ContexteVersement<C extends Champs, T extends Champs, P extends Parametres, B extends Champs> {
  /** What the porteur asked for, as the candidature says it. */
  champs: Valeurs<C>;
  /** What the convention commits to, its last avenant included. */
  termes: Valeurs<T>;
  /**
   * The terms that held in turn, by day: the first from the convention's first day, the last being `termes`; one entry when no avenant
   * changed them. What an avenant says prevails, from its day on, over all that was signed before it (AMB-190).
   */
  termesSuccessifs: readonly TermesEnVigueur<T>[];
  montantConventionne: Montant;
  periode: Periode;
  date: DateCivile;
  parametres: ParametresResolus<P>;
  /** What was really done, as the service confirmed it; null as long as no bilan is. */
  bilan: Valeurs<B> | null;
  /** The final scores of the convention on the dispositif's grid; null or absent as long as there are none (TRANS-14). */
  cotation?: Cotation | null;
  /** The declared quantities, from the bilan or from the confirmed reports. */
  quantites: Quantites;
  /** What the convention's other tranches are worth, those refused apart: a balance is what is due minus all of it. */
  dejaVerse: Montant;
}

/**
 * One payment of a convention. `tranche` is its natural key: a convention has at most one versement of each. A negative amount proposes
 * a trop-perçu (AMB-098).
 */
export interface DeclarationVersement<X> {
  tranche: string;
  libelle: string;
  a: EvenementDossier;
  regle: string;
  calculer(contexte: X): MontantExplique;
}

/** What a rule on a bilan knows. */
export interface ContexteBilan<C extends Champs, T extends Champs, P extends Parametres, B extends Champs> extends Omit<
  ContexteVersement<C, T, P, B>,
  'bilan' | 'dejaVerse'
> {
  bilan: Valeurs<B>;
}

export interface RegleBilan<C extends Champs, T extends Champs, P extends Parametres, B extends Champs> {
  regle: string;
  libelle: string;
  /** Only OUI lets the bilan be handed in. */
  decider(contexte: ContexteBilan<C, T, P, B>): Decision;
}

/** What the porteur hands in once the work is done, and the Département's service confirms: quantities, expenses, scores. */
export interface DeclarationBilan<C extends Champs, T extends Champs, P extends Parametres, B extends Champs> {
  regle: string;
  champs: B;
  controles?: readonly RegleBilan<C, T, P, B>[];
}

/** The credits of an appel à projets, when its text limits them; otherwise what is committed is only followed (AMB-085). */
export interface DeclarationEnveloppe<P extends Parametres> {
  /** Key of the `montant` parameter that opens them. */
  montant: keyof P & string;
  regle: string;
}

/** How a deadline that is not so many days or months after its event is counted. */
export type FormeEcheance =
  /** The last day of so many months that begin with the event: `mois`. */
  | 'DERNIER_JOUR'
  /** A day of the month after the event's: `entier`. */
  | 'JOUR_DU_MOIS_SUIVANT'
  /** The day on which somebody born on the event's day turns so many years old: `entier`. */
  | 'ANNIVERSAIRE';

/** A deadline: so many days or months after an event, by a parameter, unless `forme` says otherwise. */
export interface DeclarationEcheance<P extends Parametres = Parametres> {
  code: string;
  libelle: string;
  depuis: string;
  dans: keyof P & string;
  forme?: FormeEcheance;
  regle: string;
}

/** Who the dispositif is for, by age: completed years, both bounds included (AMB-001, AMB-002). */
export interface DeclarationAge<P extends Parametres = Parametres> {
  /** Keys of `entier` parameters. */
  min: keyof P & string;
  max: keyof P & string;
  /** What the age is taken at: `Validation par l’équipe ou la commission`. */
  a: string;
  /** Key of the parameter `parametreBorneHaute`, where the text may be read either way (AMB-001). */
  borneHaute?: keyof P & string;
  regle: string;
  interpretation?: string;
}

/** A call for projects that the dispositif's text already dates; civil days, both inclusive. */
export interface DeclarationAppel {
  code: string;
  libelle: string;
  ouverture: string;
  cloture: string;
  regle: string;
}

export interface DeclarationIndicateur {
  code: string;
  libelle: string;
  unite: string;
  regle: string;
}

/** A right that the plugin adds for its own subjects: plain data, merged with the core's and shown in docs/access.md. */
export interface DroitDeclare {
  role: Role;
  actions: readonly string[];
  sujet: string;
  portee: 'DEPARTEMENT' | 'TERRITOIRE' | 'STRUCTURE';
  regles: readonly string[];
}

/** The dossier that a job works on: where, and since when. The core refuses the job where the dispositif is off. */
export interface DossierDuJob {
  territoireIds: readonly string[];
  commenceLe: Temporal.Instant;
}

/** A background job of the plugin: `charge` holds ids only; effect and mark of execution share the given transaction. */
export interface JobDispositif<T extends object = object> {
  nom: string;
  charge: z.ZodType<T>;
  concerne(em: EntityManager, charge: T, contexte: ContexteJobDispositif): Promise<DossierDuJob>;
  executer(em: EntityManager, charge: T, contexte: ContexteJobDispositif): Promise<void>;
}

export interface ContexteJobDispositif {
  departementId: string;
  jobId: string;
}

/** A dispositif as its author writes it; `C`, `T`, `P` and `B` are inferred, so that a mistyped field is a compile error. */
export interface DeclarationDispositif<
  C extends Champs,
  T extends Champs,
  P extends Parametres,
  B extends Champs = Champs,
> extends CouvertureDeclaree {
  /** Stable code in lower case and hyphens; names the plugin's folder, schema and API prefix. */
  code: string;
  libelle: string;
  /** What the dispositif is for, in a sentence, for users. */
  description: string;
  version: string;
  /** The texts it implements, for its page of documentation. */
  textes: readonly string[];
  parametres: P;
  appels?: readonly DeclarationAppel[];
  candidature: {
    /** Rule that dates the window of deposit and validation. */
    regleFenetre: string;
    /** Rule that lists the territories, said to who asks for another. */
    regleTerritoires?: string;
    /** Who may apply, when the text says what it is. */
    porteurs?: DeclarationPorteurs;
    champs: C;
    recevabilite: readonly RegleCandidature<C, P>[];
    /** Roles whose opinion is asked, on each territory of the candidature (AMB-105). */
    avis: readonly Role[];
    /** What rival candidatures are compared on, side by side (AMB-106). */
    comparaison?: readonly CritereComparaison<C>[];
    /** What the porteur is told of the decision; the kit's own texts, when left out. */
    notification?: ModelesDeNotification;
    /** How long one action may be financed, when the text limits it. */
    continuite?: DeclarationContinuite<C, P>;
  };
  convention: {
    termes: T;
    /** Key of the `mois` parameter that bounds the duration. */
    dureeMax: keyof P & string;
    /** The most that the Département may grant, and why. */
    plafond(contexte: Omit<ContexteConvention<T, P>, 'montant'>): PlafondExplique;
    controles?: readonly RegleConvention<C, T, P>[];
    /** The most that one structure may be granted in a year, when the text says it. */
    plafondAnnuel?: DeclarationPlafondAnnuel<P>;
    /** Rule by which a convention does not begin before the deposit of its candidature. */
    pasAvantLeDepot?: string;
    regles: { duree: string; plafond: string };
  };
  enveloppe?: DeclarationEnveloppe<P>;
  /** Key of the `booleen` parameter that says whether who liquidates a payment may not order it; nobody may, when left out. */
  separation?: keyof P & string;
  age?: DeclarationAge<P>;
  /** Who may enter, as rules on one young person (`definirEligibilite`). */
  eligibilite?: DeclarationEligibilite;
  bilan?: DeclarationBilan<C, T, P, B>;
  /** Supporting documents, each with the step that asks for it. */
  pieces?: readonly DeclarationPiece<C, P>[];
  /** The grid that its conventions are scored by. */
  grille?: DeclarationGrille<P>;
  /** Intermediate reports, by name: `comiteTrimestriel`. */
  suivis?: Readonly<Record<string, DeclarationSuivi<Champs, keyof P & string>>>;
  /** What the balance is computed from, period by period, by name. */
  quantites?: Readonly<Record<string, DeclarationQuantite<keyof P & string>>>;
  versements: readonly DeclarationVersement<ContexteVersement<C, T, P, B>>[];
  echeances?: readonly DeclarationEcheance<P>[];
  indicateurs?: readonly DeclarationIndicateur[];
  droits?: readonly DroitDeclare[];
  /** The tables of the plugin that hold data on young people: what is given to them, and how it is erased. */
  donneesPersonnelles?: readonly TablePersonnelle[];
  jobs?: readonly JobDispositif[];
  /** Nest module with the resolvers and services that the declaration does not cover. */
  module?: Type;
  /** Names of the GraphQL types that the module defines, so that boot can refuse two plugins that define the same. */
  typesGraphql?: readonly string[];
  entites?: MixedList<Type | EntitySchema>;
  /** TypeORM migrations of the plugin's own PostgreSQL schema, `plugin_<code>`. */
  migrations?: readonly Type[];
}

/** A dispositif as the core sees it: the same declaration, its inner types forgotten. */
export type Dispositif = DeclarationDispositif<Champs, Champs, Parametres> & {
  /** `MonDispositif` for `mon-dispositif`: prefix of its GraphQL types and mutations. */
  readonly prefixe: string;
  /** `plugin_coordo_ase`: its PostgreSQL schema. */
  readonly schema: string;
};

/** Declares a dispositif. Types flow from the fields and parameters to the rules; the rest of the house reads the result. */
export function definirDispositif<
  const C extends Champs,
  const T extends Champs,
  const P extends Parametres,
  const B extends Champs = Champs,
>(declaration: DeclarationDispositif<C, T, P, B>): Dispositif {
  const mots = declaration.code.split('-');
  const declare = declaration as unknown as DeclarationDispositif<Champs, Champs, Parametres>;
  return {
    ...declare,
    parametres: { ...declare.parametres, ...manquants(declare) },
    prefixe: mots.map((mot) => mot.charAt(0).toUpperCase() + mot.slice(1)).join(''),
    schema: `plugin_${mots.join('_')}`,
  };
}

/** What every dispositif is asked for, and this one does not say. */
function manquants({ parametres }: Pick<Dispositif, 'parametres'>): Parametres {
  const attendus = {
    ...PARAMETRES_DE_CONSERVATION,
    ...PARAMETRES_DE_CANDIDATURE,
    ...PARAMETRES_DES_DATES,
    ...PARAMETRES_DE_CONVENTION,
    ...PARAMETRES_DES_PIECES,
  };
  return Object.fromEntries(Object.entries(attendus).filter(([cle]) => !(cle in parametres)));
}

/** A job of a plugin, typed by its payload. */
export function jobDispositif<T extends object>(job: JobDispositif<T>): JobDispositif {
  return job;
}
