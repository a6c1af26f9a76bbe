import { v5 as uuidv5 } from 'uuid';

/** Our own namespace for the ids below: a random uuid, drawn once. */
const ESPACE = '7d0e0a52-6a0c-4a35-9d2c-0a9a5f3b6c11';

/**
 * The id of a row of the reference or demonstration data, derived from its natural key: seeding twice, or on two machines,
 * gives the same rows, and a guided tour can name them.
 */
export function idStable(departementId: string, type: string, cle: string): string {
  return uuidv5([departementId, type, cle].join('\n'), ESPACE);
}
