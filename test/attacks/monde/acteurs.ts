import { type Role, ROLES } from '@sillage/kernel';
import { v5 as uuidv5 } from 'uuid';

/** The two tenants that attack each other. */
export const DEPARTEMENTS = ['62', '99'] as const;
export type Departement = (typeof DEPARTEMENTS)[number];

/** Where the actors are at home, then where they are not. */
export const TERRITOIRES: Readonly<Record<Departement, readonly [chezSoi: string, ailleurs: string]>> = {
  '62': ['LENS_LIEVIN', 'ARRAGEOIS'],
  '99': ['RIVE_NORD', 'RIVE_SUD'],
};

/** A word that only the rows of one tenant bear: seen in an answer to the other, it is a leak. */
export const canari = (departement: Departement): string => `CANARI${departement}`;

export const tousLesRoles = Object.keys(ROLES) as Role[];
const rolesDeStructure = tousLesRoles.filter((role) => ROLES[role].portee === 'STRUCTURE');

/** A structure a role, and one that is nobody's. */
export const STRUCTURES = [...rolesDeStructure, 'PERSONNE'] as const;

export interface HabilitationSemee {
  readonly role: Role;
  readonly structureId: string | null;
  /** Codes. */
  readonly territoires: readonly string[];
  readonly dispositifs: readonly string[];
  readonly du?: string;
  readonly au?: string;
  readonly revoquee?: true;
}

/** Somebody who asks: known by `sub`, of one tenant, with what was granted to them there. */
export interface Acteur {
  readonly sub: string;
  readonly departement: Departement;
  readonly utilisateurId: string;
  readonly habilitations: readonly HabilitationSemee[];
}

const ESPACE = '6d2b6c52-3c0a-4b58-9d0e-1f2a55a3c9d1';

/** The same id at each run, so that a failure can be read again. */
export function idDe(departement: string, sorte: string, cle: string): string {
  return uuidv5(`${departement} ${sorte} ${cle}`, ESPACE);
}

/**
 * Of a tenant: each role at home, each role on the other territory, each limited to one dispositif, two roles in one person, and
 * those who hold nothing that counts today.
 */
export function acteursDe(departement: Departement, dispositifs: readonly string[]): Acteur[] {
  const [chezSoi, ailleurs] = TERRITOIRES[departement];
  const [premier = ''] = dispositifs;
  const personne = (nom: string, ...habilitations: HabilitationSemee[]): Acteur => {
    const sub = `attaque-${departement}-${nom}`;
    return { sub, departement, utilisateurId: idDe(departement, 'utilisateur', sub), habilitations };
  };
  const porter = (role: Role, autres: Partial<HabilitationSemee> = {}): HabilitationSemee => ({
    role,
    structureId: ROLES[role].portee === 'STRUCTURE' ? idDe(departement, 'structure', role) : null,
    territoires: ROLES[role].portee === 'TERRITOIRE' ? [chezSoi] : [],
    dispositifs: [],
    ...autres,
  });
  return [
    ...tousLesRoles.map((role) => personne(role, porter(role))),
    ...tousLesRoles.map((role) => personne(`${role}-limite`, porter(role, { dispositifs: [premier] }))),
    ...tousLesRoles
      .filter((role) => ROLES[role].portee === 'TERRITOIRE')
      .map((role) => personne(`${role}-ailleurs`, porter(role, { territoires: [ailleurs] }))),
    personne('deux-roles', porter('SLISL'), porter('ASSOCIATION')),
    personne('double-siege', porter('SIEGE')),
    personne('rien'),
    personne('expiree', porter('SIEGE', { du: '2025-01-01', au: '2026-02-01' })),
    personne('a-venir', porter('SIEGE', { du: '2026-02-03' })),
    personne('revoquee', porter('SIEGE', { revoquee: true })),
  ];
}

/** Whether it holds something that counts on the day of the world, 2 February 2026. */
export function estHabilite({ habilitations }: Acteur): boolean {
  return habilitations.some(({ du, au, revoquee }) => du === undefined && au === undefined && revoquee === undefined);
}
