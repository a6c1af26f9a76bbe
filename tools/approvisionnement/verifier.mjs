import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_MAISON, NODE_MINIMAL, RACINE } from '../preparer.mjs';
import { fautesDesLicences } from './licences.mjs';
import { LICENCES_ADMISES, LICENCES_PARTICULIERES, SANS_EMPREINTE } from './regles.mjs';
import { fautesDesMoteurs, fautesDesScripts, fautesDesVersions, fautesDuVerrou } from './verrouillage.mjs';

/** Where npm installs from a lock file: the house, and what it is measured against. */
const INSTALLATIONS = ['', 'test/perf/'];

/** The faults of our dependencies that the files alone tell, in French; nothing is asked of the network. */
export function verifierDependances() {
  const racine = { manifeste: lireJson('package.json'), verrou: lireJson('package-lock.json') };
  const manifestes = globSync('**/package.json', {
    cwd: RACINE,
    exclude: ['**/node_modules', '**/dist', '.sillage', '.nx'],
  });
  return [
    ...fautesDesVersions(Object.fromEntries(manifestes.map((chemin) => [chemin, lireJson(chemin)]))),
    ...INSTALLATIONS.flatMap((dossier) => {
      const verrou = lireJson(`${dossier}package-lock.json`);
      return [
        ...fautesDuVerrou(`${dossier}package-lock.json`, verrou, dossier === '' ? SANS_EMPREINTE : {}),
        ...fautesDesScripts(
          `${dossier}package.json`,
          verrou,
          lireJson(`${dossier}package.json`),
          lire(`${dossier}.npmrc`),
        ),
      ];
    }),
    ...fautesDesMoteurs({
      ...racine,
      minimal: NODE_MINIMAL,
      majeure: NODE_MAISON,
      nvmrc: lire('.nvmrc'),
      dockerfile: lire('docker/Dockerfile'),
    }),
    ...fautesDesLicences({
      verrou: racine.verrou,
      lireInstalle: licenceInstallee,
      admises: LICENCES_ADMISES,
      particulieres: LICENCES_PARTICULIERES,
    }),
  ];
}

function licenceInstallee(cle) {
  const chemin = `${cle}/package.json`;
  return existsSync(join(RACINE, chemin)) ? lireJson(chemin).license : undefined;
}

function lire(chemin) {
  return readFileSync(join(RACINE, chemin), 'utf8');
}

function lireJson(chemin) {
  return JSON.parse(lire(chemin));
}
