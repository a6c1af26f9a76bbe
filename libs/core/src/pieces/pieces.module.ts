import { type DynamicModule, Module } from '@nestjs/common';
import { ActivationsModule } from '../activations/index.js';
import { DossiersConvention } from '../conventions/dossiers-convention.js';
import { SituationsConvention } from '../conventions/convention.situation.js';
import { ParametresModule } from '../parametres/index.js';
import { AnalyseDesPieces } from './analyse/analyse-des-pieces.js';
import { BalayageDesPieces } from './balayage.js';
import { DossiersDesPieces } from './dossiers-des-pieces.js';
import { OPTIONS_PIECES, type OptionsPieces } from './options-pieces.js';
import { ActionsDePiece } from './piece.actions.js';
import { PieceResolver } from './piece.resolver.js';
import { QuarantaineService } from './quarantaine.service.js';
import { ReceptionService } from './reception.service.js';
import { TelechargementService } from './telechargement.service.js';
import { TicketService } from './ticket.service.js';
import { VerificationDuDepot } from './verification.js';

/** Supporting documents: announced, received in quarantine, judged, given back (TRANS-27). */
@Module({})
export class PiecesModule {
  static pour(options: OptionsPieces, candidatures: DynamicModule): DynamicModule {
    return {
      module: PiecesModule,
      imports: [ActivationsModule, ParametresModule, candidatures],
      providers: [
        { provide: OPTIONS_PIECES, useValue: options },
        DossiersConvention,
        SituationsConvention,
        DossiersDesPieces,
        TicketService,
        ReceptionService,
        TelechargementService,
        QuarantaineService,
        ActionsDePiece,
        AnalyseDesPieces,
        BalayageDesPieces,
        VerificationDuDepot,
        PieceResolver,
      ],
      exports: [ReceptionService, TelechargementService],
    };
  }
}
