import {
  type DecisionCitee,
  dateCivile,
  type DateCivile,
  dateEnFrancais,
  Fraction,
  Montant,
  type ParametreCite,
  Periode,
  Refus,
} from '@sillage/kernel';

/** A value and the civil dates (inclusive) on which it holds, unless a later one starts; `valeur` is its JSON form. */
export interface ValeurDatee {
  du: string;
  au?: string;
  valeur: string | number | boolean | null;
}

export interface OptionsParametre {
  libelle: string;
  /** Rule of docs/regles.md that states the value. */
  regle: string;
  /** AMB- id when the text is silent or ambiguous and the value is the catalogue's proposed default. */
  interpretation?: string;
}

export type GenreParametre = 'montant' | 'taux' | 'entier' | 'mois' | 'jours' | 'date' | 'booleen' | 'choix';

/** A dated parameter of a dispositif. `lire` turns the JSON form into the domain value and throws on a bad one. */
export interface Parametre<V = unknown> {
  readonly genre: GenreParametre;
  readonly unite: string;
  readonly valeurs: readonly ValeurDatee[];
  readonly options: OptionsParametre;
  lire(valeur: unknown): V;
  /** The value as a French reader sees it in an `Explication`. */
  afficher(valeur: V): string;
}

export type Parametres = Readonly<Record<string, Parametre>>;

/** A parameter at a date: the value to compute with, and what to cite. */
export interface ParametreResolu<V = unknown> {
  readonly valeur: V;
  readonly cite: ParametreCite;
}

export type ParametresResolus<P> = {
  readonly [K in keyof P]: P[K] extends Parametre<infer V> ? ParametreResolu<V> : never;
};

/** From the weakest to the strongest (regles.md, section 13 and TRANS-02). */
export const PORTEES = ['APPEL', 'TERRITOIRE', 'CONVENTION', 'ANNEXE'] as const;
export type Portee = (typeof PORTEES)[number];

/** A value decided for one appel, territory, convention or annex; `au` null means until further notice. */
export interface Surcharge {
  cle: string;
  portee: Portee;
  porteeId: string;
  du: DateCivile;
  au: DateCivile | null;
  valeur: unknown;
  /** Who decided it, when and why; cited with the value. */
  decision?: DecisionCitee;
}

type Options = OptionsParametre;

/** The vocabulary of parameters. */
export const parametre = {
  montant: (valeurs: readonly ValeurDatee[], options: Options): Parametre<Montant> =>
    creer('montant', '€', valeurs, options, montantPositif, (m) => m.enFrancais()),
  /** A rate, written in percent: `62.5` or `62.5 %`. */
  taux: (valeurs: readonly ValeurDatee[], options: Options): Parametre<Fraction> =>
    creer(
      'taux',
      '%',
      valeurs,
      options,
      (v) => tauxBorne(v),
      (f) => `${enTexte(f.fois(Fraction.de(100n)))} %`,
    ),
  entier: (valeurs: readonly ValeurDatee[], options: Options & { unite: string }): Parametre<number> =>
    creer('entier', options.unite, valeurs, options, entierPositif, (n) => `${n} ${options.unite}`),
  mois: (valeurs: readonly ValeurDatee[], options: Options): Parametre<number> =>
    creer('mois', 'mois', valeurs, options, entierPositif, (n) => `${n} mois`),
  jours: (valeurs: readonly ValeurDatee[], options: Options): Parametre<number> =>
    creer('jours', 'jours', valeurs, options, entierPositif, (n) => `${n} jour${n > 1 ? 's' : ''}`),
  /** A civil day that the text sets: the first or the last of an operation. */
  date: (valeurs: readonly ValeurDatee[], options: Options): Parametre<DateCivile> =>
    creer('date', 'date', valeurs, options, (v) => dateCivile(texte(v)), dateEnFrancais),
  booleen: (valeurs: readonly ValeurDatee[], options: Options): Parametre<boolean> =>
    creer('booleen', 'oui ou non', valeurs, options, booleen, (b) => (b ? 'oui' : 'non')),
  /** An interpretation among several, each with its French label. */
  choix: <const V extends Readonly<Record<string, string>>>(
    libelles: V,
    valeurs: readonly (ValeurDatee & { valeur: keyof V & string })[],
    options: Options,
  ): Parametre<keyof V & string> =>
    creer(
      'choix',
      'au choix',
      valeurs,
      options,
      (v) => option(libelles, v),
      (cle) => libelles[cle] ?? cle,
    ),
  /**
   * A value that the text does not give, and that nobody supposes (AMB-085): null from `du` on, until an administrator decides one. What it
   * would bound is not bounded meanwhile.
   */
  aDecider: <V>(du: string, declare: Parametre<V>): Parametre<V | null> => ({
    ...declare,
    valeurs: [{ du, valeur: null }],
    lire: (valeur) => (valeur === null ? null : declare.lire(valeur)),
    afficher: (valeur) => (valeur === null ? 'non renseigné' : declare.afficher(valeur)),
  }),
};

/**
 * The value of one parameter on a date. Overrides win by strength (annex, convention, territory, appel), then the declared value.
 * @throws Refus PARAMETRE_INCONNU when nothing holds on that date, PARAMETRE_AMBIGU when several territories of a dossier disagree.
 */
export function resoudre<V>(
  cle: string,
  declare: Parametre<V>,
  date: DateCivile,
  surcharges: readonly Surcharge[],
): ParametreResolu<V> {
  const enVigueur = surcharges.filter((s) => s.cle === cle && Periode.de(s.du, s.au).contient(date));
  for (const portee of [...PORTEES].reverse()) {
    const candidates = enVigueur.filter((s) => s.portee === portee);
    const [premiere] = candidates;
    if (premiere === undefined) continue;
    // Compared as people read them: "60" and 60 are one rate.
    const lue = (s: Surcharge): string => declare.afficher(declare.lire(s.valeur));
    if (candidates.some((s) => lue(s) !== lue(premiere))) {
      throw Refus.de(
        'PARAMETRE_AMBIGU',
        `Le paramètre « ${declare.options.libelle} » a plusieurs valeurs le ${dateEnFrancais(date)} selon les territoires de ce dossier : un administrateur leur donne la même, ou la fixe à la convention.`,
        { path: ['parametres', cle], regle: declare.options.regle },
      );
    }
    const valeur = declare.lire(premiere.valeur);
    return {
      valeur,
      cite: citer(
        cle,
        declare,
        valeur,
        premiere.du.toString(),
        premiere.au?.toString() ?? null,
        portee,
        premiere.decision,
      ),
    };
  }
  const datee = valeurDeclaree(declare, date);
  if (datee === undefined) {
    throw Refus.de(
      'PARAMETRE_INCONNU',
      `Le paramètre « ${declare.options.libelle} » n’a pas de valeur au ${dateEnFrancais(date)} : un administrateur peut la fixer.`,
      { path: ['parametres', cle], regle: declare.options.regle },
    );
  }
  const valeur = declare.lire(datee.valeur);
  return { valeur, cite: citer(cle, declare, valeur, datee.du, datee.au ?? null, 'DISPOSITIF') };
}

/** Every parameter of a declaration at a date; each is resolved when it is read, so that a missing one only stops who needs it. */
export function resoudreTous<P extends Parametres>(
  declares: P,
  date: DateCivile,
  surcharges: readonly Surcharge[],
): ParametresResolus<P> {
  const resolus = {};
  for (const [cle, declare] of Object.entries(declares)) {
    let resolu: ParametreResolu | undefined;
    Object.defineProperty(resolus, cle, {
      enumerable: true,
      get: () => (resolu ??= resoudre(cle, declare, date, surcharges)),
    });
  }
  return resolus as ParametresResolus<P>;
}

/**
 * The declared value that holds on a date, if any: the one that started last. A new one is added after the old one, which is left as it was written, so that what was computed
 * under the old one still explains itself word for word.
 */
export function valeurDeclaree({ valeurs }: Parametre, date: DateCivile): ValeurDatee | undefined {
  return valeurs
    .filter((v) => periodeDe(v).contient(date))
    .reduce<ValeurDatee | undefined>((derniere, v) => (derniere && derniere.du >= v.du ? derniere : v), undefined);
}

const periodes = new WeakMap<ValeurDatee, Periode>();

/** When a declared value holds; read once, as declarations do not change. */
export function periodeDe(datee: ValeurDatee): Periode {
  const connue = periodes.get(datee);
  if (connue) return connue;
  const periode = Periode.de(dateCivile(datee.du), datee.au === undefined ? null : dateCivile(datee.au));
  periodes.set(datee, periode);
  return periode;
}

function citer<V>(
  cle: string,
  declare: Parametre<V>,
  valeur: V,
  du: string,
  au: string | null,
  origine: ParametreCite['origine'],
  decision?: DecisionCitee,
): ParametreCite {
  const { libelle, regle } = declare.options;
  const cite = { cle, libelle, valeur: declare.afficher(valeur), unite: declare.unite, du, au, origine, regle };
  return decision ? { ...cite, decision } : cite;
}

function creer<V>(
  genre: GenreParametre,
  unite: string,
  valeurs: readonly ValeurDatee[],
  options: Options,
  lire: (valeur: unknown) => V,
  afficher: (valeur: V) => string,
): Parametre<V> {
  return { genre, unite, valeurs, options, lire, afficher };
}

/** A number that JSON has read has lost its decimals beyond the sixteenth digit, and its form: only a whole one is still what was written. */
function texte(valeur: unknown): string {
  if (typeof valeur === 'string') return valeur;
  if (typeof valeur === 'number' && Number.isSafeInteger(valeur)) return String(valeur);
  throw new Error('Une valeur en texte est attendue : mettez-la entre guillemets, par exemple "62.5".');
}

function tauxBorne(valeur: unknown): Fraction {
  const taux = Fraction.pourcentage(texte(valeur).replace(/ ?%$/, ''));
  if (taux.estNegative() || taux.comparer(Fraction.de(1n)) > 0)
    throw new Error('Un taux est compris entre 0 et 100 %.');
  return taux;
}

function montantPositif(valeur: unknown): Montant {
  const montant = Montant.euros(texte(valeur));
  if (montant.comparer(Montant.ZERO) < 0) throw new Error('Un montant de zéro euro ou plus est attendu.');
  return montant;
}

function entierPositif(valeur: unknown): number {
  if (typeof valeur === 'number' && Number.isSafeInteger(valeur) && valeur >= 0) return valeur;
  throw new Error('Un nombre entier, positif ou nul, est attendu.');
}

function booleen(valeur: unknown): boolean {
  if (typeof valeur === 'boolean') return valeur;
  throw new Error('Oui ou non (true ou false) est attendu.');
}

function option<V extends Readonly<Record<string, string>>>(libelles: V, valeur: unknown): keyof V & string {
  if (typeof valeur === 'string' && Object.hasOwn(libelles, valeur)) return valeur;
  const admises = Object.entries(libelles).map(([cle, libelle]) => `${libelle} (${cle})`);
  throw new Error(`Une de ces valeurs est attendue : ${admises.join(', ')}.`);
}

function enTexte(fraction: Fraction): string {
  return fraction.enDecimal().replace('.', ',');
}
