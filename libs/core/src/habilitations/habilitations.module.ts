import { Module } from '@nestjs/common';
import { DispositifsModule } from '../dispositifs/index.js';
import { StructuresModule } from '../structures/index.js';
import { TerritoiresModule } from '../territoires/index.js';
import { AdministrationHabilitations } from './habilitation.administration.js';
import { LectureHabilitations } from './habilitation.lecture.js';
import { HabilitationResolver } from './habilitation.resolver.js';
import { UtilisateurResolver } from './utilisateur.resolver.js';

/** Who may do what: users and their habilitations. What each role may do is written in `@sillage/access`. */
@Module({
  imports: [TerritoiresModule, StructuresModule, DispositifsModule],
  providers: [LectureHabilitations, AdministrationHabilitations, HabilitationResolver, UtilisateurResolver],
})
export class HabilitationsModule {}
