import { type DynamicModule, Module } from '@nestjs/common';
import type { Dispositif } from '@sillage/dispositif-kit';
import { ActivationsModule } from '../activations/index.js';
import { AppelsModule } from '../appels/index.js';
import { ParametresModule } from '../parametres/index.js';
import { StructuresModule } from '../structures/index.js';
import { TerritoiresModule } from '../territoires/index.js';
import { resolveurCandidatures } from './candidature-dispositif.resolver.js';
import { DossiersCandidature } from './candidature.dossier.js';
import { LectureCandidatures } from './candidature.lecture.js';
import { CandidatureResolver } from './candidature.resolver.js';
import { CandidatureService } from './candidature.service.js';
import { InstructionService } from './instruction.service.js';

/** Candidatures, from draft to decision, with one pair of typed mutations a dispositif. */
@Module({})
export class CandidaturesModule {
  static pour(dispositifs: readonly Dispositif[]): DynamicModule {
    const services = [DossiersCandidature, CandidatureService, InstructionService, LectureCandidatures];
    return {
      module: CandidaturesModule,
      imports: [ActivationsModule, AppelsModule, ParametresModule, StructuresModule, TerritoiresModule],
      providers: [...services, CandidatureResolver, ...dispositifs.map(resolveurCandidatures)],
      exports: services,
    };
  }
}
