-- One département: 2 users, 9 territories, 180 structures, then the young people, 1.5 accompagnements and 10 actes each.
insert into sillage.utilisateur (departement_id, id, iss, sub, libelle, cree_le)
select perf.departement(), perf.utilisateur_id(i), current_setting('perf.emetteur'), sub, libelle, perf.ancien(i)
  from (values (1, 'perf-siege', 'Siège (mesure)'), (2, 'perf-mission-locale', 'Mission locale (mesure)')) u (i, sub, libelle);

insert into sillage.territoire (departement_id, id, code, libelle)
select perf.departement(), perf.territoire_id(t), 'SECTEUR_' || t, 'Secteur ' || t from generate_series(1, 9) t;

-- The first one is the mission locale of the whole département: one accompagnement in five is its own.
insert into sillage.structure (departement_id, id, raison_sociale, nature, siret, cree_le, modifie_le)
select perf.departement(), perf.structure_id(s), case s when 1 then 'Mission locale' else 'Structure ' || s end,
       case s when 1 then 'MISSION_LOCALE' else (array['ASSOCIATION', 'CLLAJ', 'BAILLEUR', 'AUTRE'])[s % 4 + 1] end,
       lpad(s::text, 14, '0'), perf.ancien(s), perf.ancien(s)
  from generate_series(1, 180) s;

insert into sillage.structure_territoire (departement_id, structure_id, territoire_id)
select perf.departement(), perf.structure_id(s), perf.territoire_id(t)
  from generate_series(1, 180) s, generate_series(1, 9) t where s = 1 or t = (s - 1) / 20 + 1;

insert into sillage.habilitation (departement_id, id, utilisateur_id, role, structure_id, du, accordee_le)
select perf.departement(), perf.id('habilitation', i, perf.ancien(i)), perf.utilisateur_id(i), role,
       case role when 'MISSION_LOCALE' then perf.structure_id(1) end, date '2022-01-01', perf.ancien(i)
  from (values (1, 'SIEGE'), (2, 'MISSION_LOCALE')) h (i, role);

insert into sillage.jeune (departement_id, id, numero, date_naissance, territoire_id, cree_le, cree_par, modifie_le)
select perf.departement(), perf.jeune_id(j), 'JEUNE-' || perf.departement() || '-' || lpad(j::text, 7, '0'),
       date '1998-01-01' + perf.alea('naissance', j, 3650), perf.territoire_id(j % 9 + 1),
       perf.jeune_le(j), perf.utilisateur_id(1), perf.jeune_le(j)
  from generate_series(1, perf.jeunes()) j;

insert into sillage.identite (departement_id, jeune_id, prenom, nom)
select perf.departement(), perf.jeune_id(j),
       (array['Lina', 'Yanis', 'Chloé', 'Mehdi', 'Inès', 'Hugo', 'Sarah', 'Noé', 'Fatou', 'Lucas', 'Maëlys', 'Adam'])
         [perf.alea('prenom', j, 12) + 1],
       (array['Martin', 'Bernard', 'Diallo', 'Petit', 'Benali', 'Durand', 'Leroy', 'Moreau', 'Traoré', 'Garcia', 'N’Guyen',
              'Roux'])[perf.alea('nom', j, 12) + 1]
  from generate_series(1, perf.jeunes()) j;

insert into sillage.accompagnement
  (departement_id, id, numero, jeune_id, structure_id, territoire_id, dispositif, etat, du, au, champs, cree_le, cree_par,
   modifie_le)
select perf.departement(), perf.accompagnement_id(a), 'ACC-' || perf.departement() || '-' || lpad(a::text, 7, '0'),
       perf.jeune_id(j),
       perf.structure_id(case perf.alea('locale', a, 5) when 0 then 1 else j % 9 * 20 + 1 + perf.alea('structure', a, 20) end),
       perf.territoire_id(j % 9 + 1), dispositifs[perf.alea('dispositif', a, cardinality(dispositifs)) + 1], etat, du,
       case when etat in ('TERMINE', 'ABANDONNE') then du + 30 + perf.alea('duree', a, 300) end,
       '{}', perf.accompagnement_le(a), perf.utilisateur_id(1), perf.accompagnement_le(a)
  from generate_series(1, perf.accompagnements()) a,
       lateral (select case when a <= perf.jeunes() then a else perf.alea('jeune', a, perf.jeunes()) + 1 end as j,
                  (array['EN_COURS', 'EN_COURS', 'EN_COURS', 'EN_COURS', 'TERMINE', 'TERMINE', 'ABANDONNE', 'ABANDONNE',
                         'EN_ATTENTE', 'EN_ATTENTE'])[perf.alea('etat', a, 10) + 1] as etat,
                  perf.accompagnement_le(a)::date - perf.alea('du', a, 15) as du,
                  string_to_array(current_setting('perf.dispositifs'), ',') as dispositifs) x;

-- Free texts are sealed: these have their size, and nobody reads them here.
-- In the order of time, as they would have been written: those of one accompagnement are far apart on the disk.
insert into sillage.acte
  (departement_id, id, accompagnement_id, nature, date, duree_minutes, lieu, commentaire, saisi_le, saisi_par)
select perf.departement(), perf.id('acte', k, saisi_le), perf.accompagnement_id(a),
       (array['ENTRETIEN', 'ATELIER', 'APPEL', 'COURRIER', 'VISITE', 'ORIENTATION', 'BILAN'])[perf.alea('nature', k, 7) + 1],
       saisi_le::date, 15 + 15 * perf.alea('minutes', k, 8), case when k % 2 = 0 then convert_to(repeat('x', 65), 'UTF8') end,
       case when k % 3 = 0 then convert_to(repeat('x', 129), 'UTF8') end,
       saisi_le, perf.utilisateur_id(1)
  from generate_series(1, perf.jeunes() * 10) k,
       lateral (select perf.alea('accompagnement', k, perf.accompagnements()) + 1 as a) x,
       lateral (select perf.accompagnement_le(a) + perf.alea('jour', k, 300) * interval '1 day'
                  + perf.alea('instant', k, 30000000) * interval '1 millisecond' as saisi_le) y
 order by y.saisi_le;
