import {
  dateCivile,
  type DateCivile,
  dateEnFrancais,
  type Decision,
  type Motif,
  non,
  oui,
  Temporal,
} from '@sillage/kernel';
import type { Champ, Champs } from './champ.js';
import { parametre, type ParametreResolu, type Parametres } from './parametre.js';

/** When a date is, for those who fill a form in: what is not so is a slip of the pen, or a promise told as a fact. */
export const QUAND = {
  PASSE: 'passée',
  PASSE_RECENT: 'passée, récente',
  A_VENIR: 'à venir',
} as const;
export type QuandDate = keyof typeof QUAND;

/** How far from the day of the form a recent date, or a planned one, may be; an administrator decides otherwise for one appel. */
export const PARAMETRES_DES_DATES = {
  horizonDesDates: parametre.entier([{ du: '2020-01-01', valeur: 3 }], {
    libelle: 'Années d’écart au-delà desquelles une date récente ou prévue est tenue pour une erreur de saisie',
    regle: 'TRANS-05',
    unite: 'ans',
  }),
} as const satisfies Parametres;

interface JourDuFormulaire {
  /** Today: a fact is not after it. */
  readonly le: DateCivile;
  /** The day on which the form was handed in: what is planned is not before it. */
  readonly remisLe: DateCivile;
  readonly horizon: ParametreResolu<number>;
  readonly chemin: readonly string[];
}

/** What the dates of a form may not say, by `quand`; in its tables too. */
export function deciderDates(
  champs: Champs,
  valeurs: Readonly<Record<string, unknown>>,
  jour: JourDuFormulaire,
): Decision {
  const motifs = fautes(champs, valeurs, jour, null);
  return motifs.length === 0 ? oui() : non(motifs);
}

function fautes(
  champs: Champs,
  valeurs: Readonly<Record<string, unknown>>,
  jour: JourDuFormulaire,
  regleDeLaTable: string | null,
): Motif[] {
  return Object.entries(champs).flatMap(([nom, declare]): Motif[] => {
    const { nature, options } = declare;
    const regle = options.regle ?? regleDeLaTable;
    const chemin = [...jour.chemin, nom];
    if (nature.genre === 'lignes') {
      const lignes = (valeurs[nom] ?? []) as readonly Readonly<Record<string, unknown>>[];
      return lignes.flatMap((ligne, rang) =>
        fautes(nature.champs, ligne, { ...jour, chemin: [...chemin, String(rang)] }, regle),
      );
    }
    const date = valeurs[nom] as DateCivile | null | undefined;
    if (nature.genre !== 'date' || nature.quand === undefined || !date) return [];
    const faute = fauteDeDate(date, nature.quand, jour);
    return faute === null ? [] : [{ code: 'VALEUR_INVALIDE', message: dire(declare, date, faute), regle, chemin }];
  });
}

/** What is wrong, in French; null when nothing is. */
function fauteDeDate(date: DateCivile, quand: QuandDate, { le, remisLe, horizon }: JourDuFormulaire): string | null {
  const bornes = {
    PASSE: { min: null, max: le },
    PASSE_RECENT: { min: dateCivile(`${remisLe.year - horizon.valeur}-01-01`), max: le },
    A_VENIR: { min: remisLe, max: dateCivile(`${remisLe.year + horizon.valeur}-12-31`) },
  } as const satisfies Record<QuandDate, { min: DateCivile | null; max: DateCivile }>;
  const { min, max } = bornes[quand];
  if (min !== null && Temporal.PlainDate.compare(date, min) < 0) return `au plus tôt le ${dateEnFrancais(min)}`;
  if (Temporal.PlainDate.compare(date, max) > 0) return `au plus tard le ${dateEnFrancais(max)}`;
  return null;
}

function dire({ options }: Champ, date: DateCivile, faute: string): string {
  return `« ${options.libelle} » : ${dateEnFrancais(date)} n’est pas possible, ${faute}.`;
}
