import { type DynamicModule, Module } from '@nestjs/common';
import { AppelsModule } from '../appels/index.js';
import { DispositifsModule } from '../dispositifs/index.js';
import { ComparaisonResolver } from './comparaison.resolver.js';
import { ComparaisonService } from './comparaison.service.js';

/** Rival candidatures of one appel, side by side. */
@Module({})
export class ComparaisonsModule {
  static pour(candidatures: DynamicModule): DynamicModule {
    return {
      module: ComparaisonsModule,
      imports: [AppelsModule, DispositifsModule, candidatures],
      providers: [ComparaisonService, ComparaisonResolver],
    };
  }
}
