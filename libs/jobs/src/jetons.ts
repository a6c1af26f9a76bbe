/** Injection tokens for what is not a class. */
export const FILES = Symbol('FILES');
export const REGLAGES = Symbol('REGLAGES_JOBS');
export const OBSERVATEUR = Symbol('OBSERVATEUR_JOBS');
export const JOURNAL = Symbol('JOURNAL_JOBS');
export const HORLOGE_JOBS = Symbol('HORLOGE_JOBS');
