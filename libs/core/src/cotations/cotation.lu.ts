import type { ColonneSql } from '@sillage/access';
import { DateCivileScalaire, HorodatageScalaire } from '@sillage/dispositif-kit';
import type { Explication } from '@sillage/kernel';
import {
  calcul,
  calcule,
  colonne,
  egal,
  identifiant,
  instant,
  jour,
  liste,
  page,
  parmi,
  type Racine,
  repris,
  siDroit,
  type TypeLu,
  un,
} from '@sillage/read';
import { ID, Int } from '@nestjs/graphql';
import { champsDuDroit } from '../api/dossier-lu.js';
import { ActionPossible, enumerationGraphql, ExplicationType, presenterExplication } from '../api/index.js';
import { DERNIERS_D_ABORD, PREMIERS_D_ABORD } from '../api/ordre.js';
import { JsonScalaire } from '../dispositifs/json.scalaire.js';
import { structureLue } from '../structures/index.js';
import { ActionsDeCotation } from './cotation.actions.js';
import { ETATS_COTATION } from './cotation.entity.js';
import { GESTES_COTATION } from './cotation.policy.js';

const EtatCotationEnum = enumerationGraphql(ETATS_COTATION, 'EtatCotation', 'Où en est une cotation.');
const GesteCotationEnum = enumerationGraphql(
  Object.fromEntries(Object.entries(GESTES_COTATION).map(([geste, { libelle }]) => [geste, libelle])),
  'GesteCotation',
  'Ce qui a été fait d’une cotation.',
);

const itemLu: TypeLu = {
  nom: 'CotationItem',
  description: 'Un item de la grille : ce que le porteur montre, ce que les services en disent, ce qu’il répond.',
  table: 'sillage.cotation_item',
  sansId: true,
  champs: {
    item: colonne(() => String, 'item', { description: 'Code de l’item dans la grille du dispositif.' }),
    preuve: colonne(() => String, 'preuve', { nullable: true, description: 'Ce que le porteur montre.' }),
    points: colonne(() => Int, 'points', {
      droit: 'lireNotes',
      description: 'Nul tant que personne ne l’a noté et, pour le porteur, tant que la note n’est pas proposée.',
    }),
    sousPoints: colonne(() => JsonScalaire, 'sous_points', {
      droit: 'lireNotes',
      description: 'Points, part par part, sous la même réserve.',
    }),
    motif: colonne(() => String, 'motif', {
      droit: 'lireNotes',
      description: 'Pourquoi cette note, sous la même réserve.',
    }),
    observation: colonne(() => String, 'observation', { nullable: true, description: 'Ce que le porteur y oppose.' }),
  },
};

/** A version bears the state of its own day: what services wrote before they proposed it stays theirs (AMB-078). */
function champsDuDroitDeVersion(alias: string): Readonly<Record<string, ColonneSql>> {
  const memeCotation = `c.departement_id = ${alias}.departement_id and c.id = ${alias}.cotation_id`;
  const deLaCotation = (colonne: string): string =>
    `(select c.${colonne} from sillage.cotation c where ${memeCotation})`;
  return {
    dispositif: { colonne: deLaCotation('dispositif') },
    etat: { colonne: `${alias}.etat` },
    structureId: { colonne: deLaCotation('structure_id'), type: 'uuid' },
    territoireIds: {
      ensemble: (valeurs) =>
        `exists (select from sillage.cotation c join sillage.convention_territoire t
           on t.departement_id = c.departement_id and t.convention_id = c.convention_id
         where ${memeCotation} and t.territoire_id = any(${valeurs}))`,
      type: 'uuid',
    },
  };
}

function sansNotes(items: string): string {
  return `(select jsonb_agg(i.item - '{points,sousPoints,motif}'::text[] order by i.rang)
    from jsonb_array_elements(${items}) with ordinality i(item, rang))`;
}

const versionLue: TypeLu = {
  nom: 'CotationVersion',
  description: 'Ce qu’était une cotation après un geste ; elle ne change plus.',
  table: 'sillage.cotation_version',
  sansId: true,
  droits: { sujet: 'Cotation', champs: champsDuDroitDeVersion },
  champs: {
    version: colonne(() => Int, 'version'),
    geste: colonne(() => GesteCotationEnum, 'geste'),
    etat: colonne(() => EtatCotationEnum, 'etat'),
    score: colonne(() => Int, 'score', { nullable: true }),
    items: calcul(
      () => JsonScalaire,
      (l) => siDroit(l, 'lireNotes', l.colonne('items'), sansNotes(l.colonne('items'))),
      { description: 'Ses items, comme ils étaient ; pour le porteur, sans les notes qui n’étaient pas proposées.' },
    ),
    le: instant(() => HorodatageScalaire, 'le'),
  },
};

function presenterAuBesoin(explication: Explication | null): ExplicationType | null {
  return explication && presenterExplication(explication);
}

/** The cotation of a convention, seen by who may see it there (TRANS-14). */
export const cotationLue: TypeLu = {
  nom: 'Cotation',
  description: 'Ce que vaut une convention sur la grille de son dispositif : preuves, notes, observations, score.',
  table: 'sillage.cotation',
  droits: {
    sujet: 'Cotation',
    champs: champsDuDroit({ table: 'sillage.convention_territoire', cle: 'convention_id', suit: 'convention_id' }),
  },
  champs: {
    numero: colonne(() => String, 'numero', { description: 'Numéro lisible, par exemple COT-62-2026-000003.' }),
    conventionId: identifiant(() => ID, 'Convention', 'convention_id'),
    dispositif: colonne(() => String, 'dispositif', { description: 'Code du dispositif.' }),
    structure: un(() => structureLue, { par: 'structure_id' }),
    grille: colonne(() => String, 'grille', { description: 'Version de la grille, celle du jour de la signature.' }),
    etat: colonne(() => EtatCotationEnum, 'etat'),
    version: colonne(() => Int, 'version', { description: 'À rappeler pour agir sur ce que vous avez lu.' }),
    score: colonne(() => Int, 'score', { nullable: true, description: 'En points ; nul avant la proposition.' }),
    explication: repris(() => ExplicationType, 'explication', presenterAuBesoin, {
      nullable: true,
      description: 'Pourquoi ce score.',
    }),
    motif: colonne(() => String, 'motif', { nullable: true, description: 'Pourquoi le siège a changé des notes.' }),
    observationsJusquAu: jour(() => DateCivileScalaire, 'observations_jusqu_au', {
      nullable: true,
      description: 'Dernier jour, inclus, où le porteur peut contester.',
    }),
    arreteeLe: instant(() => HorodatageScalaire, 'arretee_le', { nullable: true }),
    items: liste(() => itemLu, {
      par: 'cotation_id',
      ordre: PREMIERS_D_ABORD,
      description: 'Dans l’ordre de la grille.',
    }),
    versions: page(() => versionLue, {
      par: 'cotation_id',
      ordre: DERNIERS_D_ABORD,
      description: 'Ce qu’elle a été, la dernière d’abord.',
    }),
    actionsPossibles: calcule(
      () => [ActionPossible],
      () => ActionsDeCotation,
      { description: 'Ce que vous pouvez faire ensuite et, sinon, pourquoi.' },
    ),
  },
};

export const racinesCotations: readonly Racine[] = [
  {
    genre: 'page',
    nom: 'cotations',
    type: cotationLue,
    description: 'Les cotations que vous pouvez consulter, de la plus récente à la plus ancienne.',
    ordre: DERNIERS_D_ABORD,
    filtres: {
      dispositif: egal(() => String, 'dispositif', { description: 'Code d’un dispositif.' }),
      etats: parmi(() => EtatCotationEnum, 'etat'),
    },
  },
  {
    genre: 'un',
    nom: 'cotation',
    type: cotationLue,
    description: 'Nulle si elle n’existe pas ou ne vous est pas accessible.',
  },
];
