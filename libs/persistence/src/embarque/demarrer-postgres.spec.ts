import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as attendre } from 'node:timers/promises';
import { Client } from 'pg';
import { avecClient } from '../../../../test/support/index.js';
import { demarrerPostgres, effacerPostgres, type OptionsPostgres, type PostgresEmbarque } from './demarrer-postgres.js';
import type { EtatGardien } from './gardien.js';

const RACINE = join(import.meta.dirname, '../../../..');
const enRoot = process.getuid?.() === 0;
let dossier: string;
let hotes: ChildProcess[];
let serveurs: PostgresEmbarque[];

beforeEach(() => {
  // Mode 0700: as root, PostgreSQL's account cannot enter it, as in a clone in /root.
  dossier = mkdtempSync(join(tmpdir(), 'sillage-embarque-'));
  hotes = [];
  serveurs = [];
});
afterEach(async () => {
  await Promise.all(hotes.map(tuer));
  for (const serveur of serveurs) await serveur.arreter();
  await effacerPostgres({ dossier, journal: () => undefined });
  rmSync(dossier, { recursive: true, force: true });
});

/** Dead and buried: until then its folder is said to be in use. */
async function tuer(hote: ChildProcess): Promise<void> {
  if (hote.exitCode !== null || hote.signalCode !== null) return;
  const fin = once(hote, 'exit');
  hote.kill('SIGKILL');
  await fin;
}

const options = (lignes: string[] = []): OptionsPostgres => ({
  dossier,
  port: 56_320,
  journal: (ligne) => lignes.push(ligne),
  essais: true,
});
async function demarrer(lignes: string[] = []): Promise<PostgresEmbarque> {
  const serveur = await demarrerPostgres(options(lignes));
  serveurs.push(serveur);
  return serveur;
}

const lieu = (): string => readFileSync(join(dossier, 'emplacement-postgres.txt'), 'utf8').trim();
const donnees = (): string => join(lieu(), 'donnees');
const pidPostgres = (): number => Number(readFileSync(join(donnees(), 'postmaster.pid'), 'utf8').split('\n')[0]);
const gardien = (): EtatGardien => JSON.parse(readFileSync(join(lieu(), 'gardien.json'), 'utf8')) as EtatGardien;

/** A zombie, that nobody has buried yet, is dead. */
function vit(pid: number): boolean {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function finDe(pid: number): Promise<void> {
  for (const limite = Date.now() + 15_000; vit(pid); await attendre(20)) {
    if (Date.now() > limite) throw new Error(`le processus ${pid} vit encore`);
  }
}

/** Another process that starts PostgreSQL on the same folder, and gives its address. */
async function lancerHote(): Promise<{ hote: ChildProcess; url: string }> {
  const args = ['--import', join(RACINE, 'tools/sources.mjs'), join(RACINE, 'libs/persistence/test/hote.ts'), dossier];
  const hote = spawn(process.execPath, args, { cwd: RACINE, stdio: ['ignore', 'pipe', 'inherit'] });
  hotes.push(hote);
  const [dit] = (await once(hote.stdout, 'data')) as [Buffer];
  return { hote, url: dit.toString().replace('prêt ', '').trim() };
}

describe('un départ', () => {
  test('initialise, écoute sur 127.0.0.1 seulement et exige le mot de passe ; le suivant retrouve les données en moins de 2 s', async () => {
    const lignes: string[] = [];
    const premier = await demarrer(lignes);
    expect(lignes).toContainEqual(expect.stringMatching(/^initialisation de la base de données/));
    await avecClient(premier.url, (client) => client.query('create table temoin (); create role premier'));

    const sansMotDePasse = new URL(premier.url);
    sansMotDePasse.password = 'faux';
    await expect(avecClient(sansMotDePasse.href, async () => undefined)).rejects.toMatchObject({ code: '28P01' });
    const ailleurs = Object.values(networkInterfaces())
      .flatMap((adresses) => adresses ?? [])
      .find(({ family, internal }) => family === 'IPv4' && !internal);
    if (ailleurs !== undefined) {
      const dehors = new Client({ host: ailleurs.address, port: premier.port, connectionTimeoutMillis: 2_000 });
      await expect(dehors.connect()).rejects.toThrow();
    }
    const locale = await avecClient(premier.url, (client) =>
      client.query(`select upper('é') as haut, current_setting('unix_socket_directories') as sockets`),
    );
    expect(locale.rows).toEqual([{ haut: 'É', sockets: '' }]);

    const pid = pidPostgres();
    await premier.arreter();
    await premier.arreter();
    expect(vit(pid)).toBe(false);
    expect(existsSync(join(lieu(), 'gardien.json'))).toBe(false);
    expect(statSync(join(lieu(), 'secrets-postgres.json')).mode & 0o777).toBe(0o600);

    const debut = performance.now();
    const second = await demarrer();
    expect(performance.now() - debut).toBeLessThan(2_000);
    await avecClient(second.url, (client) => client.query('select * from temoin'));
    await second.arreter();
  });

  test('n’écrit dans son journal ni les lignes, ni les paramètres, ni le texte d’un ordre refusé', async () => {
    const canari = 'Camille-Canari';
    const postgres = await demarrer();
    await avecClient(postgres.url, async (client) => {
      await client.query('create table temoin (contenu jsonb not null, nom text not null check (length(nom) < 5))');
      const inserer = 'insert into temoin values ($1::jsonb, $2)';
      for (const [contenu, nom] of [
        [`{"nom": "${canari}", `, 'x'],
        [`{"nom": "${canari}\\u0000"}`, 'x'],
        ['{}', canari],
        [`{"nom": "${canari}"}`, null],
      ]) {
        await expect(client.query(inserer, [contenu, nom])).rejects.toMatchObject({ code: expect.any(String) });
      }
      await expect(client.query(`select '${canari}' from nulle_part`)).rejects.toMatchObject({ code: '42P01' });
    });
    await postgres.arreter();
    const journal = readFileSync(postgres.fichierJournal, 'utf8');
    expect(journal.match(/ERROR:/g)).toHaveLength(5);
    expect(journal).not.toContain(canari);
  });

  test('prend le port libre suivant, et le dit', async () => {
    const occupant = createServer().listen(56_320, '127.0.0.1');
    await once(occupant, 'listening');
    try {
      const lignes: string[] = [];
      const postgres = await demarrer(lignes);
      expect(postgres.port).toBeGreaterThan(56_320);
      expect(lignes).toContain(`port 56320 occupé : PostgreSQL prend le ${postgres.port}`);
      await postgres.arreter();
    } finally {
      occupant.close();
    }
  });

  test('oublie un postmaster.pid dont le numéro est allé à un autre programme', async () => {
    await (await demarrer()).arreter();
    writeFileSync(join(donnees(), 'postmaster.pid'), `${process.pid}\n${donnees()}\n`);
    const postgres = await demarrer();
    await avecClient(postgres.url, (client) => client.query('select 1'));
    await postgres.arreter();
  });

  (enRoot ? test : test.skip)(
    'en root, va où PostgreSQL peut entrer, n’ouvre aucun dossier du clone, et --reset efface tout',
    async () => {
      await (await demarrer()).arreter();
      const ou = lieu();
      expect(ou.startsWith(dossier)).toBe(false);
      expect(statSync(dossier).mode & 0o777).toBe(0o700);
      expect(statSync(donnees()).uid).not.toBe(0);
      expect(statSync(ou).uid).toBe(0);
      await effacerPostgres({ dossier, journal: () => undefined });
      expect(existsSync(ou)).toBe(false);
      expect(existsSync(join(dossier, 'emplacement-postgres.txt'))).toBe(false);
    },
  );
});

describe('un refus dit quoi faire', () => {
  test('quand les données sont d’une autre version', async () => {
    await (await demarrer()).arreter();
    writeFileSync(join(donnees(), 'PG_VERSION'), '16\n');
    await expect(demarrer()).rejects.toThrow(/viennent de PostgreSQL 16.*npm start -- --reset/s);
  });

  test('quand les mots de passe ont disparu', async () => {
    await (await demarrer()).arreter();
    rmSync(join(lieu(), 'secrets-postgres.json'));
    await expect(demarrer()).rejects.toThrow(/mots de passe a disparu.*npm start -- --reset/s);
  });

  test('quand les données sont abîmées', async () => {
    await (await demarrer()).arreter();
    rmSync(join(donnees(), 'global/pg_control'));
    await expect(demarrer()).rejects.toThrow(/n’a pas démarré.*pg_control.*npm start -- --reset/s);
  });

  test('quand Sillage tourne déjà là', async () => {
    const { hote } = await lancerHote();
    await expect(demarrer()).rejects.toThrow(`Sillage tourne déjà dans ce dossier (processus ${hote.pid})`);
    await expect(effacerPostgres(options())).rejects.toThrow('Sillage tourne déjà');
  });
});

describe('aucun processus ne reste', () => {
  test('quand le parent est tué par kill -9 ; le départ suivant attend la fin et repart', async () => {
    const { hote, url } = await lancerHote();
    await avecClient(url, (client) => client.query('create table ecrit ()'));
    const [postgres, garde] = [pidPostgres(), gardien().gardien];
    hote.kill('SIGKILL');
    await once(hote, 'exit');
    const suivant = await demarrer();
    expect([vit(postgres), vit(garde)]).toEqual([false, false]);
    await avecClient(suivant.url, (client) => client.query('select * from ecrit'));
    await suivant.arreter();
  });

  test('quand le parent est tué pendant que des clients travaillent', async () => {
    const { hote, url } = await lancerHote();
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    const longue = client.query('select pg_sleep(60)').catch((erreur: unknown) => erreur);
    const [postgres, garde] = [pidPostgres(), gardien().gardien];
    hote.kill('SIGKILL');
    await Promise.all([finDe(postgres), finDe(garde), longue]);
  });

  test('quand le gardien est tué par kill -9', async () => {
    await lancerHote();
    const [postgres, garde] = [pidPostgres(), gardien().gardien];
    process.kill(garde, 'SIGKILL');
    await finDe(postgres);
  });

  test('quand le parent et le gardien sont tués ensemble : le départ suivant arrête l’orphelin', async () => {
    const { hote } = await lancerHote();
    const [postgres, garde] = [pidPostgres(), gardien().gardien];
    process.kill(garde, 'SIGKILL');
    hote.kill('SIGKILL');
    await finDe(garde);
    const lignes: string[] = [];
    const suivant = await demarrer(lignes);
    expect(lignes).toContain(`arrêt d’un PostgreSQL resté seul sur ces données (processus ${postgres})`);
    expect(vit(postgres)).toBe(false);
    await suivant.arreter();
  });

  test('ni quand un terminal envoie SIGINT à tous : c’est le parent qui décide', async () => {
    const { hote, url } = await lancerHote();
    process.kill(gardien().gardien, 'SIGINT');
    await attendre(200);
    await avecClient(url, (client) => client.query('select 1'));
    const postgres = pidPostgres();
    hote.kill('SIGTERM');
    await finDe(postgres);
  });
});
