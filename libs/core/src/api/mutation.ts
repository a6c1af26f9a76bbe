import { type ErreurMetier, Refus } from '@sillage/kernel';
import { Field, InputType, ObjectType, type ReturnTypeFuncValue } from '@nestjs/graphql';
import type { Type } from '@nestjs/common';

@InputType({ isAbstract: true })
export abstract class MutationInput {
  @Field(() => String, {
    nullable: true,
    description: 'Clé que vous choisissez : la même demande, renvoyée avec la même clé, n’est faite qu’une fois.',
  })
  clientMutationId?: string | null;
}

@ObjectType({ description: 'Un refus attendu : ce qui ne va pas, où, et au titre de quelle règle.' })
export class Erreur implements ErreurMetier {
  @Field(() => String, { description: 'Code stable, documenté dans docs/errors.md.' })
  code!: ErreurMetier['code'];

  @Field(() => String, { description: 'Phrase pour la personne qui saisit.' })
  message!: string;

  @Field(() => [String], { description: 'Chemin du champ en cause dans la demande.' })
  path!: string[];

  @Field(() => String, { nullable: true, description: 'Identifiant de la règle (docs/regles.md).' })
  regle!: string | null;
}

export type Reponse<C extends string, T> = { clientMutationId: string | null; errors: readonly ErreurMetier[] } & {
  [K in C]: T | null;
};

/** Makes `<Nom>Payload`: `{ clientMutationId, <cle>, errors }`. */
export function typeReponse<C extends string>(
  nom: string,
  cle: C,
  type: () => ReturnTypeFuncValue,
): Type<Reponse<C, unknown>> {
  @ObjectType(`${nom}Payload`)
  class Payload {
    @Field(() => String, { nullable: true })
    clientMutationId!: string | null;

    @Field(() => [Erreur], { description: 'Vide quand la demande a été faite.' })
    errors!: ErreurMetier[];
  }
  Field(type, { nullable: true, description: 'Nul quand la demande est refusée.' })(Payload.prototype, cle);
  return Payload as unknown as Type<Reponse<C, unknown>>;
}

/** Runs a mutation's effect; an expected refusal becomes the payload's `errors`, anything else goes on as a fault. */
export async function repondre<C extends string, T>(
  input: MutationInput,
  cle: C,
  effet: () => Promise<T>,
): Promise<Reponse<C, T>> {
  const clientMutationId = input.clientMutationId ?? null;
  try {
    return { clientMutationId, errors: [], [cle]: await effet() } as unknown as Reponse<C, T>;
  } catch (erreur) {
    if (!(erreur instanceof Refus)) throw erreur;
    return { clientMutationId, errors: erreur.erreurs, [cle]: null } as unknown as Reponse<C, T>;
  }
}
