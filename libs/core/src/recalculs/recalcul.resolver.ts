import type { ContexteActeur } from '@sillage/access';
import { classeGraphql } from '@sillage/read';
import { Args, Context, Field, ID, Info, InputType, Mutation, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Gestes, MutationInput, type Reponse, typeReponse } from '../api/index.js';
import { RecalculService } from './recalcul.service.js';
import { tacheLue } from './tache.lu.js';

@InputType()
class VersementsRecalculerInput extends MutationInput {
  @Field(() => ID)
  appelId!: string;

  @Field(() => Boolean, { description: 'Faux : dit ce qui changerait, et ne change rien. Commencez par là.' })
  appliquer!: boolean;
}

const VersementsRecalculerPayload = typeReponse('VersementsRecalculer', 'tache', () => classeGraphql(tacheLue));

/** Recalculations of whole appels. */
@Resolver()
export class RecalculResolver {
  constructor(
    private readonly gestes: Gestes,
    private readonly service: RecalculService,
  ) {}

  @Mutation(() => VersementsRecalculerPayload, {
    description:
      'Recalcule ce que valent toutes les conventions d’un appel, en une tâche que l’on suit (siège). Ce qui est liquidé ou payé reste : la différence est proposée.',
  })
  versementsRecalculer(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: VersementsRecalculerInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'tache', unknown>> {
    return this.gestes.faire(contexte, input, info, {
      champ: 'tache',
      type: tacheLue,
      effet: (em) => this.service.demander(em, contexte, input),
    });
  }
}
