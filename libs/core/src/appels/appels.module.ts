import { SillageReadModule } from '@sillage/read';
import { Module } from '@nestjs/common';
import { ActivationsModule } from '../activations/index.js';
import { DispositifsModule } from '../dispositifs/index.js';
import { TerritoiresModule } from '../territoires/index.js';
import { racinesAppels } from './appel.lu.js';
import { AppelResolver } from './appel.resolver.js';
import { AppelService } from './appel.service.js';
import { RedactionAppels } from './appel.redaction.js';

/** Calls for projects. */
@Module({
  imports: [
    TerritoiresModule,
    DispositifsModule,
    ActivationsModule,
    SillageReadModule.forFeature({ racines: racinesAppels }),
  ],
  providers: [AppelService, RedactionAppels, AppelResolver],
  exports: [AppelService, RedactionAppels],
})
export class AppelsModule {}
