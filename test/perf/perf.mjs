import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { etape } from '../../tools/etape.mjs';
import { compiler, Empechement, lancer, preparerNode, RACINE } from '../../tools/preparer.mjs';
import { prendreVerrou } from '../../tools/verrou.mjs';

/** `npm run perf`: installs and builds what is missing, the peers included, then hands over to `perf.ts` on Node 24. */

const ICI = import.meta.dirname;
const VERROU = join(RACINE, '.sillage/perf/mesure.lock');

let verrou;
try {
  process.exitCode = await mesurer();
} catch (erreur) {
  console.error(`\n✘ ${erreur instanceof Empechement ? erreur.message : erreur.stack}`);
  process.exitCode = 1;
}
verrou?.rendre();

async function mesurer() {
  const node = await preparerNode();
  await compiler(node);
  await installerPairs();
  await etape('compilation des pairs', () =>
    lancer(node, ['node_modules/typescript/bin/tsc', '-p', 'test/perf/serveurs/ordinaire']),
  );
  verrou = await prendreVerrou(VERROU, 'Une mesure');
  const options = process.argv.slice(2);
  const recalcul = options.includes('--recalcul');
  const principal = join(ICI, recalcul ? 'recalcul/mesurer.ts' : 'perf.ts');
  const suite = options.filter((option) => option !== '--recalcul');
  const args = ['--no-warnings', '--import', './tools/sources.mjs', principal, ...suite];
  const enfant = spawn(node, args, { cwd: RACINE, stdio: 'inherit' });
  // Ctrl-C reaches it as well: it stops the servers and PostgreSQL, and its end is ours.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
  return new Promise((fin, echec) => enfant.on('error', echec).on('close', (code) => fin(code ?? 1)));
}

/** What the servers of comparison and the load need is theirs: the house installs nothing for it. */
async function installerPairs() {
  const empreinte = createHash('sha256')
    .update(readFileSync(join(ICI, 'package-lock.json')))
    .digest('hex');
  const marque = join(ICI, 'node_modules/.perf');
  if (existsSync(marque) && readFileSync(marque, 'utf8') === empreinte) return;
  const npm = process.env['npm_execpath'];
  await etape('installation des pairs (npm ci), une à deux minutes la première fois', () =>
    npm?.endsWith('.js')
      ? lancer(process.execPath, [npm, 'ci'], { cwd: ICI })
      : lancer('npm', ['ci'], { cwd: ICI, shell: process.platform === 'win32' }),
  );
  writeFileSync(marque, empreinte);
}
