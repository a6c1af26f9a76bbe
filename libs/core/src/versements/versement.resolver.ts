import type { ContexteActeur } from '@sillage/access';
import { UniteDeTravail } from '@sillage/persistence';
import { Args, ArgsType, Context, Field, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  ActionPossible,
  connexion,
  type Connexion,
  ExecuteurMutation,
  lireIdOuNul,
  PaginationArgs,
  presenterAction,
  type Reponse,
  repondre,
} from '../api/index.js';
import type { EtatVersement } from './versement.entity.js';
import { LectureVersements } from './versement.lecture.js';
import type { ActionVersement } from './versement.policy.js';
import { VersementService } from './versement.service.js';
import {
  EtatVersementEnum,
  presenterVersement,
  VersementConnection,
  VersementRefuserInput,
  VersementRefuserPayload,
  VersementType,
  VersementValiderInput,
  VersementValiderPayload,
} from './versement.types.js';

@ArgsType()
class VersementsArgs extends PaginationArgs {
  @Field(() => String, { nullable: true, description: 'Code d’un dispositif.' })
  dispositif?: string | null;

  @Field(() => [EtatVersementEnum], { nullable: true })
  etats?: EtatVersement[] | null;
}

@Resolver(() => VersementType)
export class VersementResolver {
  constructor(
    private readonly unites: UniteDeTravail,
    private readonly mutations: ExecuteurMutation,
    private readonly lecture: LectureVersements,
    private readonly service: VersementService,
  ) {}

  @Query(() => VersementConnection, {
    description: 'Les versements que vous pouvez consulter, du plus récent au plus ancien.',
  })
  async versements(
    @Context('contexte') contexte: ContexteActeur,
    @Args() args: VersementsArgs,
  ): Promise<Connexion<unknown>> {
    const page = await this.unites.lecture(contexte.departementId, (em) =>
      this.lecture.lister(em, contexte, args, args),
    );
    return connexion(page, presenterVersement);
  }

  @Query(() => VersementType, { nullable: true, description: 'Nul s’il n’existe pas ou ne vous est pas accessible.' })
  async versement(
    @Context('contexte') contexte: ContexteActeur,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<VersementType | null> {
    const uuid = lireIdOuNul('Versement', id);
    if (uuid === null) return null;
    const versement = await this.unites.lecture(contexte.departementId, (em) =>
      this.lecture.trouver(em, contexte, uuid),
    );
    return versement && presenterVersement(versement);
  }

  @ResolveField(() => [ActionPossible], { description: 'Ce que vous pouvez faire ensuite et, sinon, pourquoi.' })
  async actionsPossibles(
    @Context('contexte') contexte: ContexteActeur,
    @Parent() { uuid }: { uuid: string },
  ): Promise<ActionPossible[]> {
    const actions = await this.unites.lecture(contexte.departementId, (em) => this.lecture.actions(em, contexte, uuid));
    return actions.map(({ action, decision }) => presenterAction(action, decision));
  }

  @Mutation(() => VersementValiderPayload, { description: 'Valide le montant proposé (siège).' })
  versementValider(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: VersementValiderInput,
  ): Promise<Reponse<'versement', VersementType | null>> {
    return this.decider(contexte, 'versementValider', 'VALIDER', input);
  }

  @Mutation(() => VersementRefuserPayload, { description: 'Refuse le montant proposé, avec un motif (siège).' })
  versementRefuser(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: VersementRefuserInput,
  ): Promise<Reponse<'versement', VersementType | null>> {
    return this.decider(contexte, 'versementRefuser', 'REFUSER', input);
  }

  private decider(
    contexte: ContexteActeur,
    mutation: string,
    action: ActionVersement,
    input: VersementValiderInput | VersementRefuserInput,
  ): Promise<Reponse<'versement', VersementType | null>> {
    return repondre(input, 'versement', () =>
      this.mutations.executer(contexte, mutation, input, {
        effet: (em) => this.service.decider(em, contexte, action, input),
        relire: async (em, id) => {
          const versement = await this.lecture.trouver(em, contexte, id);
          return versement && presenterVersement(versement);
        },
      }),
    );
  }
}
