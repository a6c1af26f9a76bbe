import type { ContexteActeur } from '@sillage/access';
import { DateCivileScalaire, type Dispositif, MontantScalaire } from '@sillage/dispositif-kit';
import { Refus } from '@sillage/kernel';
import { UniteDeTravail } from '@sillage/persistence';
import type { Type } from '@nestjs/common';
import { Args, Context, Field, ID, InputType, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { Erreur, ExplicationType, presenterExplication, uneFois } from '../api/index.js';
import { bilanDuDispositif } from '../bilans/bilan-dispositif.lu.js';
import { candidatureDuDispositif } from '../candidatures/candidature-dispositif.lu.js';
import { NoteItemInput } from '../cotations/cotation.types.js';
import { conventionDuDispositif } from '../conventions/convention-dispositif.lu.js';
import { enSens } from '../versements/ecart.js';
import type { SensVersement } from '../versements/versement.entity.js';
import { SensVersementEnum } from '../versements/versement.lu.js';
import { type Simulation, SimulationService, type Supposition, total } from './simulation.service.js';

@ObjectType('VersementSimule', { description: 'Un versement qui serait proposé.' })
class VersementSimuleType {
  @Field(() => String) tranche!: string;
  @Field(() => String) libelle!: string;
  @Field(() => SensVersementEnum) sens!: SensVersement;
  @Field(() => MontantScalaire) montant!: string;
  @Field(() => ExplicationType) explication!: ExplicationType;
}

@ObjectType('SimulationVersements', { description: 'Ce que vaudrait un dossier supposé : rien n’est enregistré.' })
class SimulationType {
  @Field(() => [Erreur], { description: 'Ce qui empêche le calcul ; vide s’il est fait.' })
  errors!: Erreur[];

  @Field(() => MontantScalaire, { nullable: true, description: 'Le plus que le Département accorderait.' })
  plafond!: string | null;

  @Field(() => ExplicationType, { nullable: true })
  explicationDuPlafond!: ExplicationType | null;

  @Field(() => [VersementSimuleType], {
    description: 'Dans l’ordre ; sans bilan supposé, seulement ceux de la signature.',
  })
  versements!: VersementSimuleType[];

  @Field(() => MontantScalaire, { nullable: true, description: 'Leur somme, trop-perçus déduits.' })
  total!: string | null;
}

/** What the API offers to suppose a dossier of one dispositif, made from its declaration. */
export const resolveurSimulations = uneFois(fabriquer);

function fabriquer(dispositif: Dispositif): Type {
  const { prefixe, libelle } = dispositif;
  const { entree: champs } = candidatureDuDispositif(dispositif);
  const { entree: termes } = conventionDuDispositif(dispositif);
  const bilan = dispositif.bilan ? bilanDuDispositif(dispositif).declare : null;

  @InputType(`Versement${prefixe}SimulerInput`)
  class SimulerInput implements Supposition {
    @Field(() => ID, { nullable: true, description: 'Un appel, pour ses paramètres propres.' })
    appelId?: string | null;

    @Field(() => [String], { nullable: true, description: 'Codes ou noms des territoires, pour leurs paramètres.' })
    territoires?: string[] | null;

    @Field(() => DateCivileScalaire, { nullable: true, description: 'Dernière signature ; aujourd’hui si absente.' })
    signeeLe?: string | null;

    @Field(() => DateCivileScalaire, { description: 'Premier jour de la convention.' })
    du!: string;

    @Field(() => DateCivileScalaire, { description: 'Dernier jour, inclus.' })
    au!: string;

    @Field(() => MontantScalaire, { description: 'Participation conventionnée.' })
    montant!: string;

    @Field(() => champs, { nullable: true, description: 'Seulement ce dont le calcul dépend.' })
    champs?: Record<string, unknown>;

    @Field(() => termes)
    termes!: Record<string, unknown>;
    declare bilan?: Record<string, unknown> | null;
    declare notes?: NoteItemInput[] | null;
  }
  if (bilan) {
    Field(() => bilan, {
      nullable: true,
      description: 'Ce qui aurait été fait : seulement ce dont le calcul dépend.',
    })(SimulerInput.prototype, 'bilan');
  }

  if (dispositif.grille) {
    Field(() => [NoteItemInput], {
      nullable: true,
      description: 'Notes supposées sur la grille, au lieu de celles du bilan ; un item absent ne rapporte rien.',
    })(SimulerInput.prototype, 'notes');
  }

  @Resolver()
  class ResolveurSimulations {
    constructor(
      private readonly unites: UniteDeTravail,
      private readonly service: SimulationService,
    ) {}

    @Query(() => SimulationType, {
      name: `versement${prefixe}Simuler`,
      description: `Ce que vaudrait un dossier du dispositif « ${libelle} » : le calcul même des versements, sans effet.`,
    })
    async simuler(
      @Context('contexte') contexte: ContexteActeur,
      @Args('input', { type: () => SimulerInput }) input: SimulerInput,
    ): Promise<SimulationType> {
      try {
        return presenter(
          await this.unites.lecture(contexte.departementId, (em) =>
            this.service.simuler(em, contexte, dispositif, input),
          ),
        );
      } catch (erreur) {
        if (!(erreur instanceof Refus)) throw erreur;
        const rien = { plafond: null, explicationDuPlafond: null, versements: [], total: null };
        return { errors: [...erreur.erreurs], ...rien };
      }
    }
  }
  return ResolveurSimulations;
}

function presenter({ plafond, versements }: Simulation): SimulationType {
  return {
    errors: [],
    plafond: plafond.montant?.toString() ?? null,
    explicationDuPlafond: presenterExplication(plafond.explication),
    versements: versements.flatMap(({ tranche, declaration: { libelle }, aProposer }) => {
      if (!aProposer) return [];
      const { sens, montant } = enSens(aProposer.montant);
      const explication = presenterExplication(aProposer.explication);
      return [{ tranche, libelle, sens, montant: montant.toString(), explication }];
    }),
    total: total(versements).toString(),
  };
}
