-- 300 candidatures to one appel, all contracted: what their dispositif declares, one or two territories, one or two versements.
insert into sillage.appel
  (departement_id, id, dispositif, code, libelle, ouverture, cloture, etat, cree_le, modifie_le, publie_le)
values (perf.departement(), perf.id('appel', 1, perf.ancien(1)), 'coordo-ase', 'coordo-ase-2026', 'Appel à projets 2026',
        '2026-01-12', '2026-02-15', 'PUBLIE', perf.ancien(1), perf.ancien(1), perf.ancien(1));

insert into sillage.appel_territoire (departement_id, appel_id, territoire_id)
select perf.departement(), perf.id('appel', 1, perf.ancien(1)), perf.territoire_id(t) from generate_series(1, 9) t;

create function perf.dossier_le(c bigint) returns timestamptz language sql stable as
$$ select timestamptz '2026-01-13 08:00+01' + c * interval '1 hour' $$;

insert into sillage.candidature
  (departement_id, id, numero, appel_id, dispositif, structure_id, etat, champs, version, cree_le, cree_par, modifie_le,
   deposee_le, validee_le)
select perf.departement(), perf.id('candidature', c, le), 'CAND-' || perf.departement() || '-2026-' || lpad(c::text, 6, '0'),
       perf.id('appel', 1, perf.ancien(1)), 'coordo-ase', perf.structure_id(c % 180 + 1), 'CONVENTIONNEE',
       current_setting('perf.champs')::jsonb, 4, le, perf.utilisateur_id(1), le, le, le
  from generate_series(1, 300) c, lateral (select perf.dossier_le(c) as le) x;

insert into sillage.candidature_territoire (departement_id, candidature_id, territoire_id)
select perf.departement(), perf.id('candidature', c, perf.dossier_le(c)), perf.territoire_id(t)
  from generate_series(1, 300) c, generate_series(1, 9) t where t = c % 9 + 1 or (c % 2 = 0 and t = (c + 4) % 9 + 1);

insert into sillage.candidature_decision (departement_id, id, candidature_id, sens, motif, prise_le, prise_par)
select perf.departement(), perf.id('decision', c, le), perf.id('candidature', c, le), 'RETENUE', 'Projet prêt.', le,
       perf.utilisateur_id(1)
  from generate_series(1, 300) c, lateral (select perf.dossier_le(c) as le) x;

insert into sillage.convention
  (departement_id, id, numero, candidature_id, dispositif, structure_id, etat, du, au, montant_centimes, termes, plafond,
   cree_le, cree_par, modifie_le, signee_le)
select perf.departement(), perf.id('convention', c, le), 'CONV-' || perf.departement() || '-2026-' || lpad(c::text, 6, '0'),
       perf.id('candidature', c, le), 'coordo-ase', perf.structure_id(c % 180 + 1), 'SIGNEE', '2026-03-01', '2027-02-28',
       5200000 - c * 101, '{"etp": "1", "accompagnements": 30}',
       '{"libelle": "Plafond de la participation", "resultat": "52 000,00 €", "regle": "ASE-FIN-01"}',
       le, perf.utilisateur_id(1), le, '2026-02-02'
  from generate_series(1, 300) c, lateral (select perf.dossier_le(c) as le) x;

insert into sillage.convention_territoire (departement_id, convention_id, territoire_id)
select t.departement_id, k.id, t.territoire_id
  from sillage.candidature_territoire t
  join sillage.convention k on k.departement_id = t.departement_id and k.candidature_id = t.candidature_id;

insert into sillage.convention_signature
  (departement_id, id, convention_id, partie, signee_le, qualite, saisie_le, saisie_par)
select perf.departement(), perf.id(partie, c, le), perf.id('convention', c, le), partie, '2026-02-02', 'présidence', le,
       perf.utilisateur_id(1)
  from generate_series(1, 300) c, unnest(array['PORTEUR', 'DEPARTEMENT']) partie,
       lateral (select perf.dossier_le(c) as le) x;

insert into sillage.versement
  (departement_id, id, numero, convention_id, dispositif, structure_id, tranche, sens, montant_centimes, explication, etat,
   propose_le)
select perf.departement(), perf.id('versement', v, le + rang * interval '1 minute'),
       'VERS-' || perf.departement() || '-2026-' || lpad(v::text, 6, '0'), perf.id('convention', c, le), 'coordo-ase',
       perf.structure_id(c % 180 + 1), (array['AVANCE', 'SOLDE'])[rang], 'A_PAYER', 3120000 / rang - c,
       '{"libelle": "Avance", "resultat": "31 200,00 €", "regle": "ASE-PAY-01"}',
       (array['LIQUIDE', 'PROPOSE'])[rang], le
  from generate_series(1, 300) c, generate_series(1, 2) rang,
       lateral (select perf.dossier_le(c) as le, c * 2 + rang as v) x
 where rang = 1 or c % 2 = 0;
