/**
 * How a message ended: `TRAITE` (effect made), `DOUBLON` (already done, or not due), `OCCUPE` (another worker is at it), `REFUSE` (a rule
 * said no), `REESSAI` (unexpected error, another attempt will come), `ECHEC` (given up until a person takes it up), `ILLISIBLE`.
 */
export type IssueJob = 'TRAITE' | 'DOUBLON' | 'OCCUPE' | 'REFUSE' | 'REESSAI' | 'ECHEC' | 'ILLISIBLE';

/** What jobs tell of themselves. `nom` is a declared job's name, or `inconnu`. */
export interface ObservateurJobs {
  /** A batch left for a queue; `dontRepublies` are those that had already left and may have been lost. */
  publie(fait: { file: string; nombre: number; dontRepublies: number }): void;
  traite(fait: { file: string; nom: string; issue: IssueJob; dureeMs: number }): void;
}

export const OBSERVATEUR_MUET: ObservateurJobs = { publie: () => undefined, traite: () => undefined };
