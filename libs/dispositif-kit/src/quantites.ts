import type { DateCivile } from '@sillage/kernel';
import { parametre, type Parametre, type Parametres, type ParametresResolus, type ValeurDatee } from './parametre.js';

const SOURCES = {
  BILAN: 'le bilan final, mois par mois',
  SUIVIS: 'les tableaux confirmés, période par période',
} as const;

/** Where a quantity is read. */
export type SourceDeQuantite = keyof typeof SOURCES;

/** The parameter that says where a quantity is read. */
export function parametreSourceDeQuantite(
  du: string,
  options: { libelle: string; regle: string; interpretation: string },
): Parametre<SourceDeQuantite> {
  const valeurs: (ValeurDatee & { valeur: SourceDeQuantite })[] = [{ du, valeur: 'BILAN' }];
  return parametre.choix(SOURCES, valeurs, options);
}

/** A quantity that the balance is computed from, wherever it is told. */
export interface DeclarationQuantite<K extends string = string> {
  libelle: string;
  regle: string;
  /** In the bilan: a table, its column of numbers and, where it tells of periods, its column of first days. */
  bilan: { lignes: string; valeur: string; mois?: string };
  /** Or in the confirmed reports: which one, which field, and the parameter (`parametreSourceDeQuantite`) that chooses. */
  suivi?: { source: K; nom: string; champ: string };
}

/** So much, for the period that starts on a day; without one, for the whole of the convention. */
export interface Quantite {
  readonly du: DateCivile | null;
  readonly nombre: number;
}

/** The quantities of a dossier, by name: who computes the balance reads them here, and nowhere else. */
export type Quantites = Readonly<Record<string, readonly Quantite[]>>;

/** A report that the service has confirmed. */
export interface SuiviConfirme {
  readonly nom: string;
  readonly du: DateCivile;
  readonly champs: Readonly<Record<string, unknown>>;
}

/** Reads them where the parameters say. */
export function lireQuantites(
  declarees: Readonly<Record<string, DeclarationQuantite>> | undefined,
  parametres: ParametresResolus<Parametres>,
  { bilan, suivis }: { bilan: Readonly<Record<string, unknown>> | null; suivis: readonly SuiviConfirme[] },
): Quantites {
  const lues = Object.entries(declarees ?? {}).map(([nom, declaree]): [string, readonly Quantite[]] => {
    const { bilan: dansLeBilan, suivi: dansLesSuivis } = declaree;
    if (dansLesSuivis && parametres[dansLesSuivis.source]?.valeur === 'SUIVIS') {
      const confirmes = suivis.filter((suivi) => suivi.nom === dansLesSuivis.nom);
      return [nom, confirmes.map(({ du, champs }) => ({ du, nombre: champs[dansLesSuivis.champ] as number }))];
    }
    const { lignes, mois, valeur } = dansLeBilan;
    const table = (bilan?.[lignes] ?? []) as readonly Readonly<Record<string, unknown>>[];
    const du = (ligne: Readonly<Record<string, unknown>>) => (mois === undefined ? null : (ligne[mois] as DateCivile));
    return [nom, table.map((ligne) => ({ du: du(ligne), nombre: ligne[valeur] as number }))];
  });
  return Object.fromEntries(lues);
}
