import { exigerDroit, type ContexteActeur } from '@sillage/access';
import type { DateCivile, TerritoireId } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { introuvable } from '../api/index.js';
import { normaliserNom } from './nom-normalise.js';
import { Territoire } from './territoire.entity.js';

/** The territories of a département. Every method takes the caller's transaction. */
@Injectable()
export class TerritoireService {
  /**
   * Finds a territory by its code, its label or one of its aliases, whatever the case, accents, hyphens and spaces:
   * `CALAIS`, `hénin carvin`, `Montreuilsois` (AMB-147).
   */
  async trouver(em: EntityManager, contexte: ContexteActeur, nom: string): Promise<Territoire | null> {
    exigerDroit(contexte, 'lire', 'Territoire', {});
    return em
      .createQueryBuilder(Territoire, 't')
      .where('t.departementId = :departementId', { departementId: contexte.departementId })
      .andWhere(
        `(replace(lower(t.code), '_', '') = :nom or exists (select from sillage.territoire_alias a
            where a.departement_id = t.departement_id and a.territoire_id = t.id and a.alias_normalise = :nom))`,
        { nom: normaliserNom(nom) },
      )
      .getOne();
  }

  /** @throws Refus INTROUVABLE at `path` */
  async exiger(em: EntityManager, contexte: ContexteActeur, nom: string, path: string[]): Promise<Territoire> {
    const territoire = await this.trouver(em, contexte, nom);
    if (territoire === null) throw introuvable(path);
    return territoire;
  }

  /** The territory of a commune on a day, or null when the commune is not attached to any (AMB-139). */
  async territoireDeCommune(
    em: EntityManager,
    departementId: string,
    communeCode: string,
    date: DateCivile,
  ): Promise<TerritoireId | null> {
    const [rattachement] = await em.query<{ territoireId: TerritoireId }[]>(
      `select territoire_id as "territoireId" from sillage.commune_territoire
        where departement_id = $1 and commune_code = $2 and daterange(du, au, '[]') @> $3::date`,
      [departementId, communeCode, date.toString()],
    );
    return rattachement?.territoireId ?? null;
  }
}
