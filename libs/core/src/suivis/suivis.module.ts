import { type DynamicModule, Module } from '@nestjs/common';
import type { Dispositif } from '@sillage/dispositif-kit';
import { SillageReadModule } from '@sillage/read';
import { ActivationsModule } from '../activations/index.js';
import { DossiersConvention } from '../conventions/dossiers-convention.js';
import { ParametresModule } from '../parametres/index.js';
import { SuivisAttendus } from './suivi.attendus.js';
import { suivisDuDispositif } from './suivi-dispositif.lu.js';
import { resolveursSuivis } from './suivi-dispositif.resolver.js';
import { racinesSuivis } from './suivi.lu.js';
import { SuiviResolver } from './suivi.resolver.js';
import { SuiviService } from './suivi.service.js';

const lectures = SillageReadModule.forFeature({ racines: racinesSuivis });

/** Intermediate reports, with a typed mutation for each one that a dispositif declares; nothing where none does. */
@Module({})
export class SuivisModule {
  static pour(dispositifs: readonly Dispositif[]): DynamicModule {
    const types = dispositifs.flatMap((dispositif) => suivisDuDispositif(dispositif).map(({ lu }) => lu));
    return {
      module: SuivisModule,
      imports: [ActivationsModule, ParametresModule, lectures, SillageReadModule.forFeature({ types })],
      providers: [
        DossiersConvention,
        SuivisAttendus,
        SuiviService,
        SuiviResolver,
        ...dispositifs.flatMap(resolveursSuivis),
      ],
    };
  }
}
