import { describe, expect, test } from '@jest/globals';
import { CodeCommune } from '@sillage/kernel';
import { lireCog } from './cog.js';
import { EPCI_TERRITOIRES_62 } from './pas-de-calais/epci-territoires.js';
import { TERRITOIRES_62 } from './pas-de-calais/territoires.js';
import { proposerRattachements } from './proposer-rattachements.js';

const cog = lireCog('62');

describe('the official geographic code of the Pas-de-Calais', () => {
  test('has 887 communes and 20 EPCI in its 2026 vintage', () => {
    expect(cog.millesime).toBe(2026);
    expect(new Set(cog.communes.map((c) => c.code)).size).toBe(887);
    expect(cog.communes).toHaveLength(887);
    expect(cog.epci).toHaveLength(20);
  });

  test('keeps living communes only, all of the 62, all in an EPCI', () => {
    expect(cog.communes.filter((c) => CodeCommune.lire(c.code).departement !== '62')).toEqual([]);
    expect(cog.communes.filter((c) => c.epciSiren === null)).toEqual([]);
    // Berguette is an associated commune of Isbergues since 1996.
    expect(cog.communes.map((c) => c.nom)).toEqual(expect.arrayContaining(['Isbergues', 'Arras', 'Éperlecques']));
    expect(cog.communes.map((c) => c.nom)).not.toContain('Berguette');
  });

  test('refuses a département that it does not know', () => {
    expect(() => lireCog('99')).toThrow('ne connaît aucune commune du département 99');
  });
});

describe('the proposed table commune -> territory', () => {
  test('gives each commune one territory of the nine, and each territory some communes', () => {
    const proposes = proposerRattachements(cog, EPCI_TERRITOIRES_62);
    expect(proposes.map((r) => r.communeCode).sort()).toEqual(cog.communes.map((c) => c.code).sort());
    expect([...new Set(proposes.map((r) => r.territoireCode))].sort()).toEqual(
      TERRITOIRES_62.map((t) => t.code).sort(),
    );
  });

  test.each([
    ['62041', 'ARRAGEOIS'], // Arras
    ['62119', 'ARTOIS'], // Béthune
    ['62491', 'ARTOIS'], // Laventie, by the CC Flandre Lys, which is mostly in the Nord
    ['62765', 'AUDOMAROIS'], // Saint-Omer
    ['62160', 'BOULONNAIS'], // Boulogne-sur-Mer
    ['62193', 'CALAISIS'], // Calais
    ['62427', 'HENIN_CARVIN'], // Hénin-Beaumont
    ['62498', 'LENS_LIEVIN'], // Lens
    ['62588', 'MONTREUILLOIS'], // Montreuil-sur-Mer
    ['62767', 'TERNOIS'], // Saint-Pol-sur-Ternoise
  ])('%s is in %s', (commune, territoire) => {
    const trouve = proposerRattachements(cog, EPCI_TERRITOIRES_62).find((r) => r.communeCode === commune);
    expect(trouve?.territoireCode).toBe(territoire);
  });

  test('refuses an EPCI without territory and a commune without EPCI, one line each', () => {
    const sansTernois = Object.fromEntries(
      Object.entries(EPCI_TERRITOIRES_62).filter(([siren]) => siren !== '200069672'),
    );
    const orpheline = { ...cog, communes: [...cog.communes, { code: '62999', nom: 'Île', epciSiren: null }] };
    expect(() => proposerRattachements(orpheline, sansTernois)).toThrow(
      'L’EPCI 200069672 (CC du Ternois) n’est rattaché à aucun territoire.\n' +
        'La commune 62999 (Île) n’appartient à aucun EPCI : rattachez-la à la main.',
    );
  });
});
