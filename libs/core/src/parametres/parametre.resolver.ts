import { type ContexteActeur, exigerDroit } from '@sillage/access';
import { DateCivileScalaire } from '@sillage/dispositif-kit';
import { aujourdhui, type Horloge } from '@sillage/kernel';
import { UniteDeTravail } from '@sillage/persistence';
import { Inject } from '@nestjs/common';
import { Args, ArgsType, Context, Field, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { EntityManager } from 'typeorm';
import { lireTerritoires } from '../activations/index.js';
import {
  ExecuteurMutation,
  HORLOGE,
  idOpaque,
  introuvable,
  type MutationInput,
  type Reponse,
  repondre,
} from '../api/index.js';
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
  presenterValeur,
  type SurchargeType,
} from './parametre.types.js';
import { CiblesSurcharge } from './surcharge.cible.js';
import { SurchargeEntity } from './surcharge.entity.js';
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
    exigerDroit(contexte, 'lire', 'Parametre', { dispositif: dispositif.code });
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
  ): Promise<Reponse<'surcharge', SurchargeType>> {
    return this.ecrire(contexte, 'parametreSurcharger', input, () => {
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
  ): Promise<Reponse<'surcharge', SurchargeType>> {
    return this.ecrire(contexte, 'parametreSurchargeAnnuler', input, () => {
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
    mutation: string,
    input: MutationInput,
    lire: () => (em: EntityManager) => Promise<string>,
  ): Promise<Reponse<'surcharge', SurchargeType>> {
    return repondre(input, 'surcharge', () => {
      const effet = lire();
      const relire = (em: EntityManager, id: string): Promise<SurchargeType> => this.relire(em, contexte, id);
      return this.executeur.executer(contexte, mutation, input, { effet, relire });
    });
  }

  private async relire(em: EntityManager, contexte: ContexteActeur, id: string): Promise<SurchargeType> {
    const { departementId } = contexte;
    const surcharge = await em.findOneBy(SurchargeEntity, { departementId, id });
    if (surcharge === null) throw introuvable(['input']);
    const dispositif = this.dispositifs.exiger(contexte, surcharge.dispositif, ['input']);
    const valeur = await this.lecture.decidee(em, departementId, dispositif, id);
    if (valeur === null) throw introuvable(['input']);
    const { cle } = surcharge;
    return {
      id: idOpaque('SurchargeParametre', id),
      dispositif: dispositif.code,
      cle,
      valeur: presenterValeur(valeur),
    };
  }
}
