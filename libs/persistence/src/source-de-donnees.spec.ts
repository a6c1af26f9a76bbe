import { expect, test } from '@jest/globals';
import { atelier } from '../test/source.js';
import { listerDepartements } from './departements.js';

const a = atelier();

test('une date civile reste un texte, un entier long et un décimal aussi, un instant devient une Date', async () => {
  const lignes = await a.dataSource.query<
    unknown[]
  >(`select date '2026-02-15' as jour, array[date '2026-02-15'] as jours,
    bigint '9007199254740993' as centimes, numeric '0.10' as taux, timestamptz '2026-02-15 23:59:59+01' as instant,
    '{"a": 1}'::jsonb as champs, array['x', 'y'] as textes`);
  expect(lignes).toEqual([
    {
      jour: '2026-02-15',
      jours: ['2026-02-15'],
      centimes: '9007199254740993',
      taux: '0.10',
      instant: new Date('2026-02-15T22:59:59Z'),
      champs: { a: 1 },
      textes: ['x', 'y'],
    },
  ]);
});

test('les départements se lisent sans contexte', async () => {
  expect(await listerDepartements(a.dataSource)).toEqual([
    { departementId: '62', nom: 'Département 62' },
    { departementId: '99', nom: 'Département 99' },
  ]);
});
