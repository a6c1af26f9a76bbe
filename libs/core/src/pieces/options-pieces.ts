import type { Scanner } from './analyse/scanner.js';
import type { DepotDePieces } from './depot/depot-de-pieces.js';

/** What the installation gives to the pieces. */
export interface OptionsPieces {
  /** Where their bytes are kept; null where none can be sent. */
  readonly depot: DepotDePieces | null;
  /** Null where nobody looks for malware: each piece then waits for a person's word. */
  readonly scanner: Scanner | null;
  /** No file is larger, whatever a dispositif admits. */
  readonly tailleMaxOctets: number;
}

/** Injection token of {@link OptionsPieces}. */
export const OPTIONS_PIECES = Symbol('OptionsPieces');

/** An installation that was told nothing. */
export const SANS_PIECES: OptionsPieces = { depot: null, scanner: null, tailleMaxOctets: 20_971_520 };
