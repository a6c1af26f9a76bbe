import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { commandeNpm, RACINE } from '../preparer.mjs';

const NODE_MODULES = 'node_modules/';

/**
 * The software bill of materials of production, CycloneDX 1.6 in JSON: npm's own, from the lock file alone, made reproducible. The same
 * lock file gives the same bytes on any machine and any day. What production may do without is there too, as `optional`.
 */
export async function nomenclature(dossier = RACINE) {
  const demande = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
  const [commande, args, options] = commandeNpm(demande);
  const { stdout } = await promisify(execFile)(commande, args, { ...options, cwd: dossier, maxBuffer: 2 ** 26 });
  const { name, packages } = JSON.parse(readFileSync(join(dossier, 'package-lock.json'), 'utf8'));
  return `${JSON.stringify(normaliser(JSON.parse(stdout), name, deProduction(packages)), null, 2)}\n`;
}

/**
 * `name@version` of each package that `npm ci --omit=dev` installs. Not `npm sbom --omit=dev`: it also leaves out what both production
 * and development ask for.
 */
function deProduction(packages) {
  const { name, version } = packages[''];
  const installes = Object.entries(packages).filter(([cle, paquet]) => cle.includes(NODE_MODULES) && !paquet.dev);
  const references = installes.map(([cle, paquet]) => {
    const nom = cle.slice(cle.lastIndexOf(NODE_MODULES) + NODE_MODULES.length);
    return `${nom}@${(paquet.link ? packages[paquet.resolved] : paquet).version}`;
  });
  return new Set([`${name}@${version}`, ...references]);
}

/** npm writes 1.5, of which 1.6 is an extension; it dates and numbers each document, and names our packages after their folder. */
function normaliser(bom, nom, production) {
  const retenue = (reference) => production.has(reference);
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      lifecycles: bom.metadata.lifecycles,
      tools: { components: [{ type: 'application', name: 'npm' }] },
      component: { ...bom.metadata.component, name: nom },
    },
    components: bom.components
      .filter((composant) => retenue(composant['bom-ref']))
      .map(decrire)
      .sort(par('bom-ref')),
    dependencies: bom.dependencies
      .filter(({ ref }) => retenue(ref))
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter(retenue).sort() }))
      .sort(par('ref')),
  };
}

function decrire(composant) {
  const reference = composant['bom-ref'];
  return {
    ...composant,
    name: reference.slice(0, reference.lastIndexOf('@')),
    // npm says it of one of the places where the package is installed, whichever comes first.
    properties: composant.properties.filter(({ name }) => name !== 'cdx:npm:package:development'),
  };
}

function par(cle) {
  return (a, b) => (a[cle] < b[cle] ? -1 : 1);
}
