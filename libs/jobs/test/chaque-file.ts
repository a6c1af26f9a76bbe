import { describe } from '@jest/globals';
import type { ConfigurationFile } from '../src/files.js';
import { BINAIRE_REDIS } from './redis-essai.js';

/** The same suite on both backends. Without a Redis on the machine its half is skipped, and counted as skipped. */
export function surChaqueFile(titre: string, suite: (backend: ConfigurationFile['backend']) => void): void {
  describe(`${titre}, file PostgreSQL`, () => suite('postgres'));
  if (BINAIRE_REDIS !== null) describe(`${titre}, file Redis`, () => suite('redis'));
  else
    describe.skip(`${titre}, file Redis (sauté : ni redis-server ni valkey-server dans le PATH)`, () => suite('redis'));
}
