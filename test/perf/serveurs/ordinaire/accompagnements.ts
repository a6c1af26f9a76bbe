import { Args, ArgsType, Context, Field, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { Injectable } from '@nestjs/common';
import type { ContexteRequete } from './contexte.js';
import {
  Accompagnement,
  AccompagnementConnection,
  ActeConnection,
  Jeune,
  NombreParEtat,
  Structure,
  Territoire,
} from './entites.js';

@ArgsType()
class PageArgs {
  @Field(() => String) @IsString() @MaxLength(100) territoire: string;
  @Field(() => String) @IsIn(['EN_ATTENTE', 'EN_COURS', 'TERMINE', 'ABANDONNE']) etat: string;
  @Field(() => Int, { defaultValue: 50 }) @IsInt() @Min(1) @Max(100) first: number = 50;
  @Field(() => String, { nullable: true }) @IsOptional() @IsString() @MaxLength(200) after?: string;
}

@Injectable()
export class AccompagnementService {
  async page(
    contexte: ContexteRequete,
    { territoire, etat, first, after }: PageArgs,
  ): Promise<AccompagnementConnection> {
    const em = await contexte.transaction();
    const { id: territoireId } = await em.findOneByOrFail(Territoire, { code: territoire });
    const requete = em
      .createQueryBuilder(Accompagnement, 'a')
      .where('a.territoireId = :territoireId and a.etat = :etat', { territoireId, etat });
    const totalCount = await requete.clone().getCount();
    if (after !== undefined) {
      const [du, id] = Buffer.from(after, 'base64').toString().split('|');
      requete.andWhere('(a.du, a.id) < (:du::date, :id::uuid)', { du, id });
    }
    const lues = await requete
      .orderBy('a.du', 'DESC')
      .addOrderBy('a.id', 'DESC')
      .limit(first + 1)
      .getMany();
    const nodes = lues.slice(0, first);
    const dernier = nodes.at(-1);
    const endCursor = dernier ? Buffer.from(`${dernier.du}|${dernier.id}`).toString('base64') : null;
    return { totalCount, nodes, pageInfo: { hasNextPage: lues.length > first, endCursor } };
  }

  async un(contexte: ContexteRequete, id: string): Promise<Accompagnement | null> {
    return (await contexte.transaction()).findOneBy(Accompagnement, { id });
  }

  async parEtat(contexte: ContexteRequete): Promise<NombreParEtat[]> {
    return (await contexte.transaction())
      .createQueryBuilder(Accompagnement, 'a')
      .select('a.territoireId', 'territoireId')
      .addSelect('a.dispositif', 'dispositif')
      .addSelect('a.etat', 'etat')
      .addSelect('count(*)::int', 'nombre')
      .groupBy('a.territoireId')
      .addGroupBy('a.dispositif')
      .addGroupBy('a.etat')
      .getRawMany<NombreParEtat>();
  }
}

@Resolver(() => Accompagnement)
export class AccompagnementResolver {
  constructor(private readonly service: AccompagnementService) {}

  @Query(() => AccompagnementConnection)
  accompagnements(
    @Args() args: PageArgs,
    @Context('requete') contexte: ContexteRequete,
  ): Promise<AccompagnementConnection> {
    return this.service.page(contexte, args);
  }

  @Query(() => Accompagnement, { nullable: true })
  accompagnement(
    @Args('id', { type: () => ID }) id: string,
    @Context('requete') contexte: ContexteRequete,
  ): Promise<Accompagnement | null> {
    return this.service.un(contexte, id);
  }

  @ResolveField(() => Jeune)
  jeune(@Parent() { jeuneId }: Accompagnement, @Context('requete') contexte: ContexteRequete): Promise<Jeune | null> {
    return contexte.jeunes.load(jeuneId);
  }

  @ResolveField(() => Structure)
  structure(
    @Parent() { structureId }: Accompagnement,
    @Context('requete') contexte: ContexteRequete,
  ): Promise<Structure | null> {
    return contexte.structures.load(structureId);
  }

  @ResolveField(() => ActeConnection)
  async actes(
    @Parent() { id }: Accompagnement,
    @Context('requete') contexte: ContexteRequete,
  ): Promise<ActeConnection> {
    const [totalCount, nodes] = await Promise.all([contexte.nombresActes.load(id), contexte.derniersActes.load(id)]);
    return { totalCount, nodes };
  }
}

@Resolver(() => NombreParEtat)
export class NombreParEtatResolver {
  constructor(private readonly service: AccompagnementService) {}

  @Query(() => [NombreParEtat])
  accompagnementsParEtat(@Context('requete') contexte: ContexteRequete): Promise<NombreParEtat[]> {
    return this.service.parEtat(contexte);
  }

  @ResolveField(() => Territoire)
  territoire(
    @Parent() { territoireId }: NombreParEtat,
    @Context('requete') contexte: ContexteRequete,
  ): Promise<Territoire | null> {
    return contexte.territoires.load(territoireId);
  }
}
