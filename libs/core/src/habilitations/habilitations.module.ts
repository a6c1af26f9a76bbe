import { SillageReadModule } from '@sillage/read';
import { Module } from '@nestjs/common';
import { DispositifsModule } from '../dispositifs/index.js';
import { TerritoiresModule } from '../territoires/index.js';
import { AdministrationHabilitations } from './habilitation.administration.js';
import { racinesHabilitations } from './habilitation.lu.js';
import { HabilitationResolver } from './habilitation.resolver.js';

/** Who may do what: users and their habilitations. What each role may do is written in `@sillage/access`. */
@Module({
  imports: [TerritoiresModule, DispositifsModule, SillageReadModule.forFeature({ racines: racinesHabilitations })],
  providers: [AdministrationHabilitations, HabilitationResolver],
})
export class HabilitationsModule {}
