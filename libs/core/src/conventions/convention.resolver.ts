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
import { type CandidaturePresentee, CandidatureType } from '../candidatures/index.js';
import type { EtatConvention } from './convention.entity.js';
import { LectureConventions } from './convention.lecture.js';
import { ConventionService } from './convention.service.js';
import {
  ConventionConnection,
  type ConventionPresentee,
  ConventionSignerInput,
  ConventionSignerPayload,
  ConventionType,
  EtatConventionEnum,
} from './convention.types.js';

@ArgsType()
class ConventionsArgs extends PaginationArgs {
  @Field(() => String, { nullable: true, description: 'Code d’un dispositif.' })
  dispositif?: string | null;

  @Field(() => [EtatConventionEnum], { nullable: true })
  etats?: EtatConvention[] | null;
}

@Resolver(() => ConventionType)
export class ConventionResolver {
  constructor(
    private readonly unites: UniteDeTravail,
    private readonly mutations: ExecuteurMutation,
    private readonly lecture: LectureConventions,
    private readonly service: ConventionService,
  ) {}

  @Query(() => ConventionConnection, {
    description: 'Les conventions que vous pouvez consulter, de la plus récente à la plus ancienne.',
  })
  async conventions(
    @Context('contexte') contexte: ContexteActeur,
    @Args() args: ConventionsArgs,
  ): Promise<Connexion<unknown>> {
    return this.unites.lecture(contexte.departementId, async (em) => {
      const page = await this.lecture.lister(em, contexte, args, args);
      const presentees = await this.lecture.presenter(em, contexte, page.lignes);
      return connexion(page, (ligne) => presentees.find((p) => p.uuid === ligne.id));
    });
  }

  @Query(() => ConventionType as never, {
    nullable: true,
    description: 'Nulle si elle n’existe pas ou ne vous est pas accessible.',
  })
  async convention(
    @Context('contexte') contexte: ContexteActeur,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<ConventionPresentee | null> {
    const uuid = lireIdOuNul('Convention', id);
    if (uuid === null) return null;
    return this.unites.lecture(contexte.departementId, (em) => this.lecture.relire(em, contexte, { id: uuid }));
  }

  @ResolveField(() => [ActionPossible], { description: 'Ce que vous pouvez faire ensuite et, sinon, pourquoi.' })
  async actionsPossibles(
    @Context('contexte') contexte: ContexteActeur,
    @Parent() { uuid }: ConventionPresentee,
  ): Promise<ActionPossible[]> {
    const actions = await this.unites.lecture(contexte.departementId, (em) => this.lecture.actions(em, contexte, uuid));
    return actions.map(({ action, decision }) => presenterAction(action, decision));
  }

  @Mutation(() => ConventionSignerPayload, {
    description:
      'Enregistre la signature d’une partie. La seconde conclut la convention : les versements dus à la signature sont calculés.',
  })
  conventionSigner(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: ConventionSignerInput,
  ): Promise<Reponse<'convention', ConventionPresentee | null>> {
    return repondre(input, 'convention', () =>
      this.mutations.executer(contexte, 'conventionSigner', input, {
        effet: (em) => this.service.signer(em, contexte, input),
        relire: (em, id) => this.lecture.relire(em, contexte, { id }),
      }),
    );
  }
}

/** From a candidature to its convention. */
@Resolver(() => CandidatureType)
export class ConventionDeCandidatureResolver {
  constructor(
    private readonly unites: UniteDeTravail,
    private readonly lecture: LectureConventions,
  ) {}

  @ResolveField(() => ConventionType as never, {
    nullable: true,
    description: 'La convention préparée, si vous pouvez la consulter.',
  })
  async convention(
    @Context('contexte') contexte: ContexteActeur,
    @Parent() { uuid }: CandidaturePresentee,
  ): Promise<ConventionPresentee | null> {
    return this.unites.lecture(contexte.departementId, (em) =>
      this.lecture.relire(em, contexte, { candidatureId: uuid }),
    );
  }
}
