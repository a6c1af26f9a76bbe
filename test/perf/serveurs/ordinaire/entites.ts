import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'sillage', name: 'territoire' })
@ObjectType()
export class Territoire {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId: string;
  @Field(() => ID) @PrimaryColumn('uuid') id: string;
  @Field(() => String) @Column('text') code: string;
}

@Entity({ schema: 'sillage', name: 'structure' })
@ObjectType()
export class Structure {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId: string;
  @Field(() => ID) @PrimaryColumn('uuid') id: string;
  @Field(() => String) @Column({ name: 'raison_sociale', type: 'text' }) raisonSociale: string;
}

/** Of a young person, the names: all that these requests ask. */
@Entity({ schema: 'sillage', name: 'identite' })
@ObjectType()
export class Jeune {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId: string;
  @Field(() => ID) @PrimaryColumn({ name: 'jeune_id', type: 'uuid' }) id: string;
  @Field(() => String) @Column('text') prenom: string;
  @Field(() => String) @Column('text') nom: string;
}

@Entity({ schema: 'sillage', name: 'acte' })
@ObjectType()
export class Acte {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId: string;
  @Field(() => ID) @PrimaryColumn('uuid') id: string;
  @Column({ name: 'accompagnement_id', type: 'uuid' }) accompagnementId: string;
  @Field(() => String) @Column('text') nature: string;
  @Field(() => String) @Column('date') date: string;
}

@Entity({ schema: 'sillage', name: 'accompagnement' })
@ObjectType()
export class Accompagnement {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId: string;
  @Field(() => ID) @PrimaryColumn('uuid') id: string;
  @Field(() => String) @Column('text') numero: string;
  @Column({ name: 'jeune_id', type: 'uuid' }) jeuneId: string;
  @Column({ name: 'structure_id', type: 'uuid' }) structureId: string;
  @Column({ name: 'territoire_id', type: 'uuid' }) territoireId: string;
  @Field(() => String) @Column('text') dispositif: string;
  @Field(() => String) @Column('text') etat: string;
  @Field(() => String) @Column('date') du: string;
  @Field(() => String, { nullable: true }) @Column('date', { nullable: true }) au: string | null;
}

@Entity({ schema: 'sillage', name: 'candidature' })
@ObjectType()
export class Candidature {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId: string;
  @Field(() => ID) @PrimaryColumn('uuid') id: string;
  @Field(() => String) @Column('text') numero: string;
  @Column('text') dispositif: string;
  @Column({ name: 'structure_id', type: 'uuid' }) structureId: string;
  @Field(() => String) @Column('text') etat: string;
}

@Entity({ schema: 'sillage', name: 'candidature_territoire' })
export class CandidatureTerritoire {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId: string;
  @PrimaryColumn({ name: 'candidature_id', type: 'uuid' }) candidatureId: string;
  @PrimaryColumn({ name: 'territoire_id', type: 'uuid' }) territoireId: string;
}

@Entity({ schema: 'sillage', name: 'convention' })
@ObjectType()
export class Convention {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId: string;
  @Field(() => ID) @PrimaryColumn('uuid') id: string;
  @Field(() => String) @Column('text') numero: string;
  @Column({ name: 'candidature_id', type: 'uuid' }) candidatureId: string;
  @Field(() => String) @Column('text') etat: string;
  @Column({ name: 'montant_centimes', type: 'bigint' }) montantCentimes: string;
}

@Entity({ schema: 'sillage', name: 'versement' })
@ObjectType()
export class Versement {
  @PrimaryColumn({ name: 'departement_id', type: 'text' }) departementId: string;
  @Field(() => ID) @PrimaryColumn('uuid') id: string;
  @Field(() => String) @Column('text') numero: string;
  @Column({ name: 'convention_id', type: 'uuid' }) conventionId: string;
  @Field(() => String) @Column('text') tranche: string;
  @Field(() => String) @Column('text') etat: string;
  @Column({ name: 'montant_centimes', type: 'bigint' }) montantCentimes: string;
}

@ObjectType()
export class PageInfo {
  @Field(() => Boolean) hasNextPage: boolean;
  @Field(() => String, { nullable: true }) endCursor: string | null;
}

@ObjectType()
export class ActeConnection {
  @Field(() => Int) totalCount: number;
  @Field(() => [Acte]) nodes: Acte[];
}

@ObjectType()
export class AccompagnementConnection {
  @Field(() => Int) totalCount: number;
  @Field(() => PageInfo) pageInfo: PageInfo;
  @Field(() => [Accompagnement]) nodes: Accompagnement[];
}

@ObjectType()
export class CandidatureConnection {
  @Field(() => [Candidature]) nodes: Candidature[];
}

@ObjectType()
export class NombreParEtat {
  territoireId: string;
  @Field(() => String) dispositif: string;
  @Field(() => String) etat: string;
  @Field(() => Int) nombre: number;
}
