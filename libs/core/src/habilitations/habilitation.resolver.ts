import type { ContexteActeur } from '@sillage/access';
import { UniteDeTravail } from '@sillage/persistence';
import { Args, ArgsType, Context, Field, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { EntityManager } from 'typeorm';
import { lireDepuis } from '../api/depuis.js';
import {
  type Connexion,
  connexion,
  ExecuteurMutation,
  introuvable,
  lireId,
  ListeArgs,
  type MutationInput,
  type Reponse,
  repondre,
} from '../api/index.js';
import { presenterStructure, StructureService, type StructurePresentee, StructureType } from '../structures/index.js';
import { AdministrationHabilitations } from './habilitation.administration.js';
import { LectureHabilitations } from './habilitation.lecture.js';
import { lireAccord, lireRevocation } from './habilitation.saisie.js';
import {
  HabilitationAccorderInput,
  HabilitationAccorderPayload,
  HabilitationConnection,
  HabilitationRevoquerInput,
  HabilitationRevoquerPayload,
  HabilitationType,
  presenterHabilitation,
} from './habilitation.types.js';

@ArgsType()
class HabilitationsArgs extends ListeArgs {
  @Field(() => ID, { nullable: true, description: 'Celles d’une seule personne.' })
  utilisateurId?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Ne rend que celles qui comptent aujourd’hui.' })
  enVigueur!: boolean;
}

@Resolver(() => HabilitationType)
export class HabilitationResolver {
  constructor(
    private readonly unites: UniteDeTravail,
    private readonly executeur: ExecuteurMutation,
    private readonly lecture: LectureHabilitations,
    private readonly administration: AdministrationHabilitations,
    private readonly structures: StructureService,
  ) {}

  @Query(() => HabilitationConnection, {
    description:
      'Les habilitations, des plus récentes aux plus anciennes : les vôtres, et toutes pour l’administrateur.',
  })
  async habilitations(
    @Context('contexte') contexte: ContexteActeur,
    @Args() { utilisateurId, enVigueur, updatedSince, ...page }: HabilitationsArgs,
  ): Promise<Connexion<HabilitationType>> {
    const filtre = {
      utilisateurId: utilisateurId ? lireId('Utilisateur', utilisateurId, ['utilisateurId']) : null,
      enVigueur,
      modifieDepuis: lireDepuis(updatedSince),
    };
    const lue = await this.unites.lecture(contexte.departementId, (em) =>
      this.lecture.lister(em, contexte, filtre, page),
    );
    return connexion(lue, presenterHabilitation);
  }

  @ResolveField(() => StructureType, { nullable: true, description: 'La structure où elle s’exerce.' })
  async structure(
    @Context('contexte') contexte: ContexteActeur,
    @Parent() { structureUuid }: HabilitationType,
  ): Promise<StructurePresentee | null> {
    if (structureUuid === null) return null;
    const trouvee = await this.unites.lecture(contexte.departementId, (em) =>
      this.structures.trouver(em, contexte, structureUuid),
    );
    return trouvee === null ? null : presenterStructure(trouvee);
  }

  @Mutation(() => HabilitationAccorderPayload, {
    description: 'Donne un rôle à une personne ou à une machine. Prend effet en moins d’une minute.',
  })
  habilitationAccorder(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input', { type: () => HabilitationAccorderInput }) input: HabilitationAccorderInput,
  ): Promise<Reponse<'habilitation', HabilitationType>> {
    return this.ecrire(contexte, 'habilitationAccorder', input, () => {
      const demande = lireAccord(input);
      return (em) => this.administration.accorder(em, contexte, demande);
    });
  }

  @Mutation(() => HabilitationRevoquerPayload, {
    description: 'Retire un rôle. Prend effet en moins d’une minute ; l’habilitation reste pour mémoire.',
  })
  habilitationRevoquer(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input', { type: () => HabilitationRevoquerInput }) input: HabilitationRevoquerInput,
  ): Promise<Reponse<'habilitation', HabilitationType>> {
    return this.ecrire(contexte, 'habilitationRevoquer', input, () => {
      const revocation = lireRevocation(input);
      return (em) => this.administration.revoquer(em, contexte, revocation);
    });
  }

  private ecrire(
    contexte: ContexteActeur,
    mutation: string,
    input: MutationInput,
    lire: () => (em: EntityManager) => Promise<string>,
  ): Promise<Reponse<'habilitation', HabilitationType>> {
    return repondre(input, 'habilitation', () => {
      const effet = lire();
      const relire = async (em: EntityManager, id: string): Promise<HabilitationType> => {
        const habilitation = await this.lecture.trouver(em, contexte, id);
        if (habilitation === null) throw introuvable(['input']);
        return presenterHabilitation(habilitation);
      };
      return this.executeur.executer(contexte, mutation, input, { effet, relire });
    });
  }
}
