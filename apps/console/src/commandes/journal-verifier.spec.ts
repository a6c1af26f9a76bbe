import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { avecClient, type BaseEssai, creerBaseEssai } from '../../../../test/support/base-essai.js';
import { RefusConsole } from '../commande.js';
import { journalVerifier } from './journal-verifier.js';

describe('journal:verifier', () => {
  let base: BaseEssai;
  const sortie: string[] = [];
  const lancer = (options: { departement?: string[]; tete?: string[] } = {}): Promise<void> =>
    journalVerifier.executer({ arguments: [], options });

  beforeAll(async () => {
    base = await creerBaseEssai({ departements: ['62', '99'] });
    process.env['DATABASE_URL'] = base.urlApp;
    jest.spyOn(console, 'log').mockImplementation((ligne: string) => void sortie.push(ligne));
    await avecClient(base.urlAdmin, (client) =>
      client.query(`insert into sillage.journal (departement_id, id, le, acteur_type, action, objet_type, objet_id)
        select d, uuidv7(), now(), 'SYSTEME', 'essayer', 'Essai', gen_random_uuid()
          from generate_series(1, 5), unnest(array['62', '99']) d`),
    );
  });
  beforeEach(() => {
    sortie.length = 0;
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    delete process.env['DATABASE_URL'];
    await base.supprimer();
  });

  it('dit la tête de chaque chaîne, la reprend, et échoue dès qu’une ligne a changé', async () => {
    await lancer();
    expect(sortie).toEqual([
      '62/JOURNAL : ✔ chaîne entière, 5 maillon(s).',
      expect.stringMatching(/^ {2}Tête à noter hors de la base : 62\/JOURNAL\/5\/[0-9a-f]{64}$/),
      '62/LECTURE : ✔ chaîne entière, 0 maillon(s).',
      '99/JOURNAL : ✔ chaîne entière, 5 maillon(s).',
      expect.stringMatching(/^ {2}Tête à noter hors de la base : 99\/JOURNAL\/5\/[0-9a-f]{64}$/),
      '99/LECTURE : ✔ chaîne entière, 0 maillon(s).',
    ]);
    const tete = sortie[1]!.split(' ').at(-1)!;
    await lancer({ departement: ['62'], tete: [tete] });

    await avecClient(base.urlAdmin, (client) =>
      client.query(`set session_replication_role = replica; delete from sillage.journal_chaine where rang = 5;
        update sillage.journal set action = 'x' where id = (select journal_id from sillage.journal_chaine
          where departement_id = '62' and rang = 2)`),
    );
    sortie.length = 0;
    // What the console makes an exit code of 1 of.
    await expect(lancer({ departement: ['62'], tete: [tete] })).rejects.toThrow(RefusConsole);
    expect(sortie).toEqual([
      '62/JOURNAL : ✘ chaîne rompue, 3 écart(s), 4 maillon(s).',
      expect.stringMatching(/^ {2}LIGNE_ALTEREE \(rang 2, ligne /),
      expect.stringMatching(/^ {2}LIGNE_HORS_CHAINE \(ligne /),
      '  TETE_TRONQUEE (rang 5) : la chaîne s’arrête avant la tête qui avait été notée.',
      expect.stringMatching(/62\/JOURNAL\/4\//),
      '62/LECTURE : ✔ chaîne entière, 0 maillon(s).',
    ]);
  });

  it.each([
    [{ tete: ['62/JOURNAL/5'] }, /n’est pas une tête/],
    [{ departement: ['63'] }, /Département inconnu de cette base : 63/],
  ])('refuse %j', async (options, message) => {
    await expect(lancer(options)).rejects.toThrow(message);
  });
});
