import { expect } from '@jest/globals';
import { noterAttaque } from './bilan.js';

/** Ends an attack: its line in the table, then the failure of the spec when something got through, or nothing was tried. */
export function tenir(attaque: string, tentatives: number, ecarts: readonly string[]): void {
  noterAttaque({ attaque, tentatives, tenues: Math.max(0, tentatives - ecarts.length) });
  expect(ecarts.slice(0, 10)).toEqual([]);
  expect(tentatives).toBeGreaterThan(0);
}
