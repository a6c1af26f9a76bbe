import { SillageReadModule } from '@sillage/read';
import { Module } from '@nestjs/common';
import { ActivationsModule } from '../activations/index.js';
import { DossiersConvention } from '../conventions/dossiers-convention.js';
import { VersementsModule } from '../versements/index.js';
import { racinesBordereaux } from './bordereau.lu.js';
import { BordereauResolver } from './bordereau.resolver.js';
import { BordereauService } from './bordereau.service.js';

/** What is sent to the finance software, and what it answers. */
@Module({
  imports: [ActivationsModule, VersementsModule, SillageReadModule.forFeature({ racines: racinesBordereaux })],
  providers: [DossiersConvention, BordereauService, BordereauResolver],
})
export class BordereauxModule {}
