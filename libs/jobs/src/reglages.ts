/** How jobs run. Durations in milliseconds. */
export interface ReglagesJobs {
  /** Jobs that one process runs side by side in one queue. All queues together should stay under the pool of connections. */
  concurrence: number;
  /** Outbox lines that one transaction of the dispatcher publishes. */
  lot: number;
  /** Time between two looks at every département's outbox, when no notification came. */
  sondageMs: number;
  /** Whether this process asks for the jobs of the day. */
  quotidiens: boolean;
  /** A job published and not done for this long may be lost: it is published again; then after twice as long, and so on. */
  republicationMs: number;
  republicationMaxMs: number;
  /** A refused job is judged again after this long, whether or not somebody asked (see `Reprises`). */
  rejugementMs: number;
  /** Unexpected errors after which a job waits for a person (`ECHEC`). */
  tentativesMax: number;
  /** Wait after the first unexpected error; doubles with each one. */
  delaiTentativeMs: number;
  delaiTentativeMaxMs: number;
  /**
   * BullMQ's lock on a running job, renewed at half its life. A killed worker's job is delivered again between `verrouMs / 2` and
   * `verrouMs + 2 x calageMs` later: its lock must expire, and two checks must have seen the job.
   */
  verrouMs: number;
  /** Time between two checks for jobs whose lock has expired. */
  calageMs: number;
  /** Time left to the jobs at work when the process stops; what has not ended is rolled back, and done again elsewhere. */
  arretMs: number;
}

export const REGLAGES_PAR_DEFAUT: Readonly<ReglagesJobs> = {
  concurrence: 4,
  lot: 200,
  sondageMs: 5_000,
  quotidiens: true,
  republicationMs: 60_000,
  republicationMaxMs: 15 * 60_000,
  rejugementMs: 60 * 60_000,
  tentativesMax: 8,
  delaiTentativeMs: 2_000,
  delaiTentativeMaxMs: 15 * 60_000,
  verrouMs: 30_000,
  calageMs: 15_000,
  arretMs: 15_000,
};
