import { type ContexteActeur, exigerDroit } from '@sillage/access';
import { DateCivileScalaire } from '@sillage/dispositif-kit';
import { aujourdhui, type Horloge } from '@sillage/kernel';
import { UniteDeTravail } from '@sillage/persistence';
import { Lectures } from '@sillage/read';
import { Inject } from '@nestjs/common';
import { Args, ArgsType, Context, Field, ID, Info, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { EntityManager } from 'typeorm';
import { lireTerritoires } from '../activations/index.js';
import { ExecuteurMutation, HORLOGE, type MutationInput, type Reponse, repondre } from '../api/index.js';
import { DispositifService } from '../dispositifs/index.js';
import { TerritoireService } from '../territoires/index.js';
import { LectureParametres } from './parametre.lecture.js';
import { lireAnnulation, lireJour, lireSurcharge } from './parametre.saisie.js';
import type { DossierParametre } from './parametre.service.js';
import {
  ParametreSurchargeAnnulerInput,
  ParametreSurchargeAnnulerPayload,
  ParametreSurchargerInput,
  ParametreSurchargerPayload,
  ParametreType,
  presenterParametre,
} from './parametre.types.js';
import { CiblesSurcharge } from './surcharge.cible.js';
import { surchargeLue } from './surcharge.lu.js';
import { SurchargeService } from './surcharge.service.js';

@ArgsType()
class ParametresArgs {
  @Field(() => String, { description: 'Code du dispositif.' })
  dispositif!: string;

  @Field(() => DateCivileScalaire, { nullable: true, description: 'Jour auquel les lire ; aujourd’hui par défaut.' })
  date?: string | null;

  @Field(() => ID, { nullable: true, description: 'Tels qu’ils valent pour cet appel.' })
  appelId?: string | null;

  @Field(() => [String], { nullable: true, description: 'Tels qu’ils valent sur ces territoires (codes ou noms).' })
  territoires?: string[] | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Tels qu’ils valent pour cette convention, avec son appel et ses territoires.',
  })
  conventionId?: string | null;
}

@Resolver(() => ParametreType)
export class ParametreResolver {
  constructor(
    private readonly unites: UniteDeTravail,
    private readonly executeur: ExecuteurMutation,
    private readonly lectures: Lectures,
    private readonly dispositifs: DispositifService,
    private readonly territoires: TerritoireService,
    private readonly cibles: CiblesSurcharge,
    private readonly lecture: LectureParametres,
    private readonly service: SurchargeService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  @Query(() => [ParametreType], {
    description: 'Les paramètres d’un dispositif, leur valeur à une date, d’où elle vient et leur histoire (TRANS-41).',
  })
  async parametres(
    @Context('contexte') contexte: ContexteActeur,
    @Args() args: ParametresArgs,
  ): Promise<ParametreType[]> {
    const dispositif = this.dispositifs.exiger(contexte, args.dispositif, ['dispositif']);
    exigerDroit(contexte, 'lire', 'Parametre', { dispositif: dispositif.code }, ['dispositif']);
    const date = lireJour(args.date) ?? aujourdhui(this.horloge);
    const lignes = await this.unites.lecture(contexte.departementId, async (em) => {
      const dossier = await this.lireDossier(em, contexte, args);
      return this.lecture.lister(em, contexte.departementId, dispositif, date, dossier);
    });
    return lignes.map(presenterParametre);
  }

  @Mutation(() => ParametreSurchargerPayload, {
    description:
      'Décide une autre valeur pour un appel, un territoire ou une convention. Elle prime sur la valeur déclarée.',
  })
  parametreSurcharger(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input', { type: () => ParametreSurchargerInput }) input: ParametreSurchargerInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'surcharge', unknown>> {
    return this.ecrire(contexte, input, info, () => {
      const demande = lireSurcharge(input);
      return (em) => this.service.surcharger(em, contexte, demande);
    });
  }

  @Mutation(() => ParametreSurchargeAnnulerPayload, {
    description: 'Annule une valeur décidée : elle ne compte plus, et reste dans l’histoire du paramètre.',
  })
  parametreSurchargeAnnuler(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input', { type: () => ParametreSurchargeAnnulerInput }) input: ParametreSurchargeAnnulerInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'surcharge', unknown>> {
    return this.ecrire(contexte, input, info, () => {
      const annulation = lireAnnulation(input);
      return (em) => this.service.annuler(em, contexte, annulation);
    });
  }

  private async lireDossier(
    em: EntityManager,
    contexte: ContexteActeur,
    args: ParametresArgs,
  ): Promise<DossierParametre> {
    const { dispositif, appelId, territoires, conventionId } = args;
    const implicite = conventionId
      ? (await this.cibles.lireConvention(em, contexte, dispositif, conventionId, ['conventionId'])).dossier
      : {};
    const lieux = territoires?.length
      ? await lireTerritoires(this.territoires, em, contexte, territoires, ['territoires'])
      : null;
    return {
      ...implicite,
      ...(appelId ? { appelId: await this.cibles.lireAppel(em, contexte, dispositif, appelId, ['appelId']) } : {}),
      ...(lieux === null ? {} : { territoireIds: lieux.map(({ id }) => id) }),
    };
  }

  private ecrire(
    contexte: ContexteActeur,
    input: MutationInput,
    info: GraphQLResolveInfo,
    lire: () => (em: EntityManager) => Promise<string>,
  ): Promise<Reponse<'surcharge', unknown>> {
    return repondre(input, 'surcharge', () => {
      const effet = lire();
      return this.executeur.executer(contexte, info.fieldName, input, {
        effet,
        relire: (em, uuid) =>
          this.lectures.relire(em, contexte, { type: surchargeLue, uuid, champ: 'surcharge' }, info),
      });
    });
  }
}
