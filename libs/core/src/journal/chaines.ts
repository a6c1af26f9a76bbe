/** Each chain, by the name that its trigger gives it, and the table whose lines it holds together (ADR 0050). */
export const CHAINES = { JOURNAL: 'sillage.journal', LECTURE: 'sillage.journal_lecture' } as const;

export type Chaine = keyof typeof CHAINES;
