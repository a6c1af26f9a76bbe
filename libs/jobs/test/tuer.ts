import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type ModeDeMort = 'envoi' | 'accuse';

/** A command of the worker's, sent or answered (see `tuer-apres.mjs`), and which one among those of the same text. */
export interface Etape {
  mode: ModeDeMort;
  texte: string;
  occurrence: number;
}

/** A database, a queue, and what to do there around each death. */
export interface EssaiDeMort {
  /** The victim's main file: any worker of ours. It must end by itself on SIGTERM, with code 0. */
  principal: string;
  env: Record<string, string>;
  /** Makes one job wait in the outbox, and nothing else anywhere. */
  preparer: () => Promise<void>;
  /** Whether the job is marked as done. */
  fait: () => Promise<boolean>;
  /** After a death: lets a sound worker finish what is left. */
  relever: () => Promise<void>;
  /** Throws unless there is exactly one effect. */
  verifier: (etape: Etape | 'vivant') => Promise<void>;
}

const RACINE = join(import.meta.dirname, '../../..');
const SOURCES = join(RACINE, 'tools/sources.mjs');
const TUER_APRES = join(import.meta.dirname, 'tuer-apres.mjs');
/** What follows the mark (the queue's own accounts) happens within this time; then the worker is asked to stop. */
const APRES_LA_MARQUE_MS = 300;
/** The same statement may come more often, and differently from one run to another, when the queue is idle. */
const OCCURRENCES_MAX = 3;

/**
 * Every step, under `npm test -- --complet`. Otherwise those that change something, since to die of a reading is to die of what preceded
 * it; and within a transaction, its statements once answered, since nothing shows of them before the commit.
 */
const COMPLETS = process.env['SILLAGE_ESSAIS'] === 'complets';
const CHANGE = {
  envoi: /^(pg (commit|select \* from move_to_|select id from add_jobs)|redis (pipeline|eval))/i,
  accuse: /^(pg (insert|update|commit|select \* from move_to_|select id from add_jobs)|redis (pipeline|eval))/i,
};

/**
 * Watches one worker do the job and stop, then kills another at each of the steps seen, sent and answered, those of its shutdown
 * included. The given trials, each with its own database and queue, share the deaths. Returns them; a step that does not come again
 * (two connections talk at the same time) is no death. `garder` chooses
 * among the steps.
 */
export async function tuerAChaqueEtape(
  essais: readonly [EssaiDeMort, ...EssaiDeMort[]],
  garder: (etape: Etape) => boolean = () => true,
): Promise<Etape[]> {
  const dossier = mkdtempSync(join(tmpdir(), 'sillage-tuer-'));
  try {
    const aFaire = (await recenser(essais[0], join(dossier, 'trace'))).filter(
      (etape) => garder(etape) && (COMPLETS || CHANGE[etape.mode].test(etape.texte)),
    );
    const morts: Etape[] = [];
    const suites = essais.map((essai) =>
      suivre(essai, aFaire, morts).catch((erreur: unknown) => {
        // The first failure ends the other trials too.
        aFaire.length = 0;
        throw erreur;
      }),
    );
    await Promise.allSettled(suites);
    await Promise.all(suites);
    return morts;
  } finally {
    rmSync(dossier, { recursive: true, force: true });
  }
}

async function suivre(essai: EssaiDeMort, aFaire: Etape[], morts: Etape[]): Promise<void> {
  for (let etape = aFaire.shift(); etape !== undefined; etape = aFaire.shift()) {
    await essai.preparer();
    if (await tuerA(etape, essai)) {
      await essai.relever();
      morts.push(etape);
    }
    await essai.verifier(etape);
  }
}

/** Starts a worker and kills it at that step. Returns false when it outlived its job instead, and stopped properly. */
export async function tuerA(
  { mode, texte, occurrence }: Etape,
  { principal, env, fait }: Pick<EssaiDeMort, 'principal' | 'env' | 'fait'>,
): Promise<boolean> {
  const fatal = { TUER_MODE: mode, TUER_TEXTE: texte, TUER_OCCURRENCE: String(occurrence) };
  return (await observer(principal, { ...env, ...fatal }, fait)) === 'mort';
}

/** The steps of a worker that nobody kills. */
async function recenser(essai: EssaiDeMort, trace: string): Promise<Etape[]> {
  await essai.preparer();
  await observer(essai.principal, { ...essai.env, TUER_TRACE: trace }, essai.fait);
  await essai.verifier('vivant');
  const vues = new Map<string, number>();
  return readFileSync(trace, 'utf8')
    .trim()
    .split('\n')
    .map((ligne) => {
      const occurrence = (vues.get(ligne) ?? 0) + 1;
      vues.set(ligne, occurrence);
      return { ...(JSON.parse(ligne) as Omit<Etape, 'occurrence'>), occurrence };
    })
    .filter(({ occurrence }) => occurrence <= OCCURRENCES_MAX);
}

/** Runs a worker until it is killed, or until it has done the job and stopped. @throws Error when it ends otherwise. */
async function observer(
  principal: string,
  env: Record<string, string>,
  fait: () => Promise<boolean>,
): Promise<'mort' | 'vivant'> {
  // A `.mjs` main file runs what is built, and starts in a fraction of the time.
  const sources = principal.endsWith('.ts') ? ['--import', SOURCES] : [];
  const enfant = spawn(process.execPath, ['--no-warnings', ...sources, '--import', TUER_APRES, principal], {
    cwd: RACINE,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let erreurs = '';
  enfant.stderr.on('data', (morceau: Buffer) => (erreurs += morceau.toString()));
  const fin = new Promise<string>((resoudre) =>
    enfant.once('exit', (code, signal) => resoudre(String(signal ?? code))),
  );
  let issue: string | undefined;
  const limite = Date.now() + 30_000;
  let marque: number | undefined;
  while (
    issue === undefined &&
    Date.now() < limite &&
    (marque === undefined || Date.now() - marque < APRES_LA_MARQUE_MS)
  ) {
    issue = await auPlus(20, fin);
    marque ??= issue === undefined && (await fait()) ? Date.now() : undefined;
  }
  if (issue === undefined) {
    enfant.kill('SIGTERM');
    issue = await auPlus(10_000, fin);
    // Not a death of ours: it did not stop.
    if (issue === undefined) enfant.kill('SIGKILL');
  }
  if (issue === 'SIGKILL') return 'mort';
  if (issue === '0' && marque !== undefined) return 'vivant';
  throw new Error(`Le processus devait finir son job puis s’arrêter : ${issue ?? 'il tourne encore'}\n${erreurs}`);
}

/** What `fin` resolves to, or undefined when that takes longer. */
async function auPlus<T>(ms: number, fin: Promise<T>): Promise<T | undefined> {
  let minuterie: NodeJS.Timeout | undefined;
  const delai = new Promise<undefined>((resoudre) => {
    minuterie = setTimeout(() => resoudre(undefined), ms);
  });
  const issue = await Promise.race([fin, delai]);
  clearTimeout(minuterie);
  return issue;
}
