import { tableLocataire } from '@sillage/core';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Atelier1763900000001 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table plugin_atelier.seance (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        territoire_id uuid not null,
        structure_id uuid,
        intitule text not null,
        animateur text,
        ouverte_le timestamptz not null,
        modifie_le timestamptz not null,
        passages integer not null default 0,
        primary key (departement_id, id),
        foreign key (departement_id, territoire_id) references sillage.territoire (departement_id, id),
        foreign key (departement_id, structure_id) references sillage.structure (departement_id, id)
      );
      create index seance_ouverte_le on plugin_atelier.seance (departement_id, ouverte_le, id);

      create table plugin_atelier.inscription (
        departement_id text not null references referentiel.departement (departement_id),
        id uuid not null,
        seance_id uuid not null,
        prenom text not null,
        inscrite_le date not null,
        primary key (departement_id, id),
        foreign key (departement_id, seance_id) references plugin_atelier.seance (departement_id, id)
      );
      create index inscription_seance on plugin_atelier.inscription (departement_id, seance_id, inscrite_le, id)`);
    await tableLocataire(q, 'plugin_atelier', 'seance');
    await tableLocataire(q, 'plugin_atelier', 'inscription');
  }

  async down(): Promise<void> {
    throw new Error('Une migration ne se défait pas.');
  }
}
