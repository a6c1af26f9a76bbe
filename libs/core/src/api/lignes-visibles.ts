import { type ColonneSql, type ContexteActeur, filtreSql, type SujetSocle } from '@sillage/access';
import type { EntityManager, EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** A kind of dossier: its table, and the one that gives its territories. */
export interface SourceDeDossiers<L extends ObjectLiteral> {
  entite: EntityTarget<L>;
  sujet: SujetSocle;
  alias: string;
  /** Table of territories, its key, and the column of the dossier that it follows. */
  territoires: { table: string; cle: string; suit: string };
}

/** The dossiers that the caller may read, as a query to go on with: what may not be seen is never read. */
export function lignesVisibles<L extends ObjectLiteral>(
  em: EntityManager,
  contexte: ContexteActeur,
  { entite, sujet, alias, territoires }: SourceDeDossiers<L>,
): SelectQueryBuilder<L> {
  const { table, cle, suit } = territoires;
  const champs: Readonly<Record<string, ColonneSql>> = {
    dispositif: { colonne: `${alias}.dispositif` },
    etat: { colonne: `${alias}.etat` },
    structureId: { colonne: `${alias}.structure_id`, type: 'uuid' },
    territoireIds: {
      ensemble: (valeurs) =>
        `exists (select from ${table} dt where dt.departement_id = ${alias}.departement_id
           and dt.${cle} = ${alias}.${suit} and dt.territoire_id = any(${valeurs}))`,
      type: 'uuid',
    },
  };
  const droit = filtreSql(contexte.droits, 'lire', sujet, champs);
  return em
    .createQueryBuilder(entite, alias)
    .where(`${alias}.departement_id = :departementId`, { departementId: contexte.departementId })
    .andWhere(droit.sql, droit.parametres);
}
