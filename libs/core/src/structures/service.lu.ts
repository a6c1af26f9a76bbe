import { colonne, egal, type Ligne, type RacineListe, type TypeLu, un } from '@sillage/read';
import { enumerationGraphql } from '../api/enumeration-graphql.js';
import { territoireLu } from '../territoires/index.js';
import { TYPES_SERVICE } from './service.entity.js';

const TypeServiceEnum = enumerationGraphql(TYPES_SERVICE, 'TypeService', 'Ce que fait un service du Département.');

const serviceLu: TypeLu = {
  nom: 'Service',
  description: 'Un service du Département : le siège, ou un service d’un territoire.',
  table: 'sillage.service',
  droits: { sujet: 'Service', champs: () => ({}) },
  champs: {
    type: colonne(() => TypeServiceEnum, 'type'),
    libelle: colonne(() => String, 'libelle'),
    territoire: un(() => territoireLu, { par: 'territoire_id', nullable: true, description: 'Nul pour le siège.' }),
  },
};

/** About forty. */
export const racineServices: RacineListe = {
  genre: 'liste',
  nom: 'services',
  type: serviceLu,
  description: 'Les services du Département : le siège, puis ceux de chaque territoire.',
  filtres: { type: egal(() => TypeServiceEnum, 'type') },
  ordre: { sens: 'asc', colonnes: ['territoire_code', 'type'].map((nom) => ({ nom, type: 'text' })) },
  depuis: avecTerritoire,
};

/** Each with the code of its territory; the head office has none, and comes first. */
function avecTerritoire({ alias }: Ligne, autre: (type: TypeLu) => Ligne): string {
  const service = autre(serviceLu);
  const s = service.alias;
  return `(select ${s}.*, coalesce(t.code, '') as territoire_code from sillage.service ${s}
    left join sillage.territoire t on t.departement_id = ${s}.departement_id and t.id = ${s}.territoire_id
    where ${service.peut('lire')}) ${alias}`;
}
