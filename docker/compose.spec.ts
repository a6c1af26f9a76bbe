import { randomBytes } from 'node:crypto';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { chargerConfiguration, VARIABLES } from '@sillage/configuration';
import { parse } from 'yaml';
import { z } from 'zod';
import { avecClient, creerBaseEssai } from '../test/support/index.js';

const RACINE = join(import.meta.dirname, '..');
const lire = (nom: string): string => readFileSync(join(import.meta.dirname, nom), 'utf8');

const service = z.object({
  image: z.string().optional(),
  command: z.array(z.string()).optional(),
  build: z.object({ dockerfile: z.string(), target: z.string() }).optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])),
  ports: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
});
const compose = z
  .object({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.null()) })
  .parse(parse(lire('compose.yaml'), { merge: true }));
const services = Object.entries(compose.services);
const notres = services.filter(([, s]) => s.build !== undefined);
const dockerfile = lire('Dockerfile');

/** What prepares the database alone reads: the administrator's connection, and the passwords of roles that have no variable. */
const PREPARATION = ['PGHOST', 'PGUSER', 'PGPASSWORD', 'DATABASE_URL_JOBS', 'DATABASE_URL_STATISTIQUES'];

describe('compose.yaml and the configuration of the processes', () => {
  test.each(notres)('%s sets variables that the configuration knows, and no other', (nom, { environment }) => {
    const permises = [...Object.keys(VARIABLES), ...(nom === 'preparation' ? PREPARATION : [])];
    expect(Object.keys(environment).filter((variable) => !permises.includes(variable))).toEqual([]);
  });

  test.each(['gateway', 'worker', 'migration'])('%s boots on it, with the values of .env.example', (nom) => {
    const configuration = chargerConfiguration(environnementDe(nom));
    expect(configuration).toMatchObject({ production: true, file: { backend: 'redis' }, horlogeDemo: null });
    expect(configuration.gateway.adresse).toBe('0.0.0.0');
  });

  test('the worker connects under the role of jobs, the others under the application’s', () => {
    const role = (nom: string) => new URL(chargerConfiguration(environnementDe(nom)).baseDeDonnees.url).username;
    expect(['gateway', 'worker', 'migration'].map(role)).toEqual(['sillage_app', 'sillage_jobs', 'sillage_app']);
  });

  test('only the jobs that need them are given the owner and the administrator', () => {
    const ayant = (variable: string) => services.filter(([, s]) => variable in s.environment).map(([nom]) => nom);
    expect(ayant('DATABASE_URL_PROPRIETAIRE')).toEqual(['preparation', 'migration']);
    expect(ayant('PGPASSWORD')).toEqual(['preparation']);
  });

  test('.env.example names every value that compose asks for, and nothing else', () => {
    const demandees = [...lire('compose.yaml').matchAll(/\$\{(\w+)/g)].map(([, nom]) => nom as string);
    expect(Object.keys(exemple()).sort()).toEqual([...new Set(demandees)].sort());
  });
});

describe('lint', () => {
  test('images are pinned', () => {
    const images = [
      ...services.flatMap(([, s]) => s.image ?? []),
      ...[...dockerfile.matchAll(/^FROM (\S+:\S+)/gm)].map(([, i]) => i as string),
    ];
    expect(images).toHaveLength(4);
    expect(images.filter((image) => !/:v?\d+\.\d+(\.\d+)?(-[\w.]+)*$/.test(image))).toEqual([]);
    expect(new Set(images.filter((image) => image.startsWith('node:'))).size).toBe(1);
    expect(images.find((image) => image.startsWith('node:'))).toContain(
      `:${readFileSync(join(RACINE, '.nvmrc'), 'utf8').trim()}.`,
    );
  });

  test('no secret in clear: every password comes from the environment file, which git ignores', () => {
    const textes = services.flatMap(([, s]) =>
      Object.entries(s.environment).map(([cle, valeur]) => [cle, String(valeur)] as const),
    );
    const secrets = textes.filter(
      ([cle, valeur]) => /MDP|PASSWORD|^DATABASE_URL|REDIS_URL|^CLE_MAITRE$/.test(cle) || /:\/\/[^/]*@/.test(valeur),
    );
    expect(secrets.length).toBeGreaterThan(10);
    expect(secrets.filter(([, valeur]) => !/\$\{(MDP_\w+|CLE_MAITRE):\?[^}]+\}/.test(valeur))).toEqual([]);
    expect(
      Object.entries(exemple()).filter(([cle, valeur]) => /^MDP_|^CLES?_MAITRE|_SECRET$/.test(cle) && valeur !== ''),
    ).toEqual([]);
    expect(lire('.gitignore').split('\n')).toContain('.env');
    expect(dockerfile).not.toMatch(/^(ENV|ARG).*(MDP|PASSWORD|SECRET|DATABASE_URL|CLE_MAITRE)/im);
  });

  test('every target runs as a user who owns nothing, and says whether it is well', () => {
    const etapes = dockerfile.split(/^FROM /m).slice(1);
    expect(etapes.find((e) => e.includes('AS execution'))).toMatch(/^USER node$/m);
    expect(dockerfile).not.toMatch(/^USER root/m);
    const cibles = etapes.filter((e) => e.startsWith('execution AS'));
    expect(cibles.map((e) => /AS (\w+)/.exec(e)?.[1])).toEqual(['migration', 'worker', 'gateway']);
    expect(cibles.filter((e) => !/^HEALTHCHECK /m.test(e) || !/^CMD \[/m.test(e))).toEqual([]);
    expect(cibles.filter((e) => /^HEALTHCHECK NONE/m.test(e))).toHaveLength(1);
  });

  test('what a target runs exists in the sources', () => {
    const modules = [...dockerfile.matchAll(/(apps\/\w+)\/dist\/(\w+)\.js/g)].map(
      ([, app, nom]) => `${app}/src/${nom}.ts`,
    );
    expect([...new Set(modules)].sort()).toEqual([
      'apps/console/src/main.ts',
      'apps/gateway/src/main.ts',
      'apps/worker/src/main.ts',
    ]);
    expect(modules.filter((chemin) => !existsSync(join(RACINE, chemin)))).toEqual([]);
  });

  test('the log of PostgreSQL quotes neither rows, nor statements, nor parameters', () => {
    expect(compose.services['postgres']?.command).toEqual(
      expect.arrayContaining([
        'log_error_verbosity=terse',
        'log_min_error_statement=panic',
        'log_parameter_max_length_on_error=0',
      ]),
    );
  });

  test('every service is confined, watched, and published on this machine only', () => {
    expect(notres.filter(([, s]) => s.read_only !== true || !s.cap_drop?.includes('ALL'))).toEqual([]);
    expect(services.filter(([, s]) => s.build === undefined && s.healthcheck === undefined)).toEqual([]);
    expect(services.flatMap(([, s]) => s.ports).filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    expect(compose.services['gateway']?.depends_on['migration']?.condition).toBe('service_completed_successfully');
  });
});

test('preparer-base makes a database to which its roles connect, and can be run again', async () => {
  const modele = await creerBaseEssai();
  const nom = `essai_docker_${randomBytes(4).toString('hex')}`;
  const vers = (url: string): string => Object.assign(new URL(url), { pathname: `/${nom}` }).href;
  const admin = new URL(modele.urlAdmin);
  const env = {
    PATH: process.env['PATH'],
    PGHOST: admin.hostname,
    PGPORT: admin.port,
    PGUSER: admin.username,
    PGPASSWORD: decodeURIComponent(admin.password),
    DATABASE_URL: vers(modele.urlApp),
    DATABASE_URL_PROPRIETAIRE: vers(modele.urlProprietaire),
    DATABASE_URL_JOBS: vers(modele.urlJobs),
    DATABASE_URL_STATISTIQUES: vers(modele.urlStatistiques),
    DATABASE_URL_FILE: vers(modele.urlFile),
  };
  const lancer = () =>
    promisify(execFile)(process.execPath, ['--import', './tools/sources.mjs', 'docker/preparer-base.mjs'], {
      cwd: RACINE,
      env,
    });
  try {
    await lancer();
    expect((await lancer()).stdout).toContain(`« ${nom} » prête`);
    const schemas = await avecClient(env.DATABASE_URL_PROPRIETAIRE, async (client) => {
      const { rows } = await client.query(
        `select nspname from pg_namespace where nspname in ('sillage', 'referentiel', 'file') order by 1`,
      );
      return rows.map((r: { nspname: string }) => r.nspname);
    });
    expect(schemas).toEqual(['file', 'referentiel', 'sillage']);
    for (const url of [env.DATABASE_URL, env.DATABASE_URL_JOBS, env.DATABASE_URL_STATISTIQUES, env.DATABASE_URL_FILE]) {
      await avecClient(url, (client) => client.query('select 1'));
    }
    await expect(
      promisify(execFile)(process.execPath, ['--import', './tools/sources.mjs', 'docker/preparer-base.mjs'], {
        cwd: RACINE,
        env: { PATH: env.PATH },
      }),
    ).rejects.toMatchObject({
      stderr: expect.stringContaining('Variables absentes : PGHOST'),
    });
  } finally {
    await avecClient(modele.urlAdmin, (client) => client.query(`drop database if exists ${nom} with (force)`));
    await modele.supprimer();
  }
});

/** What a container would receive: compose's substitution, with secrets where the example leaves them to be filled in. */
function environnementDe(nom: string): Record<string, string> {
  const valeurs = exemple();
  const tirees: Record<string, string> = { CLE_MAITRE: randomBytes(32).toString('base64') };
  const remplacer = (texte: string): string =>
    texte.replaceAll(
      /\$\{(\w+)(?::?([-?])([^}]*))?\}/g,
      (_tout, cle: string, mode: string | undefined, suite: string) => {
        const valeur = cle.startsWith('MDP_') ? `motdepasse-${cle}` : valeurs[cle] || tirees[cle];
        return valeur || (mode === '-' ? suite : '');
      },
    );
  const { environment } = compose.services[nom] ?? { environment: {} };
  return Object.fromEntries(Object.entries(environment).map(([cle, valeur]) => [cle, remplacer(String(valeur))]));
}

function exemple(): Record<string, string> {
  const lignes = [...lire('.env.example').matchAll(/^(\w+)=(.*)$/gm)];
  return Object.fromEntries(lignes.map(([, cle = '', valeur = '']) => [cle, valeur] as const));
}
