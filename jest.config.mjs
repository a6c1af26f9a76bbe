import { existsSync } from 'node:fs';

/** A plugin's author may hold only a part of the house. */
const present = (chemin) => existsSync(new URL(chemin, import.meta.url));

/** @type {import('jest').Config} */
export default {
  rootDir: import.meta.dirname,
  roots: ['libs', 'plugins', 'apps', 'test', 'docker', 'tools'].filter(present).map((nom) => `<rootDir>/${nom}`),
  // Specs are loaded by Node itself, from their sources (docs/adr/0033-specs-in-node.md): nothing for Jest to transform or resolve.
  testRunner: '<rootDir>/tools/jest-natif.mjs',
  transform: {},
  testMatch: ['**/*.spec.ts'],
  modulePathIgnorePatterns: ['/dist/'],
  watchman: false,
  globalSetup: present('test/support/global-setup.ts') ? '<rootDir>/tools/jest-avant.mjs' : undefined,
  globalTeardown: present('test/support/global-teardown.ts') ? '<rootDir>/tools/jest-apres.mjs' : undefined,
  maxWorkers: 2,
  // Nest keeps something of each gateway that a worker has started: it is replaced before it grows too large for a small machine.
  workerIdleMemoryLimit: '1GB',
  testTimeout: 60_000,
};
