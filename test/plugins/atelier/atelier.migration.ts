import { tableLocataire } from '@sillage/core';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Atelier1763900000001 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table plugin_atelier.seance (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        territoire_id uuid not null,
        intitule text not null,
        ouverte_le timestamptz not null,
        passages integer not null default 0,
        primary key (departement_id, id),
        foreign key (departement_id, territoire_id) references sillage.territoire (departement_id, id)
      )`);
    await tableLocataire(q, 'plugin_atelier', 'seance');
  }

  async down(): Promise<void> {
    throw new Error('Une migration ne se défait pas.');
  }
}
