// npm leaves out of the lock file the optional packages of other platforms that the registry of the day does not offer, and `npm ci`
// then refuses the lock file everywhere. This puts them back, by name and version, so that each platform finds its own.
// To be run after any `npm install` that changes package-lock.json; `--verifier` only says whether something is missing.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FICHIER = join(import.meta.dirname, '../package-lock.json');
const PLATEFORME =
  /(darwin|linux|win32|win|android|freebsd|openharmony|aix|sunos)[-_](arm64|x64|ia32|arm|ppc64|s390x|riscv64|loong64|mips64el)/;

const lock = JSON.parse(readFileSync(FICHIER, 'utf8'));
const ajouts = Object.fromEntries(
  Object.entries(lock.packages).flatMap(([chemin, paquet]) => manquants(chemin, paquet)),
);
const noms = Object.keys(ajouts).map((cle) => cle.replace('node_modules/', ''));

if (noms.length > 0 && process.argv.includes('--verifier')) {
  console.error(`package-lock.json : il manque ${noms.join(', ')}. Lancez « node tools/completer-lock.mjs ».`);
  process.exitCode = 1;
} else if (noms.length > 0) {
  const packages = Object.fromEntries(
    Object.entries({ ...lock.packages, ...ajouts }).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  writeFileSync(FICHIER, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
  console.log(`package-lock.json : ${noms.length} paquets d’autres plateformes ajoutés.`);
}

function manquants(chemin, paquet) {
  return Object.entries(paquet.optionalDependencies ?? {}).flatMap(([nom, version]) => {
    const cle = `node_modules/${nom}`;
    const plateforme = PLATEFORME.exec(nom);
    if (lock.packages[cle] || lock.packages[`${chemin}/${cle}`] || !plateforme || !/^\d/.test(version)) return [];
    const [, os, cpu] = plateforme;
    return [
      [
        cle,
        { version, cpu: [cpu], ...(paquet.dev && { dev: true }), optional: true, os: [os === 'win' ? 'win32' : os] },
      ],
    ];
  });
}
