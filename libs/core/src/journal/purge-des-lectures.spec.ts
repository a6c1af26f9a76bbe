import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { RegistreJobs } from '@sillage/jobs';
import { horlogeFixe } from '@sillage/kernel';
import { creerDataSource, UniteDeTravail } from '@sillage/persistence';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { avecClient, type BaseEssai, creerBaseEssai } from '../../../../test/support/index.js';
import { JournalService } from './journal.service.js';
import { PurgeDesLectures } from './purge-des-lectures.js';
import { verifierChaine } from './verifier-journal.js';

const HORLOGE = horlogeFixe('2027-03-15T04:00:00+01:00');
const MOIS = ['2026-01', '2026-02', '2026-03', '2026-08', '2026-12', '2027-02'];

let base: BaseEssai;
let application: DataSource;
let jobs: DataSource;

beforeAll(async () => {
  base = await creerBaseEssai({ departements: ['62', '99'] });
  [application, jobs] = (await Promise.all(
    [base.urlApp, base.urlJobs].map((url) => creerDataSource({ url, connexions: 2, entites: [] }).initialize()),
  )) as [DataSource, DataSource];
  for (const departement of ['62', '99']) await lireChaqueMois(departement);
});
afterAll(async () => {
  await application.destroy();
  await jobs.destroy();
  await base.supprimer();
});

/** Two readings on the 15th of each month at noon. */
async function lireChaqueMois(departement: string): Promise<void> {
  await new UniteDeTravail(application).executer(departement, async (em) => {
    const [{ id }] = await em.query<[{ id: string }]>(
      `insert into sillage.utilisateur (departement_id, id, iss, sub, libelle, cree_le)
       values ($1, $2, 'https://essai', 'lectrice', 'Lectrice', now()) returning id`,
      [departement, uuidv7()],
    );
    for (const mois of MOIS) {
      await em.query(
        `insert into sillage.journal_lecture (departement_id, id, le, acteur_id, requete_id, depart, champs, jeune_ids)
         select $1, uuidv7(), ($2::text || '-15T12:00:00+01:00')::timestamptz + n * interval '1 second', $3, 'r', 'accompagnements', '{Jeune.nom}',
           array[gen_random_uuid()] from generate_series(1, 2) n`,
        [departement, mois, id],
      );
      await em.query(`insert into sillage.jeune_consulte values ($1, $2, ($3::text || '-15')::date, $4)`, [
        departement,
        uuidv7(),
        mois,
        id,
      ]);
    }
  });
}

const purger = (mois: number, departementId = '62'): Promise<void> => {
  const purge = new PurgeDesLectures(new RegistreJobs(), new JournalService(HORLOGE), mois, HORLOGE);
  return new UniteDeTravail(jobs).executer(departementId, (em) => purge.purger(em, { departementId, jobId: uuidv7() }));
};
const restantes = async (departement = '62'): Promise<string[]> =>
  avecClient(base.urlAdmin, async (admin) => {
    const { rows } = await admin.query<{ mois: string }>(
      `select to_char(le, 'YYYY-MM') as mois from sillage.journal_lecture where departement_id = $1 order by le`,
      [departement],
    );
    return rows.map(({ mois }) => mois);
  });
const fautes = async (): Promise<string[]> => {
  const unites = new UniteDeTravail(application);
  const constats = await Promise.all(
    (['LECTURE', 'JOURNAL'] as const).map((chaine) =>
      verifierChaine((sql, p) => unites.lecture('62', (em) => em.query(sql, p)), { departementId: '62', chaine }),
    ),
  );
  return constats.flatMap(({ ecarts }) => ecarts.map(({ nature, rang }) => `${nature} ${rang}`));
};
const deux = (mois: readonly string[]): string[] => mois.flatMap((m) => [m, m]);

it('garde douze mois, puis six, et rien que pour ce département ; la chaîne reste entière', async () => {
  await purger(12);
  expect(await restantes()).toEqual(deux(MOIS.slice(2)));
  await purger(12);
  expect(await restantes()).toEqual(deux(MOIS.slice(2)));
  expect(await fautes()).toEqual([]);
  await purger(6);
  expect(await restantes()).toEqual(deux(MOIS.slice(4)));
  expect(await restantes('99')).toEqual(deux(MOIS));
  expect(await fautes()).toEqual([]);
  const consultes = await avecClient(base.urlAdmin, (admin) =>
    admin.query(
      `select to_char(jour, 'YYYY-MM') as mois from sillage.jeune_consulte where departement_id = '62' order by 1`,
    ),
  );
  expect(consultes.rows.map(({ mois }: { mois: string }) => mois)).toEqual(MOIS.slice(4));
});

it('ne laisse retirer ni par la plateforme, ni avant six mois, et dénonce ce qui manque au-delà de ce qui est dit', async () => {
  const retirer = `delete from sillage.journal_lecture where departement_id = '62' and le > '2026-12-01'`;
  const sous = (url: string) =>
    avecClient(url, async (client) => {
      await client.query(`select set_config('sillage.departement', '62', false)`);
      return client.query(retirer);
    });
  await expect(sous(base.urlApp)).rejects.toMatchObject({ code: '42501' });
  await expect(sous(base.urlJobs)).rejects.toMatchObject({ code: 'SI001' });
  await avecClient(base.urlAdmin, (admin) =>
    admin.query(`set session_replication_role = replica; delete from sillage.journal_lecture
      where departement_id = '62' and le = (select min(le) from sillage.journal_lecture where departement_id = '62')`),
  );
  expect(await fautes()).toEqual(['LIGNE_EFFACEE 9']);
});
