import { describe, expect, it } from '@jest/globals';
import { ROLES } from '@sillage/kernel';
import { COMPTES_DEMO } from './comptes-demo.js';

describe('les comptes de démonstration', () => {
  it('ont chacun leur nom, personnes et machines confondues', () => {
    const subs = COMPTES_DEMO.map(({ sub }) => sub);
    expect(new Set(subs).size).toBe(subs.length);
    for (const sub of subs) expect(sub).toMatch(/^[a-z0-9-]+$/);
  });

  it('montrent chaque rôle, et deux départements', () => {
    const roles = COMPTES_DEMO.filter(({ departementId }) => departementId === '62').map(({ role }) => role);
    expect([...new Set(roles)].sort()).toEqual(Object.keys(ROLES).sort());
    expect([...new Set(COMPTES_DEMO.map(({ departementId }) => departementId))]).toEqual(['62', '99']);
  });

  it('disent une structure ou des territoires, selon la portée du rôle', () => {
    for (const { sub, role, structure, territoires } of COMPTES_DEMO) {
      const { portee } = ROLES[role];
      expect([sub, structure !== undefined]).toEqual([sub, portee === 'STRUCTURE']);
      expect([sub, territoires !== undefined]).toEqual([sub, portee === 'TERRITOIRE']);
    }
  });
});
