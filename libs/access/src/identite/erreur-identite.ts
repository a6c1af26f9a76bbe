import { CODES_PROTOCOLE } from '@sillage/kernel';
import type { CodeProtocole } from '@sillage/kernel';

export type CodeIdentite = Extract<
  CodeProtocole,
  'NON_AUTHENTIFIE' | 'JETON_INVALIDE' | 'NON_HABILITE' | 'SERVICE_INDISPONIBLE'
>;

/**
 * The caller is not known, holds nothing here, or nobody can say for now. It says no more than its code: what was wrong
 * with a token goes to the log, since it would help whoever forges one.
 */
export class ErreurIdentite extends Error {
  override readonly name = 'ErreurIdentite';

  constructor(readonly code: CodeIdentite) {
    super(CODES_PROTOCOLE[code].description);
  }
}
