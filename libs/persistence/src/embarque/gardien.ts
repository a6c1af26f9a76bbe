import { spawn } from 'node:child_process';
import { openSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as attendre } from 'node:timers/promises';

/*
 * The small process that stands between Sillage and PostgreSQL. It lives as long as the IPC channel to its parent: when the parent
 * ends, be it by kill -9, the channel closes and PostgreSQL is stopped. It uses Node's own modules only, and no syntax that
 * Node cannot erase, so that it also runs from its source.
 */

export interface ConsigneGardien {
  readonly programme: string;
  readonly args: readonly string[];
  readonly identite: { uid?: number; gid?: number };
  /** Working directory, which PostgreSQL's account can enter. */
  readonly cwd: string;
  readonly journal: string;
  /** Written while the guardian lives: {@link EtatGardien}. */
  readonly etat: string;
}

export interface EtatGardien {
  readonly gardien: number;
  readonly parent: number;
}

/** Sent to the parent when PostgreSQL ends, asked or not. */
export interface FinDePostgres {
  readonly fin: true;
  readonly code: number | null;
}

/**
 * Stops a postmaster: at first by a fast shutdown, which rolls back what is in hand; then without manners.
 * @param vivant whether it still runs.
 */
export async function arreterPostmaster(pid: number, vivant: () => boolean): Promise<void> {
  const etapes: [NodeJS.Signals, number][] = [
    ['SIGINT', 15_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ];
  for (const [signal, delaiMs] of etapes) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    for (const fin = Date.now() + delaiMs; vivant() && Date.now() < fin;) await attendre(20);
    if (!vivant()) return;
  }
}

function garder(consigne: ConsigneGardien): void {
  // Ctrl-C reaches a whole terminal: the parent decides the order in which things stop.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
  const etat: EtatGardien = { gardien: process.pid, parent: process.ppid };
  writeFileSync(consigne.etat, JSON.stringify(etat));

  const journal = openSync(consigne.journal, 'a');
  const postgres = spawn(consigne.programme, [...consigne.args], {
    ...consigne.identite,
    cwd: consigne.cwd,
    stdio: ['ignore', journal, journal],
    // Its own session, out of reach of the terminal's signals.
    detached: true,
    windowsHide: true,
  });
  let vivant = true;
  const finir = (code: number | null): void => {
    vivant = false;
    rmSync(consigne.etat, { force: true });
    const message: FinDePostgres = { fin: true, code };
    if (process.connected) process.send?.(message, () => process.exit());
    else process.exit();
  };
  postgres.once('exit', finir);
  postgres.once('error', () => finir(null));

  const arreter = (): void => {
    if (postgres.pid !== undefined) void arreterPostmaster(postgres.pid, () => vivant);
  };
  process.once('disconnect', arreter);
  process.once('SIGTERM', arreter);
  process.once('message', arreter);
}

if (import.meta.main) garder(JSON.parse(process.argv[2] ?? '') as ConsigneGardien);
