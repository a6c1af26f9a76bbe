import { type Controle, TABLES_LOCATAIRES } from './controle.js';

/** Keys: no row can point across tenants, and PostgreSQL can be distributed by `departement_id`. */
export const controlesCles: readonly Controle[] = [
  {
    nom: 'colonne du département',
    sql: `with ${TABLES_LOCATAIRES}
      select t.nom || ' : la colonne departement_id manque, est facultative ou n’est pas de type text.' as ligne
      from t left join pg_attribute a on a.attrelid = t.oid and a.attnum = t.tenant
      where a.attnum is null or not a.attnotnull or a.atttypid <> 'text'::regtype`,
  },
  {
    nom: 'clé primaire',
    sql: `with ${TABLES_LOCATAIRES}
      select t.nom || case when i.indexrelid is null then ' : pas de clé primaire.'
        else ' : la clé primaire ne commence pas par departement_id.' end as ligne
      from t left join pg_index i on i.indrelid = t.oid and i.indisprimary
      where i.indexrelid is null or i.indkey[0] is distinct from t.tenant`,
  },
  {
    nom: 'index uniques',
    sql: `with ${TABLES_LOCATAIRES}
      select format('%s : l’index unique %s ne commence pas par departement_id.', t.nom, c.relname) as ligne
      from t join pg_index i on i.indrelid = t.oid join pg_class c on c.oid = i.indexrelid
      where i.indisunique and not i.indisprimary and i.indkey[0] is distinct from t.tenant
      union all
      select format('%s : l’index unique %s est invalide, il ne garantit rien.', t.nom, c.relname)
      from t join pg_index i on i.indrelid = t.oid join pg_class c on c.oid = i.indexrelid
      where i.indisunique and not i.indisvalid`,
  },
  {
    nom: 'exclusions',
    sql: `with ${TABLES_LOCATAIRES}
      select format('%s : la contrainte d’exclusion %s ne commence pas par « departement_id with = ».', t.nom, k.conname) as ligne
      from t join pg_constraint k on k.conrelid = t.oid and k.contype = 'x'
      where k.conkey[1] is distinct from t.tenant
        or (select o.oprname from pg_operator o where o.oid = k.conexclop[1]) <> '='`,
  },
  {
    nom: 'clés étrangères',
    sql: `with ${TABLES_LOCATAIRES}
      select format('%s : la clé étrangère %s ne porte pas departement_id en tête des deux côtés.', t.nom, k.conname) as ligne
      from t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f' join t cible on cible.oid = k.confrelid
      where k.conkey[1] is distinct from t.tenant or k.confkey[1] is distinct from cible.tenant
      union all
      select format('%s : la clé étrangère %s mène à %s, qui n’est ni une donnée de département ni du référentiel.',
        t.nom, k.conname, k.confrelid::regclass)
      from t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
        join pg_class c on c.oid = k.confrelid join pg_namespace n on n.oid = c.relnamespace
      where k.confrelid not in (select oid from t) and n.nspname <> 'referentiel'
      union all
      select format('referentiel.%s : la clé étrangère %s mène à une donnée de département.', c.relname, k.conname)
      from pg_constraint k join t on t.oid = k.confrelid
        join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'referentiel'
      union all
      select format('%s : la clé étrangère %s n’est pas appliquée (NOT VALID ou NOT ENFORCED).', t.nom, k.conname)
      from t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
      -- The column conenforced is of PostgreSQL 18.
      where not k.convalidated or to_jsonb(k)->>'conenforced' = 'false'`,
  },
];

/** What PostgreSQL prints of the only policy expression of the house (see rls.ts). */
const EXPRESSION_IMPRIMEE = `(departement_id = ( SELECT NULLIF(current_setting('sillage.departement'::text, true), ''::text) AS "nullif"))`;
const ATTENDUE = `'${EXPRESSION_IMPRIMEE.replaceAll("'", "''")}'`;

/** Row-level security: enabled, forced, one policy of one shape, and nothing that goes round it. */
export const controlesSecuriteParLigne: readonly Controle[] = [
  {
    nom: 'activation',
    sql: `with ${TABLES_LOCATAIRES}
      select t.nom || ' : la sécurité par ligne n’est pas activée (ENABLE ROW LEVEL SECURITY).' as ligne
      from t where not t.relrowsecurity
      union all
      select t.nom || ' : la sécurité par ligne n’est pas imposée au propriétaire (FORCE ROW LEVEL SECURITY).'
      from t where not t.relforcerowsecurity`,
  },
  {
    // The policy is for everybody (TO PUBLIC), the owner included: one made for some roles says nothing of the others.
    nom: 'politique',
    sql: `with ${TABLES_LOCATAIRES}
      select t.nom || ' : aucune politique « isolation ».' as ligne
      from t where not exists (select from pg_policy p where p.polrelid = t.oid and p.polname = 'isolation')
      union all
      select format('%s : politique « %s » de trop, seule « isolation » est admise.', t.nom, p.polname)
      from t join pg_policy p on p.polrelid = t.oid where p.polname <> 'isolation'
      union all
      select format('%s : la politique « isolation » n’a pas la forme attendue (%s).', t.nom, ecarts.texte)
      from t join pg_policy p on p.polrelid = t.oid and p.polname = 'isolation'
        cross join lateral (select concat_ws(', ',
          case when not p.polpermissive then 'restrictive' end,
          case when p.polcmd <> '*' then 'limitée à une commande' end,
          case when p.polroles <> '{0}' then 'limitée à des rôles' end,
          case when pg_get_expr(p.polqual, p.polrelid) is distinct from ${ATTENDUE} then 'using différent' end,
          case when pg_get_expr(p.polwithcheck, p.polrelid) is distinct from ${ATTENDUE} then 'with check différent' end
        ) as texte) ecarts
      where ecarts.texte <> ''`,
  },
  {
    nom: 'déclencheurs et règles',
    sql: `with ${TABLES_LOCATAIRES}
      select distinct format('%s : le déclencheur %s est désactivé.', t.nom, coalesce(k.conname, g.tgname)) as ligne
      from t join pg_trigger g on g.tgrelid = t.oid left join pg_constraint k on k.oid = g.tgconstraint
      where g.tgenabled in ('D', 'R')
      union all
      select format('%s : règle de réécriture %s, qui change le sens des requêtes.', t.nom, r.rulename)
      from t join pg_rewrite r on r.ev_class = t.oid`,
  },
];
