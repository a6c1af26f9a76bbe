import { Module } from '@nestjs/common';
import { AppelsModule } from '../appels/index.js';
import { DispositifsModule } from '../dispositifs/index.js';
import { ParametresModule } from '../parametres/index.js';
import { DuplicationResolver } from './duplication.resolver.js';
import { DuplicationAppels } from './duplication.service.js';

/** A new appel made from an earlier one: it stands on appels and on parameters, which do not know each other that way. */
@Module({
  imports: [AppelsModule, DispositifsModule, ParametresModule],
  providers: [DuplicationAppels, DuplicationResolver],
})
export class DuplicationsModule {}
