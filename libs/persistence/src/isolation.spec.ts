import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EntityManager } from 'typeorm';
import { v7 as uuidV7 } from 'uuid';
import { avecClient } from '../../../test/support/index.js';
import { atelier, codesVisibles, ecrireTerritoire } from '../test/source.js';

const a = atelier();

const REFUS_RLS = { driverError: expect.objectContaining({ code: '42501' }) as unknown };
const REFUS_CLE_ETRANGERE = { driverError: expect.objectContaining({ code: '23503' }) as unknown };

describe('sans contexte', () => {
  test('aucune ligne, et aucune écriture', async () => {
    await a.unite.executer('62', (em) => ecrireTerritoire(em, '62', 'TEMOIN'));
    expect(await codesVisibles(a.dataSource)).toEqual([]);
    await expect(ecrireTerritoire(a.dataSource.manager, '62', 'CLANDESTIN')).rejects.toMatchObject(REFUS_RLS);
    const [, modifiees] = await a.dataSource.query<[unknown, number]>(`update sillage.territoire set libelle = 'x'`);
    expect(modifiees).toBe(0);
  });

  test('le propriétaire des tables non plus ne voit rien', async () => {
    const vues = await avecClient(a.base.urlProprietaire, (client) => client.query('select * from sillage.territoire'));
    expect(vues.rowCount).toBe(0);
  });

  test('la file n’entre pas dans les données', async () => {
    await avecClient(a.base.urlFile, async (client) => {
      await expect(client.query('select * from sillage.territoire')).rejects.toMatchObject({ code: '42501' });
      await expect(client.query('select * from referentiel.departement')).rejects.toMatchObject({ code: '42501' });
    });
  });
});

describe('le contexte ne survit pas à la transaction', () => {
  const contexte = async (): Promise<string | null | undefined> => {
    const lignes = await a.dataSource.query<{ d: string | null }[]>(
      `select current_setting('sillage.departement', true) as d`,
    );
    return lignes[0]?.d;
  };

  test.each([
    ['COMMIT', async () => undefined],
    [
      'ROLLBACK',
      async () => {
        throw new Error('abandon');
      },
    ],
  ])('après %s', async (_fin, issue) => {
    for (let tour = 0; tour < 4; tour++) {
      await a.unite
        .executer('62', async (em) => {
          expect(await codesVisibles(em)).toContain('TEMOIN');
          await issue();
        })
        .catch(() => undefined);
      // PostgreSQL answers '' and not NULL on a connection that has held the setting once.
      expect([null, '']).toContain(await contexte());
      expect(await codesVisibles(a.dataSource)).toEqual([]);
    }
  });
});

describe('l’identifiant d’un autre département', () => {
  test('n’écrit pas chez lui, ne déplace pas une ligne, ne modifie pas la sienne', async () => {
    const id = await a.unite.executer('99', (em) => ecrireTerritoire(em, '99', 'VOISIN'));
    await expect(a.unite.executer('62', (em) => ecrireTerritoire(em, '99', 'INTRUS'))).rejects.toMatchObject(REFUS_RLS);
    await expect(
      a.unite.executer('62', (em) =>
        em.query(`update sillage.territoire set departement_id = '99' where code = 'TEMOIN'`),
      ),
    ).rejects.toMatchObject(REFUS_RLS);
    const [, touchees] = await a.unite.executer('62', (em) =>
      em.query<[unknown, number]>(`update sillage.territoire set libelle = 'pris' where id = $1`, [id]),
    );
    expect(touchees).toBe(0);
    expect(await a.unite.lecture('99', codesVisibles)).toEqual(['VOISIN']);
  });

  test('ne se laisse pas désigner par une clé étrangère', async () => {
    const chez99 = await a.unite.executer('99', (em) => ecrireTerritoire(em, '99', 'VOISIN-2'));
    const alias = (em: EntityManager): Promise<unknown> =>
      em.query(
        `insert into sillage.territoire_alias (departement_id, id, territoire_id, alias, alias_normalise)
         values ('62', $1, $2, 'x', 'x')`,
        [uuidV7(), chez99],
      );
    await expect(a.unite.executer('62', alias)).rejects.toMatchObject(REFUS_CLE_ETRANGERE);
  });
});

type Issue = 'valider' | 'abandonner' | 'erreur SQL' | 'erreur ignorée' | 'connexion perdue';

interface Unite {
  readonly departement: '62' | '99';
  readonly issue: Issue;
  readonly pas: readonly number[];
}

const unites = fc.array(
  fc.record<Unite>({
    departement: fc.constantFrom('62', '99'),
    issue: fc.constantFrom<Issue>(
      'valider',
      'valider',
      'abandonner',
      'erreur SQL',
      'erreur ignorée',
      'connexion perdue',
    ),
    // How long it rests between its statements, so that units of both tenants alternate on the two connections.
    pas: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 }),
  }),
  { minLength: 2, maxLength: 12 },
);

describe('deux départements, deux connexions, des unités entrelacées', () => {
  test('jamais une ligne de l’autre, et il ne reste que ce qui a été validé', async () => {
    let tirage = 0;
    await fc.assert(
      fc.asyncProperty(unites, async (tirees) => {
        const prefixe = `T${++tirage}-`;
        const intrus: string[] = [];
        const derouler = (unite: Unite, rang: number): Promise<void> =>
          a.unite.executer(unite.departement, async (em) => {
            await ecrireTerritoire(em, unite.departement, `${prefixe}${rang}`);
            for (const repos of unite.pas) {
              await new Promise((reprendre) => setTimeout(reprendre, repos));
              const vues = await em.query<{ departement_id: string }[]>(
                'select departement_id from sillage.territoire',
              );
              intrus.push(...vues.map((vue) => vue.departement_id).filter((id) => id !== unite.departement));
            }
            await finir(em, unite.issue);
          });
        const issues = await Promise.allSettled(tirees.map(derouler));
        expect(intrus).toEqual([]);
        expect(issues.map(({ status }) => status)).toEqual(
          tirees.map(({ issue }) => (issue === 'valider' ? 'fulfilled' : 'rejected')),
        );
        for (const departement of ['62', '99']) {
          const restees = (await a.unite.lecture(departement, codesVisibles)).filter((code) =>
            code.startsWith(prefixe),
          );
          const attendues = tirees.flatMap((unite, rang) =>
            unite.departement === departement && unite.issue === 'valider' ? [`${prefixe}${rang}`] : [],
          );
          expect(restees).toEqual(attendues.sort());
        }
        expect(await codesVisibles(a.dataSource)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

async function finir(em: EntityManager, issue: Issue): Promise<void> {
  switch (issue) {
    case 'valider':
      return;
    case 'abandonner':
      throw new Error('abandon');
    case 'erreur SQL':
      await em.query('select 1 / 0');
      return;
    case 'erreur ignorée':
      await em.query('select 1 / 0').catch(() => undefined);
      return;
    case 'connexion perdue':
      await em.query('select pg_terminate_backend(pg_backend_pid())');
      return;
  }
}
