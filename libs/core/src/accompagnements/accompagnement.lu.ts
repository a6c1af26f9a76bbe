import type { ColonneSql } from '@sillage/access';
import { DateCivileScalaire, HorodatageScalaire } from '@sillage/dispositif-kit';
import { colonne, instant, jour, type Ligne, type Ordre, page, type TypeLu, un } from '@sillage/read';
import { Int } from '@nestjs/graphql';
import { enumerationGraphql } from '../api/index.js';
import { structureLue } from '../structures/index.js';
import { territoireLu } from '../territoires/index.js';
import { acteLu, LES_PLUS_RECENTS } from './acte.lu.js';
import { jeuneLu } from './jeune.lu.js';

const EtatAccompagnementEnum = enumerationGraphql(
  {
    EN_ATTENTE: 'Orienté, pas encore commencé',
    EN_COURS: 'En cours',
    TERMINE: 'Terminé',
    ABANDONNE: 'Interrompu avant son terme',
  },
  'EtatAccompagnement',
  'Où en est un accompagnement.',
);

/** Latest beginning first. */
export const PAR_DEBUT: Ordre = { sens: 'desc', colonnes: [{ nom: 'du', type: 'date' }] };

/** A young person followed by a structure under a dispositif (ASE-DATA-01, TRANS-18). */
export const accompagnementLu: TypeLu = {
  nom: 'Accompagnement',
  description: 'Un jeune suivi par une structure, au titre d’un dispositif.',
  table: 'sillage.accompagnement',
  droits: { sujet: 'Accompagnement', champs: champsDuDroit },
  personne: (l) => l.colonne('jeune_id'),
  champs: {
    numero: colonne(() => String, 'numero', { description: 'Numéro lisible, par exemple ACC-62-2026-000012.' }),
    dispositif: colonne(() => String, 'dispositif', { description: 'Code du dispositif.' }),
    etat: colonne(() => EtatAccompagnementEnum, 'etat'),
    du: jour(() => DateCivileScalaire, 'du'),
    au: jour(() => DateCivileScalaire, 'au', { nullable: true, description: 'Dernier jour, inclus.' }),
    jeune: un(() => jeuneLu, { par: 'jeune_id' }),
    structure: un(() => structureLue, { par: 'structure_id', description: 'Qui accompagne.' }),
    territoire: un(() => territoireLu, { par: 'territoire_id' }),
    actes: page(() => acteLu, {
      par: 'accompagnement_id',
      ordre: LES_PLUS_RECENTS,
      description: 'Ce qui a été fait, le plus récent d’abord.',
    }),
    creeLe: instant(() => HorodatageScalaire, 'cree_le'),
    modifieLe: instant(() => HorodatageScalaire, 'modifie_le'),
  },
};

/** How many accompagnements stand where: one row for each territoire, dispositif and state in which the caller sees some. */
export const accompagnementsParEtatLu: TypeLu = {
  nom: 'AccompagnementsParEtat',
  description: 'Combien d’accompagnements, par territoire, dispositif et état.',
  sansId: true,
  champs: {
    territoire: un(() => territoireLu, { par: 'territoire_id' }),
    dispositif: colonne(() => String, 'dispositif', { description: 'Code du dispositif.' }),
    etat: colonne(() => EtatAccompagnementEnum, 'etat'),
    nombre: colonne(() => Int, 'nombre', { description: 'Ceux que vous pouvez consulter.' }),
  },
};

export { EtatAccompagnementEnum };

export function champsDuDroit(alias: string): Readonly<Record<string, ColonneSql>> {
  return {
    dispositif: { colonne: `${alias}.dispositif` },
    etat: { colonne: `${alias}.etat` },
    structureId: { colonne: `${alias}.structure_id`, type: 'uuid' },
    territoireIds: { colonne: `${alias}.territoire_id`, type: 'uuid' },
  };
}

/** The rows of the grouping: the caller's rights apply before the count. */
export function comptesParEtat({ alias }: Ligne, autre: (type: TypeLu) => Ligne): string {
  const visibles = autre(accompagnementLu);
  const a = visibles.alias;
  return `(select ${a}.departement_id, ${a}.territoire_id, ${a}.dispositif, ${a}.etat, count(*)::int as nombre
    from sillage.accompagnement ${a} where ${visibles.peut('lire')}
    group by ${a}.departement_id, ${a}.territoire_id, ${a}.dispositif, ${a}.etat) ${alias}`;
}
