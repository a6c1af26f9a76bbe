import type { ContexteActeur } from '@sillage/access';
import { UniteDeTravail } from '@sillage/persistence';
import { Args, ArgsType, Context, Field, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { lireDepuis } from '../api/depuis.js';
import { type Connexion, connexion, ListeArgs, PaginationArgs } from '../api/index.js';
import { LectureHabilitations } from './habilitation.lecture.js';
import {
  HabilitationConnection,
  type HabilitationType,
  presenterHabilitation,
  presenterUtilisateur,
  UtilisateurConnection,
  UtilisateurType,
} from './habilitation.types.js';

@ArgsType()
class HabilitationsDeLUtilisateurArgs extends PaginationArgs {
  @Field(() => Boolean, { defaultValue: true, description: 'Ne rend que celles qui comptent aujourd’hui.' })
  enVigueur!: boolean;
}

@Resolver(() => UtilisateurType)
export class UtilisateurResolver {
  constructor(
    private readonly unites: UniteDeTravail,
    private readonly lecture: LectureHabilitations,
  ) {}

  @Query(() => UtilisateurType, { description: 'Vous, tel que la plateforme vous connaît.' })
  async moi(@Context('contexte') contexte: ContexteActeur): Promise<UtilisateurType> {
    return presenterUtilisateur(
      await this.unites.lecture(contexte.departementId, (em) => this.lecture.moi(em, contexte)),
    );
  }

  @Query(() => UtilisateurConnection, { description: 'Les personnes et les machines connues. Pour l’administrateur.' })
  async utilisateurs(
    @Context('contexte') contexte: ContexteActeur,
    @Args() { updatedSince, ...page }: ListeArgs,
  ): Promise<Connexion<UtilisateurType>> {
    const modifieDepuis = lireDepuis(updatedSince);
    const lue = await this.unites.lecture(contexte.departementId, (em) =>
      this.lecture.utilisateurs(em, contexte, modifieDepuis, page),
    );
    return connexion(lue, presenterUtilisateur);
  }

  @ResolveField(() => HabilitationConnection, {
    description: 'Ses rôles, où et quand : les vôtres, ou tous pour l’administrateur.',
  })
  async habilitations(
    @Context('contexte') contexte: ContexteActeur,
    @Parent() { uuid }: UtilisateurType,
    @Args() { enVigueur, ...page }: HabilitationsDeLUtilisateurArgs,
  ): Promise<Connexion<HabilitationType>> {
    const filtre = { utilisateurId: uuid, enVigueur, modifieDepuis: null };
    const lue = await this.unites.lecture(contexte.departementId, (em) =>
      this.lecture.lister(em, contexte, filtre, page),
    );
    return connexion(lue, presenterHabilitation);
  }
}
