import { SillageReadModule } from '@sillage/read';
import { Module } from '@nestjs/common';
import { ParametresModule } from '../parametres/index.js';
import { TerritoiresModule } from '../territoires/index.js';
import { ConservationNocturne } from './conservation-nocturne.js';
import { ConservationService } from './conservation.service.js';
import { ConsignerEffacement } from './consigner-effacement.js';
import { racineDossierPersonnel } from './dossier-personnel.lu.js';
import { JeuneService } from './jeune.service.js';
import { JeunesResolver } from './jeunes.resolver.js';
import { racinePropositions } from './proposition-conservation.lu.js';
import { RectificationService } from './rectification.service.js';

/** The rights of young people on their data, and how long these are kept. */
@Module({
  imports: [
    ParametresModule,
    TerritoiresModule,
    SillageReadModule.forFeature({ racines: [racineDossierPersonnel, racinePropositions] }),
  ],
  providers: [
    JeuneService,
    RectificationService,
    ConservationService,
    ConservationNocturne,
    ConsignerEffacement,
    JeunesResolver,
  ],
})
export class JeunesModule {}
