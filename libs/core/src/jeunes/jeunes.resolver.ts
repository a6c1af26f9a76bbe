import type { ContexteActeur } from '@sillage/access';
import { DateCivileScalaire } from '@sillage/dispositif-kit';
import type { Horloge } from '@sillage/kernel';
import { classeGraphql } from '@sillage/read';
import { Inject } from '@nestjs/common';
import { Args, Context, Field, ID, Info, InputType, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { EntityManager } from 'typeorm';
import {
  enumerationGraphql,
  ExecuteurMutation,
  Gestes,
  HORLOGE,
  lireId,
  lireMotif,
  MutationInput,
  type Reponse,
  repondre,
  typeReponse,
} from '../api/index.js';
import { JsonScalaire } from '../dispositifs/json.scalaire.js';
import { ConservationService } from './conservation.service.js';
import { dossierPersonnelLu } from './dossier-personnel.lu.js';
import { lireRectifications, type SaisieRectification } from './jeune.saisie.js';
import { type Export, JeuneService, type MotifEffacement, MOTIFS_EFFACEMENT } from './jeune.service.js';
import { propositionConservationLue } from './proposition-conservation.lu.js';
import { RectificationService } from './rectification.service.js';

const REGLE = 'TRANS-30';

const MotifEffacementEnum = enumerationGraphql(
  MOTIFS_EFFACEMENT,
  'MotifEffacement',
  'Pourquoi un dossier est rendu anonyme.',
);

@InputType({ isAbstract: true })
abstract class JeuneInput extends MutationInput {
  @Field(() => ID)
  jeuneId!: string;
}

@InputType()
class JeuneExporterInput extends JeuneInput {}

@InputType()
class JeuneLeverLimitationInput extends JeuneInput {}

@InputType()
class JeuneLimiterInput extends JeuneInput {
  @Field(() => String, { description: 'Ce que la personne conteste, ou ce qui oblige à conserver.' })
  motif!: string;
}

@InputType()
class JeuneEffacerInput extends JeuneInput {
  @Field(() => MotifEffacementEnum)
  motif!: MotifEffacement;
}

@InputType({ description: 'Ce qui n’est pas donné ne change pas ; nul vide ce qui peut l’être.' })
class JeuneRectifierInput extends JeuneInput implements SaisieRectification {
  @Field(() => String, { nullable: true })
  prenom?: string | null;

  @Field(() => String, { nullable: true })
  nom?: string | null;

  @Field(() => DateCivileScalaire, { nullable: true })
  dateNaissance?: string | null;

  @Field(() => String, { nullable: true, description: 'Code INSEE.' })
  commune?: string | null;

  @Field(() => String, { nullable: true })
  telephone?: string | null;

  @Field(() => String, { nullable: true })
  courriel?: string | null;

  @Field(() => String, { nullable: true })
  adresse?: string | null;

  @Field(() => String, { nullable: true, description: 'Qui ils sont, et comment les joindre.' })
  representants?: string | null;

  @Field(() => String, { description: 'Qui l’a demandé, et pourquoi.' })
  motif!: string;
}

@InputType()
class ConservationViserInput extends MutationInput {
  @Field(() => ID)
  propositionId!: string;

  @Field(() => Boolean, { description: 'Vrai : ce qui est proposé est fait. Faux : rien ne l’est.' })
  confirmer!: boolean;

  @Field(() => String, { description: 'Pourquoi.' })
  motif!: string;
}

@ObjectType({ description: 'Tout ce qui est détenu sur une personne, à lui remettre.' })
class ExportPersonnel {
  @Field(() => JsonScalaire, { description: 'Table par table, pour une machine.' })
  json!: Export['json'];

  @Field(() => String, { description: 'Le même, à lire.' })
  document!: string;
}

const JeuneExporterPayload = typeReponse('JeuneExporter', 'export', () => ExportPersonnel);
const JeuneRectifierPayload = typeReponse('JeuneRectifier', 'dossier', () => classeGraphql(dossierPersonnelLu));
const JeuneLimiterPayload = typeReponse('JeuneLimiter', 'dossier', () => classeGraphql(dossierPersonnelLu));
const JeuneLeverLimitationPayload = typeReponse('JeuneLeverLimitation', 'dossier', () =>
  classeGraphql(dossierPersonnelLu),
);
const JeuneEffacerPayload = typeReponse('JeuneEffacer', 'dossier', () => classeGraphql(dossierPersonnelLu));
const ConservationViserPayload = typeReponse('ConservationViser', 'proposition', () =>
  classeGraphql(propositionConservationLue),
);

/** What is done of the rights of young people on their data. */
@Resolver()
export class JeunesResolver {
  constructor(
    private readonly gestes: Gestes,
    private readonly executeur: ExecuteurMutation,
    private readonly jeunes: JeuneService,
    private readonly rectifications: RectificationService,
    private readonly conservation: ConservationService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  @Mutation(() => JeuneExporterPayload, {
    description: 'Tout ce qui est détenu sur un jeune, à lui remettre (siège). La remise est journalisée.',
  })
  jeuneExporter(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: JeuneExporterInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'export', Export>> {
    return repondre(input, 'export', () =>
      this.executeur.executer(contexte, info.fieldName, input, {
        effet: (em) => this.jeunes.exporter(em, contexte, jeuneDe(input)),
        relire: (em, uuid) => this.jeunes.lireExport(em, contexte, uuid),
      }),
    );
  }

  @Mutation(() => JeuneRectifierPayload, {
    description: 'Corrige ce qui est détenu sur un jeune (siège). Ce qui était écrit avant est gardé.',
  })
  jeuneRectifier(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: JeuneRectifierInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'dossier', unknown>> {
    return this.#dossier(contexte, input, info, (em) => {
      const motif = lireMotif(input.motif, REGLE);
      const rectifications = lireRectifications(input, this.horloge.maintenant());
      return this.rectifications.rectifier(em, contexte, jeuneDe(input), { rectifications, motif });
    });
  }

  @Mutation(() => JeuneLimiterPayload, {
    description:
      'Limite le traitement des données d’un jeune (siège) : ceux qui le suivent ne voient plus son nom, rien ne s’efface.',
  })
  jeuneLimiter(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: JeuneLimiterInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'dossier', unknown>> {
    return this.#dossier(contexte, input, info, (em) =>
      this.jeunes.limiter(em, contexte, jeuneDe(input), lireMotif(input.motif, REGLE)),
    );
  }

  @Mutation(() => JeuneLeverLimitationPayload, { description: 'Lève la limitation (siège).' })
  jeuneLeverLimitation(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: JeuneLeverLimitationInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'dossier', unknown>> {
    return this.#dossier(contexte, input, info, (em) => this.jeunes.leverLimitation(em, contexte, jeuneDe(input)));
  }

  @Mutation(() => JeuneEffacerPayload, {
    description:
      'Rend anonyme, pour toujours, un jeune que personne ne suit plus (siège). Ce que comptent les statistiques et le grand livre reste.',
  })
  jeuneEffacer(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: JeuneEffacerInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'dossier', unknown>> {
    return this.#dossier(contexte, input, info, async (em) => {
      const jeuneId = jeuneDe(input);
      await this.jeunes.effacer(em, contexte, jeuneId, input.motif);
      return jeuneId;
    });
  }

  @Mutation(() => ConservationViserPayload, {
    description: 'Donne suite à ce que propose la durée de conservation (siège).',
  })
  conservationViser(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: ConservationViserInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'proposition', unknown>> {
    return this.gestes.faire(contexte, input, info, {
      champ: 'proposition',
      type: propositionConservationLue,
      effet: (em) =>
        this.conservation.viser(em, contexte, {
          propositionId: lireId('PropositionConservation', input.propositionId, ['input', 'propositionId']),
          confirmer: input.confirmer,
          motif: lireMotif(input.motif, REGLE),
        }),
    });
  }

  #dossier(
    contexte: ContexteActeur,
    input: MutationInput,
    info: GraphQLResolveInfo,
    effet: (em: EntityManager) => Promise<string>,
  ): Promise<Reponse<'dossier', unknown>> {
    return this.gestes.faire(contexte, input, info, { champ: 'dossier', type: dossierPersonnelLu, effet });
  }
}

function jeuneDe({ jeuneId }: JeuneInput): string {
  return lireId('Jeune', jeuneId, ['input', 'jeuneId']);
}
