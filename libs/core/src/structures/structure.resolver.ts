import type { ContexteActeur } from '@sillage/access';
import { Lectures } from '@sillage/read';
import { Args, Context, Info, Mutation, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { ExecuteurMutation, type Reponse, repondre } from '../api/index.js';
import { structureLue } from './structure.lu.js';
import { lireStructure } from './structure.saisie.js';
import { StructureService } from './structure.service.js';
import { StructureEnregistrerInput, StructureEnregistrerPayload } from './structure.types.js';

@Resolver()
export class StructureResolver {
  constructor(
    private readonly executeur: ExecuteurMutation,
    private readonly lectures: Lectures,
    private readonly service: StructureService,
  ) {}

  @Mutation(() => StructureEnregistrerPayload, {
    description:
      'Crée une structure, ou corrige celle dont l’id est donné. Le SIRET l’identifie : il ne sert qu’une fois.',
  })
  async structureEnregistrer(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input', { type: () => StructureEnregistrerInput }) input: StructureEnregistrerInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'structure', unknown>> {
    return repondre(input, 'structure', () => {
      const demande = lireStructure(input);
      return this.executeur.executer(contexte, 'structureEnregistrer', input, {
        effet: (em) => this.service.enregistrer(em, contexte, demande),
        relire: (em, uuid) =>
          this.lectures.relire(em, contexte, { type: structureLue, uuid, champ: 'structure' }, info),
      });
    });
  }
}
