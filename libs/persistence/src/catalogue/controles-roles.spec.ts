import { type Casse, chaqueEcartASaLigne } from '../../test/ecarts.js';

const CASSES: readonly Casse[] = [
  [
    'l’application propriétaire d’une table',
    'reset role; alter table sillage.appel owner to sillage_app',
    ['sillage_app possède table sillage.appel.'],
  ],
  [
    'l’application propriétaire d’un schéma',
    'reset role; create schema ailleurs authorization sillage_app',
    ['sillage_app possède schema ailleurs.', 'sillage_app peut créer des objets dans le schéma ailleurs.'],
  ],
  [
    'une table d’un propriétaire étranger',
    'reset role; alter table sillage.appel owner to postgres',
    ['sillage.appel appartient à postgres et non à sillage_proprietaire.'],
  ],
  ['l’application BYPASSRLS', 'reset role; alter role sillage_app bypassrls', ['sillage_app a le pouvoir BYPASSRLS.']],
  [
    'l’application SUPERUSER',
    'reset role; alter role sillage_app superuser',
    [
      'sillage_app a le pouvoir SUPERUSER.',
      'sillage_app peut créer des schémas dans la base.',
      'sillage_app peut créer des tables temporaires dans la base.',
      'Le schéma file est ouvert à sillage_app.',
      'sillage_app peut créer des objets dans le schéma file.',
      'sillage_app peut créer des objets dans le schéma public.',
      'sillage_app peut créer des objets dans le schéma referentiel.',
      'sillage_app peut créer des objets dans le schéma sillage.',
    ],
  ],
  [
    'l’application CREATEROLE',
    'reset role; alter role sillage_app createrole',
    ['sillage_app a le pouvoir CREATEROLE.'],
  ],
  [
    'le propriétaire BYPASSRLS',
    'reset role; alter role sillage_proprietaire bypassrls',
    ['sillage_proprietaire a le pouvoir BYPASSRLS.'],
  ],
  [
    'l’application membre du propriétaire, sans héritage',
    'reset role; grant sillage_proprietaire to sillage_app with inherit false',
    ['sillage_app est membre de sillage_proprietaire.'],
  ],
  [
    'l’application membre d’un rôle prédéfini',
    'reset role; grant pg_read_all_data to sillage_app with inherit false',
    ['sillage_app est membre de pg_read_all_data.'],
  ],
  [
    'un rôle absent',
    'reset role; alter role sillage_app rename to sillage_autre',
    ['Le rôle sillage_app n’existe pas : préparez la base.'],
  ],
  [
    'des tables temporaires permises',
    `do $$ begin execute format('grant temporary on database %I to sillage_app', current_database()); end $$`,
    ['sillage_app peut créer des tables temporaires dans la base.'],
  ],
  [
    'un département fixé d’avance pour le rôle',
    `reset role; alter role sillage_app set sillage.departement = '62'`,
    ['Le réglage sillage.departement est imposé d’avance à sillage_app (ALTER ROLE ou ALTER DATABASE).'],
  ],
  [
    'un département fixé pour la connexion',
    `set local sillage.departement = '62'`,
    ['Un département est fixé d’avance pour toute la connexion (sillage.departement).'],
  ],
  [
    'le droit d’éteindre les contraintes',
    'reset role; grant set on parameter session_replication_role to sillage_app',
    ['sillage_app peut changer le réglage session_replication_role, réservé à l’administrateur.'],
  ],
];

chaqueEcartASaLigne(CASSES);
