import { SillageReadModule } from '@sillage/read';
import { Module } from '@nestjs/common';
import { AppelsModule } from '../appels/index.js';
import { DispositifsModule } from '../dispositifs/index.js';
import { TerritoiresModule } from '../territoires/index.js';
import { LectureParametres } from './parametre.lecture.js';
import { ParametreResolver } from './parametre.resolver.js';
import { ParametreService } from './parametre.service.js';
import { CiblesSurcharge } from './surcharge.cible.js';
import { ValeursAffichees } from './surcharge.affichage.js';
import { surchargeLue } from './surcharge.lu.js';
import { SurchargeService } from './surcharge.service.js';

/** Dated parameters, and the values that people decide in their place. */
@Module({
  imports: [
    TerritoiresModule,
    DispositifsModule,
    AppelsModule,
    SillageReadModule.forFeature({ types: [surchargeLue] }),
  ],
  providers: [
    ParametreService,
    LectureParametres,
    CiblesSurcharge,
    SurchargeService,
    ValeursAffichees,
    ParametreResolver,
  ],
  exports: [ParametreService, LectureParametres, SurchargeService],
})
export class ParametresModule {}
