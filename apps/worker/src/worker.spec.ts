import { setTimeout as attendre } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { chargerConfiguration } from '@sillage/configuration';
import { definirJob, RegistreJobs } from '@sillage/jobs';
import { Outbox, UniteDeTravail } from '@sillage/persistence';
import { creerJournal } from '@sillage/socle';
import { z } from 'zod';
import { avecClient, type BaseEssai, creerBaseEssai } from '../../../test/support/base-essai.js';
import { environnementEssai } from '../../../test/support/gateway-essai.js';
import { creerWorker, type Worker } from './worker.js';

const lent = definirJob({ nom: 'essai.lent', file: 'essais', charge: z.strictObject({ objetId: z.string() }) });
/** No token is ever shown to a worker. */
const emetteur = { emetteur: 'https://emetteur.invalid', audience: 'essai', jwksUrl: 'https://emetteur.invalid/jwks' };

describe('creerWorker', () => {
  let base: BaseEssai;
  let worker: Worker;
  const lignes: string[] = [];

  beforeAll(async () => {
    base = await creerBaseEssai({ departements: ['62'] });
  });
  afterEach(() => worker.arreter());
  afterAll(() => base.supprimer());

  const ouvrir = async (): Promise<Worker> => {
    const configuration = chargerConfiguration({ ...environnementEssai(base, emetteur), DATABASE_URL: base.urlJobs });
    const destination = { write: (ligne: string) => void lignes.push(ligne) };
    worker = await creerWorker({
      configuration,
      dispositifs: [],
      journal: creerJournal({ service: 'worker', niveau: 'info', destination }),
    });
    return worker;
  };
  const publier = (objetId: string): Promise<string> =>
    worker.app
      .get(UniteDeTravail)
      .executer('62', (em) => worker.app.get(Outbox).publier(em, lent.pour('62', { objetId })));
  const etat = async (id: string): Promise<string | undefined> => {
    const { rows } = await avecClient(base.urlAdmin, (client) =>
      client.query<{ etat: string }>('select etat from sillage.outbox where id = $1', [id]),
    );
    return rows[0]?.etat;
  };

  it('finit le job en cours avant de s’arrêter, et n’en prend pas d’autre', async () => {
    const { app } = await ouvrir();
    const commences: string[] = [];
    app.get(RegistreJobs).declarer(
      lent,
      async (_em, { objetId }) => {
        commences.push(objetId);
        await attendre(500);
      },
      'essai',
    );
    const url = await worker.demarrer();
    expect((await fetch(`${url}/sante/pret`)).status).toBe(200);
    const enCours = await publier('premier');
    while (commences.length === 0) await attendre(10);

    const arret = worker.arreter();
    // Probes are answered, and say that nothing more should come.
    expect((await fetch(`${url}/sante/pret`)).status).toBe(503);
    await arret;
    expect(await etat(enCours)).toBe('TRAITE');
    expect(commences).toEqual(['premier']);
    await expect(fetch(`${url}/sante/vie`)).rejects.toThrow();
  });

  it('mesure ce qui attend, et ce qui a été fait', async () => {
    const { app } = await ouvrir();
    app.get(RegistreJobs).declarer(lent, async () => undefined, 'essai');
    const url = await worker.demarrer();
    const fait = await publier('second');
    while ((await etat(fait)) !== 'TRAITE') await attendre(20);
    const perdu = definirJob({ nom: 'essai.perdu', file: 'sans-ouvrier', charge: z.strictObject({}) });
    await app.get(UniteDeTravail).executer('62', (em) => app.get(Outbox).publier(em, perdu.pour('62', {})));
    const texte = await (await fetch(`${url}/metriques`)).text();
    expect(texte).toMatch(/^sillage_jobs_total\{.*job="essai.lent",issue="TRAITE".*\} 1$/m);
    expect(texte).toMatch(/^sillage_jobs_profondeur\{file="sans-ouvrier",etat="EN_ATTENTE".*\} 1$/m);
  });

  it('vérifie la chaîne du journal, dit sa tête, et alerte d’une rupture', async () => {
    const { app } = await ouvrir();
    const unites = app.get(UniteDeTravail);
    await unites.executer('62', (em) =>
      em.query(`insert into sillage.journal (departement_id, id, le, acteur_type, action, objet_type, objet_id)
        select '62', uuidv7(), now(), 'SYSTEME', 'essayer', 'Essai', gen_random_uuid() from generate_series(1, 3)`),
    );
    await worker.demarrer();
    const verifier = async (): Promise<{ level: string; message: string } | undefined> => {
      lignes.length = 0;
      const id = await unites.executer('62', (em) =>
        app.get(Outbox).publier(em, { departementId: '62', file: 'journal', nom: 'journal.verifier', charge: {} }),
      );
      while ((await etat(id)) !== 'TRAITE') await attendre(20);
      return lignes
        .map((ligne) => JSON.parse(ligne) as { level: string; message: string })
        .find(({ message }) => /62\/JOURNAL/.test(message));
    };
    const falsifier = (sql: string): Promise<unknown> =>
      avecClient(base.urlAdmin, (client) => client.query(`set session_replication_role = replica; ${sql}`));

    expect(await verifier()).toMatchObject({
      level: 'info',
      message: expect.stringMatching(/chaîne entière.*3 maillon.*62\/JOURNAL\/3\/[0-9a-f]{64}/),
    });
    // The end cut off, without a trace in the database: the process remembers the head.
    await falsifier(`delete from sillage.journal where id = (select journal_id from sillage.journal_chaine where rang = 3);
      delete from sillage.journal_chaine where rang = 3`);
    expect(await verifier()).toMatchObject({
      level: 'error',
      message: expect.stringMatching(/CHAÎNE ROMPUE.*TETE_TRONQUEE/),
    });
    await falsifier(`update sillage.journal set action = 'x'`);
    expect(await verifier()).toMatchObject({
      level: 'error',
      message: expect.stringMatching(/3 écart.*LIGNE_ALTEREE \(rang 1/),
    });
  });
});
