import { type DynamicModule, Module } from '@nestjs/common';
import { SillageReadModule } from '@sillage/read';
import { ActivationsModule } from '../activations/index.js';
import { AppelsModule } from '../appels/index.js';
import { DispositifsModule } from '../dispositifs/index.js';
import { TerritoiresModule } from '../territoires/index.js';
import { FichierDesRefus } from './fichier-des-refus.js';
import { racinesImportations } from './importation.lu.js';
import { ImportationResolver } from './importation.resolver.js';
import { ImportationService } from './importation.service.js';
import { LectureDesLignes } from './lecture-des-lignes.js';
import { RecevabiliteDesLignes } from './recevabilite-des-lignes.js';

/** Candidatures that come from the département's own deposit software. */
@Module({})
export class ImportationsModule {
  static pour(candidatures: DynamicModule): DynamicModule {
    return {
      module: ImportationsModule,
      imports: [
        ActivationsModule,
        AppelsModule,
        DispositifsModule,
        TerritoiresModule,
        candidatures,
        SillageReadModule.forFeature({ racines: racinesImportations }),
      ],
      providers: [LectureDesLignes, RecevabiliteDesLignes, ImportationService, FichierDesRefus, ImportationResolver],
    };
  }
}
