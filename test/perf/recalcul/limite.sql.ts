/**
 * The bound: what the same conventions are worth, by one set-based statement written for this dispositif and its parameters of 2026. It
 * gives two totals and no reason for them.
 */
export const TOTAUX = `
  with dossier as (
    select c.montant_centimes::numeric as montant, (c.termes->>'etp')::numeric as etp,
           (c.termes->>'accompagnements')::numeric as engages, k.champs, b.retenus
      from sillage.convention c
      join sillage.candidature k on k.id = c.candidature_id
      join sillage.bilan b on b.convention_id = c.id and b.etat = 'CONFIRME'
     where k.appel_id = $1 and c.etat = 'SIGNEE'),
  part as (
    select round(montant * 0.6) as avance,
           least(montant, 5200000 * etp, 120 * (
             select coalesce(sum(least(prevu, encouru)), 0) from (
               select (select sum((p->>'montant')::numeric) from jsonb_array_elements(champs->'depensesDirectes') p
                        where p->>'nature' = e.nature) as prevu, e.encouru
                 from (select x->>'nature' as nature, sum((x->>'montant')::numeric) as encouru
                         from jsonb_array_elements(retenus->'depensesEncourues') x
                        where x->>'nature' in ('SALAIRES', 'DEPLACEMENTS', 'TELEPHONE') group by 1) e) n)) as base,
           least(1, (
             select avg((f->>'joursAccompagnement')::numeric
                      / extract(day from (f->>'mois')::date + interval '1 month' - interval '1 day'))
               from (select jsonb_array_elements(retenus->'fileActive') as f) m) / engages) as quantite,
           least(100, (retenus->>'noteMoyens')::int + (retenus->>'noteAccompagnement')::int
             + (retenus->>'notePartenariatDepartement')::int + (retenus->>'noteProcedures')::int
             + (retenus->>'noteCommunication')::int + (retenus->>'notePartenariatTerritorial')::int) / 100.0 as charte
      from dossier)
  select count(*)::int as conventions, sum(avance)::text as avance,
         sum(round(base * (0.5 * quantite + 0.5 * charte)) - avance)::text as solde
    from part`;
