import type { ContexteActeur } from '@sillage/access';
import { UniteDeTravail } from '@sillage/persistence';
import { Args, ArgsType, Context, Field, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  type Connexion,
  connexion,
  ExecuteurMutation,
  introuvable,
  lireIdOuNul,
  ListeArgs,
  type Reponse,
  repondre,
} from '../api/index.js';
import { lireDepuis } from '../api/depuis.js';
import type { NatureStructure } from './structure.entity.js';
import { lireStructure } from './structure.saisie.js';
import { StructureService } from './structure.service.js';
import {
  NatureStructureEnum,
  presenterStructure,
  StructureConnection,
  StructureEnregistrerInput,
  StructureEnregistrerPayload,
  type StructurePresentee,
  StructureType,
} from './structure.types.js';

@ArgsType()
class StructuresArgs extends ListeArgs {
  @Field(() => NatureStructureEnum, { nullable: true })
  nature?: NatureStructure | null;

  @Field(() => String, { nullable: true, description: 'Code ou nom d’un territoire.' })
  territoire?: string | null;

  @Field(() => String, { nullable: true, description: 'Début d’un SIRET ou partie d’une raison sociale.' })
  recherche?: string | null;
}

@Resolver(() => StructureType)
export class StructureResolver {
  constructor(
    private readonly unites: UniteDeTravail,
    private readonly executeur: ExecuteurMutation,
    private readonly service: StructureService,
  ) {}

  @Query(() => StructureConnection, { description: 'Les structures connues du Département.' })
  async structures(
    @Context('contexte') contexte: ContexteActeur,
    @Args() { nature, territoire, recherche, updatedSince, ...page }: StructuresArgs,
  ): Promise<Connexion<StructurePresentee>> {
    const filtre = {
      nature: nature ?? null,
      territoire: territoire ?? null,
      recherche: recherche?.trim() || null,
      modifieDepuis: lireDepuis(updatedSince),
    };
    const lue = await this.unites.lecture(contexte.departementId, (em) =>
      this.service.lister(em, contexte, filtre, page),
    );
    return connexion(lue, presenterStructure);
  }

  @Query(() => StructureType, {
    nullable: true,
    description: 'Une structure ; nulle si elle n’existe pas ou ne vous est pas accessible.',
  })
  async structure(
    @Context('contexte') contexte: ContexteActeur,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<StructurePresentee | null> {
    const uuid = lireIdOuNul('Structure', id);
    if (uuid === null) return null;
    const trouvee = await this.unites.lecture(contexte.departementId, (em) => this.service.trouver(em, contexte, uuid));
    return trouvee === null ? null : presenterStructure(trouvee);
  }

  @Mutation(() => StructureEnregistrerPayload, {
    description:
      'Crée une structure, ou corrige celle dont l’id est donné. Le SIRET l’identifie : il ne sert qu’une fois.',
  })
  async structureEnregistrer(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input', { type: () => StructureEnregistrerInput }) input: StructureEnregistrerInput,
  ): Promise<Reponse<'structure', StructurePresentee>> {
    return repondre(input, 'structure', () => {
      const demande = lireStructure(input);
      return this.executeur.executer(contexte, 'structureEnregistrer', input, {
        effet: (em) => this.service.enregistrer(em, contexte, demande),
        relire: async (em, id) => {
          const structure = await this.service.trouver(em, contexte, id);
          if (structure === null) throw introuvable(['input', 'id']);
          return presenterStructure(structure);
        },
      });
    });
  }
}
