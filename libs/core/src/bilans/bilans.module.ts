import { type DynamicModule, Module } from '@nestjs/common';
import type { Dispositif } from '@sillage/dispositif-kit';
import { SillageReadModule } from '@sillage/read';
import { ActivationsModule } from '../activations/index.js';
import { ParametresModule } from '../parametres/index.js';
import { PiecesFournies } from '../pieces/pieces-fournies.js';
import { VersementsModule } from '../versements/index.js';
import { bilanDuDispositif } from './bilan-dispositif.lu.js';
import { resolveurBilans } from './bilan-dispositif.resolver.js';
import { ActionsDeBilan } from './bilan.actions.js';
import { racinesBilans } from './bilan.lu.js';
import { BilanResolver } from './bilan.resolver.js';
import { BilanService } from './bilan.service.js';
import { DossiersConvention } from '../conventions/dossiers-convention.js';
import { SuivisAttendus } from '../suivis/suivi.attendus.js';
import { SuivisAvantBilan } from '../suivis/suivi.avant-bilan.js';
import { SituationsBilan } from './bilan.situation.js';

const lectures = SillageReadModule.forFeature({ racines: racinesBilans });

/** What was really done: handed in by the porteur, confirmed by the service, with typed mutations for each dispositif that asks one. */
@Module({})
export class BilansModule {
  static pour(dispositifs: readonly Dispositif[]): DynamicModule {
    const demandeurs = dispositifs.filter(({ bilan }) => bilan !== undefined);
    const types = demandeurs.map((dispositif) => bilanDuDispositif(dispositif).lu);
    return {
      module: BilansModule,
      imports: [
        ActivationsModule,
        ParametresModule,
        VersementsModule,
        lectures,
        SillageReadModule.forFeature({ types }),
      ],
      providers: [
        DossiersConvention,
        PiecesFournies,
        SituationsBilan,
        ActionsDeBilan,
        SuivisAttendus,
        SuivisAvantBilan,
        BilanService,
        BilanResolver,
        ...demandeurs.map(resolveurBilans),
      ],
    };
  }
}
