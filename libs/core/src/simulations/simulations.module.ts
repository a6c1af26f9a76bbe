import { type DynamicModule, Module } from '@nestjs/common';
import type { Dispositif } from '@sillage/dispositif-kit';
import { AppelsModule } from '../appels/index.js';
import { ParametresModule } from '../parametres/index.js';
import { TerritoiresModule } from '../territoires/index.js';
import { resolveurSimulations } from './simulation-dispositif.resolver.js';
import { SimulationService } from './simulation.service.js';

/** What a dossier would be worth: one typed query a dispositif. */
@Module({})
export class SimulationsModule {
  static pour(dispositifs: readonly Dispositif[]): DynamicModule {
    return {
      module: SimulationsModule,
      imports: [AppelsModule, ParametresModule, TerritoiresModule],
      providers: [SimulationService, ...dispositifs.map(resolveurSimulations)],
    };
  }
}
