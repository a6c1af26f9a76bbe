import { dateEnFrancais } from '@sillage/kernel';
import type { LigneParametre } from '../parametres/parametre.lecture.js';
import type { AppelSitue } from './appel.situation.js';

export const NATURES_DIFFERENCE = {
  LIBELLE: 'Le nom de l’appel.',
  PRESENTATION: 'Ce que l’appel dit aux candidats.',
  OUVERTURE: 'Le premier jour de dépôt.',
  CLOTURE: 'Le dernier jour de dépôt.',
  TERRITOIRES: 'Les territoires couverts.',
  PARAMETRE: 'La valeur d’un paramètre, au premier jour de chaque appel.',
} as const;
export type NatureDifference = keyof typeof NATURES_DIFFERENCE;

export interface Difference {
  readonly nature: NatureDifference;
  /** Key of the parameter, for a parameter. */
  readonly cle: string | null;
  readonly libelle: string;
  readonly avant: string | null;
  readonly apres: string | null;
  readonly regle: string;
}

/** What parts an appel from the earlier one it was made from, as people read it; parameters as each holds on its own first day. */
export function comparerAppels(
  ancien: AppelSitue,
  nouveau: AppelSitue,
  anciens: readonly LigneParametre[],
  nouveaux: readonly LigneParametre[],
): Difference[] {
  const dApp = (nature: NatureDifference, lire: (situe: AppelSitue) => string | null): Difference => ({
    nature,
    cle: null,
    libelle: NATURES_DIFFERENCE[nature],
    avant: lire(ancien),
    apres: lire(nouveau),
    regle: 'TRANS-03',
  });
  const valeurs = new Map(anciens.map(({ cle, resolu }) => [cle, resolu?.valeur ?? null]));
  return [
    dApp('LIBELLE', ({ appel }) => appel.libelle),
    dApp('PRESENTATION', ({ appel }) => appel.presentation),
    dApp('OUVERTURE', ({ appel }) => dateEnFrancais(appel.ouverture)),
    dApp('CLOTURE', ({ appel }) => dateEnFrancais(appel.cloture)),
    dApp('TERRITOIRES', ({ territoires }) => territoires.map(({ libelle }) => libelle).join(', ')),
    ...nouveaux.map(({ cle, libelle, regle, resolu }) => ({
      nature: 'PARAMETRE' as const,
      cle,
      libelle,
      avant: valeurs.get(cle) ?? null,
      apres: resolu?.valeur ?? null,
      regle,
    })),
  ].filter(({ avant, apres }) => avant !== apres);
}
