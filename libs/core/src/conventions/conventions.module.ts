import { type DynamicModule, Module } from '@nestjs/common';
import type { Dispositif } from '@sillage/dispositif-kit';
import { ActivationsModule } from '../activations/index.js';
import { ParametresModule } from '../parametres/index.js';
import { StructuresModule } from '../structures/index.js';
import { VersementsModule } from '../versements/index.js';
import { resolveurConventions } from './convention-dispositif.resolver.js';
import { LectureConventions } from './convention.lecture.js';
import { ConventionDeCandidatureResolver, ConventionResolver } from './convention.resolver.js';
import { ConventionService } from './convention.service.js';

/** Conventions, from project to signature, with one typed mutation a dispositif. */
@Module({})
export class ConventionsModule {
  static pour(dispositifs: readonly Dispositif[], candidatures: DynamicModule): DynamicModule {
    return {
      module: ConventionsModule,
      imports: [ActivationsModule, candidatures, ParametresModule, StructuresModule, VersementsModule],
      providers: [
        ConventionService,
        LectureConventions,
        ConventionResolver,
        ConventionDeCandidatureResolver,
        ...dispositifs.map(resolveurConventions),
      ],
    };
  }
}
