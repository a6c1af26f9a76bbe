import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person, or a machine, known by (iss, sub). `libelle` names them: nominative. */
@Entity({ schema: 'sillage', name: 'utilisateur' })
export class UtilisateurEntity {
  @PrimaryColumn({ name: 'departement_id', type: 'text' })
  departementId!: string;

  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  iss!: string;

  @Column({ type: 'text' })
  sub!: string;

  @Column({ type: 'text' })
  libelle!: string;

  @Column({ name: 'cree_le', type: 'timestamptz' })
  creeLe!: Date;
}

@Entity({ schema: 'sillage', name: 'habilitation' })
export class HabilitationEntity {
  @PrimaryColumn({ name: 'departement_id', type: 'text' })
  departementId!: string;

  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ name: 'utilisateur_id', type: 'uuid' })
  utilisateurId!: string;

  @Column({ type: 'text' })
  role!: string;

  @Column({ name: 'structure_id', type: 'uuid', nullable: true })
  structureId!: string | null;

  /** First day, inclusive: 'AAAA-MM-JJ'. */
  @Column({ type: 'date' })
  du!: string;

  /** Last day, inclusive; `null` for no end. */
  @Column({ type: 'date', nullable: true })
  au!: string | null;

  @Column({ name: 'accordee_le', type: 'timestamptz' })
  accordeeLe!: Date;

  @Column({ name: 'accordee_par', type: 'uuid', nullable: true })
  accordeePar!: string | null;

  @Column({ name: 'revoquee_le', type: 'timestamptz', nullable: true })
  revoqueeLe!: Date | null;

  @Column({ name: 'revoquee_par', type: 'uuid', nullable: true })
  revoqueePar!: string | null;
}

@Entity({ schema: 'sillage', name: 'habilitation_territoire' })
export class HabilitationTerritoireEntity {
  @PrimaryColumn({ name: 'departement_id', type: 'text' })
  departementId!: string;

  @PrimaryColumn({ name: 'habilitation_id', type: 'uuid' })
  habilitationId!: string;

  @PrimaryColumn({ name: 'territoire_id', type: 'uuid' })
  territoireId!: string;
}

@Entity({ schema: 'sillage', name: 'habilitation_dispositif' })
export class HabilitationDispositifEntity {
  @PrimaryColumn({ name: 'departement_id', type: 'text' })
  departementId!: string;

  @PrimaryColumn({ name: 'habilitation_id', type: 'uuid' })
  habilitationId!: string;

  @PrimaryColumn({ type: 'text' })
  dispositif!: string;
}

/** For the data source. */
export const ENTITES_ACCES = [
  UtilisateurEntity,
  HabilitationEntity,
  HabilitationTerritoireEntity,
  HabilitationDispositifEntity,
];
