import { type Casse, chaqueEcartASaLigne } from '../../test/ecarts.js';

const FORME = 'sillage.appel : la politique « isolation » n’a pas la forme attendue';
const ISOLATION = `departement_id = (select nullif(current_setting('sillage.departement', true), ''))`;
const HOMONYME = ISOLATION.replace('current_setting', 'sillage.current_setting');
const REFAITE = (corps: string): string =>
  `drop policy isolation on sillage.appel; create policy isolation on sillage.appel ${corps}`;
const NOUVELLE = (colonnes: string): string => `
  create table sillage.neuf (${colonnes});
  alter table sillage.neuf enable row level security; alter table sillage.neuf force row level security;`;
const POLITIQUE_NEUVE = `create policy isolation on sillage.neuf using (${ISOLATION}) with check (${ISOLATION});`;

const CASSES: readonly Casse[] = [
  [
    'une table sans FORCE',
    'alter table sillage.appel no force row level security',
    ['sillage.appel : la sécurité par ligne n’est pas imposée au propriétaire (FORCE ROW LEVEL SECURITY).'],
  ],
  [
    'une table sans ENABLE',
    'alter table sillage.appel disable row level security',
    ['sillage.appel : la sécurité par ligne n’est pas activée (ENABLE ROW LEVEL SECURITY).'],
  ],
  [
    'une table de plugin toute nue',
    `create schema plugin_nu; create table plugin_nu.t (departement_id text not null, id uuid, primary key (departement_id, id))`,
    [
      'plugin_nu.t : la sécurité par ligne n’est pas activée (ENABLE ROW LEVEL SECURITY).',
      'plugin_nu.t : la sécurité par ligne n’est pas imposée au propriétaire (FORCE ROW LEVEL SECURITY).',
      'plugin_nu.t : aucune politique « isolation ».',
    ],
  ],
  ['une politique using (true)', REFAITE(`using (true) with check (${ISOLATION})`), [`${FORME} (using différent).`]],
  ['une politique sans with check', REFAITE(`using (${ISOLATION})`), [`${FORME} (with check différent).`]],
  [
    'une politique ouverte quand il n’y a pas de contexte',
    REFAITE(`using (${ISOLATION} or current_setting('sillage.departement', true) = '') with check (${ISOLATION})`),
    [`${FORME} (using différent).`],
  ],
  [
    'une politique limitée à SELECT',
    REFAITE(`for select using (${ISOLATION})`),
    [`${FORME} (limitée à une commande, with check différent).`],
  ],
  [
    'une politique limitée à un rôle',
    REFAITE(`to sillage_app using (${ISOLATION}) with check (${ISOLATION})`),
    [`${FORME} (limitée à des rôles).`],
  ],
  [
    'une politique restrictive',
    REFAITE(`as restrictive using (${ISOLATION}) with check (${ISOLATION})`),
    [`${FORME} (restrictive).`],
  ],
  [
    'une politique qui appelle un homonyme de current_setting',
    `create function sillage.current_setting(text, boolean) returns text language sql as $$ select '62' $$;
     ${REFAITE(`using (${HOMONYME}) with check (${HOMONYME})`)}`,
    [`${FORME} (using différent, with check différent).`],
  ],
  [
    'une politique permissive de trop',
    'create policy lecture on sillage.appel for select using (true)',
    ['sillage.appel : politique « lecture » de trop, seule « isolation » est admise.'],
  ],
  [
    'une clé étrangère sans département',
    `alter table sillage.appel add unique (departement_id, id, code);
     create unique index seul on sillage.territoire (id);
     alter table sillage.appel add column territoire_id uuid constraint vers_territoire references sillage.territoire (id)`,
    [
      'sillage.territoire : l’index unique seul ne commence pas par departement_id.',
      'sillage.appel : la clé étrangère vers_territoire ne porte pas departement_id en tête des deux côtés.',
    ],
  ],
  [
    'une clé étrangère où le département n’est pas en tête',
    `alter table sillage.versement add constraint croisee
       foreign key (structure_id, departement_id) references sillage.structure (id, departement_id)`,
    ['sillage.versement : la clé étrangère croisee ne porte pas departement_id en tête des deux côtés.'],
  ],
  [
    'une clé étrangère NOT VALID',
    `alter table sillage.versement add constraint paresseuse
       foreign key (departement_id, structure_id) references sillage.structure (departement_id, id) not valid`,
    ['sillage.versement : la clé étrangère paresseuse n’est pas appliquée (NOT VALID ou NOT ENFORCED).'],
  ],
  [
    'une clé étrangère NOT ENFORCED',
    `alter table sillage.versement add constraint muette
       foreign key (departement_id, structure_id) references sillage.structure (departement_id, id) not enforced`,
    ['sillage.versement : la clé étrangère muette n’est pas appliquée (NOT VALID ou NOT ENFORCED).'],
  ],
  [
    'une clé étrangère du référentiel vers un département',
    `create table referentiel.fuite (departement_id text, territoire_id uuid,
       constraint vers foreign key (departement_id, territoire_id) references sillage.territoire (departement_id, id))`,
    ['referentiel.fuite : la clé étrangère vers mène à une donnée de département.'],
  ],
  [
    'une clé étrangère hors de la maison',
    `reset role; create schema ailleurs authorization sillage_proprietaire; set local role sillage_proprietaire;
     create table ailleurs.chose (id uuid primary key);
     alter table sillage.appel add column chose_id uuid constraint dehors references ailleurs.chose (id)`,
    [
      'sillage.appel : la clé étrangère dehors mène à ailleurs.chose, qui n’est ni une donnée de département ni du référentiel.',
    ],
  ],
  [
    'une clé primaire qui ne commence pas par le département',
    `${NOUVELLE('departement_id text not null, id uuid, primary key (id, departement_id)')} ${POLITIQUE_NEUVE}`,
    ['sillage.neuf : la clé primaire ne commence pas par departement_id.'],
  ],
  [
    'une table sans clé primaire',
    `${NOUVELLE('departement_id text not null, id uuid')} ${POLITIQUE_NEUVE}`,
    ['sillage.neuf : pas de clé primaire.'],
  ],
  [
    'une table sans colonne de département',
    NOUVELLE('id uuid primary key'),
    [
      'sillage.neuf : la colonne departement_id manque, est facultative ou n’est pas de type text.',
      'sillage.neuf : la clé primaire ne commence pas par departement_id.',
      'sillage.neuf : aucune politique « isolation ».',
    ],
  ],
  [
    'un département facultatif',
    `${NOUVELLE('departement_id text, id uuid')} ${POLITIQUE_NEUVE}`,
    [
      'sillage.neuf : la colonne departement_id manque, est facultative ou n’est pas de type text.',
      'sillage.neuf : pas de clé primaire.',
    ],
  ],
  [
    'une contrainte d’unicité sans département',
    'alter table sillage.appel add constraint code_unique unique (code)',
    ['sillage.appel : l’index unique code_unique ne commence pas par departement_id.'],
  ],
  [
    'un index unique partiel sans département',
    `create unique index partiel on sillage.appel (code) where etat = 'PUBLIE'`,
    ['sillage.appel : l’index unique partiel ne commence pas par departement_id.'],
  ],
  [
    'un index unique sur une expression',
    'create unique index expression on sillage.appel (lower(departement_id), code)',
    ['sillage.appel : l’index unique expression ne commence pas par departement_id.'],
  ],
  [
    'une exclusion sans département',
    `alter table sillage.appel add constraint periode exclude using gist (code with =, daterange(ouverture, cloture) with &&)`,
    ['sillage.appel : la contrainte d’exclusion periode ne commence pas par « departement_id with = ».'],
  ],
  [
    'une exclusion où le département n’est pas comparé par =',
    `alter table sillage.appel add constraint periode exclude using gist (departement_id with <>, code with =)`,
    ['sillage.appel : la contrainte d’exclusion periode ne commence pas par « departement_id with = ».'],
  ],
  [
    'un déclencheur désactivé',
    `create function sillage.rien() returns trigger language plpgsql as 'begin return new; end';
     create trigger garde before insert on sillage.appel for each row execute function sillage.rien();
     alter table sillage.appel disable trigger garde`,
    ['sillage.appel : le déclencheur garde est désactivé.'],
  ],
  [
    'les déclencheurs d’une clé étrangère désactivés',
    'reset role; alter table sillage.habilitation_dispositif disable trigger all',
    [
      'sillage.habilitation_dispositif : le déclencheur habilitation_dispositif_departement_id_fkey est désactivé.',
      'sillage.habilitation_dispositif : le déclencheur habilitation_dispositif_departement_id_habilitation_id_fkey est désactivé.',
    ],
  ],
  [
    'une règle de réécriture',
    'create rule muette as on insert to sillage.appel do instead nothing',
    ['sillage.appel : règle de réécriture muette, qui change le sens des requêtes.'],
  ],
];

chaqueEcartASaLigne(CASSES);
