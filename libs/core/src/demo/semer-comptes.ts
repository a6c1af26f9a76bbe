import { Habilitations } from '@sillage/access';
import { aujourdhui, type Horloge, type Role } from '@sillage/kernel';
import type { EntityManager } from 'typeorm';
import { idStable, journaliserSemis } from '../referentiel/index.js';

/** Somebody, or a machine, that can sign in to the demonstration, and what it may do. */
export interface CompteDemo {
  departementId: string;
  /** Subject of its tokens. */
  sub: string;
  /** What to call it, for people: `SLAI de l’Artois (démonstration)`. */
  libelle: string;
  role: Role;
  /** Seeding key of its structure, for a role of a structure: `horizon-jeunes`, `ML-02`. */
  structure?: string;
  /** Codes of its territories, for a role of territories. */
  territoires?: readonly string[];
}

/**
 * Enters the demonstration's users, known by (issuer, subject), each with its habilitation from the first day of the
 * year. A user already there keeps what an administrator has since made of its rights.
 * @param emetteur issuer of the tokens, as `OIDC_EMETTEUR`
 * @returns how many were written
 */
export async function semerComptes(
  em: EntityManager,
  departementId: string,
  { emetteur, comptes, horloge }: { emetteur: string; comptes: readonly CompteDemo[]; horloge: Horloge },
): Promise<number> {
  const habilitations = new Habilitations(horloge);
  const accordees: string[] = [];
  for (const { sub, libelle, role, structure, territoires = [] } of comptes) {
    const [utilisateur] = await em.query<{ id: string }[]>(
      `insert into sillage.utilisateur (departement_id, id, iss, sub, libelle, cree_le)
       values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning id`,
      [
        departementId,
        idStable(departementId, 'Utilisateur', `${emetteur}\n${sub}`),
        emetteur,
        sub,
        libelle,
        horloge.maintenant().toString(),
      ],
    );
    if (utilisateur === undefined) continue;
    const { id } = await habilitations.accorder(
      em,
      { departementId, utilisateurId: null },
      {
        utilisateurId: utilisateur.id,
        role,
        structureId: structure === undefined ? null : idStable(departementId, 'Structure', structure),
        territoireIds: territoires.map((code) => idStable(departementId, 'Territoire', code)),
        dispositifs: [],
        du: aujourdhui(horloge).with({ month: 1, day: 1 }),
        au: null,
      },
    );
    accordees.push(id);
  }
  await journaliserSemis(em, departementId, horloge.maintenant(), { objetType: 'Habilitation', ids: accordees });
  return accordees.length;
}
