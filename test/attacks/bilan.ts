import { appendFileSync } from 'node:fs';

export interface LigneDeBilan {
  /** What is attempted, in French: it names a row of the table of `npm run attacks`. */
  readonly attaque: string;
  readonly tentatives: number;
  /** How many of them the house withstood: all, or `npm run attacks` fails. */
  readonly tenues: number;
}

/** True under `npm run attacks` and `npm test -- --complet`: counts are those of the full form, not the few seconds that `npm test` can give. */
export const COMPLETES = process.env['SILLAGE_ESSAIS'] === 'complets';

/** What one test may take: `jest.setTimeout` of a spec of attacks. */
export const DELAI_MS = COMPLETES ? 4 * 3_600_000 : 240_000;

/** How many attempts: `SILLAGE_ESSAIS=complets` takes the second figure, `npm test` the first. */
export function combien(borne: number, complet: number): number {
  return COMPLETES ? complet : borne;
}

/**
 * Adds attempts to a row of the table; may be called batch by batch, which also shows how far a long attack has come.
 * Writes one line of JSON to the file that `SILLAGE_ATTAQUES_BILAN` names, and nothing where there is none.
 */
export function noterAttaque(ligne: LigneDeBilan): void {
  const fichier = process.env['SILLAGE_ATTAQUES_BILAN'];
  if (fichier !== undefined) appendFileSync(fichier, `${JSON.stringify(ligne)}\n`);
}
