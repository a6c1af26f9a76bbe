import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

const RACINE = fileURLToPath(new URL('../../..', import.meta.url));
const enfants: ChildProcess[] = [];
let dossier: string;
let port: number;

beforeAll(async () => {
  dossier = await mkdtemp(join(tmpdir(), 'oidc-dev-'));
  port = await portLibre();
});
afterEach(() => {
  for (const enfant of enfants.splice(0)) enfant.kill('SIGKILL');
});
afterAll(() => rm(dossier, { recursive: true }));

function lancer(env: Record<string, string> = {}): {
  enfant: ChildProcess;
  sortie: () => string;
  fin: Promise<number | null>;
} {
  const enfant = spawn(process.execPath, ['--import', './tools/sources.mjs', 'apps/oidc-dev/src/main.ts'], {
    cwd: RACINE,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      NODE_ENV: 'development',
      PORT_OIDC: String(port),
      OIDC_AUDIENCE: 'essai',
      OIDC_DOSSIER: dossier,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  enfants.push(enfant);
  let texte = '';
  for (const flux of [enfant.stdout, enfant.stderr]) flux?.on('data', (bout: Buffer) => (texte += bout.toString()));
  const fin = once(enfant, 'exit').then(([code]) => code as number | null);
  return { enfant, sortie: () => texte, fin };
}

async function pret(sortie: () => string): Promise<void> {
  for (let essai = 0; essai < 200 && !sortie().includes(`http://127.0.0.1:${port}`); essai += 1) {
    await new Promise((suite) => setTimeout(suite, 50));
  }
  expect(sortie()).toContain(`Fournisseur d’identité de développement : http://127.0.0.1:${port}`);
  expect((await fetch(`http://127.0.0.1:${port}/jwks`)).status).toBe(200);
}

describe('le processus', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('démarre sans bruit, et s’arrête proprement sur %s', async (signal) => {
    const { enfant, sortie, fin } = lancer();
    await pret(sortie);
    enfant.kill(signal);
    expect(await fin).toBe(0);
    expect(sortie().trim().split('\n')).toHaveLength(1);
  });

  it('s’arrête quand le processus qui l’a lancé disparaît', async () => {
    const { enfant, sortie, fin } = lancer();
    await pret(sortie);
    enfant.disconnect();
    expect(await fin).toBe(0);
  });

  it('refuse la production et une configuration fausse, en disant pourquoi', async () => {
    const production = lancer({ NODE_ENV: 'production' });
    expect(await production.fin).toBe(1);
    expect(production.sortie()).toContain('NODE_ENV : ');
    const fausse = lancer({ OIDC_AUDIENCE: '' });
    expect(await fausse.fin).toBe(1);
    expect(fausse.sortie().trim()).toBe('OIDC_AUDIENCE : valeur attendue : la même que celle du gateway');
  });
});

async function portLibre(): Promise<number> {
  const serveur = createServer().listen(0, '127.0.0.1');
  await once(serveur, 'listening');
  const { port: libre } = serveur.address() as AddressInfo;
  serveur.close();
  await once(serveur, 'close');
  return libre;
}
