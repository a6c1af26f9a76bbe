import { type Casse, chaqueEcartASaLigne } from '../../test/ecarts.js';

const CASSES: readonly Casse[] = [
  [
    'une vue ordinaire',
    'create view sillage.tous as select * from sillage.appel',
    ['sillage.tous : vue sans security_invoker, elle lit avec les droits de son propriétaire.'],
  ],
  [
    'une vue où security_invoker est éteint',
    'create view sillage.tous with (security_invoker = off) as select * from sillage.appel',
    ['sillage.tous : vue sans security_invoker, elle lit avec les droits de son propriétaire.'],
  ],
  [
    'une vue matérialisée',
    'create materialized view sillage.copie as select * from sillage.appel',
    ['sillage.copie : vue matérialisée, la sécurité par ligne ne s’y applique pas.'],
  ],
  [
    'une table étrangère',
    `reset role; create foreign data wrapper rien; create server ici foreign data wrapper rien;
     create foreign table sillage.loin (id text) server ici; alter foreign table sillage.loin owner to sillage_proprietaire`,
    ['sillage.loin : table étrangère, la sécurité par ligne ne s’y applique pas.'],
  ],
  [
    'une fonction SECURITY DEFINER',
    `create function sillage.passe() returns integer language sql security definer as 'select 1'`,
    ['sillage.passe() : fonction SECURITY DEFINER, elle agit avec les droits de son propriétaire.'],
  ],
  [
    'une fonction SECURITY DEFINER de la file',
    `reset role; set local role sillage_file; create function file.passe() returns integer language sql security definer as 'select 1'`,
    ['file.passe() : fonction SECURITY DEFINER, elle agit avec les droits de son propriétaire.'],
  ],
  [
    'une fonction qui choisit le département',
    `reset role; create function sillage.ailleurs() returns integer language sql set sillage.departement = '99' as 'select 1'`,
    ['sillage.ailleurs() : la fonction impose le réglage sillage.departement=99.'],
  ],
  [
    'TRUNCATE accordé',
    'grant truncate on sillage.appel to sillage_app',
    ['sillage.appel : sillage_app a le droit TRUNCATE, qui ignore la sécurité par ligne ou change la table.'],
  ],
  [
    'REFERENCES accordé sur une colonne',
    'grant references (id) on sillage.appel to sillage_app',
    ['sillage.appel : sillage_app a le droit REFERENCES, qui ignore la sécurité par ligne ou change la table.'],
  ],
  [
    'le journal modifiable',
    'grant update (details) on sillage.journal to sillage_app; grant delete on sillage.journal to sillage_app',
    [
      'sillage.journal : sillage_app a le droit DELETE sur une table en ajout seul.',
      'sillage.journal : sillage_app a le droit UPDATE sur une table en ajout seul.',
    ],
  ],
  [
    'les noms des jeunes lisibles par les jobs et par les statistiques',
    'grant select on sillage.identite to sillage_jobs; grant select (nom) on sillage.identite to sillage_statistiques',
    [
      'sillage.identite : sillage_jobs a le droit SELECT sur une table nominative, réservée au gateway.',
      'sillage.identite : sillage_statistiques a le droit SELECT sur une table nominative, réservée au gateway.',
    ],
  ],
  [
    'des statistiques qui écrivent',
    'grant update (etat) on sillage.versement to sillage_statistiques',
    ['sillage.versement : sillage_statistiques a le droit UPDATE, et ne doit que lire.'],
  ],
  [
    'la chaîne du journal modifiable',
    'grant update (empreinte) on sillage.journal_chaine to sillage_app',
    ['sillage.journal_chaine : sillage_app a le droit UPDATE sur une table en ajout seul.'],
  ],
  [
    'un journal qui ne s’enchaîne plus',
    `drop trigger chainer on sillage.journal; drop trigger immuable on sillage.journal;
     drop trigger chainer on sillage.journal_lecture`,
    [
      'sillage.journal : le déclencheur « chainer » manque.',
      'sillage.journal : le déclencheur « immuable » manque.',
      'sillage.journal_lecture : le déclencheur « chainer » manque.',
    ],
  ],
  [
    'une chaîne que l’on peut forger ou récrire',
    `drop trigger par_le_journal on sillage.journal_chaine;
     drop trigger immuable on sillage.journal_chaine`,
    [
      'sillage.journal_chaine : le déclencheur « immuable » manque.',
      'sillage.journal_chaine : le déclencheur « par_le_journal » manque.',
    ],
  ],
  [
    'le référentiel modifiable',
    'grant insert on referentiel.commune to sillage_app',
    ['referentiel.commune : sillage_app a le droit INSERT sur une donnée nationale, qui se lit seulement.'],
  ],
  [
    'la table des migrations lisible',
    'grant select on sillage._migrations to sillage_app',
    ['sillage._migrations : sillage_app a le droit SELECT sur une table qui n’est pas pour elle.'],
  ],
  [
    'un droit transmissible',
    'grant select on sillage.appel to sillage_app with grant option',
    ['sillage.appel : sillage_app peut transmettre son droit SELECT.'],
  ],
  [
    'un droit donné à tous',
    'grant select on sillage.appel to public',
    ['sillage.appel : droit SELECT accordé à tous (PUBLIC).'],
  ],
  [
    'la file ouverte à l’application',
    `reset role; set local role sillage_file; create table file.job (id text primary key);
     grant usage on schema file to sillage_app; grant select on file.job to sillage_app`,
    [
      'file.job : sillage_app a le droit SELECT sur une table qui n’est pas pour elle.',
      'Le schéma file est ouvert à sillage_app.',
    ],
  ],
  [
    'les dossiers ouverts à la file',
    'grant usage on schema sillage to sillage_file; grant select on sillage.appel to sillage_file',
    [
      'sillage.appel : droit SELECT accordé à sillage_file, qui ne voit que sa file.',
      'Le schéma sillage est ouvert à sillage_file.',
    ],
  ],
  [
    'la file qui s’installe ailleurs',
    'reset role; create schema ailleurs authorization sillage_file; set local role sillage_file; create table ailleurs.t (id text)',
    [
      'sillage_file possède schema ailleurs, hors de son schéma.',
      'sillage_file possède table ailleurs.t, hors de son schéma.',
    ],
  ],
  [
    'une base où rien n’a été migré',
    'drop schema sillage cascade; create schema sillage; grant usage on schema sillage to sillage_app',
    ['Le schéma sillage est vide ou absent : lancez les migrations.'],
  ],
];

chaqueEcartASaLigne(CASSES);
