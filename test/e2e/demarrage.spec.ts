import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { demarrerPostgres, effacerPostgres } from '@sillage/persistence';
import { avecClient } from '../support/index.js';
import { NpmStart, npm } from '../support/npm-start.js';

const LIMITE_MS = 240_000;
const COMPLETS = process.env['SILLAGE_ESSAIS'] === 'complets';

/** Families of processes are read in /proc. */
const surLinux = process.platform === 'linux' ? describe : describe.skip;

/**
 * `npm start` as a newcomer types it, in its own data folder: what it prints, what it serves, and above all what it leaves
 * behind, however it ends. The house is really built and really started, so the cases follow each other on the same data.
 */
surLinux('npm start', () => {
  let dossier: string;
  let occupant: Server;
  let enCours: NpmStart | undefined;
  const redemarrages: number[] = [];

  beforeAll(async () => {
    // Only its owner may enter: run as root, PostgreSQL must keep its data elsewhere.
    dossier = mkdtempSync(join(tmpdir(), 'sillage-demarrage-'));
    occupant = createServer();
    await new Promise<void>((pret) => occupant.listen(0, '127.0.0.1', pret));
  });

  afterEach(async () => {
    await enCours?.achever();
    enCours = undefined;
  });

  afterAll(async () => {
    await new Promise((fin) => occupant.close(fin));
    await effacerPostgres({ dossier, journal: () => undefined });
    rmSync(dossier, { recursive: true, force: true });
    // Told, not judged: other specs work on the same two cores.
    const secondes = redemarrages.map((ms) => (ms / 1000).toFixed(1)).join(', ');
    process.stderr.write(`npm start, données présentes : prêt en ${secondes} s\n`);
  });

  const portOccupe = (): string => String((occupant.address() as AddressInfo).port);

  function demarrer(args: string[] = [], env: Record<string, string> = {}): NpmStart {
    const port = portOccupe();
    enCours = new NpmStart(args, {
      SILLAGE_DOSSIER: dossier,
      PORT_GATEWAY: port,
      PORT_WORKER: port,
      PORT_OIDC: port,
      ...env,
    });
    return enCours;
  }

  /** On data that are there: how long it took is kept. */
  async function redemarrer(): Promise<NpmStart> {
    const depart = Date.now();
    const demo = demarrer();
    await demo.pret();
    redemarrages.push(Date.now() - depart);
    return demo;
  }

  function horloge(): number {
    const { instant } = JSON.parse(readFileSync(join(dossier, 'horloge.json'), 'utf8')) as { instant: string };
    return Date.parse(instant);
  }

  it(
    'arrive à « ready », prend un autre port, sert l’API et donne des jetons ; un second est refusé ; Ctrl-C arrête tout',
    async () => {
      const demo = demarrer();
      const url = await demo.pret();
      expect(demo.sortie).toContain(`PORT_GATEWAY : le port ${portOccupe()} est pris`);
      expect(demo.sortie).toContain('✔ compilation');
      expect(demo.sortie).toContain('Horloge de démonstration : 2 février 2026, 9 h 0');
      expect(demo.sortie.trimEnd().split('\n').at(-1)).toBe(`ready ${url}`);

      expect((await fetch(url.replace(/graphql$/, 'graphiql'))).status).toBe(200);
      for (const compte of ['siege', 'machine-association']) {
        const { sortie: jeton } = await npm(['run', '-s', 'jeton', '--', compte], { SILLAGE_DOSSIER: dossier });
        const reponse = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${jeton.trim()}` },
          body: JSON.stringify({ query: '{ territoires { code } }' }),
        });
        expect(await reponse.json()).toMatchObject({ data: { territoires: { length: 9 } } });
      }

      const second = new NpmStart([], { SILLAGE_DOSSIER: dossier });
      expect(await second.fin).not.toBe(0);
      expect(second.sortie).toMatch(/Une démonstration tourne déjà dans ce dossier \(processus \d+\)/);

      demo.ctrlC();
      // npm dies of the same Ctrl-C, when its child has ended.
      expect([0, null]).toContain(await demo.fin);
      expect(demo.sortie).toContain('Tout est arrêté.');
      expect(await demo.restants()).toEqual([]);
    },
    LIMITE_MS,
  );

  it(
    'reprend son horloge où elle s’était arrêtée ; npm tué par -9 ne laisse rien',
    async () => {
      const arret = horloge();
      const demo = await redemarrer();
      expect(horloge()).toBeGreaterThanOrEqual(arret);
      demo.tuerNpm();
      expect(await demo.restants()).toEqual([]);
    },
    LIMITE_MS,
  );

  const victimes: [string, RegExp][] = [
    ['npm start lui-même', /^node tools\/start\.mjs/],
    ['le processus qui conduit les autres', /console\/dist\/main\.js demarrer/],
    ['le gateway', /gateway\/dist\/main\.js/],
    ['le worker', /worker\/dist\/main\.js/],
    ['PostgreSQL', /^\S*\/bin\/postgres /],
    ['le gardien de PostgreSQL', /gardien\.js/],
  ];
  // Each is a whole start: all of them under `npm test -- --complet`.
  it.each(COMPLETS ? victimes : victimes.filter((_, rang) => rang % 2 === 1))(
    '%s tué par -9 : rien ne reste, et l’échec se voit',
    async (_qui, victime) => {
      const demo = await redemarrer();
      process.kill(demo.membre(victime), 'SIGKILL');
      expect(await demo.fin).not.toBe(0);
      expect(await demo.restants()).toEqual([]);
    },
    LIMITE_MS,
  );

  it(
    'Ctrl-C pendant le démarrage ne laisse rien ; --reset recommence au début',
    async () => {
      const interrompu = demarrer();
      await interrompu.dit('✔ base de données');
      interrompu.noterFamille();
      interrompu.ctrlC();
      await interrompu.fin;
      expect(await interrompu.restants()).toEqual([]);
      expect(interrompu.sortie).not.toContain('ready');

      const neuf = demarrer(['--reset']);
      await neuf.pret();
      expect(neuf.sortie).toContain('initialisation de la base de données');
      expect(neuf.sortie).toContain('Horloge de démonstration : 2 février 2026, 9 h 0');
    },
    LIMITE_MS,
  );

  it(
    'DATABASE_URL remplace la base embarquée : les rôles y sont créés, deux fois de suite',
    async () => {
      const ailleurs = mkdtempSync(join(tmpdir(), 'sillage-ailleurs-'));
      const serveur = await demarrerPostgres({ dossier: ailleurs, journal: () => undefined, essais: true });
      try {
        await avecClient(serveur.url, (client) => client.query('create database ailleurs'));
        for (const _fois of [1, 2]) {
          const demo = demarrer([], { DATABASE_URL: serveur.url.replace(/postgres$/, 'ailleurs') });
          const url = await demo.pret();
          expect(demo.sortie).toContain(`PostgreSQL de 127.0.0.1:${serveur.port}, base ailleurs (DATABASE_URL)`);
          expect((await fetch(url.replace('graphql', 'sante/pret'))).status).toBe(200);
          await demo.achever();
          expect(await demo.restants()).toEqual([]);
        }
      } finally {
        await serveur.arreter();
        await effacerPostgres({ dossier: ailleurs, journal: () => undefined });
        rmSync(ailleurs, { recursive: true });
      }
    },
    LIMITE_MS,
  );

  it.each<[string, string[], Record<string, string>, string]>([
    ['une option inconnue', ['--resset'], {}, "'--resset'"],
    ['la production', [], { NODE_ENV: 'production' }, 'refuse NODE_ENV=production'],
    ['une horloge qui recule', [], { HORLOGE_DEMO: '2026-01-01T00:00:00+01:00' }, 'ferait reculer la démonstration'],
    ['une horloge illisible', [], { HORLOGE_DEMO: 'hier' }, 'HORLOGE_DEMO'],
    ['une variable fausse', [], { LIMITE_ALIAS: 'beaucoup' }, 'LIMITE_ALIAS'],
    ['une base externe à effacer', ['--reset'], { DATABASE_URL: 'postgres://x@127.0.0.1:1/y' }, 'n’efface pas la base'],
    ['un serveur externe absent', [], { DATABASE_URL: 'postgres://x@127.0.0.1:1/y' }, 'ne répond pas (ECONNREFUSED)'],
  ])(
    'refuse %s, et dit pourquoi',
    async (_quoi, args, env, message) => {
      const refuse = demarrer(args, env);
      expect(await refuse.fin).not.toBe(0);
      expect(refuse.sortie).toContain(message);
    },
    LIMITE_MS,
  );
});
