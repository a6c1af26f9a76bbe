import { SillageReadModule } from '@sillage/read';
import { Module } from '@nestjs/common';
import { VersementsModule } from '../versements/index.js';
import { racinesBordereaux } from './bordereau.lu.js';
import { BordereauResolver } from './bordereau.resolver.js';
import { BordereauService } from './bordereau.service.js';

/** What is sent to the finance software, and what it answers. */
@Module({
  imports: [VersementsModule, SillageReadModule.forFeature({ racines: racinesBordereaux })],
  providers: [BordereauService, BordereauResolver],
})
export class BordereauxModule {}
