import type { ContexteActeur } from '@sillage/access';
import { HorodatageScalaire } from '@sillage/dispositif-kit';
import { Args, Context, Field, ID, Info, InputType, Int, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { type EntityManager } from 'typeorm';
import { ExecuteurMutation, idOpaque, MutationInput, type Reponse, repondre, typeReponse } from '../api/index.js';
import { EtatPieceEnum } from './piece.lu.js';
import { type EtatPiece, Piece } from './piece.entity.js';
import { QuarantaineService } from './quarantaine.service.js';
import { TicketService } from './ticket.service.js';

@InputType()
export class PieceTicketDemanderInput extends MutationInput {
  @Field(() => ID, { nullable: true, description: 'La candidature à laquelle joindre la pièce, avant son dépôt.' })
  candidatureId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Ou la convention, pour une pièce de la convention ou du bilan.' })
  conventionId?: string | null;

  @Field(() => String, { description: 'Code de la pièce, tel que le dispositif le déclare.' })
  code!: string;

  @Field(() => String, { description: 'Nom du fichier.' })
  nom!: string;

  @Field(() => Int, { description: 'Taille exacte du fichier, en octets.' })
  taille!: number;

  @Field(() => String, { description: 'SHA-256 du fichier, en hexadécimal.' })
  sha256!: string;

  @Field(() => String, { description: 'Type de contenu, par exemple `application/pdf`.' })
  type!: string;
}

@ObjectType('TicketDePiece', {
  description: 'Le droit d’envoyer ce fichier-là, une fois, dans les minutes qui suivent.',
})
class TicketDePieceType {
  @Field(() => String) ticket!: string;

  @Field(() => String, { description: 'Où l’envoyer : `PUT` du fichier brut à ce chemin, avec votre jeton.' })
  chemin!: string;

  @Field(() => HorodatageScalaire)
  expireLe!: string;
}

@InputType({ isAbstract: true })
abstract class PieceInput extends MutationInput {
  @Field(() => ID)
  pieceId!: string;

  @Field(() => String, { description: 'Pourquoi.' })
  motif!: string;
}

@InputType()
export class PieceLibererInput extends PieceInput {}
@InputType()
export class PieceRefuserInput extends PieceInput {}

@ObjectType('SortDePiece', { description: 'Ce qu’une pièce est devenue.' })
class SortDePieceType {
  @Field(() => ID) id!: string;
  @Field(() => EtatPieceEnum) etat!: EtatPiece;
  @Field(() => String, { nullable: true }) motif!: string | null;
}

const PieceTicketDemanderPayload = typeReponse('PieceTicketDemander', 'ticket', () => TicketDePieceType);
const PieceLibererPayload = typeReponse('PieceLiberer', 'piece', () => SortDePieceType);
const PieceRefuserPayload = typeReponse('PieceRefuser', 'piece', () => SortDePieceType);

/** Pieces: the ticket that lets one be sent, and the siège's word on what is in quarantine. */
@Resolver()
export class PieceResolver {
  constructor(
    private readonly mutations: ExecuteurMutation,
    private readonly tickets: TicketService,
    private readonly quarantaine: QuarantaineService,
  ) {}

  @Mutation(() => PieceTicketDemanderPayload, {
    description:
      'Annonce un fichier à joindre à un dossier, et rend de quoi l’envoyer une fois par `PUT /pieces/<ticket>`.',
  })
  pieceTicketDemander(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: PieceTicketDemanderInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'ticket', unknown>> {
    return repondre(input, 'ticket', () =>
      this.mutations.executer(contexte, info.fieldName, input, {
        effet: (em) => this.tickets.demander(em, contexte, input),
        relire: (em, id) => this.tickets.relire(em, contexte, id),
      }),
    );
  }

  @Mutation(() => PieceLibererPayload, {
    description: 'Libère une pièce qu’aucun scanner n’a analysée, sous la responsabilité de qui le dit (siège).',
  })
  pieceLiberer(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: PieceLibererInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'piece', unknown>> {
    return this.#decider(contexte, input, info, 'LIBEREE');
  }

  @Mutation(() => PieceRefuserPayload, {
    description: 'Refuse une pièce : elle ne compte plus, et le porteur peut en joindre une autre (siège).',
  })
  pieceRefuser(
    @Context('contexte') contexte: ContexteActeur,
    @Args('input') input: PieceRefuserInput,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Reponse<'piece', unknown>> {
    return this.#decider(contexte, input, info, 'REFUSEE');
  }

  #decider(
    contexte: ContexteActeur,
    input: PieceInput,
    info: GraphQLResolveInfo,
    vers: 'LIBEREE' | 'REFUSEE',
  ): Promise<Reponse<'piece', unknown>> {
    return repondre(input, 'piece', () =>
      this.mutations.executer(contexte, info.fieldName, input, {
        effet: (em) => this.quarantaine.decider(em, contexte, input, vers),
        relire: (em, id) => relire(em, contexte, id),
      }),
    );
  }
}

async function relire(em: EntityManager, { departementId }: ContexteActeur, uuid: string): Promise<SortDePieceType> {
  const { id, etat, motif } = await em.findOneByOrFail(Piece, { departementId, id: uuid });
  return { id: idOpaque('Piece', id), etat, motif };
}
