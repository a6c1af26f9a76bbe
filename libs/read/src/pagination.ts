import { Refus } from '@sillage/kernel';

export const PAGE_MAX = 100;
export const PAGE_PAR_DEFAUT = 50;

/** Beyond it a list is counted as "at least": an exact count of a long list costs more than the page itself. */
export const TOTAL_MAX = 1000;

export interface PageDemandee {
  readonly taille: number;
  /** Counted from the end of the list. */
  readonly aRebours: boolean;
  readonly apres: string | null;
  readonly avant: string | null;
}

/** @throws Refus PAGE_TROP_GRANDE, VALEUR_INVALIDE */
export function lirePage(args: Readonly<Record<string, unknown>>): PageDemandee {
  const first = nombre(args['first']);
  const last = nombre(args['last']);
  if (first !== null && last !== null) {
    throw Refus.de('VALEUR_INVALIDE', 'Choisissez « first » ou « last », pas les deux.', { path: ['first'] });
  }
  const taille = first ?? last ?? PAGE_PAR_DEFAUT;
  const path = [first === null && last !== null ? 'last' : 'first'];
  if (taille < 1) throw Refus.de('VALEUR_INVALIDE', 'Une page compte au moins une ligne.', { path });
  if (taille > PAGE_MAX) throw Refus.de('PAGE_TROP_GRANDE', `Une page compte au plus ${PAGE_MAX} lignes.`, { path });
  return { taille, aRebours: last !== null, apres: texte(args['after']), avant: texte(args['before']) };
}

function nombre(valeur: unknown): number | null {
  return typeof valeur === 'number' ? valeur : null;
}

function texte(valeur: unknown): string | null {
  return typeof valeur === 'string' && valeur !== '' ? valeur : null;
}
