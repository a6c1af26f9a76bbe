import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Dispositif } from '@sillage/dispositif-kit';
import { dispositifs } from '@sillage/dispositifs';

const E2E = join(import.meta.dirname, 'e2e');
const specs = readdirSync(E2E)
  .filter((nom) => nom.endsWith('.spec.ts'))
  .map((nom) => readFileSync(join(E2E, nom), 'utf8'))
  .join('\n');

/** The rules that a dispositif refuses by: its checks at each step, its window, its caps, the pieces that it waits for. */
function reglesDeRefus({ candidature, convention, enveloppe, bilan, suivis = {}, pieces = [] }: Dispositif): string[] {
  const regles = [
    candidature.regleFenetre,
    candidature.regleTerritoires,
    candidature.continuite?.regle,
    ...candidature.recevabilite.map(({ regle }) => regle),
    convention.regles.duree,
    convention.regles.plafond,
    convention.pasAvantLeDepot,
    convention.plafondAnnuel?.regle,
    ...(convention.controles ?? []).map(({ regle }) => regle),
    enveloppe?.regle,
    ...(bilan?.controles ?? []).map(({ regle }) => regle),
    ...Object.values(suivis).flatMap(({ controles = [] }) => controles.map(({ regle }) => regle)),
    ...pieces.filter(({ obligatoire }) => obligatoire !== undefined).map(({ regle }) => regle),
  ];
  return [...new Set(regles.filter((regle) => regle !== undefined))].sort();
}

describe('Each refusal that a declaration names is seen over HTTP, from a spec of test/e2e that quotes its rule', () => {
  it.each(dispositifs.map((d) => [d.code, d] as const))('%s', (_, dispositif) => {
    const regles = reglesDeRefus(dispositif);
    expect(regles.length).toBeGreaterThan(5);
    expect(regles.filter((regle) => !new RegExp(`\\b${regle}\\b`).test(specs))).toEqual([]);
  });
});
