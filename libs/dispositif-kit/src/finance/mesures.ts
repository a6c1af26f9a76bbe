import {
  ajouterMois,
  type DateCivile,
  dateEnFrancais,
  Fraction,
  type Montant,
  Periode,
  Temporal,
} from '@sillage/kernel';
import { parametre, type Parametre, type ParametreResolu, type ValeurDatee } from '../parametre.js';
import { additionner, type Chiffre, eurosExacts, nombreEnFrancais } from './chiffre.js';

const PRORATAS = {
  MOIS_COMPLETS: 'par mois complet réalisé',
  MOIS_ENTAMES: 'par mois entamé',
  JOURS: 'par jour',
  AUCUN: 'sans prorata, dès le premier jour',
} as const;

/** What a measure that was cut short is worth. */
export type ProrataDesMesures = keyof typeof PRORATAS;

export function parametreProrataDesMesures(
  du: string,
  options: { regle: string; interpretation: string },
): Parametre<ProrataDesMesures> {
  const valeurs: (ValeurDatee & { valeur: ProrataDesMesures })[] = [{ du, valeur: 'MOIS_COMPLETS' }];
  return parametre.choix(PRORATAS, valeurs, { libelle: 'Montant d’une mesure écourtée', ...options });
}

/** A measure, or the part of one spent at a level; the lines of one reference are one measure (AMB-181). */
export interface Mesure<K extends string = string> {
  readonly reference: string;
  readonly niveau: K;
  readonly debut: DateCivile;
  readonly fin: DateCivile;
  /** Whether the commission decided to prolong it. */
  readonly prolongee: boolean | null;
}

/** What measures are paid by, at their date. */
export interface ReglesDesMesures<K extends string> {
  /** Only days within it count (AMB-092). */
  operation: Periode;
  niveaux: Readonly<Record<K, { libelle: string; pourDouzeMois: ParametreResolu<Montant>; regle: string }>>;
  prorata: ParametreResolu<ProrataDesMesures>;
  /** Months that a measure lasts at most. */
  duree: ParametreResolu<number>;
  /** Months that a decided prolongation adds, when it is paid for (AMB-090). */
  prolongation: ParametreResolu<number>;
  prolongationFinancee: ParametreResolu<boolean>;
  regle: string;
}

interface LigneComptee<K extends string> {
  readonly mesure: Mesure<K>;
  readonly mois: Fraction;
  /** What of the line does not count, in French; empty when all of it does. */
  readonly reserve: string;
}

/** What the measures are worth, by level: a twelfth of the yearly amount a month, exact. Nothing depends on the order of the lines. */
export function montantDesMesures<K extends string>(
  mesures: readonly Mesure<K>[],
  regles: ReglesDesMesures<K>,
): Chiffre {
  const comptees = [...parReference(mesures).values()].flatMap((lignes) => compter(lignes, regles));
  const niveaux = Object.keys(regles.niveaux) as K[];
  const { libelle, regle } = { libelle: 'Mesures réalisées, au plus', regle: regles.regle };
  return additionner(
    { libelle, regle, formule: 'somme des niveaux' },
    niveaux.map((niveau) =>
      montantDuNiveau(
        niveau,
        comptees.filter(({ mesure }) => mesure.niveau === niveau),
        regles,
      ),
    ),
  );
}

function montantDuNiveau<K extends string>(
  niveau: K,
  lignes: readonly LigneComptee<K>[],
  { niveaux, prorata, duree, prolongation, prolongationFinancee }: ReglesDesMesures<K>,
): Chiffre {
  const { libelle, pourDouzeMois, regle } = niveaux[niveau];
  const mois = Fraction.somme(lignes.map((ligne) => ligne.mois));
  const valeur = pourDouzeMois.valeur.enFraction().fois(mois).divise(DOUZE);
  return {
    valeur,
    explication: {
      libelle,
      resultat: eurosExacts(valeur),
      formule: 'montant pour douze mois / 12 × mois retenus',
      regle,
      interpretation: 'AMB-089',
      entrees: [
        { nom: 'Mois retenus', valeur: nombreEnFrancais(mois) },
        ...lignes.map(({ mesure, mois: retenus, reserve }) => ({
          nom: `Mesure ${mesure.reference}, du ${dateEnFrancais(mesure.debut)} au ${dateEnFrancais(mesure.fin)}`,
          valeur: `${nombreEnFrancais(retenus)} mois${reserve}`,
        })),
      ],
      parametres: [pourDouzeMois.cite, prorata.cite, duree.cite, prolongation.cite, prolongationFinancee.cite],
    },
  };
}

/** The lines of one measure, in time: each starts after the one before, and all stop at its length and at the operation's end. */
function compter<K extends string>(lignes: readonly Mesure<K>[], regles: ReglesDesMesures<K>): LigneComptee<K>[] {
  const { operation, duree, prolongation, prolongationFinancee } = regles;
  const debut = lignes[0]?.debut;
  if (debut === undefined) return [];
  const prolongee = prolongationFinancee.valeur && lignes.some((ligne) => ligne.prolongee === true);
  const dureeMax = duree.valeur + (prolongee ? prolongation.valeur : 0);
  const dernierJour = ajouterMois(debut, dureeMax).subtract({ days: 1 });
  let libreDes = debut;
  let moisRestants = Fraction.de(BigInt(dureeMax));
  return lignes.map((mesure) => {
    const du = plusTard(mesure.debut, operation.du, libreDes);
    const au = plusTot(mesure.fin, dernierJour, operation.au ?? mesure.fin);
    libreDes = plusTard(libreDes, mesure.fin.add({ days: 1 }));
    const mois = Fraction.min(moisRestants, moisDe(du, au, regles.prorata.valeur));
    moisRestants = regles.prorata.valeur === 'AUCUN' && !mois.estNulle() ? Fraction.ZERO : moisRestants.moins(mois);
    return { mesure, mois, reserve: reserves(mesure, dernierJour, operation, dureeMax) };
  });
}

function moisDe(du: DateCivile, au: DateCivile, prorata: ProrataDesMesures): Fraction {
  if (Temporal.PlainDate.compare(au, du) < 0) return Fraction.ZERO;
  const mois = Periode.de(du, au).nombreDeMois();
  switch (prorata) {
    case 'MOIS_COMPLETS':
      return Fraction.de(mois.entierInferieur());
    case 'MOIS_ENTAMES':
      return Fraction.de(mois.entierSuperieur());
    case 'JOURS':
      return mois;
    case 'AUCUN':
      return DOUZE;
  }
}

function reserves(mesure: Mesure, dernierJour: DateCivile, operation: Periode, dureeMax: number): string {
  const apres = operation.au !== null && Temporal.PlainDate.compare(mesure.fin, operation.au) > 0;
  const avant = Temporal.PlainDate.compare(mesure.debut, operation.du) < 0;
  const tropLongue = Temporal.PlainDate.compare(mesure.fin, dernierJour) > 0;
  return [
    ...(avant ? [' ; ce qui précède l’opération ne compte pas (AMB-092)'] : []),
    ...(apres ? [' ; ce qui suit l’opération est à reprendre par une convention ultérieure (AMB-092)'] : []),
    ...(tropLongue ? [` ; au-delà de ${dureeMax} mois, rien n’est financé (AMB-090)`] : []),
  ].join('');
}

function parReference<K extends string>(mesures: readonly Mesure<K>[]): Map<string, Mesure<K>[]> {
  const groupes = new Map<string, Mesure<K>[]>();
  for (const mesure of [...mesures].sort(dansLeTemps)) {
    groupes.set(mesure.reference, [...(groupes.get(mesure.reference) ?? []), mesure]);
  }
  return groupes;
}

/** A total order, so that the same lines always give the same tree: by reference, then in time. */
export function dansLeTemps(a: Mesure, b: Mesure): number {
  return (
    compares(a.reference, b.reference) ||
    Temporal.PlainDate.compare(a.debut, b.debut) ||
    Temporal.PlainDate.compare(a.fin, b.fin) ||
    compares(a.niveau, b.niveau)
  );
}

function compares(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function plusTard(premiere: DateCivile, ...autres: DateCivile[]): DateCivile {
  return autres.reduce((max, date) => (Temporal.PlainDate.compare(date, max) > 0 ? date : max), premiere);
}

function plusTot(premiere: DateCivile, ...autres: DateCivile[]): DateCivile {
  return autres.reduce((min, date) => (Temporal.PlainDate.compare(date, min) < 0 ? date : min), premiere);
}

const DOUZE = Fraction.de(12n);
