import './sources.mjs';

/** Jest's global set-up runs outside its transforms: `test/support/global-setup.ts` is loaded by `sources.mjs`. */
export default async (...args) => (await import('../test/support/global-setup.ts')).default(...args);
