import { type Controle, EST_SCHEMA_LOCATAIRE, SERVANTS_DE_LIGNES } from './controle.js';

/** Those that serve: they have no power at all. */
const SERVANTS = `('sillage_app', 'sillage_jobs', 'sillage_statistiques', 'sillage_file')`;
const DE_LA_MAISON = `('sillage_proprietaire', 'sillage_app', 'sillage_jobs', 'sillage_statistiques', 'sillage_file')`;
/** What decides of the tenant, or of whether constraints hold. */
const REGLAGES_SENSIBLES = `('sillage.departement', 'session_replication_role', 'row_security')`;

/** Roles: nobody who serves requests or jobs can go round the policies, directly or by becoming somebody else. */
export const controlesRoles: readonly Controle[] = [
  {
    nom: 'présence des rôles',
    sql: `select format('Le rôle %s n’existe pas : préparez la base.', attendu) as ligne
      from unnest(array[${DE_LA_MAISON.slice(1, -1)}]) attendu
      where not exists (select from pg_roles where rolname = attendu)`,
  },
  {
    nom: 'pouvoirs',
    sql: `select format('%s a le pouvoir %s.', r.rolname, pouvoir) as ligne
      from pg_roles r cross join lateral unnest(array_remove(array[
        case when r.rolsuper then 'SUPERUSER' end,
        case when r.rolbypassrls then 'BYPASSRLS' end,
        case when r.rolcreaterole and r.rolname in ${SERVANTS} then 'CREATEROLE' end,
        case when r.rolcreatedb and r.rolname in ${SERVANTS} then 'CREATEDB' end,
        case when r.rolreplication then 'REPLICATION' end], null)) pouvoir
      where r.rolname in ${DE_LA_MAISON}
      union all
      select format('%s est membre de %s.', m.rolname, g.rolname)
      from pg_auth_members a join pg_roles m on m.oid = a.member join pg_roles g on g.oid = a.roleid
      where m.rolname in ${SERVANTS}`,
  },
  {
    nom: 'propriété',
    sql: `select format('%s possède %s.', r.rolname, pg_describe_object(d.classid, d.objid, d.objsubid)) as ligne
      from pg_shdepend d join pg_roles r on r.oid = d.refobjid
      where r.rolname in ${SERVANTS_DE_LIGNES} and d.deptype = 'o'
        and d.dbid in (0, (select oid from pg_database where datname = current_database()))
      union all
      select format('sillage_file possède %s, hors de son schéma.', pg_describe_object(d.classid, d.objid, d.objsubid))
      from pg_shdepend d cross join lateral pg_identify_object(d.classid, d.objid, d.objsubid) objet
      where d.refobjid = (select oid from pg_roles where rolname = 'sillage_file') and d.deptype = 'o'
        and d.dbid in (0, (select oid from pg_database where datname = current_database()))
        and coalesce(objet.schema, objet.name) is distinct from 'file'
      union all
      select format('%s.%s appartient à %s et non à sillage_proprietaire.', n.nspname, c.relname, r.rolname)
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles r on r.oid = c.relowner
      where (${EST_SCHEMA_LOCATAIRE} or n.nspname = 'referentiel') and c.relkind in ('r', 'p', 'v')
        and r.rolname not in ${DE_LA_MAISON}`,
  },
  {
    nom: 'base',
    sql: `select format('%s peut créer des %s dans la base.', r.rolname, objets) as ligne
      from pg_roles r cross join (values ('CREATE', 'schémas'), ('TEMP', 'tables temporaires')) v (droit, objets)
      where r.rolname in ${SERVANTS_DE_LIGNES} and has_database_privilege(r.oid, current_database(), droit)`,
  },
  {
    nom: 'réglages imposés',
    sql: `select format('Le réglage %s est imposé d’avance à %s (ALTER ROLE ou ALTER DATABASE).', split_part(reglage, '=', 1),
        coalesce(r.rolname, 'tous les rôles')) as ligne
      from pg_db_role_setting s left join pg_roles r on r.oid = s.setrole cross join unnest(s.setconfig) reglage
      where split_part(reglage, '=', 1) in ${REGLAGES_SENSIBLES}
        and (s.setdatabase = 0 or s.setdatabase = (select oid from pg_database where datname = current_database()))
        and (s.setrole = 0 or r.rolname in ${DE_LA_MAISON})
      union all
      select 'Un département est fixé d’avance pour toute la connexion (sillage.departement).'
      where nullif(current_setting('sillage.departement', true), '') is not null
      union all
      select format('%s peut changer le réglage %s, réservé à l’administrateur.', coalesce(r.rolname, 'PUBLIC'), p.parname)
      from pg_parameter_acl p cross join lateral aclexplode(p.paracl) acl left join pg_roles r on r.oid = acl.grantee
      where acl.grantee = 0 or r.rolname in ${DE_LA_MAISON}`,
  },
];
