import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { debutCommande } from './etape.mjs';
import { arreterEnfants, compiler, Empechement, preparerNode, RACINE } from './preparer.mjs';
import { ligneDeCommande, parentDe } from './processus.mjs';
import { prendreVerrou } from './verrou.mjs';

/**
 * `npm start`: installs and builds what is missing, then hands over to the console's `demarrer`, which runs on Node 24,
 * starts the database and the servers, and stops them when this process asks or dies.
 */

const AIDE = `npm start [-- options]
  --reset   efface les données de la démonstration et recommence
  --help    cette aide
Variables utiles : DATABASE_URL, REDIS_URL, PORT_GATEWAY, PORT_WORKER, PORT_OIDC, HORLOGE_DEMO, SILLAGE_DOSSIER (données, .sillage par défaut).`;

const SURVEILLANCE_MS = 500;

/** Set once somebody asked to stop: from then on, no child's end is a surprise. */
let arretDemande = false;
let conducteur;
let verrou;

const options = lireOptions();
if (options.help) {
  console.log(AIDE);
} else {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, arreter);
  surveillerNpm();
  process.exitCode = await demarrer().catch(expliquer);
}
process.removeAllListeners('SIGINT');
verrou?.rendre();
process.exit();

function lireOptions() {
  try {
    return parseArgs({ options: { reset: { type: 'boolean' }, help: { type: 'boolean' } } }).values;
  } catch (erreur) {
    console.error(`${erreur.message}\n${AIDE}`);
    process.exit(2);
  }
}

async function demarrer() {
  console.log('\nSillage : démonstration sur cette machine (Ctrl-C pour arrêter)\n');
  if (process.env['NODE_ENV'] === 'production') {
    throw new Empechement(
      'npm start est une démonstration et refuse NODE_ENV=production : voir docker/ pour un déploiement.',
    );
  }
  const dossier = resolve(RACINE, process.env['SILLAGE_DOSSIER'] || '.sillage');
  verrou = await prendreVerrou(join(dossier, 'demarrage.lock'));
  const node = await preparerNode();
  await compiler(node);
  if (arretDemande) return 0;

  // Its own process group: Ctrl-C reaches this process, which asks for an orderly stop, and not every process at once.
  conducteur = spawn(node, ['apps/console/dist/main.js', 'demarrer', ...(options.reset ? ['--reset'] : [])], {
    cwd: RACINE,
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, SILLAGE_DOSSIER: dossier, SILLAGE_DEBUT: String(debutCommande) },
  });
  verrou.noterConducteur(conducteur.pid);
  const [code, signal] = await new Promise((fin, echec) => conducteur.on('error', echec).on('exit', (...r) => fin(r)));
  if (code === 0 && arretDemande) return 0;
  if (signal !== null) console.error(`\n✘ La démonstration a été tuée (${signal}).`);
  return code || 1;
}

function arreter() {
  if (arretDemande) return;
  arretDemande = true;
  if (conducteur?.connected) conducteur.send('arreter');
  else if (conducteur === undefined) arreterEnfants();
}

/**
 * npm killed by -9 forwards nothing: this process, or the shell between them, then belongs to another parent, and the
 * demonstration stops.
 */
function surveillerNpm() {
  if (process.env['npm_lifecycle_event'] !== 'start') return;
  const viaShell = ligneDeCommande(process.ppid)?.includes('start.mjs');
  const npm = () => (viaShell ? parentDe(process.ppid) : process.ppid);
  const depart = npm();
  setInterval(() => npm() !== depart && arreter(), SURVEILLANCE_MS).unref();
}

function expliquer(erreur) {
  if (arretDemande) return 0;
  console.error(`\n✘ ${erreur instanceof Empechement ? erreur.message : erreur.stack}`);
  return 1;
}
