import type { ContexteActeur } from '@sillage/access';
import { UniteDeTravail } from '@sillage/persistence';
import { Args, ArgsType, Context, Field, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { EntityManager } from 'typeorm';
import { lireDepuis } from '../api/depuis.js';
import {
  type Connexion,
  connexion,
  ExecuteurMutation,
  introuvable,
  lireId,
  lireIdOuNul,
  ListeArgs,
  type MutationInput,
  type Reponse,
  repondre,
} from '../api/index.js';
import { TerritoireService } from '../territoires/index.js';
import type { EtatAppel } from './appel.entity.js';
import { EtatAppelEnum } from './appel.lu.js';
import { lireCreation, lireRetouche } from './appel.saisie.js';
import { AppelService } from './appel.service.js';
import {
  AppelConnection,
  AppelCreerInput,
  AppelCreerPayload,
  AppelModifierInput,
  AppelModifierPayload,
  AppelPublierInput,
  AppelPublierPayload,
  AppelType,
  presenterAppel,
} from './appel.types.js';
import { RedactionAppels } from './appel.redaction.js';

@ArgsType()
class AppelsArgs extends ListeArgs {
  @Field(() => String, { nullable: true, description: 'Code d’un dispositif.' })
  dispositif?: string | null;

  @Field(() => EtatAppelEnum, { nullable: true, description: 'Seulement ceux qui en sont là.' })
  etat?: EtatAppel | null;

  @Field(() => String, { nullable: true, description: 'Code ou nom d’un territoire couvert.' })
  territoire?: string | null;
}

@Resolver(() => AppelType)
export class AppelResolver {
  constructor(
    private readonly unites: UniteDeTravail,
    private readonly executeur: ExecuteurMutation,
    private readonly lecture: AppelService,
    private readonly redaction: RedactionAppels,
    private readonly territoires: TerritoireService,
  ) {}

  @Query(() => AppelConnection, { description: 'Les appels à projets, du plus récent au plus ancien.' })
  async appels(
    @Context('contexte') contexte: ContexteActeur,
    @Args() { dispositif, etat, territoire, updatedSince, ...page }: AppelsArgs,
  ): Promise<Connexion<AppelType>> {
    const modifieDepuis = lireDepuis(updatedSince);
    const lue = await this.unites.lecture(contexte.departementId, async (em) => {
      const lieu = territoire ? await this.territoires.exiger(em, contexte, territoire, ['territoire']) : null;
      const filtre = {
        dispositif: dispositif ?? null,
        etat: etat ?? null,
        territoireId: lieu?.id ?? null,
        modifieDepuis,
      };
      return this.lecture.lister(em, contexte, filtre, page);
    });
    return connexion(lue, presenterAppel);
  }

  @Query(() => AppelType, {
    nullable: true,
    description: 'Un appel ; nul s’il n’existe pas ou ne vous est pas accessible.',
  })
  async appel(
    @Context('contexte') contexte: ContexteActeur,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<AppelType | null> {
    const uuid = lireIdOuNul('Appel', id);
    if (uuid === null) return null;
    const trouve = await this.unites.lecture(contexte.departementId, (em) => this.lecture.trouver(em, contexte, uuid));
    return trouve === null ? null : presenterAppel(trouve);
  }

  @Mutation(() => AppelCreerPayload, { description: 'Crée un appel en brouillon, que l’administration seule voit.' })
  async appelCreer(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input', { type: () => AppelCreerInput }) input: AppelCreerInput,
  ): Promise<Reponse<'appel', AppelType>> {
    return this.ecrire(contexte, 'appelCreer', input, () => {
      const demande = lireCreation(input);
      return (em) => this.redaction.creer(em, contexte, demande);
    });
  }

  @Mutation(() => AppelModifierPayload, { description: 'Modifie un appel tant qu’il est en brouillon.' })
  async appelModifier(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input', { type: () => AppelModifierInput }) input: AppelModifierInput,
  ): Promise<Reponse<'appel', AppelType>> {
    return this.ecrire(contexte, 'appelModifier', input, () => {
      const retouche = lireRetouche(input);
      return (em) => this.redaction.modifier(em, contexte, retouche);
    });
  }

  @Mutation(() => AppelPublierPayload, {
    description:
      'Publie un appel : tout le monde le voit et il ne change plus. Le dispositif doit être activé pendant sa fenêtre.',
  })
  async appelPublier(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input', { type: () => AppelPublierInput }) input: AppelPublierInput,
  ): Promise<Reponse<'appel', AppelType>> {
    return this.ecrire(contexte, 'appelPublier', input, () => {
      const id = lireId('Appel', input.id, ['input', 'id']);
      return (em) => this.redaction.publier(em, contexte, id);
    });
  }

  private ecrire(
    contexte: ContexteActeur,
    mutation: string,
    input: MutationInput,
    lire: () => (em: EntityManager) => Promise<string>,
  ): Promise<Reponse<'appel', AppelType>> {
    return repondre(input, 'appel', () => {
      const effet = lire();
      const relire = async (em: EntityManager, id: string): Promise<AppelType> => {
        const appel = await this.lecture.trouver(em, contexte, id);
        if (appel === null) throw introuvable(['input']);
        return presenterAppel(appel);
      };
      return this.executeur.executer(contexte, mutation, input, { effet, relire });
    });
  }
}
