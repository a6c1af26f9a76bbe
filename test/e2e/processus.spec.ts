import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { demarrerGatewayEssai, environnementEssai, type GatewayEssai } from '../support/gateway-essai.js';
import { lancerApplication, type ProcessusEssai } from '../support/processus-essai.js';

/** Its database, its issuer, and itself as a second instance. */
let gateway: GatewayEssai;
let env: Record<string, string>;
const lances: ProcessusEssai[] = [];

beforeAll(async () => {
  gateway = await demarrerGatewayEssai();
  env = environnementEssai(gateway.base, gateway.emetteur);
});
afterEach(async () => {
  for (const { enfant, fin } of lances.splice(0)) {
    enfant.kill('SIGKILL');
    await fin;
  }
});
afterAll(() => gateway?.arreter());

function lancer(nom: 'gateway' | 'worker', changements: Record<string, string> = {}): ProcessusEssai {
  const processus = lancerApplication(nom, { ...env, ...(nom === 'worker' && sousLesJobs()), ...changements });
  lances.push(processus);
  return processus;
}

function sousLesJobs(): Record<string, string> {
  return { DATABASE_URL: gateway.base.urlJobs };
}

const LISTE = '{ candidatures(first: 1) { nodes { id } } }';

async function demander(url: string, query = LISTE): Promise<Response> {
  return fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(await gateway.entetes('siege')) },
    body: JSON.stringify({ query }),
  });
}

/** Holds the table that `LISTE` reads: requests wait until the lock is released. */
async function retenirCandidatures(): Promise<{ attendues(): Promise<number>; relacher(): Promise<void> }> {
  const client = new Client({ connectionString: gateway.base.urlProprietaire });
  await client.connect();
  await client.query('begin; lock table sillage.candidature in access exclusive mode');
  return {
    async attendues() {
      const { rows } = await client.query<{ n: number }>(
        `select count(*)::int as n from pg_locks where relation = 'sillage.candidature'::regclass and not granted`,
      );
      return rows[0]?.n ?? 0;
    },
    async relacher() {
      await client.query('rollback');
      await client.end();
    },
  };
}

async function jusqua(vrai: () => Promise<boolean>): Promise<void> {
  while (!(await vrai())) await new Promise((suite) => setTimeout(suite, 20));
}

/** Whether a request that comes now is turned away, at the door or with a 503. */
async function refuse(url: string): Promise<boolean> {
  return fetch(`${url}/sante/vie`).then(
    (reponse) => reponse.status === 503,
    () => true,
  );
}

describe('Au démarrage', () => {
  it('dit chaque faute de configuration sur une ligne, et sort en 1', async () => {
    const fautes = { DATABASE_URL: 'secret-mal-place', PORT_GATEWAY: 'x', OIDC_AUDIENCE: '' };
    for (const processus of [lancer('gateway', fautes), lancer('worker', fautes)]) {
      expect(await processus.fin).toBe(1);
      const lignes = processus.erreurs().trimEnd().split('\n');
      expect(lignes.map((ligne) => ligne.split(' ')[0])).toEqual(['DATABASE_URL', 'PORT_GATEWAY', 'OIDC_AUDIENCE']);
      expect(processus.erreurs()).not.toContain('secret-mal-place');
      expect(processus.journal).toEqual([]);
    }
  });

  it('refuse une base où son rôle aurait trop de pouvoirs', async () => {
    const puissante = { DATABASE_URL: gateway.base.urlAdmin };
    for (const processus of [lancer('gateway', puissante), lancer('worker', puissante)]) {
      expect(await processus.fin).toBe(1);
      expect(processus.erreurs()).toMatch(/sous le rôle .* : ce processus ne tourne que sous sillage_(app|jobs)\./);
      expect(processus.erreurs()).not.toContain(new URL(gateway.base.urlAdmin).password);
    }
  });

  it('refuse à chacun le rôle de l’autre : un worker ne lit pas les noms', async () => {
    const gatewayDesJobs = lancer('gateway', sousLesJobs());
    const workerDuGateway = lancer('worker', { DATABASE_URL: gateway.base.urlApp });
    expect([await gatewayDesJobs.fin, await workerDuGateway.fin]).toEqual([1, 1]);
    expect(gatewayDesJobs.erreurs()).toContain('ne tourne que sous sillage_app');
    expect(workerDuGateway.erreurs()).toContain('ne tourne que sous sillage_jobs');
  });

  it('dit que la base ne répond pas, ou la refuse', async () => {
    const ailleurs = new URL(gateway.base.urlApp);
    ailleurs.port = '1';
    const mauvais = new URL(gateway.base.urlApp);
    mauvais.password = 'xxx';
    const fermee = lancer('gateway', { DATABASE_URL: ailleurs.href });
    const refusee = lancer('gateway', { DATABASE_URL: mauvais.href });
    expect([await fermee.fin, await refusee.fin]).toEqual([1, 1]);
    expect(fermee.erreurs()).toMatch(/^Une base ou une file ne répond pas \(ECONNREFUSED\) : .*\n$/);
    expect(refusee.erreurs()).toMatch(/^PostgreSQL refuse la connexion \(28P01\) : .*\n$/);
  });
});

describe('À l’arrêt', () => {
  it('le gateway finit la requête en cours, n’en prend plus, et sort en 0', async () => {
    const processus = lancer('gateway');
    const url = await processus.url;
    const verrou = await retenirCandidatures();
    const enCours = demander(url);
    await jusqua(async () => (await verrou.attendues()) === 1);
    // A terminal and npm both send theirs.
    processus.enfant.kill('SIGTERM');
    processus.enfant.kill('SIGINT');
    await jusqua(() => refuse(url));
    await verrou.relacher();
    const reponse = await enCours;
    expect([reponse.status, await reponse.json()]).toEqual([200, { data: { candidatures: { nodes: [] } } }]);
    const repondu = Date.now();
    expect(await processus.fin).toBe(0);
    // A connection kept alive does not hold it back.
    expect(Date.now() - repondu).toBeLessThan(5_000);
  });

  it('le worker sort en 0', async () => {
    const processus = lancer('worker');
    const url = await processus.url;
    expect((await fetch(`${url}/sante/pret`)).status).toBe(200);
    expect(await (await fetch(`${url}/metriques`)).text()).toMatch(
      /^sillage_pg_connexions\{etat="ouvertes",service="worker"\} [1-9]/m,
    );
    processus.enfant.kill('SIGINT');
    expect(await processus.fin).toBe(0);
    expect(processus.journal.at(-1)).toMatchObject({ message: 'arrêt terminé', service: 'worker' });
  });

  it.each(['gateway', 'worker'] as const)('%s : s’arrête quand celui qui l’a lancé disparaît', async (nom) => {
    const processus = lancer(nom);
    await processus.url;
    processus.enfant.disconnect();
    expect(await processus.fin).toBe(0);
  });
});

describe('Deux instances', () => {
  it('se passent le relais : ce que l’une écrit, l’autre le sait ; l’arrêt de l’une ne coûte rien', async () => {
    const autre = lancer('gateway');
    const url = await autre.url;
    const input = {
      siret: '35600000000048',
      raisonSociale: 'Structure du relais',
      nature: 'ASSOCIATION',
      territoires: ['ARTOIS'],
    };
    const ecrite = await gateway.requete<{
      structureEnregistrer: { structure: { id: string } | null; errors: unknown[] };
    }>(
      'administrateur',
      `mutation ($input: StructureEnregistrerInput!) {
        structureEnregistrer(input: $input) { structure { id } errors { code path message } }
      }`,
      { input },
    );
    expect(ecrite).toMatchObject({ data: { structureEnregistrer: { errors: [] } } });
    const id = ecrite.data?.structureEnregistrer.structure?.id;
    const lue = await demander(url, `{ structure(id: "${id}") { raisonSociale } }`);
    expect(await lue.json()).toEqual({ data: { structure: { raisonSociale: 'Structure du relais' } } });

    autre.enfant.kill('SIGTERM');
    expect(await autre.fin).toBe(0);
    expect(await gateway.requete('siege', LISTE)).toEqual({ data: { candidatures: { nodes: [] } } });
  });
});
