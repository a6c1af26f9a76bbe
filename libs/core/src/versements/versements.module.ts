import { Module } from '@nestjs/common';
import { ActivationsModule } from '../activations/index.js';
import { ParametresModule } from '../parametres/index.js';
import { EvenementsDossier } from './evenements-dossier.js';
import { CalculVersements } from './versement.calcul.js';
import { LectureVersements } from './versement.lecture.js';
import { VersementResolver } from './versement.resolver.js';
import { VersementService } from './versement.service.js';

/** Payments: asked for by a dossier's events, computed by a job, decided by a person. */
@Module({
  imports: [ActivationsModule, ParametresModule],
  providers: [EvenementsDossier, CalculVersements, VersementService, LectureVersements, VersementResolver],
  exports: [EvenementsDossier, LectureVersements],
})
export class VersementsModule {}
