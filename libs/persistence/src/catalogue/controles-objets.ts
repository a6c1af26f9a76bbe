import {
  type Controle,
  EST_SCHEMA_DE_LA_BASE,
  EST_SCHEMA_LOCATAIRE,
  horsExtension,
  SERVANTS_DE_LIGNES,
} from './controle.js';

/** Tables that only grow. */
const EN_AJOUT_SEUL = `('sillage.journal', 'sillage.journal_chaine', 'sillage.ecriture', 'sillage.enveloppe', 'sillage.versement_etape', 'sillage.cotation_version',
  'sillage.bordereau', 'sillage.bordereau_ligne', 'sillage.bordereau_retour')`;

/** What chains the journal and keeps it as it was written (ADR 0050). */
const GARDIENS_DU_JOURNAL = `(values ('sillage.journal', 'chainer'), ('sillage.journal', 'immuable'),
  ('sillage.journal_lecture', 'chainer'), ('sillage.journal_lecture', 'immuable'), ('sillage.journal_lecture', 'duree'),
  ('sillage.journal_chaine', 'par_le_journal'), ('sillage.journal_chaine', 'immuable')) attendu (nom, declencheur)`;

/** Views, functions and other ways to rows that are not tables. */
export const controlesObjets: readonly Controle[] = [
  {
    nom: 'vues et tables particulières',
    sql: `select format('%s.%s : vue sans security_invoker, elle lit avec les droits de son propriétaire.', n.nspname, c.relname) as ligne
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'v' and ${EST_SCHEMA_DE_LA_BASE} and ${horsExtension('pg_class', 'c.oid')}
        and not exists (select from pg_options_to_table(c.reloptions) o
          where o.option_name = 'security_invoker' and o.option_value in ('true', 'on', 'yes', '1'))
      union all
      select format('%s.%s : %s, la sécurité par ligne ne s’y applique pas.', n.nspname, c.relname,
        case c.relkind when 'm' then 'vue matérialisée' else 'table étrangère' end)
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('m', 'f') and ${EST_SCHEMA_DE_LA_BASE}`,
  },
  {
    nom: 'fonctions',
    sql: `select format('%s : fonction SECURITY DEFINER, elle agit avec les droits de son propriétaire.', p.oid::regprocedure) as ligne
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where p.prosecdef and ${EST_SCHEMA_DE_LA_BASE} and ${horsExtension('pg_proc', 'p.oid')}
      union all
      select format('%s : la fonction impose le réglage %s.', p.oid::regprocedure, reglage)
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace cross join unnest(p.proconfig) reglage
      where ${EST_SCHEMA_DE_LA_BASE} and (starts_with(reglage, 'sillage.') or starts_with(reglage, 'row_security'))`,
  },
  {
    nom: 'gardiens du journal',
    sql: `select format('%s : le déclencheur « %s » manque.', nom, declencheur) as ligne
      from ${GARDIENS_DU_JOURNAL}
        join pg_namespace n on n.nspname = split_part(nom, '.', 1)
        join pg_class c on c.relnamespace = n.oid and c.relname = split_part(nom, '.', 2)
      where not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = declencheur)`,
  },
  {
    nom: 'présence',
    sql: `select 'Le schéma sillage est vide ou absent : lancez les migrations.' as ligne
      where not exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'sillage' and c.relkind in ('r', 'p'))`,
  },
];

/** Every grant on a table or a column, the owner's own apart. */
const DROITS = `droits as (
  select n.nspname, n.nspname || '.' || c.relname as nom, c.relname, acl.grantee, acl.privilege_type as droit, acl.is_grantable
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
    cross join lateral (
      select * from aclexplode(c.relacl)
      union select x.* from pg_attribute a cross join lateral aclexplode(a.attacl) x where a.attrelid = c.oid and not a.attisdropped
    ) acl
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and acl.grantee <> c.relowner
    and ${EST_SCHEMA_DE_LA_BASE} and ${horsExtension('pg_class', 'c.oid')}
)`;

/** Who says who somebody is: the gateway alone may read these. */
const NOMINATIVES = `('sillage.identite', 'sillage.jeune_coordonnees', 'sillage.jeune_rectification')`;
/** A grant of one of the roles that serve rows, with its name. */
const DROITS_SERVIS = `${DROITS}, servis as (
  select d.*, r.rolname as role from droits d join pg_roles r on r.oid = d.grantee
  where r.rolname in ${SERVANTS_DE_LIGNES}
)`;
const FILE = `(select oid from pg_roles where rolname = 'sillage_file')`;

/** Who may do what. */
export const controlesDroits: readonly Controle[] = [
  {
    nom: 'droits de l’application',
    sql: `with ${DROITS_SERVIS}
      select format('%s : %s a le droit %s, qui ignore la sécurité par ligne ou change la table.', nom, role, droit) as ligne
      from servis n where ${EST_SCHEMA_LOCATAIRE} and relname <> '_migrations'
        and droit not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
      union all
      select format('%s : %s a le droit %s sur une table en ajout seul.', nom, role, droit)
      from servis where nom in ${EN_AJOUT_SEUL} and droit in ('UPDATE', 'DELETE')
      union all
      select format('%s : %s a le droit %s sur une donnée nationale, qui se lit seulement.', nom, role, droit)
      from servis where nspname = 'referentiel' and droit <> 'SELECT'
      union all
      select format('%s : %s a le droit %s sur une table qui n’est pas pour elle.', nom, role, droit)
      from servis n where relname = '_migrations' or not (${EST_SCHEMA_LOCATAIRE} or nspname = 'referentiel')
      union all
      select format('%s : %s peut transmettre son droit %s.', nom, role, droit)
      from servis where is_grantable
      union all
      select format('%s : %s a le droit %s sur une table nominative, réservée au gateway.', nom, role, droit)
      from servis where role <> 'sillage_app' and nom in ${NOMINATIVES}
      union all
      select format('%s : %s a le droit %s, et ne doit que lire.', nom, role, droit)
      from servis where role = 'sillage_statistiques' and droit <> 'SELECT'`,
  },
  {
    nom: 'droits des autres',
    sql: `with ${DROITS}
      select format('%s : droit %s accordé à tous (PUBLIC).', nom, droit) as ligne from droits where grantee = 0
      union all
      select format('%s : droit %s accordé à sillage_file, qui ne voit que sa file.', nom, droit)
      from droits where grantee = ${FILE} and nspname <> 'file'`,
  },
  {
    nom: 'schémas',
    sql: `select format('%s peut créer des objets dans le schéma %s.', r.rolname, n.nspname) as ligne
      from pg_namespace n join pg_roles r on r.rolname in ${SERVANTS_DE_LIGNES}
      where ${EST_SCHEMA_DE_LA_BASE} and has_schema_privilege(r.oid, n.oid, 'CREATE')
      union all
      select format('Le schéma file est ouvert à %s.', r.rolname)
      from pg_namespace n join pg_roles r on r.rolname in ${SERVANTS_DE_LIGNES}
      where n.nspname = 'file' and has_schema_privilege(r.oid, n.oid, 'USAGE')
      union all
      select format('Le schéma %s est ouvert à sillage_file.', n.nspname)
      from pg_namespace n where (${EST_SCHEMA_LOCATAIRE} or n.nspname = 'referentiel')
        and has_schema_privilege(${FILE}, n.oid, 'USAGE, CREATE')`,
  },
];
