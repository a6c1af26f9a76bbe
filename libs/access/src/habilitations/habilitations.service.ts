import { dateCivile, jourDe, Refus } from '@sillage/kernel';
import type { Horloge, Role } from '@sillage/kernel';
import { IsNull } from 'typeorm';
import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { Acteur, Habilitation } from '../acteur.js';
import { refusIntrouvable } from '../droits.js';
import { lireActeurParId } from '../identite/habilitations-actives.js';
import { controlerHabilitation } from './controler-habilitation.js';
import type { DemandeHabilitation } from './controler-habilitation.js';
import {
  HabilitationDispositifEntity,
  HabilitationEntity,
  HabilitationTerritoireEntity,
  UtilisateurEntity,
} from './entites.js';

/** In which département, and who acts: `null` is the installation itself (demonstration data, first administrator). */
export interface AuteurHabilitation {
  readonly departementId: string;
  readonly utilisateurId: string | null;
}

/**
 * Grants and revokes, in the caller's transaction. Whether the author may do so (`habiliter`) and the journal are the
 * caller's; gateways see the change when their memory of the person expires, within 60 s.
 */
export class Habilitations {
  constructor(private readonly horloge: Horloge) {}

  /** @throws Refus listing every fault of the demand, or `INTROUVABLE` for a user, structure or territory of nowhere. */
  async accorder(em: EntityManager, auteur: AuteurHabilitation, demande: DemandeHabilitation): Promise<Habilitation> {
    const erreurs = controlerHabilitation(demande, auteur.utilisateurId);
    if (erreurs.length > 0) throw new Refus(erreurs);
    const { departementId } = auteur;
    const { utilisateurId, role, structureId, du, au } = demande;
    const territoireIds = [...new Set(demande.territoireIds)].sort();
    const dispositifs = [...new Set(demande.dispositifs)].sort();
    await this.#verifierReferences(em, departementId, { utilisateurId, structureId, territoireIds });

    const id = uuid();
    await em.insert(HabilitationEntity, {
      departementId,
      id,
      utilisateurId,
      role,
      structureId,
      du: du.toString(),
      au: au?.toString() ?? null,
      accordeeLe: this.#maintenant(),
      accordeePar: auteur.utilisateurId,
    });
    const lien = { departementId, habilitationId: id };
    await inserer(
      em,
      HabilitationTerritoireEntity,
      territoireIds.map((territoireId) => ({ ...lien, territoireId })),
    );
    await inserer(
      em,
      HabilitationDispositifEntity,
      dispositifs.map((dispositif) => ({ ...lien, dispositif })),
    );
    return { id, role, structureId, territoireIds, dispositifs, du, au };
  }

  /** Revoking twice is refused: the journal keeps one author for it. @throws Refus `INTROUVABLE`, `ETAT_INCOMPATIBLE`. */
  async revoquer(em: EntityManager, auteur: AuteurHabilitation, habilitationId: string): Promise<Habilitation> {
    const cle = { departementId: auteur.departementId, id: habilitationId };
    const habilitation = await em.findOneBy(HabilitationEntity, cle);
    if (!habilitation) throw refusIntrouvable(['habilitationId']);
    const { affected } = await em.update(
      HabilitationEntity,
      { ...cle, revoqueeLe: IsNull() },
      { revoqueeLe: this.#maintenant(), revoqueePar: auteur.utilisateurId },
    );
    if (affected === 0) {
      throw Refus.de('ETAT_INCOMPATIBLE', 'Cette habilitation est déjà révoquée.', {
        path: ['habilitationId'],
        regle: 'TRANS-29',
      });
    }
    return this.#lire(em, habilitation);
  }

  /** Somebody with what is granted to them today; `null` when nothing is. Read at once, unlike what a request is given. */
  acteur(em: EntityManager, departementId: string, utilisateurId: string): Promise<Acteur | null> {
    return lireActeurParId(em, departementId, utilisateurId, jourDe(this.horloge.maintenant()));
  }

  async #verifierReferences(
    em: EntityManager,
    departementId: string,
    {
      utilisateurId,
      structureId,
      territoireIds,
    }: Pick<DemandeHabilitation, 'utilisateurId' | 'structureId' | 'territoireIds'>,
  ): Promise<void> {
    if (!(await em.existsBy(UtilisateurEntity, { departementId, id: utilisateurId })))
      throw refusIntrouvable(['utilisateurId']);
    if (structureId !== null && (await compter(em, 'structure', departementId, [structureId])) === 0) {
      throw refusIntrouvable(['structureId']);
    }
    if ((await compter(em, 'territoire', departementId, territoireIds)) < territoireIds.length) {
      throw refusIntrouvable(['territoireIds']);
    }
  }

  async #lire(em: EntityManager, ligne: HabilitationEntity): Promise<Habilitation> {
    const lien = { departementId: ligne.departementId, habilitationId: ligne.id };
    const territoires = await em.findBy(HabilitationTerritoireEntity, lien);
    const dispositifs = await em.findBy(HabilitationDispositifEntity, lien);
    return {
      id: ligne.id,
      role: ligne.role as Role,
      structureId: ligne.structureId,
      territoireIds: territoires.map(({ territoireId }) => territoireId).sort(),
      dispositifs: dispositifs.map(({ dispositif }) => dispositif).sort(),
      du: dateCivile(ligne.du),
      au: ligne.au === null ? null : dateCivile(ligne.au),
    };
  }

  #maintenant(): Date {
    return new Date(this.horloge.maintenant().epochMilliseconds);
  }
}

async function inserer<E extends ObjectLiteral>(
  em: EntityManager,
  entite: EntityTarget<E>,
  lignes: E[],
): Promise<void> {
  if (lignes.length > 0) await em.insert(entite, lignes);
}

/** Structures and territories belong to the floor above: only their existence matters here. */
async function compter(
  em: EntityManager,
  table: 'structure' | 'territoire',
  departementId: string,
  ids: readonly string[],
): Promise<number> {
  const lignes: { nombre: number }[] = await em.query(
    `select count(*)::int as nombre from sillage.${table} where departement_id = $1 and id = any($2::uuid[])`,
    [departementId, ids],
  );
  return lignes[0]?.nombre ?? 0;
}
