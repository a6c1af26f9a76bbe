// `npm run dispositif -- <code> [libellé]`: writes a new plugin that conforms at once, and puts it on the list of dispositifs.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { fichiersDuPlugin, nommer } from './dispositif-modele.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { racine: { type: 'string' }, 'sans-installer': { type: 'boolean', default: false } },
});
const racine = values.racine ?? join(import.meta.dirname, '..');
const [code, libelle = code] = positionals;

if (code === undefined || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(code)) {
  refuser(
    'Donnez un code en minuscules, chiffres et traits d’union : npm run dispositif -- solutions-logement "Solutions Logement".',
  );
}
if (existsSync(join(racine, 'plugins', code))) refuser(`plugins/${code} existe déjà : choisissez un autre code.`);

const ecrits = [];

for (const [chemin, texte] of Object.entries(fichiersDuPlugin(code, libelle)))
  ecrire(join('plugins', code, chemin), texte);
inscrire();
if (!values['sans-installer']) {
  const options = { cwd: racine, stdio: 'inherit', shell: process.platform === 'win32' };
  execFileSync('npm', ['install', '--no-fund', '--no-audit'], options);
  execFileSync(process.execPath, ['tools/completer-lock.mjs'], options);
}
await formater();
console.log(`plugins/${code} est écrit et inscrit dans apps/dispositifs.`);
console.log(
  'Ensuite : écrivez ses règles dans src/, puis « npm run generer » (schéma et documentation) et « npm test ».',
);

/** The list of dispositifs, and the references of the build. */
function inscrire() {
  modifierJson('tsconfig.json', (json) => inserer(json.references, { path: `plugins/${code}` }, 'apps/dispositifs'));
  modifierJson('apps/dispositifs/tsconfig.json', (json) => json.references.push({ path: `../../plugins/${code}` }));
  modifierJson('apps/dispositifs/package.json', (json) => (json.dependencies[`@sillage/${code}`] = '0.1.0'));
  const liste = 'apps/dispositifs/src/index.ts';
  const { constante } = nommer(code);
  const texte = readFileSync(join(racine, liste), 'utf8');
  const avecImport = texte.replace(
    'import type { Dispositif }',
    `import { ${constante} } from '@sillage/${code}';\nimport type { Dispositif }`,
  );
  const inscrite = avecImport.replace(/(readonly Dispositif\[\] = \[)([^\]]*)\]/, (_, debut, contenu) => {
    const noms = contenu
      .split(',')
      .map((nom) => nom.trim())
      .filter(Boolean);
    return `${debut}${[...noms, constante].join(', ')}]`;
  });
  if (inscrite === texte)
    refuser('apps/dispositifs/src/index.ts n’a pas la forme attendue : ajoutez-y le dispositif à la main.');
  ecrire(liste, inscrite);
}

function inserer(references, nouvelle, avant) {
  const rang = references.findIndex(({ path }) => path === avant);
  references.splice(rang === -1 ? references.length : rang, 0, nouvelle);
}

function modifierJson(chemin, modifier) {
  const json = JSON.parse(readFileSync(join(racine, chemin), 'utf8'));
  modifier(json);
  ecrire(chemin, `${JSON.stringify(json, null, 2)}\n`);
}

function ecrire(chemin, texte) {
  const complet = join(racine, chemin);
  mkdirSync(dirname(complet), { recursive: true });
  writeFileSync(complet, texte);
  ecrits.push(complet);
}

/** As `npm run format` would: a label may be long, or hold an apostrophe. After the installation, which brings prettier. */
async function formater() {
  const { format, resolveConfig } = await import('prettier');
  for (const filepath of ecrits) {
    const options = await resolveConfig(filepath);
    writeFileSync(filepath, await format(readFileSync(filepath, 'utf8'), { ...options, filepath }));
  }
}

function refuser(message) {
  console.error(message);
  process.exit(1);
}
