import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DepotIndisponible } from './depot/depot-indisponible.js';
import { OPTIONS_PIECES, type OptionsPieces } from './options-pieces.js';

/**
 * Tries at boot the place where pieces are kept, so that a wrong key or folder is known before the first of them. It stops nothing, and nothing
 * waits for it: all but pieces can be served without.
 */
@Injectable()
export class VerificationDuDepot implements OnApplicationBootstrap {
  readonly #log = new Logger('Pieces');

  constructor(@Inject(OPTIONS_PIECES) private readonly options: OptionsPieces) {}

  onApplicationBootstrap(): void {
    this.options.depot?.verifier().catch((erreur: unknown) => {
      this.#log.error(erreur instanceof DepotIndisponible ? erreur.message : erreur);
    });
  }
}
