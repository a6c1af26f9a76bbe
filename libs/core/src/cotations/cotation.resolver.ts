import type { ContexteActeur } from '@sillage/access';
import { classeGraphql } from '@sillage/read';
import { Args, Context, Info, Mutation, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { EntityManager } from 'typeorm';
import { Gestes, type MutationInput, type Reponse, typeReponse } from '../api/index.js';
import { cotationLue } from './cotation.lu.js';
import { CotationService } from './cotation.service.js';
import {
  CotationArreterInput,
  CotationNoterInput,
  CotationObserverInput,
  CotationProposerInput,
  CotationRenseignerInput,
  CotationRouvrirInput,
  CotationSoumettreInput,
} from './cotation.types.js';

type CotationRendue = Promise<Reponse<'cotation', unknown>>;

const reponse = (geste: string) => typeReponse(`Cotation${geste}`, 'cotation', () => classeGraphql(cotationLue));
const RenseignerPayload = reponse('Renseigner');
const SoumettrePayload = reponse('Soumettre');
const NoterPayload = reponse('Noter');
const ProposerPayload = reponse('Proposer');
const ObserverPayload = reponse('Observer');
const ArreterPayload = reponse('Arreter');
const RouvrirPayload = reponse('Rouvrir');

/** The gestures on cotations: declared once, whatever the dispositif and its grid. */
@Resolver()
export class CotationResolver {
  constructor(
    private readonly gestes: Gestes,
    private readonly service: CotationService,
  ) {}

  @Mutation(() => RenseignerPayload, {
    description: 'Donne les preuves d’une convention, item par item, et ouvre sa cotation la première fois (porteur).',
  })
  cotationRenseigner(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: CotationRenseignerInput,
    @Info() info: GraphQLResolveInfo,
  ): CotationRendue {
    return this.#faire(contexte, input, info, (em) => this.service.renseigner(em, contexte, input));
  }

  @Mutation(() => SoumettrePayload, { description: 'Remet les preuves : les services notent (porteur).' })
  cotationSoumettre(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: CotationSoumettreInput,
    @Info() info: GraphQLResolveInfo,
  ): CotationRendue {
    return this.#faire(contexte, input, info, (em) => this.service.soumettre(em, contexte, input));
  }

  @Mutation(() => NoterPayload, {
    description: 'Note des items, dans leurs bornes (services que la grille désigne, item par item).',
  })
  cotationNoter(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: CotationNoterInput,
    @Info() info: GraphQLResolveInfo,
  ): CotationRendue {
    return this.#faire(contexte, input, info, (em) => this.service.noter(em, contexte, input));
  }

  @Mutation(() => ProposerPayload, {
    description:
      'Propose au porteur les notes, toutes données : il a un délai pour les contester (services de la grille).',
  })
  cotationProposer(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: CotationProposerInput,
    @Info() info: GraphQLResolveInfo,
  ): CotationRendue {
    return this.#faire(contexte, input, info, (em) => this.service.proposer(em, contexte, input));
  }

  @Mutation(() => ObserverPayload, {
    description: 'Oppose des observations aux notes proposées, dans le délai (porteur).',
  })
  cotationObserver(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: CotationObserverInput,
    @Info() info: GraphQLResolveInfo,
  ): CotationRendue {
    return this.#faire(contexte, input, info, (em) => this.service.observer(em, contexte, input));
  }

  @Mutation(() => ArreterPayload, {
    description: 'Arrête les notes, contestées ou passé le délai : le solde les prend (siège).',
  })
  cotationArreter(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: CotationArreterInput,
    @Info() info: GraphQLResolveInfo,
  ): CotationRendue {
    return this.#faire(contexte, input, info, (em) => this.service.arreter(em, contexte, input));
  }

  @Mutation(() => RouvrirPayload, {
    description:
      'Rouvre des notes arrêtées, tant qu’aucun bilan n’est confirmé : les services notent à nouveau (siège).',
  })
  cotationRouvrir(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: CotationRouvrirInput,
    @Info() info: GraphQLResolveInfo,
  ): CotationRendue {
    return this.#faire(contexte, input, info, (em) => this.service.rouvrir(em, contexte, input));
  }

  #faire(
    contexte: ContexteActeur,
    input: MutationInput,
    info: GraphQLResolveInfo,
    effet: (em: EntityManager) => Promise<string>,
  ): CotationRendue {
    return this.gestes.faire(contexte, input, info, { champ: 'cotation', type: cotationLue, effet });
  }
}
