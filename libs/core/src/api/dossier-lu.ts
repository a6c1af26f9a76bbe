import type { ColonneSql } from '@sillage/access';
import type { Sorties, SortieDeChamp } from '@sillage/dispositif-kit';
import { calcul, type Champ, type Ligne, lignes, siPermis, type TypeLu } from '@sillage/read';

/** Where a dossier finds its territories: a table of links, its key, and the column of the dossier that it follows. */
interface LienTerritoires {
  readonly table: string;
  readonly cle: string;
  readonly suit: string;
}

/** The columns on which the rights of a dossier depend. */
export function champsDuDroit({ table, cle, suit }: LienTerritoires) {
  return (alias: string): Readonly<Record<string, ColonneSql>> => ({
    dispositif: { colonne: `${alias}.dispositif` },
    etat: { colonne: `${alias}.etat` },
    structureId: { colonne: `${alias}.structure_id`, type: 'uuid' },
    territoireIds: {
      ensemble: (valeurs) =>
        `exists (select from ${table} dt where dt.departement_id = ${alias}.departement_id
           and dt.${cle} = ${alias}.${suit} and dt.territoire_id = any(${valeurs}))`,
      type: 'uuid',
    },
  });
}

/** Fields that a dispositif declares, kept as JSON in a column of the dossier. */
export interface PartieDeclaree {
  readonly nom: string;
  readonly description: string;
  readonly sorties: Sorties;
  readonly colonne: string;
  /** Whether those of the dossier's structure see all that they wrote: `visiblePar` is for others. */
  readonly auteurVoitTout: boolean;
}

/** Their type, as a part of the dossier's row: what is masked, or not filled in, is null. */
export function partieDeclaree(partie: PartieDeclaree): TypeLu {
  const { nom, description, sorties } = partie;
  const champs = Object.entries(sorties).map(([cle, sortie]) => [cle, champDeclare(cle, sortie, partie)] as const);
  return { nom, description, sansId: true, champs: Object.fromEntries(champs) };
}

function champDeclare(cle: string, { description, options, forme }: SortieDeChamp, partie: PartieDeclaree): Champ {
  const lire = (l: Ligne): string =>
    masquer(l, options, partie.auteurVoitTout, `${l.colonne(partie.colonne)}->'${cle}'`);
  if ('type' in forme) return calcul(forme.type, lire, { description, nullable: true });
  const { nom, champs: sorties } = forme;
  const rangee = partieDeclaree({
    ...partie,
    nom,
    description: `Une ligne de « ${options.libelle} ».`,
    sorties,
    colonne: 'valeur',
  });
  return lignes(() => rangee, lire, { avec: ['structure_id'], description, nullable: true });
}

/** The value for those who may see it: what names a person is a right (TRANS-30), `visiblePar` a list of roles. */
function masquer(
  ligne: Ligne,
  { nominatif = false, visiblePar }: SortieDeChamp['options'],
  auteurVoitTout: boolean,
  sql: string,
): string {
  const permise = nominatif ? siPermis(ligne, sql) : sql;
  const { habilitations } = ligne.contexte.acteur;
  if (visiblePar === undefined || habilitations.some(({ role }) => visiblePar.includes(role))) return permise;
  const siennes = auteurVoitTout ? habilitations.flatMap(({ structureId }) => structureId ?? []) : [];
  if (siennes.length === 0) return 'null';
  return `case when ${ligne.colonne('structure_id')} = any(${ligne.lier(siennes, 'uuid[]')}) then ${permise} end`;
}
