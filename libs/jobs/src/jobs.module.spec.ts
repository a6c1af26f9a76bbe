import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Registry } from 'prom-client';
import { Refus } from '@sillage/kernel';
import { Outbox, SillagePersistenceModule, UniteDeTravail } from '@sillage/persistence';
import { attendre, ouvrirBanc } from '../test/banc.js';
import type { Banc } from '../test/banc.js';
import { effetDouble, REGLAGES_ESSAI } from '../test/poste.js';
import { SillageJobsModule } from './jobs.module.js';
import { mesurerProfondeur, metriquesJobs } from './metriques.js';
import { Ouvriers } from './ouvriers.js';
import { Profondeurs } from './profondeurs.js';
import { RegistreJobs } from './registre.js';
import { Repartiteur } from './repartiteur.js';
import { Reprises } from './reprise.js';

/** How a capability declares its job: in its own module, when it starts. */
@Injectable()
class EffetService implements OnModuleInit {
  constructor(private readonly registre: RegistreJobs) {}

  onModuleInit(): void {
    this.registre.declarer(
      effetDouble,
      async (em, { objetId }, { departementId, jobId }) => {
        if (objetId === 'refus') throw Refus.de('APPEL_CLOS', 'L’appel est clos.');
        await em.query('insert into sillage.effet_essai (departement_id, job, objet) values ($1, $2, $3)', [
          departementId,
          jobId,
          objetId,
        ]);
      },
      'essai',
    );
  }
}

@Module({ providers: [EffetService] })
class EssaiModule {}

describe('SillageJobsModule', () => {
  let banc: Banc;
  beforeAll(async () => {
    banc = await ouvrirBanc('postgres');
  });
  afterAll(() => banc.fermer());

  it('compose, compte et s’arrête avec l’application', async () => {
    const metriques = new Registry();
    const app = await NestFactory.createApplicationContext(
      {
        module: class Racine {},
        imports: [
          SillagePersistenceModule.forRoot({ url: banc.urlApp, connexions: 6, entites: [] }),
          SillageJobsModule.forRoot({
            file: banc.file,
            reglages: REGLAGES_ESSAI,
            observateur: metriquesJobs(metriques),
          }),
          EssaiModule,
        ],
      },
      { logger: false, abortOnError: false },
    );
    mesurerProfondeur(metriques, () => app.get(Profondeurs).compter());
    await app.get(Ouvriers).demarrer();
    await app.get(Repartiteur).demarrer();
    const [unite, outbox] = [app.get(UniteDeTravail), app.get(Outbox)];
    const publier = (departementId: string, objetId: string): Promise<string> =>
      unite.executer(departementId, (em) => outbox.publier(em, effetDouble.pour(departementId, { objetId })));
    await publier('62', 'x');
    await publier('62', 'refus');
    await publier('80', 'refus');

    await attendre('trois issues', async () => {
      const etats = await banc.sql<{ etat: string }>('select etat from sillage.outbox order by etat');
      return etats.map(({ etat }) => etat).join() === 'REFUSE,REFUSE,TRAITE';
    });
    const texte = await metriques.metrics();
    expect(texte).toContain('sillage_jobs_total{file="essais",job="essai.effet",issue="TRAITE"} 1');
    expect(texte).toContain('sillage_jobs_total{file="essais",job="essai.effet",issue="REFUSE"} 2');
    expect(texte).toContain('sillage_jobs_publies_total{file="essais",republication="non"} 3');
    expect(texte).toContain('sillage_jobs_profondeur{file="essais",etat="REFUSE"} 2');
    expect(texte).toContain('sillage_jobs_duree_secondes_count{file="essais"} 3');
    expect(await app.get(Reprises).reprendre('80', {})).toBe(1);

    await app.close();
    const ouvertes = (): Promise<object[]> =>
      banc.sql(`select from pg_stat_activity
                 where datname = current_database() and usename in ('sillage_app', 'sillage_file')`);
    await attendre('la fin des connexions', async () => (await ouvertes()).length === 0, 2_000);
  });
});
