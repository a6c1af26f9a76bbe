import type { ContexteActeur } from '@sillage/access';
import { Args, Context, Info, Mutation, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { Gestes, type Reponse } from '../api/index.js';
import { versementLu } from './versement.lu.js';
import type { ActionVersement } from './versement.policy.js';
import { VersementService } from './versement.service.js';
import {
  VersementRefuserInput,
  VersementRefuserPayload,
  VersementLiquiderInput,
  VersementLiquiderPayload,
  VersementOrdonnerInput,
  VersementOrdonnerPayload,
} from './versement.types.js';

/** What the siège decides of an amount. */
@Resolver()
export class VersementResolver {
  constructor(
    private readonly gestes: Gestes,
    private readonly service: VersementService,
  ) {}

  @Mutation(() => VersementLiquiderPayload, {
    description: 'Constate le service fait et arrête le montant proposé (service du dispositif, siège).',
  })
  versementLiquider(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: VersementLiquiderInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'versement', unknown>> {
    return this.decider(contexte, 'LIQUIDER', input, info);
  }

  @Mutation(() => VersementOrdonnerPayload, {
    description: 'Ordonne de payer le montant liquidé ou, d’un trop-perçu, de le reverser (siège, une autre personne).',
  })
  versementOrdonner(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: VersementOrdonnerInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'versement', unknown>> {
    return this.decider(contexte, 'ORDONNER', input, info);
  }

  @Mutation(() => VersementRefuserPayload, { description: 'Refuse le montant proposé, avec un motif (siège).' })
  versementRefuser(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: VersementRefuserInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'versement', unknown>> {
    return this.decider(contexte, 'REFUSER', input, info);
  }

  private decider(
    contexte: ContexteActeur,
    action: ActionVersement,
    input: VersementLiquiderInput | VersementRefuserInput,
    info: GraphQLResolveInfo,
  ): Promise<Reponse<'versement', unknown>> {
    return this.gestes.faire(contexte, input, info, {
      champ: 'versement',
      type: versementLu,
      effet: (em) => this.service.decider(em, contexte, action, input),
    });
  }
}
