import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ROLES } from '@sillage/kernel';
import { SUJETS } from '../vocabulaire.js';
import type { PorteeDroit } from './declaration.js';
import { FAITS_PUBLICS } from './faits-publics.js';
import { DECLARATIONS } from './index.js';

const CATALOGUE = readFileSync(new URL('../../../../docs/regles.md', import.meta.url), 'utf8');
const CHAMP: Record<PorteeDroit, string | null> = {
  PARTOUT: null,
  MES_TERRITOIRES: 'territoireIds',
  MA_STRUCTURE: 'structureId',
};

const tous = [
  ...FAITS_PUBLICS.map((droit) => ({ role: null, droit })),
  ...DECLARATIONS.flatMap(({ role, droits }) => droits.map((droit) => ({ role, droit }))),
];

describe('les déclarations', () => {
  it('couvrent chaque rôle, une fois', () => {
    expect(DECLARATIONS.map(({ role }) => role).sort()).toEqual(Object.keys(ROLES).sort());
  });

  it('citent des règles du catalogue', () => {
    for (const { droit } of tous) {
      expect(droit.regles.length).toBeGreaterThan(0);
      for (const regle of droit.regles) expect(CATALOGUE).toContain(regle);
    }
  });

  it('ne posent une condition que sur un champ que leurs sujets portent', () => {
    for (const { droit } of tous) {
      for (const sujet of droit.sur) {
        const champs: readonly string[] = SUJETS[sujet].champs;
        const champ = CHAMP[droit.ou];
        if (champ) expect(champs).toContain(champ);
        if (droit.etats ?? droit.saufEtats) expect(champs).toContain('etat');
        expect(droit.etats && droit.saufEtats).toBeUndefined();
      }
    }
  });

  it('ont la portée du rôle : partout pour le Département, ses territoires, ou sa structure', () => {
    const permises = { DEPARTEMENT: 'PARTOUT', TERRITOIRE: 'MES_TERRITOIRES', STRUCTURE: 'MA_STRUCTURE' };
    for (const { role, droit } of tous) if (role) expect(droit.ou).toBe(permises[ROLES[role].portee]);
  });
});
