import { describe, expect, test } from '@jest/globals';
import { dateCivile, Periode, type TerritoireId } from '@sillage/kernel';
import fc from 'fast-check';
import { planifierRattachement, type DemandeRattachement, type Rattachement } from './planifier-rattachement.js';

const ARRAS = 'arrageois' as TerritoireId;
const TERNOIS = 'ternois' as TerritoireId;

describe('planifierRattachement', () => {
  test('closes the period in force on the eve and opens the new one, without end', () => {
    const plan = planifierRattachement([proposition('2026-01-01', null)], demande(TERNOIS, '2026-09-01'));
    expect(lisible(plan)).toEqual({ geste: 'OUVRIR', fermer: ['p', '2026-08-31'], ouvrir: ['2026-09-01', null] });
  });

  test('a change already recorded for a later date stays', () => {
    const existants = [proposition('2026-01-01', '2026-12-31'), { ...proposition('2027-01-01', null), id: 'suivante' }];
    const plan = planifierRattachement(existants, demande(TERNOIS, '2026-09-01'));
    expect(lisible(plan)).toEqual({
      geste: 'OUVRIR',
      fermer: ['p', '2026-08-31'],
      ouvrir: ['2026-09-01', '2026-12-31'],
    });
  });

  test('a period wrong from its first day is corrected', () => {
    const plan = planifierRattachement([proposition('2026-01-01', null)], demande(TERNOIS, '2026-01-01'));
    expect(plan).toEqual({ geste: 'CORRIGER', id: 'p' });
  });

  test('the same territory again confirms a proposal, then changes nothing', () => {
    const propose = [proposition('2026-01-01', null)];
    expect(planifierRattachement(propose, demande(ARRAS, '2026-01-01'))).toEqual({ geste: 'CORRIGER', id: 'p' });
    const confirme = propose.map((r) => ({ ...r, statut: 'CONFIRME' as const }));
    expect(planifierRattachement(confirme, demande(ARRAS, '2026-05-01'))).toEqual({ geste: 'INCHANGE', id: 'p' });
  });

  test('before the first period, the new one fills the gap up to it', () => {
    const plan = planifierRattachement([proposition('2026-01-01', null)], demande(TERNOIS, '2025-03-01'));
    expect(lisible(plan)).toEqual({ geste: 'OUVRIR', fermer: null, ouvrir: ['2025-03-01', '2025-12-31'] });
  });

  test('whatever the demands, periods never overlap, no day loses its territory, and each demand holds from its day', () => {
    const demandes = fc.array(
      fc.record({
        territoireId: fc.constantFrom(ARRAS, TERNOIS, 'artois' as TerritoireId),
        du: fc.integer({ min: 0, max: 60 }).map((jours) => dateCivile('2026-01-01').add({ days: jours })),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(demandes, (suite) => {
        let periodes: Rattachement[] = [proposition('2026-01-15', null)];
        suite.forEach((d, rang) => {
          const avant = periodes;
          periodes = appliquer(avant, d, `r${rang}`);
          expect(territoireLe(periodes, d)).toBe(d.territoireId);
          for (let jour = 0; jour < 70; jour += 1) {
            const du = dateCivile('2026-01-01').add({ days: jour });
            const nombre = periodes.filter((r) => Periode.de(r.du, r.au).contient(du)).length;
            const nombreAvant = avant.filter((r) => Periode.de(r.du, r.au).contient(du)).length;
            expect(nombre).toBeLessThanOrEqual(1);
            expect(nombre).toBeGreaterThanOrEqual(nombreAvant);
          }
          expect(planifierRattachement(periodes, d).geste).toBe('INCHANGE');
        });
      }),
    );
  });
});

function appliquer(existants: readonly Rattachement[], d: DemandeRattachement, id: string): Rattachement[] {
  const plan = planifierRattachement(existants, d);
  if (plan.geste === 'INCHANGE') return [...existants];
  if (plan.geste === 'CORRIGER') {
    return existants.map((r) => (r.id === plan.id ? { ...r, territoireId: d.territoireId, statut: 'CONFIRME' } : r));
  }
  const { fermer, ouvrir } = plan;
  const gardes = existants.map((r) => (r.id === fermer?.id ? { ...r, au: fermer.au } : r));
  return [...gardes, { id, territoireId: d.territoireId, ...ouvrir, statut: 'CONFIRME' }];
}

function territoireLe(periodes: readonly Rattachement[], { du }: DemandeRattachement): TerritoireId | undefined {
  return periodes.find((r) => Periode.de(r.du, r.au).contient(du))?.territoireId;
}

function proposition(du: string, au: string | null): Rattachement {
  return {
    id: 'p',
    territoireId: ARRAS,
    du: dateCivile(du),
    au: au === null ? null : dateCivile(au),
    statut: 'PROPOSITION',
  };
}

function demande(territoireId: TerritoireId, du: string): DemandeRattachement {
  return { territoireId, du: dateCivile(du) };
}

function lisible(plan: ReturnType<typeof planifierRattachement>) {
  if (plan.geste !== 'OUVRIR') return plan;
  return {
    geste: plan.geste,
    fermer: plan.fermer && [plan.fermer.id, plan.fermer.au.toString()],
    ouvrir: [plan.ouvrir.du.toString(), plan.ouvrir.au?.toString() ?? null],
  };
}
