import { HorodatageScalaire, MontantScalaire } from '@sillage/dispositif-kit';
import { calcul, colonne, euros, identifiant, instant, page, type Racine, type TypeLu, un } from '@sillage/read';
import { ID, Int } from '@nestjs/graphql';
import { enumerationGraphql } from '../api/index.js';
import { DERNIERS_D_ABORD, PREMIERS_D_ABORD } from '../api/ordre.js';
import { appelLu } from '../appels/index.js';
import { ACTIONS_ECART } from '../versements/ecart.js';
import { ETATS_TACHE, GENRES_TACHE } from './tache.entity.js';

const EtatTacheEnum = enumerationGraphql(ETATS_TACHE, 'EtatTache', 'Où en est une tâche.');
const GenreTacheEnum = enumerationGraphql(GENRES_TACHE, 'GenreTache', 'Ce que fait une tâche.');
const ActionEcartEnum = enumerationGraphql(ACTIONS_ECART, 'ActionEcart', 'Ce qu’un écart appelle.');

const ecartLu: TypeLu = {
  nom: 'EcartVersement',
  description: 'Une tranche qui ne vaut pas ce que son calcul donne aujourd’hui.',
  table: 'sillage.tache_ecart',
  champs: {
    conventionId: identifiant(() => ID, 'Convention', 'convention_id'),
    tranche: colonne(() => String, 'tranche'),
    action: colonne(() => ActionEcartEnum, 'action'),
    actuel: euros(() => MontantScalaire, 'actuel_centimes', {
      description: 'Ce que vaut la tranche, trop-perçus déduits.',
    }),
    attendu: euros(() => MontantScalaire, 'attendu_centimes', { description: 'Ce qu’elle devrait valoir.' }),
    refus: colonne(() => String, 'refus', {
      nullable: true,
      description: 'Pourquoi quelqu’un a refusé, la dernière fois, un versement de cette tranche.',
    }),
  },
};

const refusLu: TypeLu = {
  nom: 'RefusDeCalcul',
  description: 'Une convention qui n’a pas pu être recalculée, et pourquoi.',
  table: 'sillage.tache_refus',
  champs: {
    conventionId: identifiant(() => ID, 'Convention', 'convention_id'),
    code: colonne(() => String, 'code', { description: 'Code documenté dans docs/errors.md.' }),
    message: colonne(() => String, 'message'),
    regle: colonne(() => String, 'regle', { nullable: true }),
  },
};

const somme = (alias: string, expression: string): string =>
  `(select round(coalesce(sum(${expression}), 0)::numeric / 100, 2)::text from sillage.tache_ecart te
     where te.departement_id = ${alias}.departement_id and te.tache_id = ${alias}.id)`;

export const tacheLue: TypeLu = {
  nom: 'Tache',
  description: 'Un travail que l’on suit : demandez-le à nouveau pour voir où il en est.',
  table: 'sillage.tache',
  droits: { sujet: 'Tache', champs: (alias) => ({ dispositif: { colonne: `${alias}.dispositif` } }) },
  champs: {
    numero: colonne(() => String, 'numero', { description: 'Numéro lisible, par exemple TACH-62-2026-000003.' }),
    genre: colonne(() => GenreTacheEnum, 'genre'),
    dispositif: colonne(() => String, 'dispositif', { description: 'Code du dispositif.' }),
    appel: un(() => appelLu, { par: 'appel_id', nullable: true }),
    appliquer: colonne(() => Boolean, 'appliquer', {
      description: 'Faux : elle dit ce qui changerait, et ne change rien.',
    }),
    etat: colonne(() => EtatTacheEnum, 'etat'),
    total: colonne(() => Int, 'total', { description: 'Conventions à recalculer.' }),
    faites: colonne(() => Int, 'faites'),
    suspendues: colonne(() => Int, 'suspendues', {
      description: 'Laissées comme elles sont : leur dispositif est suspendu sur leur territoire.',
    }),
    ecart: calcul(
      () => MontantScalaire,
      (l) => somme(l.alias, 'te.attendu_centimes - te.actuel_centimes'),
      { description: 'Ce que les écarts trouvés ajoutent au dû ou, s’il est négatif, en retirent.' },
    ),
    ecarts: page(() => ecartLu, { par: 'tache_id', ordre: PREMIERS_D_ABORD }),
    refus: page(() => refusLu, {
      par: 'tache_id',
      ordre: PREMIERS_D_ABORD,
      description: 'Conventions laissées comme elles sont, faute de pouvoir les calculer.',
    }),
    demandeeLe: instant(() => HorodatageScalaire, 'demandee_le'),
    termineeLe: instant(() => HorodatageScalaire, 'terminee_le', { nullable: true }),
    motif: colonne(() => String, 'motif', { nullable: true, description: 'Pourquoi elle s’est arrêtée avant la fin.' }),
  },
};

export const racinesTaches: readonly Racine[] = [
  {
    genre: 'page',
    nom: 'taches',
    type: tacheLue,
    description: 'Les tâches que vous pouvez consulter, de la plus récente à la plus ancienne.',
    ordre: DERNIERS_D_ABORD,
    filtres: {},
  },
  {
    genre: 'un',
    nom: 'tache',
    type: tacheLue,
    description: 'Nulle si elle n’existe pas ou ne vous est pas accessible.',
  },
];
