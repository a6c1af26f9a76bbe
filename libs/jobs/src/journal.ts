import { texteDePanne } from './panne.js';

/** What jobs need of a logger; Nest's `Logger` has it. Texts hold no nominative data. */
export interface Journal {
  log(texte: string): void;
  warn(texte: string): void;
  error(texte: string): void;
}

const SILENCE_MS = 5_000;

/**
 * A listener for a connection's `error` events: a server that is away gives the same error many times a second, one line in five
 * seconds says it.
 */
export function journalDiscret(journal: Journal, objet: string): (erreur: Error) => void {
  let prochaine = 0;
  let tues = 0;
  return (erreur) => {
    const maintenant = Date.now();
    if (maintenant < prochaine) {
      tues += 1;
      return;
    }
    journal.warn(`${objet} : ${texteDePanne(erreur)}${tues > 0 ? ` (${tues} autres depuis)` : ''}`);
    prochaine = maintenant + SILENCE_MS;
    tues = 0;
  };
}
