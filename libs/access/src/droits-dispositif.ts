import type { Portee, Role } from '@sillage/kernel';
import { ROLES } from '@sillage/kernel';
import type { PorteeDroit } from './roles/declaration.js';
import { ACTIONS, champsDuSujet } from './vocabulaire.js';
import type { Action, ChampDroit, Sujet } from './vocabulaire.js';

/**
 * Rights that a dispositif adds to a role, for itself only: on a core subject they count on the rows of that dispositif
 * and nowhere else; on a subject of its own, wherever the scope says. It is what the plugin kit declares, with the code
 * of the dispositif: `dispositifs.flatMap((d) => (d.droits ?? []).map((droit) => ({ dispositif: d.code, ...droit })))`.
 */
export interface DroitDispositif {
  readonly dispositif: string;
  readonly role: Role;
  readonly actions: readonly string[];
  readonly sujet: Sujet;
  readonly portee: Portee;
  readonly regles: readonly string[];
}

/** How far each scope of the kit reaches, in the words of the role files. */
export const PORTEE_DECLAREE = {
  DEPARTEMENT: 'PARTOUT',
  TERRITOIRE: 'MES_TERRITOIRES',
  STRUCTURE: 'MA_STRUCTURE',
} as const satisfies Record<Portee, PorteeDroit>;

/** Acts on the platform itself, which no dispositif hands out. */
const ACTIONS_RESERVEES: readonly string[] = ['activer', 'parametrer', 'habiliter', 'publier'] satisfies Action[];

/** CASL gives these two names a meaning of their own: "any action", "any subject". */
const NOMS_RESERVES: readonly string[] = ['manage', 'all'];

const CHAMP_DE_LA_PORTEE = {
  DEPARTEMENT: null,
  TERRITOIRE: 'territoireIds',
  STRUCTURE: 'structureId',
} as const satisfies Record<Portee, ChampDroit | null>;

/**
 * What is wrong with the rights that dispositifs declare, one French line a fault; empty when all is well. Boot refuses
 * any line, before a right is built.
 */
export function fautesDesDroitsDispositifs(droits: readonly DroitDispositif[]): string[] {
  return droits.flatMap((droit) => fautes(droit).map((faute) => `${nommer(droit)} : ${faute}`));
}

function fautes({ role, actions, sujet, portee, regles }: DroitDispositif): string[] {
  const trouvees = actions.flatMap(fautesDeLAction);
  if (!Object.hasOwn(ROLES, role)) trouvees.push(`le rôle « ${role} » n’existe pas.`);
  if (!Object.hasOwn(PORTEE_DECLAREE, portee)) trouvees.push(`la portée « ${portee} » n’existe pas.`);
  if (NOMS_RESERVES.includes(sujet)) trouvees.push(`le sujet « ${sujet} » est réservé.`);
  if (regles.length === 0) trouvees.push('aucune règle ne le justifie.');
  return [...trouvees, ...fautesSurLeSocle(sujet, portee)];
}

function fautesDeLAction(action: string): string[] {
  if (!Object.hasOwn(ACTIONS, action)) return [`l’action « ${action} » n’existe pas.`];
  return ACTIONS_RESERVEES.includes(action) ? [`l’action « ${action} » est réservée au socle.`] : [];
}

function fautesSurLeSocle(sujet: Sujet, portee: Portee): string[] {
  const champs = champsDuSujet(sujet);
  if (!champs) return [];
  if (!champs.includes('dispositif')) return [`le sujet « ${sujet} » n’appartient à aucun dispositif.`];
  const requis = CHAMP_DE_LA_PORTEE[portee];
  return requis && !champs.includes(requis) ? [`le sujet « ${sujet} » ne porte pas « ${requis} ».`] : [];
}

function nommer({ dispositif, role, sujet }: DroitDispositif): string {
  return `Droit sur ${sujet} donné à ${role} par le dispositif « ${dispositif} »`;
}
