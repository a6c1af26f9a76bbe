import { dateCivile, ROLES } from '@sillage/kernel';
import type { DateCivile, Role } from '@sillage/kernel';
import type { EntityManager } from 'typeorm';
import type { Acteur, Habilitation } from '../acteur.js';
import type { IdentiteDuJeton } from './verificateur-de-jeton.js';

interface Ligne {
  readonly utilisateur_id: string;
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
  const lignes: Ligne[] = await em.query(REQUETE, [departementId, iss, sub, jour.toString()]);
  // A role that this version does not know gives nothing.
  const connues = lignes.filter(({ role }) => Object.hasOwn(ROLES, role));
  const [premiere] = connues;
  if (!premiere) return null;
  return { departementId, utilisateurId: premiere.utilisateur_id, iss, sub, habilitations: connues.map(habilitation) };
}

const REQUETE = `
  select u.id as utilisateur_id, h.id, h.role, h.structure_id, h.du::text as du, h.au::text as au,
    array(select t.territoire_id::text from sillage.habilitation_territoire t
          where t.departement_id = h.departement_id and t.habilitation_id = h.id order by 1) as territoires,
    array(select d.dispositif from sillage.habilitation_dispositif d
          where d.departement_id = h.departement_id and d.habilitation_id = h.id order by 1) as dispositifs
  from sillage.utilisateur u
  join sillage.habilitation h on h.departement_id = u.departement_id and h.utilisateur_id = u.id
  where u.departement_id = $1 and u.iss = $2 and u.sub = $3
    and h.revoquee_le is null and h.du <= $4::date and (h.au is null or h.au >= $4::date)
  order by h.id`;

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
