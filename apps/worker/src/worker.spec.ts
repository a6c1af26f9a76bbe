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
    const configuration = chargerConfiguration(environnementEssai(base, emetteur));
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
});
