import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableLocataire } from '../rls.js';

/**
 * The data keys of each département, wrapped by the master key, which the database never sees. A version that nothing uses any more
 * loses its wrapped key and keeps its line: its number is never given again.
 */
export class Cles1763800000015 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table sillage.cle_departement (
        departement_id text not null references referentiel.departement (departement_id),
        version integer not null check (version >= 1),
        id uuid not null,
        enveloppe bytea,
        cle_maitre_id text not null check (cle_maitre_id ~ '^[0-9a-f]{8}$'),
        creee_le timestamptz not null,
        retiree_le timestamptz,
        detruite_le timestamptz,
        primary key (departement_id, version),
        unique (departement_id, id),
        check ((enveloppe is null) = (detruite_le is not null)),
        check (detruite_le is null or retiree_le is not null)
      );
    `);
    await tableLocataire(q, 'sillage', 'cle_departement');
  }

  async down(): Promise<void> {
    throw new Error('Une migration de Sillage ne se défait pas : écrivez-en une nouvelle qui corrige.');
  }
}
