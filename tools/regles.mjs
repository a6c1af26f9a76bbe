// `npm run regles -- [code] [--manquantes] [--json fichier]`: what each dispositif makes of its rules in docs/regles.md. A rule is
// implemented and tested when a source cites its id, and a spec does outside its comments. Fails when a family that a dispositif claims complete lacks one.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { compter, couvrir, dire, ETATS, lireCatalogue } from './regles/couverture.mjs';

const USAGE = 'npm run regles -- [code d’un dispositif] [--manquantes] [--json fichier] [--racine dossier]';
const SOURCES = ['libs', 'plugins'];
const TESTS = ['libs', 'plugins', 'apps', 'tools', 'test'];

const { code, manquantes, json, racine } = lireArguments();
const rapport = couvrir({
  catalogue: lireCatalogue(readFileSync(join(racine, 'docs/regles.md'), 'utf8')),
  dispositifs: await lireDispositifs(),
  sources: textes(SOURCES, (nom) => !nom.endsWith('.spec.ts')),
  tests: textes(TESTS, (nom) => nom.endsWith('.spec.ts')),
});
const rapports = rapport.rapports.filter((r) => code === undefined || r.code === code);
if (code !== undefined && rapports.length === 0) {
  refuser(`${code} : aucun dispositif installé de ce code ne dit le préfixe de ses règles.`);
}
const fautes = code === undefined ? rapport.fautes : rapports.flatMap((r) => r.fautes);
const decompte = compter(rapports.flatMap(({ regles }) => regles));
if (json !== undefined) {
  writeFileSync(json, `${JSON.stringify({ ...rapport, rapports, fautes, decompte }, null, 2)}\n`);
}
rapports.forEach(imprimer);
if (code === undefined && rapport.sansPrefixe.length > 0) {
  console.log(`Sans préfixe de règles, non suivis : ${rapport.sansPrefixe.join(', ')}\n`);
}
fautes.forEach((faute) => console.log(`✘ ${faute}`));
console.log(phrase(decompte));
process.exitCode = fautes.length > 0 ? 1 : 0;

function lireArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { manquantes: { type: 'boolean' }, json: { type: 'string' }, racine: { type: 'string' } },
    });
    if (positionals.length > 1) refuser(`Usage : ${USAGE}`);
    return {
      code: positionals[0],
      manquantes: values.manquantes === true,
      json: values.json === undefined ? undefined : resolve(process.env.INIT_CWD ?? process.cwd(), values.json),
      racine: resolve(values.racine ?? join(import.meta.dirname, '..')),
    };
  } catch {
    return refuser(`Usage : ${USAGE}`);
  }
}

/** The installed dispositifs, as built. */
async function lireDispositifs() {
  const construit = join(racine, 'apps/dispositifs/dist/index.js');
  if (!existsSync(construit)) refuser('Les dispositifs ne sont pas construits : lancez d’abord `npm run build`.');
  return (await import(pathToFileURL(construit).href)).dispositifs;
}

function textes(dossiers, retenir) {
  return dossiers
    .filter((dossier) => existsSync(join(racine, dossier)))
    .flatMap((dossier) => fichiers(join(racine, dossier)))
    .filter(retenir)
    .sort()
    .map((chemin) => ({ chemin: relative(racine, chemin), texte: readFileSync(chemin, 'utf8') }));
}

function fichiers(dossier) {
  return readdirSync(dossier, { withFileTypes: true }).flatMap((entree) => {
    if (entree.isDirectory()) {
      return ['node_modules', 'dist'].includes(entree.name) ? [] : fichiers(join(dossier, entree.name));
    }
    return entree.name.endsWith('.ts') ? [join(dossier, entree.name)] : [];
  });
}

function imprimer(r) {
  console.log(`${r.libelle} (${r.code}) : ${r.regles.length} règles ${r.prefixe}-…`);
  for (const { famille, complete } of r.familles) {
    const siennes = r.regles.filter((regle) => regle.famille === famille);
    const { FAITE, NON_CALCULABLE, MANQUANTE } = compter(siennes);
    if (manquantes && MANQUANTE === 0) continue;
    const dit = complete ? ', dite complète' : '';
    console.log(
      `  ${famille.padEnd(5)} ${FAITE} faites, ${NON_CALCULABLE} non calculables, ${MANQUANTE} manquantes${dit}`,
    );
    if (!manquantes) lister('faites', siennes, 'FAITE', ({ id }) => id, ', ');
    if (!manquantes) lister('non calculables', siennes, 'NON_CALCULABLE', ({ id, pourquoi }) => `${id} : ${pourquoi}`);
    lister('manquantes', siennes, 'MANQUANTE', dire);
  }
  console.log(`  ${phrase(compter(r.regles))}\n`);
}

function lister(titre, regles, etat, enTexte, entre = '\n      ') {
  const lignes = regles.filter((regle) => regle.etat === etat).map(enTexte);
  if (lignes.length > 0) console.log(`    ${titre} :${entre === ', ' ? ' ' : entre}${lignes.join(entre)}`);
}

function phrase(comptes) {
  return Object.entries(ETATS)
    .map(([etat, libelle]) => `${comptes[etat]} ${libelle}`)
    .join(', ');
}

function refuser(message) {
  console.error(message);
  process.exit(2);
}
