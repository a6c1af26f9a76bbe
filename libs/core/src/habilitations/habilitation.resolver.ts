import type { ContexteActeur } from '@sillage/access';
import { Lectures } from '@sillage/read';
import { Args, Context, Info, Mutation, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { EntityManager } from 'typeorm';
import { ExecuteurMutation, type MutationInput, type Reponse, repondre } from '../api/index.js';
import { AdministrationHabilitations } from './habilitation.administration.js';
import { habilitationLue } from './habilitation.lu.js';
import { lireAccord, lireRevocation } from './habilitation.saisie.js';
import {
  HabilitationAccorderInput,
  HabilitationAccorderPayload,
  HabilitationRevoquerInput,
  HabilitationRevoquerPayload,
} from './habilitation.types.js';

@Resolver()
export class HabilitationResolver {
  constructor(
    private readonly executeur: ExecuteurMutation,
    private readonly lectures: Lectures,
    private readonly administration: AdministrationHabilitations,
  ) {}

  @Mutation(() => HabilitationAccorderPayload, {
    description: 'Donne un rôle à une personne ou à une machine. Prend effet en moins d’une minute.',
  })
  habilitationAccorder(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input', { type: () => HabilitationAccorderInput }) input: HabilitationAccorderInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'habilitation', unknown>> {
    return this.ecrire(contexte, input, info, () => {
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
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'habilitation', unknown>> {
    return this.ecrire(contexte, input, info, () => {
      const revocation = lireRevocation(input);
      return (em) => this.administration.revoquer(em, contexte, revocation);
    });
  }

  private ecrire(
    contexte: ContexteActeur,
    input: MutationInput,
    info: GraphQLResolveInfo,
    lire: () => (em: EntityManager) => Promise<string>,
  ): Promise<Reponse<'habilitation', unknown>> {
    return repondre(input, 'habilitation', () => {
      const effet = lire();
      return this.executeur.executer(contexte, info.fieldName, input, {
        effet,
        relire: (em, uuid) =>
          this.lectures.relire(em, contexte, { type: habilitationLue, uuid, champ: 'habilitation' }, info),
      });
    });
  }
}
