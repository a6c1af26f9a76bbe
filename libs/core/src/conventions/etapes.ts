import { type DateCivile, Temporal } from '@sillage/kernel';
import { type Convention, estSignee } from './convention.entity.js';

/** CONV-WF-01, as the calendar makes it: a convention that was denounced is in force until its last day. */
export const ETAPES_CONVENTION = {
  A_SIGNER: 'Projet à signer',
  ABANDONNEE: 'Abandonnée avant d’être signée',
  A_VENIR: 'Signée, avant son premier jour',
  EN_VIGUEUR: 'En vigueur',
  ECHUE: 'Échue : son dernier jour est passé',
  DENONCEE: 'Finie, pour avoir été dénoncée',
  RESILIEE: 'Finie, pour avoir été résiliée',
} as const;
export type EtapeConvention = keyof typeof ETAPES_CONVENTION;

/** Where a convention is on a day; its last day is included. */
export function etapeDe({ etat, du, au }: Pick<Convention, 'etat' | 'du' | 'au'>, jour: DateCivile): EtapeConvention {
  if (!estSignee(etat)) return etat === 'ABANDONNEE' ? 'ABANDONNEE' : 'A_SIGNER';
  if (Temporal.PlainDate.compare(jour, du) < 0) return 'A_VENIR';
  if (Temporal.PlainDate.compare(jour, au) <= 0) return 'EN_VIGUEUR';
  return etat === 'DENONCEE' || etat === 'RESILIEE' ? etat : 'ECHUE';
}
