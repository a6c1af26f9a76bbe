import type { Role } from '@sillage/kernel';
import { ROLES } from '@sillage/kernel';
import { PORTEES_DROIT } from './roles/declaration.js';
import type { PorteeDroit } from './roles/declaration.js';
import { ACTIONS, champsDuSujet } from './vocabulaire.js';
import type { Action, ChampDroit, Sujet } from './vocabulaire.js';

/**
 * A right that a dispositif adds to a role, for itself only: on a core subject it counts on the rows of that dispositif
 * and nowhere else; on a subject of its own, wherever the scope says.
 */
export interface DroitDispositif {
  /** Code of the dispositif that declares it. */
  readonly dispositif: string;
  readonly role: Role;
  readonly action: Action;
  readonly sujet: Sujet;
  readonly portee: PorteeDroit;
  readonly regle: string;
}

/** Acts on the platform itself, which no dispositif hands out. */
const ACTIONS_RESERVEES: readonly Action[] = ['activer', 'parametrer', 'habiliter', 'publier'];

/** CASL gives these two names a meaning of their own: "any action", "any subject". */
const NOMS_RESERVES: readonly string[] = ['manage', 'all'];

const CHAMP_DE_LA_PORTEE = {
  PARTOUT: null,
  MES_TERRITOIRES: 'territoireIds',
  MA_STRUCTURE: 'structureId',
} as const satisfies Record<PorteeDroit, ChampDroit | null>;

/**
 * What is wrong with the rights that dispositifs declare, one French line a fault; empty when all is well. Boot refuses
 * the first line, before any right is built.
 */
export function fautesDesDroitsDispositifs(droits: readonly DroitDispositif[]): string[] {
  return droits.flatMap((droit) => fautes(droit).map((faute) => `${nommer(droit)} : ${faute}`));
}

function fautes({ role, action, sujet, portee, regle }: DroitDispositif): string[] {
  const trouvees: string[] = [];
  if (!Object.hasOwn(ROLES, role)) trouvees.push(`le rôle « ${role} » n’existe pas.`);
  if (!Object.hasOwn(ACTIONS, action)) trouvees.push(`l’action « ${action} » n’existe pas.`);
  else if (ACTIONS_RESERVEES.includes(action)) trouvees.push(`l’action « ${action} » est réservée au socle.`);
  if (!Object.hasOwn(PORTEES_DROIT, portee)) trouvees.push(`la portée « ${portee} » n’existe pas.`);
  if (NOMS_RESERVES.includes(sujet)) trouvees.push(`le sujet « ${sujet} » est réservé.`);
  if (regle.trim() === '') trouvees.push('aucune règle ne le justifie.');
  return [...trouvees, ...fautesSurLeSocle(sujet, portee)];
}

function fautesSurLeSocle(sujet: Sujet, portee: PorteeDroit): string[] {
  const champs = champsDuSujet(sujet);
  if (!champs) return [];
  if (!champs.includes('dispositif')) return [`le sujet « ${sujet} » n’appartient à aucun dispositif.`];
  const requis = CHAMP_DE_LA_PORTEE[portee];
  return requis && !champs.includes(requis) ? [`le sujet « ${sujet} » ne porte pas « ${requis} ».`] : [];
}

function nommer({ dispositif, role, action, sujet }: DroitDispositif): string {
  return `Droit « ${action} » sur ${sujet} donné à ${role} par le dispositif « ${dispositif} »`;
}
