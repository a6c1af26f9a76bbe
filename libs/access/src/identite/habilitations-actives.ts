import { dateCivile, ROLES } from '@sillage/kernel';
import type { DateCivile, Role } from '@sillage/kernel';
import type { EntityManager } from 'typeorm';
import type { Acteur, Habilitation } from '../acteur.js';
import type { IdentiteDuJeton } from './verificateur-de-jeton.js';

interface Ligne {
  readonly utilisateur_id: string;
  readonly iss: string;
  readonly sub: string;
  readonly id: string;
  readonly role: string;
  readonly structure_id: string | null;
  readonly du: string;
  readonly au: string | null;
  readonly territoires: readonly string[];
  readonly dispositifs: readonly string[];
}

/** The user whom a token names and what was granted to them on that day, in one statement; `null` when nothing was. */
export async function lireActeur(
  em: EntityManager,
  departementId: string,
  { iss, sub }: IdentiteDuJeton,
  jour: DateCivile,
): Promise<Acteur | null> {
  return acteurDe(departementId, await em.query<Ligne[]>(PAR_JETON, [departementId, jour.toString(), iss, sub]));
}

/** The same of a user known by their id: who asked for what a job does. */
export async function lireActeurParId(
  em: EntityManager,
  departementId: string,
  utilisateurId: string,
  jour: DateCivile,
): Promise<Acteur | null> {
  return acteurDe(departementId, await em.query<Ligne[]>(PAR_ID, [departementId, jour.toString(), utilisateurId]));
}

function requete(quiEstCe: string): string {
  return `
  select u.id as utilisateur_id, u.iss, u.sub, h.id, h.role, h.structure_id, h.du::text as du, h.au::text as au,
    array(select t.territoire_id::text from sillage.habilitation_territoire t
          where t.departement_id = h.departement_id and t.habilitation_id = h.id order by 1) as territoires,
    array(select d.dispositif from sillage.habilitation_dispositif d
          where d.departement_id = h.departement_id and d.habilitation_id = h.id order by 1) as dispositifs
  from sillage.utilisateur u
  join sillage.habilitation h on h.departement_id = u.departement_id and h.utilisateur_id = u.id
  where u.departement_id = $1 and ${quiEstCe}
    and h.revoquee_le is null and h.du <= $2::date and (h.au is null or h.au >= $2::date)
  order by h.id`;
}

const PAR_JETON = requete('u.iss = $3 and u.sub = $4');
const PAR_ID = requete('u.id = $3');

function acteurDe(departementId: string, lignes: readonly Ligne[]): Acteur | null {
  // A role that this version does not know gives nothing.
  const connues = lignes.filter(({ role }) => Object.hasOwn(ROLES, role));
  const [premiere] = connues;
  if (!premiere) return null;
  const { utilisateur_id: utilisateurId, iss, sub } = premiere;
  return { departementId, utilisateurId, iss, sub, habilitations: connues.map(habilitation) };
}

function habilitation(ligne: Ligne): Habilitation {
  return {
    id: ligne.id,
    role: ligne.role as Role,
    structureId: ligne.structure_id,
    territoireIds: ligne.territoires,
    dispositifs: ligne.dispositifs,
    du: dateCivile(ligne.du),
    au: ligne.au === null ? null : dateCivile(ligne.au),
  };
}
