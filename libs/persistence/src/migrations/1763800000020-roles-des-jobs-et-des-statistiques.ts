import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Jobs and statistics get roles of their own, which cannot read who a young person is. Jobs may do what the application may, on every
 * table but the nominative one, those of plugins included; tables made after this one are granted by `tableLocataire`. Statistics read what
 * is counted: neither journals, keys, accounts nor the queue.
 */
export class RolesDesJobsEtDesStatistiques1763800000020 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      do $$
      declare accord record;
      begin
        for accord in
          select format('%I.%I', n.nspname, c.relname) as nom, d.droit, d.colonne
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
            cross join lateral (
              select x.grantee, x.privilege_type as droit, null as colonne from aclexplode(c.relacl) x
              union all
              select x.grantee, x.privilege_type, a.attname from pg_attribute a cross join lateral aclexplode(a.attacl) x
              where a.attrelid = c.oid and not a.attisdropped
            ) d
          where d.grantee = 'sillage_app'::regrole and c.relkind in ('r', 'p') and (n.nspname, c.relname) <> ('sillage', 'identite')
            and (n.nspname in ('sillage', 'referentiel') or starts_with(n.nspname, 'plugin_'))
        loop
          execute format('grant %s %s on %s to sillage_jobs', accord.droit, '(' || quote_ident(accord.colonne) || ')', accord.nom);
        end loop;
      end $$;

      grant select on all tables in schema referentiel to sillage_statistiques;
      grant select on
        sillage.territoire, sillage.commune_territoire, sillage.structure, sillage.structure_territoire, sillage.service,
        sillage.activation, sillage.appel, sillage.appel_territoire,
        sillage.candidature, sillage.candidature_territoire, sillage.candidature_avis, sillage.candidature_decision,
        sillage.convention, sillage.convention_territoire, sillage.convention_signature, sillage.avenant, sillage.avenant_signature,
        sillage.bilan, sillage.versement, sillage.versement_etape, sillage.enveloppe, sillage.ecriture, sillage.solde,
        sillage.jeune, sillage.jeune_statut, sillage.accompagnement, sillage.acte
      to sillage_statistiques;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
