import { Args, Context, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { ContexteRequete } from './contexte.js';
import { Candidature, CandidatureConnection, Convention, Structure, Territoire, Versement } from './entites.js';

@Resolver(() => Candidature)
export class CandidatureResolver {
  @Query(() => CandidatureConnection)
  async candidatures(
    @Args('dispositif') dispositif: string,
    @Args('first', { type: () => Int }) first: number,
    @Context('requete') contexte: ContexteRequete,
  ): Promise<CandidatureConnection> {
    const em = await contexte.transaction();
    return { nodes: await em.find(Candidature, { where: { dispositif }, order: { id: 'DESC' }, take: first }) };
  }

  @ResolveField(() => Structure)
  structure(
    @Parent() { structureId }: Candidature,
    @Context('requete') contexte: ContexteRequete,
  ): Promise<Structure | null> {
    return contexte.structures.load(structureId);
  }

  @ResolveField(() => [Territoire])
  async territoires(
    @Parent() { id }: Candidature,
    @Context('requete') contexte: ContexteRequete,
  ): Promise<(Territoire | null)[]> {
    const liens = await contexte.territoiresDesCandidatures.load(id);
    return Promise.all(liens.map(({ territoireId }) => contexte.territoires.load(territoireId)));
  }

  @ResolveField(() => Convention, { nullable: true })
  convention(@Parent() { id }: Candidature, @Context('requete') contexte: ContexteRequete): Promise<Convention | null> {
    return contexte.conventions.load(id);
  }
}

@Resolver(() => Convention)
export class ConventionResolver {
  @ResolveField(() => String)
  montant(@Parent() { montantCentimes }: Convention): string {
    return enEuros(montantCentimes);
  }

  @ResolveField(() => [Versement])
  versements(@Parent() { id }: Convention, @Context('requete') contexte: ContexteRequete): Promise<Versement[]> {
    return contexte.versements.load(id);
  }
}

@Resolver(() => Versement)
export class VersementResolver {
  @ResolveField(() => String)
  montant(@Parent() { montantCentimes }: Versement): string {
    return enEuros(montantCentimes);
  }
}

function enEuros(centimes: string): string {
  const chiffres = centimes.padStart(3, '0');
  return `${chiffres.slice(0, -2)}.${chiffres.slice(-2)}`;
}
