import { SillageReadModule } from '@sillage/read';
import { Module } from '@nestjs/common';
import { ActivationsModule } from '../activations/index.js';
import { ComptabiliteModule } from '../comptabilite/index.js';
import { ParametresModule } from '../parametres/index.js';
import { DossiersDeCalcul } from './dossiers-de-calcul.js';
import { EvenementsDossier } from './evenements-dossier.js';
import { CalculVersements } from './versement.calcul.js';
import { ChaineVersement } from './versement.chaine.js';
import { ActionsDeVersement } from './versement.actions.js';
import { racinesVersements } from './versement.lu.js';
import { VersementResolver } from './versement.resolver.js';
import { VersementService } from './versement.service.js';
import { DossiersConvention } from '../conventions/dossiers-convention.js';
import { SituationsVersement } from './versement.situation.js';

/** Payments: asked for by a dossier's events, computed by a job, decided by a person. */
@Module({
  imports: [
    ActivationsModule,
    ComptabiliteModule,
    ParametresModule,
    SillageReadModule.forFeature({ racines: racinesVersements }),
  ],
  providers: [
    EvenementsDossier,
    DossiersConvention,
    DossiersDeCalcul,
    CalculVersements,
    SituationsVersement,
    ChaineVersement,
    ActionsDeVersement,
    VersementService,
    VersementResolver,
  ],
  exports: [EvenementsDossier, ChaineVersement, DossiersDeCalcul, CalculVersements],
})
export class VersementsModule {}
