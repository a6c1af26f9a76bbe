import { beforeAll, expect, test } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { avecClient } from '../../../test/support/index.js';
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
  ['UPDATE de la chaîne', `update sillage.journal_chaine set empreinte = sha256('')`],
  ['DELETE de la chaîne', 'delete from sillage.journal_chaine'],
  ['TRUNCATE de la chaîne', 'truncate sillage.journal_chaine'],
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

const FORGER = `insert into sillage.journal_chaine (departement_id, chaine, rang, journal_id, forme, precedente, empreinte)
  values ('62', 'JOURNAL', 2, gen_random_uuid(), 1, sha256(''), sha256(''))`;

test('l’application n’écrit dans la chaîne que par le journal', async () => {
  await expect(a.unite.executer('62', (em) => em.query(FORGER))).rejects.toMatchObject({
    driverError: { code: 'SI001' },
  });
});

test.each([
  `update sillage.journal set action = 'effacée'`,
  'delete from sillage.journal',
  'truncate sillage.journal',
  `update sillage.journal_chaine set empreinte = sha256('')`,
  'delete from sillage.journal_chaine',
  'truncate sillage.journal_chaine',
  FORGER,
])('%s est refusé même à l’administrateur', async (sql) => {
  await expect(avecClient(a.base.urlAdmin, (client) => client.query(sql))).rejects.toMatchObject({ code: 'SI001' });
});
