import { existsSync } from 'node:fs';
import { optionsSwc } from './tools/swc.mjs';

/** A plugin's author may hold only a part of the house. */
const present = (chemin) => existsSync(new URL(chemin, import.meta.url));

/** @type {import('jest').Config} */
export default {
  rootDir: import.meta.dirname,
  roots: ['libs', 'plugins', 'apps', 'test', 'docker', 'tools'].filter(present).map((nom) => `<rootDir>/${nom}`),
  testMatch: ['**/*.spec.ts'],
  modulePathIgnorePatterns: ['/dist/'],
  watchman: false,
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  resolver: '<rootDir>/tools/jest-resolver.cjs',
  transform: { '^.+\\.ts$': ['@swc/jest', optionsSwc] },
  // `@sillage/source` makes @sillage/* resolve to their TypeScript, so that no build precedes a test.
  testEnvironmentOptions: { customExportConditions: ['@sillage/source', 'node', 'node-addons'] },
  globalSetup: present('test/support/global-setup.ts') ? '<rootDir>/tools/jest-avant.mjs' : undefined,
  globalTeardown: present('test/support/global-teardown.ts') ? '<rootDir>/tools/jest-apres.mjs' : undefined,
  maxWorkers: 2,
  testTimeout: 60_000,
};
