// npm leaves out of the lock file the optional packages of other platforms that the registry of the day does not offer, and `npm ci`
// then refuses the lock file everywhere. This puts them back, by name and version, so that each platform finds its own, with what
// the registry says of them: without an integrity, `npm ci` would install there whatever it is given.
// To be run after any `npm install` that changes package-lock.json; `--verifier` only says whether something is missing.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandeNpm } from './preparer.mjs';

const FICHIER = join(import.meta.dirname, '../package-lock.json');
const PLATEFORME =
  /(darwin|linux|win32|win|android|freebsd|openharmony|aix|sunos)[-_](arm64|x64|ia32|arm|ppc64|s390x|riscv64|loong64|mips64el)/;

const lock = JSON.parse(readFileSync(FICHIER, 'utf8'));
const ajouts = Object.fromEntries(
  Object.entries(lock.packages).flatMap(([chemin, paquet]) => manquants(chemin, paquet)),
);
const noms = Object.keys(ajouts).map((cle) => cle.replace('node_modules/', ''));
const nus = Object.entries({ ...lock.packages, ...ajouts }).filter(
  ([chemin, paquet]) => chemin.startsWith('node_modules/') && !paquet.link && !paquet.integrity,
);

if (noms.length > 0 && process.argv.includes('--verifier')) {
  console.error(`package-lock.json : il manque ${noms.join(', ')}. Lancez « node tools/completer-lock.mjs ».`);
  process.exitCode = 1;
} else if (nus.length > 0 && !process.argv.includes('--verifier')) {
  const completes = Object.fromEntries(nus.map(([cle, paquet]) => [cle, { ...paquet, ...connu(cle, paquet.version) }]));
  const packages = Object.fromEntries(
    Object.entries({ ...lock.packages, ...completes }).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  writeFileSync(FICHIER, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
  const restent = Object.entries(completes).filter(([, paquet]) => !paquet.integrity);
  console.log(
    `package-lock.json : ${noms.length} paquets d’autres plateformes ajoutés, ` +
      `${nus.length - restent.length} empreintes inscrites, ${restent.length} que le registre ne donne pas.`,
  );
}

/** What the registry says of one version; nothing when it does not offer it. */
function connu(cle, version) {
  const champs = ['version', 'dist.integrity', 'license', 'scripts'];
  try {
    const demande = ['view', `${cle.replace('node_modules/', '')}@${version}`, ...champs, '--json'];
    const [commande, args, options] = commandeNpm(demande);
    const dit = JSON.parse(
      execFileSync(commande, args, { ...options, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    const scripts = ['preinstall', 'install', 'postinstall'].some((nom) => dit.scripts?.[nom]);
    return {
      integrity: dit['dist.integrity'],
      ...(scripts && { hasInstallScript: true }),
      ...(dit.license && { license: dit.license }),
    };
  } catch {
    return {};
  }
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
