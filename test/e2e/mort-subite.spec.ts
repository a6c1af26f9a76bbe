import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import { creerJournal } from '@sillage/socle';
import { creerWorker } from '@sillage/worker';
import { Client } from 'pg';
import { surChaqueFile } from '../../libs/jobs/test/chaque-file.js';
import { demarrerRedis, type RedisEssai } from '../../libs/jobs/test/redis-essai.js';
import { type EssaiDeMort, type Etape, tuerAChaqueEtape } from '../../libs/jobs/test/tuer.js';
import { demarrerGatewayEssai, environnementEssai, type GatewayEssai } from '../support/gateway-essai.js';
import { activer, jusquALaDerniereSignature, signerPourLeDepartement } from '../support/parcours-coordo-ase.js';

const PRINCIPAL = join(import.meta.dirname, '../support/worker-enfant.mjs');
const HORLOGE = '2026-02-02T09:00:00+01:00';
/** Nothing periodic during a victim's short life: its steps are those of the job. */
const TRANQUILLE = {
  quotidiens: false,
  sondageMs: 60_000,
  republicationMs: 60_000,
  verrouMs: 30_000,
  calageMs: 30_000,
};

/** Death after each answer of the database that the worker gets: `libs/jobs/src/mort-subite.spec.ts` dies of those of the queue. */
const garder = ({ mode, texte }: Etape): boolean =>
  mode === 'accuse' && /^pg (?!.*(application_name|move_to|add_jobs|next_|EXISTS|LISTEN|version|meta))/i.test(texte);

/** A house of its own: a gateway, a database, a queue. */
interface Maison {
  gateway: GatewayEssai;
  admin: Client;
  redis: RedisEssai | undefined;
  essai: EssaiDeMort;
}

/** The real worker, built, killed with `kill -9` in the middle of the real advance. */
surChaqueFile('The advance under kill -9', (backend) => {
  let maisons: Maison[];

  beforeAll(async () => {
    maisons = await Promise.all([ouvrir(backend), ouvrir(backend)]);
  }, 120_000);
  afterAll(async () => {
    for (const { gateway, admin, redis } of maisons ?? []) {
      await admin.end();
      await gateway.arreter();
      await redis?.arreter();
    }
  });

  it('gives exactly one versement and loses none, whatever the step', async () => {
    const [un, deux] = maisons as [Maison, Maison];
    const morts = await tuerAChaqueEtape([un.essai, deux.essai], garder);
    const textes = morts
      .map(({ texte }) => texte)
      .join('\n')
      .toLowerCase();
    const passages = [
      'set publie_le',
      `set etat = 'traite'`,
      'into "sillage"."versement"',
      'into sillage.journal',
      'commit',
    ];
    for (const passage of passages) expect(textes).toContain(passage);
    process.stderr.write(`Avance, file ${backend} : worker tué à ${morts.length} étapes, un versement à chaque fois\n`);
  }, 900_000);
});

async function ouvrir(backend: 'postgres' | 'redis'): Promise<Maison> {
  const redis = backend === 'redis' ? await demarrerRedis() : undefined;
  const file: Record<string, string> = redis ? { REDIS_URL: redis.url } : {};
  const gateway = await demarrerGatewayEssai({ dispositifs, env: file });
  await activer(gateway);
  // Asked fifty times a second: to connect each time would take most of the machine.
  const admin = new Client({ connectionString: gateway.base.urlAdmin });
  await admin.connect();
  const lire = async <L extends object>(texte: string): Promise<L[]> => (await admin.query<L>(texte)).rows;
  const enAttente = async (): Promise<number> =>
    (await lire(`select from sillage.outbox where etat <> 'TRAITE'`)).length;
  let conventions = 0;
  const essai: EssaiDeMort = {
    principal: PRINCIPAL,
    env: {
      ...environnementEssai(gateway.base, gateway.emetteur),
      DATABASE_URL: gateway.base.urlJobs,
      ...file,
      NIVEAU_TRACES: 'error',
      HORLOGE,
      REGLAGES: JSON.stringify(TRANQUILLE),
    },
    preparer: async () => {
      const { conventionId } = await jusquALaDerniereSignature(gateway);
      await signerPourLeDepartement(gateway, conventionId);
      conventions += 1;
    },
    fait: async () => (await enAttente()) === 0,
    relever: async () => {
      const { configurationWorker: configuration, horloge } = gateway;
      const journal = creerJournal({ service: 'worker', niveau: 'error', destination: { write: () => undefined } });
      const reglagesJobs = { quotidiens: false, sondageMs: 50, republicationMs: 100 };
      const worker = await creerWorker({ configuration, dispositifs, horloge, journal, reglagesJobs });
      await worker.demarrer();
      const limite = performance.now() + 30_000;
      while ((await enAttente()) > 0 && performance.now() < limite) await new Promise((r) => setTimeout(r, 25));
      await worker.arreter();
    },
    verifier: async (etape) => {
      const versements = await lire<{ montant_centimes: string }>('select montant_centimes from sillage.versement');
      const ecritures = await lire(`select from sillage.journal where action = 'versementProposer'`);
      const comptes = { versements: versements.length, ecritures: ecritures.length, enAttente: await enAttente() };
      expect({ etape, ...comptes }).toEqual({ etape, versements: conventions, ecritures: conventions, enAttente: 0 });
      expect(new Set(versements.map((v) => v.montant_centimes))).toEqual(new Set(['3120000']));
    },
  };
  return { gateway, admin, redis, essai };
}
