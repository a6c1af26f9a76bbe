import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { MutationInput } from '../api/index.js';

@InputType('SousPointInput', { description: 'Les points d’une part d’un item.' })
export class SousPointInput {
  @Field(() => String, { description: 'Code de la part, dans la grille.' })
  code!: string;

  @Field(() => Int, { description: 'Points entiers.' })
  points!: number;
}

@InputType('NoteItemInput', { description: 'La note d’un item de la grille.' })
export class NoteItemInput {
  @Field(() => String, { description: 'Code de l’item, dans la grille.' })
  item!: string;

  @Field(() => Int, { description: 'Points entiers, de zéro au maximum de l’item.' })
  points!: number;

  @Field(() => [SousPointInput], {
    nullable: true,
    description: 'Obligatoires pour un item noté part par part ; leur somme fait ses points.',
  })
  sousPoints?: SousPointInput[] | null;

  @Field(() => String, { nullable: true, description: 'Pourquoi cette note.' })
  motif?: string | null;
}

@InputType('PreuveItemInput', { description: 'Ce que le porteur montre pour un item.' })
class PreuveItemInput {
  @Field(() => String, { description: 'Code de l’item, dans la grille.' })
  item!: string;

  @Field(() => String, { description: 'Un texte ou une adresse ; n’y nommez personne.' })
  preuve!: string;
}

@InputType('ObservationItemInput', { description: 'Ce que le porteur oppose à une note.' })
class ObservationItemInput {
  @Field(() => String, { description: 'Code de l’item, dans la grille.' })
  item!: string;

  @Field(() => String, { description: 'Ses raisons ; n’y nommez personne.' })
  observation!: string;
}

@InputType()
export class CotationRenseignerInput extends MutationInput {
  @Field(() => ID, { description: 'Une convention signée, d’un dispositif qui a une grille.' })
  conventionId!: string;

  @Field(() => Int, { nullable: true, description: 'La version que vous avez lue ; absente la première fois.' })
  version?: number | null;

  @Field(() => [PreuveItemInput])
  preuves!: PreuveItemInput[];
}

/** A gesture on a cotation that was read. */
@InputType({ isAbstract: true })
abstract class CotationLueInput extends MutationInput {
  @Field(() => ID)
  cotationId!: string;

  @Field(() => Int, { description: 'La version que vous avez lue.' })
  version!: number;
}

@InputType()
export class CotationSoumettreInput extends CotationLueInput {}

@InputType()
export class CotationNoterInput extends CotationLueInput {
  @Field(() => [NoteItemInput], { description: 'Les items que vous notez ; les autres restent comme ils sont.' })
  notes!: NoteItemInput[];
}

@InputType()
export class CotationProposerInput extends CotationLueInput {}

@InputType()
export class CotationObserverInput extends CotationLueInput {
  @Field(() => [ObservationItemInput])
  observations!: ObservationItemInput[];
}

@InputType()
export class CotationArreterInput extends CotationLueInput {
  @Field(() => [NoteItemInput], {
    nullable: true,
    description: 'Les notes que le siège change ; `motif` dit pourquoi.',
  })
  notes?: NoteItemInput[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Obligatoire quand le siège change des notes, ou que le porteur en conteste.',
  })
  motif?: string | null;
}

@InputType()
export class CotationRouvrirInput extends CotationLueInput {
  @Field(() => String, { description: 'Pourquoi les notes sont reprises.' })
  motif!: string;
}
