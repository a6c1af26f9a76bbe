import { Module } from '@nestjs/common';
import { SillageReadModule } from '@sillage/read';
import { ActivationsModule } from '../activations/index.js';
import { DossiersConvention } from '../conventions/dossiers-convention.js';
import { ParametresModule } from '../parametres/index.js';
import { VersementsModule } from '../versements/index.js';
import { ActionsDeCotation } from './cotation.actions.js';
import { racinesCotations } from './cotation.lu.js';
import { CotationResolver } from './cotation.resolver.js';
import { CotationService } from './cotation.service.js';
import { SituationsCotation } from './cotation.situation.js';

/** What conventions are scored on the grid of their dispositif: the same gestures for every dispositif that has one. */
@Module({
  imports: [
    ActivationsModule,
    ParametresModule,
    VersementsModule,
    SillageReadModule.forFeature({ racines: racinesCotations }),
  ],
  providers: [DossiersConvention, SituationsCotation, ActionsDeCotation, CotationService, CotationResolver],
})
export class CotationsModule {}
