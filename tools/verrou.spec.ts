import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { prendreVerrou } from './verrou.mjs';

describe('le verrou de npm start', () => {
  let dossier: string;
  let fichier: string;
  const lances: ChildProcess[] = [];

  beforeEach(() => {
    dossier = mkdtempSync(join(tmpdir(), 'sillage-verrou-'));
    fichier = join(dossier, 'sous/demarrage.lock');
  });
  afterEach(() => {
    lances.splice(0).forEach((enfant) => enfant.kill('SIGKILL'));
    rmSync(dossier, { recursive: true });
  });

  /** A process whose command line looks like ours, for so many milliseconds. */
  function dormeur(ms: number): number {
    const enfant = spawn(process.execPath, ['-e', `setTimeout(() => 0, ${ms})`, 'console/start.mjs']);
    lances.push(enfant);
    return enfant.pid!;
  }

  async function laisser(contenu: object): Promise<void> {
    (await prendreVerrou(fichier)).rendre();
    writeFileSync(fichier, JSON.stringify(contenu));
  }

  it('se prend, se rend, se reprend', async () => {
    (await prendreVerrou(fichier)).rendre();
    (await prendreVerrou(fichier)).rendre();
  });

  it('est refusé tant que son détenteur vit, qui est nommé', async () => {
    const pid = dormeur(60_000);
    await laisser({ pid });
    await expect(prendreVerrou(fichier)).rejects.toThrow(new RegExp(`tourne déjà .*processus ${pid}`));
  });

  it('se reprend à un mort, à un autre programme qui a reçu son numéro, et après un fichier abîmé', async () => {
    for (const contenu of [{ pid: 2 ** 22 - 1 }, { pid: 1 }, {}]) {
      await laisser(contenu);
      (await prendreVerrou(fichier)).rendre();
    }
  });

  it('attend que les serveurs d’un mort aient fini', async () => {
    await laisser({ pid: 2 ** 22 - 1, conducteur: dormeur(700) });
    const debut = Date.now();
    (await prendreVerrou(fichier)).rendre();
    expect(Date.now() - debut).toBeGreaterThan(400);
  });
});
