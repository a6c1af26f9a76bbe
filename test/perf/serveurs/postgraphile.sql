-- What a team that chooses PostGraphile adds to its database for a count by group.
create schema postgraphile;
create view postgraphile.accompagnements_par_etat with (security_invoker = true) as
select t.code as territoire, n.dispositif, n.etat, n.nombre
  from (select departement_id, territoire_id, dispositif, etat, count(*) as nombre
          from sillage.accompagnement group by 1, 2, 3, 4) n
  join sillage.territoire t on t.departement_id = n.departement_id and t.id = n.territoire_id;
grant usage on schema postgraphile to sillage_app;
grant select on postgraphile.accompagnements_par_etat to sillage_app;
