import { type DynamicModule, Module } from '@nestjs/common';
import type { Dispositif } from '@sillage/dispositif-kit';
import { SillageReadModule } from '@sillage/read';
import { ActivationsModule } from '../activations/index.js';
import { ComptabiliteModule } from '../comptabilite/index.js';
import { ParametresModule } from '../parametres/index.js';
import { VersementsModule } from '../versements/index.js';
import { AlerteDeFin } from './alerte-de-fin.js';
import { resolveurAvenants } from './avenant-dispositif.resolver.js';
import { AvenantService } from './avenant.service.js';
import { conventionDuDispositif } from './convention-dispositif.lu.js';
import { resolveurConventions } from './convention-dispositif.resolver.js';
import { ActionsDeConvention } from './convention.actions.js';
import { racinesConventions } from './convention.lu.js';
import { ControlesConvention } from './convention.controles.js';
import { Cumuls } from './cumuls.js';
import { ConventionResolver } from './convention.resolver.js';
import { ViesDesConventions } from './convention.etape.js';
import { ConventionService } from './convention.service.js';
import { FinDeConventionService } from './fin-de-convention.service.js';
import { DossiersConvention } from './dossiers-convention.js';
import { SituationsConvention } from './convention.situation.js';

const lectures = SillageReadModule.forFeature({ racines: racinesConventions });

/** Conventions, from project to signature, with one typed mutation a dispositif. */
@Module({})
export class ConventionsModule {
  static pour(dispositifs: readonly Dispositif[], candidatures: DynamicModule): DynamicModule {
    const types = dispositifs.map((dispositif) => conventionDuDispositif(dispositif).lue);
    return {
      module: ConventionsModule,
      imports: [
        ActivationsModule,
        candidatures,
        ComptabiliteModule,
        ParametresModule,
        VersementsModule,
        lectures,
        SillageReadModule.forFeature({ types }),
      ],
      providers: [
        DossiersConvention,
        SituationsConvention,
        ActionsDeConvention,
        ControlesConvention,
        Cumuls,
        ConventionService,
        AvenantService,
        FinDeConventionService,
        AlerteDeFin,
        ViesDesConventions,
        ConventionResolver,
        ...dispositifs.map(resolveurConventions),
        ...dispositifs.map(resolveurAvenants),
      ],
    };
  }
}
