import type { ContexteActeur } from '@sillage/access';
import { UniteDeTravail } from '@sillage/persistence';
import type { EntityManager } from 'typeorm';
import { Args, ArgsType, Context, Field, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  ActionPossible,
  type Connexion,
  connexion,
  ExecuteurMutation,
  lireId,
  lireIdOuNul,
  ListeArgs,
  type MutationInput,
  presenterAction,
  type Reponse,
  repondre,
} from '../api/index.js';
import type { EtatCandidature } from './candidature.entity.js';
import { LectureCandidatures } from './candidature.lecture.js';
import { CandidatureService } from './candidature.service.js';
import {
  CandidatureAbandonnerInput,
  CandidatureAbandonnerPayload,
  CandidatureConnection,
  CandidatureDeciderInput,
  CandidatureDeciderPayload,
  CandidatureDeposerInput,
  CandidatureDeposerPayload,
  CandidatureDonnerAvisInput,
  CandidatureDonnerAvisPayload,
  type CandidaturePresentee,
  CandidatureType,
  CandidatureValiderInput,
  CandidatureValiderPayload,
  EtatCandidatureEnum,
  PointAConfirmer,
} from './candidature.types.js';
import { InstructionService } from './instruction.service.js';

@ArgsType()
class CandidaturesArgs extends ListeArgs {
  @Field(() => String, { nullable: true, description: 'Code d’un dispositif.' })
  dispositif?: string | null;

  @Field(() => [EtatCandidatureEnum], { nullable: true })
  etats?: EtatCandidature[] | null;

  @Field(() => ID, { nullable: true })
  appelId?: string | null;
}

type Effet = (em: EntityManager) => Promise<string>;

/** Lists and gestures that every dispositif shares. */
@Resolver(() => CandidatureType)
export class CandidatureResolver {
  constructor(
    private readonly unites: UniteDeTravail,
    private readonly mutations: ExecuteurMutation,
    private readonly lecture: LectureCandidatures,
    private readonly candidatures: CandidatureService,
    private readonly instruction: InstructionService,
  ) {}

  @Query(() => CandidatureConnection, {
    name: 'candidatures',
    description: 'Les candidatures que vous pouvez consulter, de la plus récente à la plus ancienne.',
  })
  async listeCandidatures(
    @Context('contexte') contexte: ContexteActeur,
    @Args() args: CandidaturesArgs,
  ): Promise<Connexion<unknown>> {
    return this.unites.lecture(contexte.departementId, async (em) => {
      const appelId = args.appelId ? lireId('Appel', args.appelId, ['appelId']) : null;
      const page = await this.lecture.lister(em, contexte, { ...args, appelId }, args);
      const presentees = await this.lecture.presenter(em, contexte, page.lignes);
      return connexion(page, (ligne) => presentees.find((p) => p.uuid === ligne.id));
    });
  }

  @Query(() => CandidatureType as never, {
    nullable: true,
    description: 'Nulle si elle n’existe pas ou ne vous est pas accessible.',
  })
  async candidature(
    @Context('contexte') contexte: ContexteActeur,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<CandidaturePresentee | null> {
    const uuid = lireIdOuNul('Candidature', id);
    if (uuid === null) return null;
    return this.unites.lecture(contexte.departementId, (em) => this.lecture.relire(em, contexte, uuid));
  }

  @ResolveField(() => [ActionPossible], { description: 'Ce que vous pouvez faire ensuite et, sinon, pourquoi.' })
  async actionsPossibles(
    @Context('contexte') contexte: ContexteActeur,
    @Parent() { uuid }: CandidaturePresentee,
  ): Promise<ActionPossible[]> {
    const actions = await this.unites.lecture(contexte.departementId, (em) => this.lecture.actions(em, contexte, uuid));
    return actions.map(({ action, decision }) => presenterAction(action, decision));
  }

  @ResolveField(() => [PointAConfirmer], { description: 'Cas limites à confirmer par qui décide.' })
  async pointsAConfirmer(
    @Context('contexte') contexte: ContexteActeur,
    @Parent() { uuid }: CandidaturePresentee,
  ): Promise<PointAConfirmer[]> {
    const points = await this.unites.lecture(contexte.departementId, (em) =>
      this.lecture.aConfirmer(em, contexte, uuid),
    );
    return points.map(({ regle, motifs }) => ({
      regle,
      motifs: motifs.map(({ chemin, ...motif }) => ({ ...motif, path: chemin ?? [] })),
    }));
  }

  @Mutation(() => CandidatureDeposerPayload, {
    description: 'Dépose un brouillon complet, pendant la fenêtre de l’appel (AMB-044).',
  })
  candidatureDeposer(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: CandidatureDeposerInput,
  ): Promise<Reponse<'candidature', unknown>> {
    return this.faire(contexte, 'candidatureDeposer', input, (em) =>
      this.candidatures.deposer(em, contexte, input.candidatureId),
    );
  }

  @Mutation(() => CandidatureValiderPayload, {
    description: 'Valide une candidature déposée : geste final du porteur, avant la clôture (AMB-044).',
  })
  candidatureValider(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: CandidatureValiderInput,
  ): Promise<Reponse<'candidature', unknown>> {
    return this.faire(contexte, 'candidatureValider', input, (em) =>
      this.candidatures.valider(em, contexte, input.candidatureId),
    );
  }

  @Mutation(() => CandidatureAbandonnerPayload, { description: 'Abandonne un brouillon ou une candidature déposée.' })
  candidatureAbandonner(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: CandidatureAbandonnerInput,
  ): Promise<Reponse<'candidature', unknown>> {
    return this.faire(contexte, 'candidatureAbandonner', input, (em) =>
      this.candidatures.abandonner(em, contexte, input.candidatureId),
    );
  }

  @Mutation(() => CandidatureDonnerAvisPayload, { description: 'Rend l’avis d’un service territorial (AMB-105).' })
  candidatureDonnerAvis(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: CandidatureDonnerAvisInput,
  ): Promise<Reponse<'candidature', unknown>> {
    return this.faire(contexte, 'candidatureDonnerAvis', input, (em) =>
      this.instruction.donnerAvis(em, contexte, input),
    );
  }

  @Mutation(() => CandidatureDeciderPayload, {
    description: 'Retient ou rejette une candidature, avec ses raisons (AMB-105).',
  })
  candidatureDecider(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: CandidatureDeciderInput,
  ): Promise<Reponse<'candidature', unknown>> {
    return this.faire(contexte, 'candidatureDecider', input, (em) => this.instruction.decider(em, contexte, input));
  }

  private faire(
    contexte: ContexteActeur,
    nom: string,
    input: MutationInput,
    effet: Effet,
  ): Promise<Reponse<'candidature', unknown>> {
    return repondre(input, 'candidature', () =>
      this.mutations.executer(contexte, nom, input, {
        effet,
        relire: (em, id) => this.lecture.relire(em, contexte, id),
      }),
    );
  }
}
