import { type Dispositif, RegistreDispositifs } from '@sillage/dispositif-kit';
import type { Horloge } from '@sillage/kernel';
import { SillageReadModule } from '@sillage/read';
import { type DynamicModule, Global, Module, type Type } from '@nestjs/common';
import { AccompagnementsModule } from './accompagnements/accompagnements.module.js';
import { CONSERVATION_LECTURES } from './api/conservation-lectures.provider.js';
import { ActivationsModule } from './activations/index.js';
import { ExecuteurMutation, Gestes, HORLOGE } from './api/index.js';
import { ApercusModule } from './apercus/apercus.module.js';
import { AppelsModule } from './appels/index.js';
import { BilansModule } from './bilans/index.js';
import { BordereauxModule } from './bordereaux/index.js';
import { CandidaturesModule } from './candidatures/index.js';
import { ComparaisonsModule } from './comparaisons/comparaisons.module.js';
import { ComptabiliteModule } from './comptabilite/index.js';
import { ConventionsModule } from './conventions/index.js';
import { CotationsModule } from './cotations/index.js';
import { DuplicationsModule } from './duplications/duplications.module.js';
import { DispositifsModule } from './dispositifs/index.js';
import { HabilitationsModule } from './habilitations/index.js';
import { ImportationsModule } from './importations/index.js';
import { JeunesModule } from './jeunes/index.js';
import { JobsDispositifs } from './jobs-dispositifs.js';
import { JournalModule } from './journal/index.js';
import { ParametresModule } from './parametres/index.js';
import { type OptionsPieces, PiecesModule, SANS_PIECES } from './pieces/index.js';
import { RecalculsModule } from './recalculs/index.js';
import { SimulationsModule } from './simulations/simulations.module.js';
import { StructuresModule } from './structures/index.js';
import { SuivisModule } from './suivis/index.js';
import { TerritoiresModule } from './territoires/index.js';
import { VersementsModule } from './versements/index.js';

export interface OptionsCore {
  readonly dispositifs: readonly Dispositif[];
  readonly horloge: Horloge;
  /** How long readings of nominative data are kept, 6 to 12 months; the longest by default. */
  readonly conservationLecturesMois?: number;
  /** Where pieces are kept, and who looks into them; none are received when left out. */
  readonly pieces?: OptionsPieces;
}

const LECTURES_MOIS = 12;

/** What every capability is given: the clock, the dispositifs, the runner of mutations. */
@Global()
@Module({})
export class SocleCoreModule {
  static pour(registre: RegistreDispositifs, horloge: Horloge, conservationLecturesMois: number): DynamicModule {
    const donnes = [
      { provide: HORLOGE, useValue: horloge },
      { provide: RegistreDispositifs, useValue: registre },
      { provide: CONSERVATION_LECTURES, useValue: conservationLecturesMois },
    ];
    return {
      module: SocleCoreModule,
      providers: [...donnes, ExecuteurMutation, Gestes],
      exports: [...donnes, ExecuteurMutation, Gestes],
    };
  }
}

/** The services of the core that a plugin's own resolvers may ask for, without naming the module they come from. */
@Global()
@Module({ imports: [ActivationsModule, TerritoiresModule], exports: [ActivationsModule, TerritoiresModule] })
export class ServicesPourPluginsModule {}

/** The house's capabilities and the installed dispositifs' own modules. */
@Module({})
export class SillageCoreModule {
  /** @throws DeclarationsIncompatibles when two dispositifs claim the same name */
  static forRoot(options: OptionsCore): DynamicModule {
    const { dispositifs, horloge, conservationLecturesMois = LECTURES_MOIS, pieces = SANS_PIECES } = options;
    // Before any GraphQL type is made of them: types are registered by name, for the life of the process.
    const registre = new RegistreDispositifs(dispositifs);
    const candidatures = CandidaturesModule.pour(dispositifs);
    return {
      module: SillageCoreModule,
      imports: [
        SocleCoreModule.pour(registre, horloge, conservationLecturesMois),
        SillageReadModule.forRoot(horloge),
        JournalModule,
        TerritoiresModule,
        StructuresModule,
        HabilitationsModule,
        DispositifsModule,
        ActivationsModule,
        ParametresModule,
        AppelsModule,
        DuplicationsModule,
        ApercusModule,
        candidatures,
        ImportationsModule.pour(candidatures),
        ComparaisonsModule.pour(candidatures),
        ComptabiliteModule,
        VersementsModule,
        BordereauxModule,
        RecalculsModule,
        AccompagnementsModule,
        JeunesModule,
        ConventionsModule.pour(dispositifs, candidatures),
        BilansModule.pour(dispositifs),
        PiecesModule.pour(pieces, candidatures),
        CotationsModule,
        SuivisModule.pour(dispositifs),
        SimulationsModule.pour(dispositifs),
        ServicesPourPluginsModule,
        ...dispositifs.map((d) => d.module).filter((module): module is Type => module !== undefined),
      ],
      providers: [JobsDispositifs],
    };
  }
}
