import { SillageReadModule } from '@sillage/read';
import { Module } from '@nestjs/common';
import { AppelsModule } from '../appels/index.js';
import { VersementsModule } from '../versements/index.js';
import { RecalculResolver } from './recalcul.resolver.js';
import { RecalculService } from './recalcul.service.js';
import { racinesTaches } from './tache.lu.js';

/** Recalculations that are followed, and go on after a crash. */
@Module({
  imports: [AppelsModule, VersementsModule, SillageReadModule.forFeature({ racines: racinesTaches })],
  providers: [RecalculService, RecalculResolver],
})
export class RecalculsModule {}
