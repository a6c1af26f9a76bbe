import type { ContexteActeur } from '@sillage/access';
import { lire } from '@sillage/dispositif-kit';
import { aujourdhui, type Horloge } from '@sillage/kernel';
import { UniteDeTravail } from '@sillage/persistence';
import { Inject } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { type Connexion, ExecuteurMutation, HORLOGE, type Reponse, repondre } from '../api/index.js';
import { CommunesArgs, connexionCommunes, lireCurseur } from './commune.page.js';
import { saisieJour, saisieRattachement } from './commune.saisie.js';
import { CommuneService } from './commune.service.js';
import {
  CommuneConnection,
  CommuneRattacherInput,
  CommuneRattacherPayload,
  CommuneType,
  presenterCommune,
} from './commune.types.js';
import { RattachementService } from './rattachement.service.js';
import { TerritoireService } from './territoire.service.js';

const PAGE_PAR_DEFAUT = 50;

@Resolver(() => CommuneType)
export class CommuneResolver {
  constructor(
    private readonly unites: UniteDeTravail,
    private readonly executeur: ExecuteurMutation,
    private readonly service: CommuneService,
    private readonly territoires: TerritoireService,
    private readonly rattachements: RattachementService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  @Query(() => CommuneConnection, { description: 'Les communes du Département, par ordre de code INSEE.' })
  async communes(
    @Context('contexte') contexte: ContexteActeur,
    @Args() { territoire, recherche, date, first, after }: CommunesArgs,
  ): Promise<Connexion<CommuneType>> {
    const jour = date ? lire(saisieJour, date, ['date']) : aujourdhui(this.horloge);
    const apres = after ? lireCurseur(after) : null;
    const page = await this.unites.lecture(contexte.departementId, async (em) => {
      const cherche = territoire ? await this.territoires.exiger(em, contexte, territoire, ['territoire']) : null;
      const filtre = { territoireId: cherche?.id ?? null, recherche: recherche?.trim() || null, date: jour };
      return this.service.lister(em, contexte, filtre, { taille: first ?? PAGE_PAR_DEFAUT, apres });
    });
    return connexionCommunes({ ...page, hasPreviousPage: apres !== null }, (c) => presenterCommune(c, jour));
  }

  @Query(() => CommuneType, { nullable: true, description: 'Une commune par son code INSEE.' })
  async commune(
    @Context('contexte') contexte: ContexteActeur,
    @Args('code', { type: () => String }) code: string,
  ): Promise<CommuneType | null> {
    const commune = await this.unites.lecture(contexte.departementId, (em) => this.service.trouver(em, contexte, code));
    return commune === null ? null : presenterCommune(commune, aujourdhui(this.horloge));
  }

  @Mutation(() => CommuneRattacherPayload, {
    description:
      'Rattache une commune à un territoire à partir d’un jour (AMB-139). La période en cours ce jour-là est close la veille.',
  })
  async communeRattacher(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input', { type: () => CommuneRattacherInput }) input: CommuneRattacherInput,
  ): Promise<Reponse<'commune', CommuneType>> {
    return repondre(input, 'commune', () => {
      const demande = lire(saisieRattachement, input, ['input']);
      return this.executeur.executer(contexte, 'communeRattacher', input, {
        effet: (em) => this.rattachements.rattacher(em, contexte, demande),
        relire: async (em, id) => {
          const commune = await this.rattachements.communeRattachee(em, contexte, id);
          return presenterCommune(commune, demande.du);
        },
      });
    });
  }
}
