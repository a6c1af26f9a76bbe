import { dateCivile, ROLES } from '@sillage/kernel';
import type { Portee, Role } from '@sillage/kernel';
import fc from 'fast-check';
import type { Acteur, ContexteActeur, DroitDispositif, Habilitation, ObjetProtege } from '../src/index.js';
import { ACTIONS, construireDroits } from '../src/index.js';
import type { Action } from '../src/index.js';

/** Few values, so that habilitations and rows often meet. */
export const TERRITOIRES = ids('t', 3);
export const STRUCTURES = ids('5', 3);
export const DISPOSITIFS = ['coach-test', 'logement-test', 'atelier-test'];
export const ETATS = ['BROUILLON', 'DEPOSEE', 'PUBLIE', 'PROJET', 'SIGNEE'];
export const DOSSIERS = ['Candidature', 'Convention', 'Versement'] as const;

function ids(lettre: string, nombre: number): string[] {
  const chiffre = lettre.charCodeAt(0).toString(16).padStart(4, '0');
  return Array.from({ length: nombre }, (_, rang) => `018f0000-0000-7000-8000-${chiffre}0000000${rang}`);
}

export const roles: fc.Arbitrary<Role> = fc.constantFrom(...(Object.keys(ROLES) as Role[]));
export const actions: fc.Arbitrary<Action> = fc.constantFrom(...(Object.keys(ACTIONS) as Action[]));

/** Any habilitation that the database could hold, including those that the service would not have written. */
export const habilitation: fc.Arbitrary<Habilitation> = fc.record({
  id: fc.uuid(),
  role: roles,
  structureId: fc.option(fc.constantFrom(...STRUCTURES)),
  territoireIds: fc.subarray(TERRITOIRES),
  dispositifs: fc.oneof(fc.constant([]), fc.subarray(DISPOSITIFS)),
  du: fc.constant(dateCivile('2026-01-01')),
  au: fc.constant(null),
});

export const habilitations = fc.array(habilitation, { maxLength: 3 });

/** Every field given, `null` where a row has none. */
export type Dossier = Required<{ [C in keyof ObjetProtege]: NonNullable<ObjetProtege[C]> | null }> & {
  readonly territoireIds: readonly string[];
};

export const dossier: fc.Arbitrary<Dossier> = fc.record({
  territoireIds: fc.subarray(TERRITOIRES),
  structureId: fc.option(fc.constantFrom(...STRUCTURES)),
  dispositif: fc.option(fc.constantFrom(...DISPOSITIFS), { freq: 10 }),
  etat: fc.option(fc.constantFrom(...ETATS), { freq: 10 }),
});

export const droitDispositif: fc.Arbitrary<DroitDispositif> = fc.record({
  dispositif: fc.constantFrom(...DISPOSITIFS),
  role: roles,
  actions: fc.array(actions, { minLength: 1, maxLength: 3 }),
  sujet: fc.constantFrom(...DOSSIERS),
  portee: fc.constantFrom<Portee>('DEPARTEMENT', 'TERRITOIRE', 'STRUCTURE'),
  regles: fc.constant(['TRANS-18']),
});

export function acteur(...liste: readonly Habilitation[]): Acteur {
  return { departementId: '62', utilisateurId: 'u', iss: 'i', sub: 's', habilitations: liste };
}

export function contexte(
  liste: readonly Habilitation[],
  droitsDispositifs: readonly DroitDispositif[] = [],
): ContexteActeur {
  const moi = acteur(...liste);
  return { departementId: '62', acteur: moi, droits: construireDroits(moi, droitsDispositifs), requeteId: 'r' };
}

/** A habilitation written in full by a test: everywhere, for everything, unless it says otherwise. */
export function habiliter(role: Role, autres: Partial<Habilitation> = {}): Habilitation {
  return {
    id: 'h',
    role,
    structureId: null,
    territoireIds: [],
    dispositifs: [],
    du: dateCivile('2026-01-01'),
    au: null,
    ...autres,
  };
}
