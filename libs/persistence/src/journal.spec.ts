import { beforeAll, expect, test } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { atelier } from '../test/source.js';

const a = atelier();

beforeAll(() =>
  a.unite.executer('62', (em) =>
    em.query(`insert into sillage.journal (departement_id, id, le, acteur_type, action, objet_type, objet_id)
      values ('62', gen_random_uuid(), now(), 'SYSTEME', 'essayer', 'Journal', gen_random_uuid())`),
  ),
);

// What is written in the journal stays as it was written, whoever asks.
test.each([
  ['UPDATE', `update sillage.journal set action = 'effacée'`],
  ['DELETE', 'delete from sillage.journal'],
  ['TRUNCATE', 'truncate sillage.journal'],
  [
    'ON CONFLICT DO UPDATE',
    `insert into sillage.journal select * from sillage.journal on conflict (departement_id, id) do update set action = 'x'`,
  ],
  ['ALTER TABLE', 'alter table sillage.journal disable row level security'],
])('%s est refusé à l’application', async (_nom, sql) => {
  await expect(a.unite.executer('62', (em: EntityManager) => em.query(sql))).rejects.toMatchObject({
    driverError: { code: '42501' },
  });
});

test('ce qui est écrit reste', async () => {
  const lignes = await a.unite.lecture('62', (em) =>
    em.query<{ action: string }[]>('select action from sillage.journal'),
  );
  expect(lignes).toEqual([{ action: 'essayer' }]);
});
