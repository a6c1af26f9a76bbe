import { type DynamicModule, Module } from '@nestjs/common';
import type { Dispositif } from '@sillage/dispositif-kit';
import { SillageReadModule } from '@sillage/read';
import { ActivationsModule } from '../activations/index.js';
import { AppelsModule } from '../appels/index.js';
import { ParametresModule } from '../parametres/index.js';
import { PiecesFournies } from '../pieces/pieces-fournies.js';
import { TerritoiresModule } from '../territoires/index.js';
import { candidatureDuDispositif } from './candidature-dispositif.lu.js';
import { resolveurCandidatures } from './candidature-dispositif.resolver.js';
import { ActionsDeCandidature } from './candidature.actions.js';
import { ComplementService } from './complement.service.js';
import { DossiersCandidature } from './candidature.dossier.js';
import { racinesCandidatures } from './candidature.lu.js';
import { PointsDeCandidature } from './candidature.points.js';
import { CandidatureResolver } from './candidature.resolver.js';
import { CandidatureService } from './candidature.service.js';
import { InstructionService } from './instruction.service.js';
import { MessagesCandidature } from './messages-candidature.js';
import { RappelDeCloture } from './rappel-de-cloture.js';
import { Recepisses } from './recepisses.js';
import { RepriseCandidatures } from './reprise.service.js';

const lectures = SillageReadModule.forFeature({ racines: racinesCandidatures });

/** Candidatures, from draft to decision, with one pair of typed mutations a dispositif. */
@Module({})
export class CandidaturesModule {
  static pour(dispositifs: readonly Dispositif[]): DynamicModule {
    const services = [
      PiecesFournies,
      MessagesCandidature,
      Recepisses,
      DossiersCandidature,
      CandidatureService,
      InstructionService,
    ];
    const types = dispositifs.map((dispositif) => candidatureDuDispositif(dispositif).lue);
    return {
      module: CandidaturesModule,
      imports: [
        ActivationsModule,
        AppelsModule,
        ParametresModule,
        TerritoiresModule,
        lectures,
        SillageReadModule.forFeature({ types }),
      ],
      providers: [
        ...services,
        ComplementService,
        RappelDeCloture,
        RepriseCandidatures,
        ActionsDeCandidature,
        PointsDeCandidature,
        CandidatureResolver,
        ...dispositifs.map(resolveurCandidatures),
      ],
      exports: services,
    };
  }
}
