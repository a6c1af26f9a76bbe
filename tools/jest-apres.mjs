import './sources.mjs';

/** The counterpart of `jest-avant.mjs`. */
export default async (...args) => (await import('../test/support/global-teardown.ts')).default(...args);
