import { DateCivileScalaire } from '@sillage/dispositif-kit';
import { chiffre, colonne, jour, type TypeLu, un } from '@sillage/read';
import { territoireLu } from '../territoires/index.js';

/** Who a young person is, and how to reach them: one row, in three tables. */
export const personneLue: Pick<TypeLu, 'table' | 'annexes' | 'personne' | 'champs'> = {
  table: 'sillage.jeune',
  annexes: {
    identite: { table: 'sillage.identite', par: 'jeune_id' },
    coordonnees: { table: 'sillage.jeune_coordonnees', par: 'id' },
  },
  personne: (l) => l.colonne('id'),
  champs: {
    numero: colonne(() => String, 'numero', { description: 'Numéro lisible, qui ne dit rien de la personne.' }),
    prenom: colonne(() => String, 'prenom', { annexe: 'identite', nominatif: true }),
    nom: colonne(() => String, 'nom', { annexe: 'identite', nominatif: true }),
    dateNaissance: jour(() => DateCivileScalaire, 'date_naissance', { nominatif: true }),
    commune: colonne(() => String, 'commune_code', { nominatif: true, description: 'Code INSEE.' }),
    telephone: chiffre(() => String, 'telephone', { annexe: 'coordonnees', nominatif: true }),
    courriel: chiffre(() => String, 'courriel', { annexe: 'coordonnees', nominatif: true }),
    adresse: chiffre(() => String, 'adresse', { annexe: 'coordonnees', nominatif: true }),
    representants: chiffre(() => String, 'representants', {
      annexe: 'coordonnees',
      nominatif: true,
      description: 'Représentants légaux : qui ils sont, et comment les joindre.',
    }),
    territoire: un(() => territoireLu, { par: 'territoire_id' }),
  },
};

/**
 * Reached through what concerns the young person only, and named to those alone who may see names there, unless the person is reserved
 * (TRANS-16, TRANS-30).
 */
export const jeuneLu: TypeLu = {
  ...personneLue,
  nom: 'Jeune',
  description: 'Un jeune. Son identité est nulle pour qui ne peut pas voir les données nominatives du dossier.',
  reserve: (l) => l.colonne('reserve'),
};
