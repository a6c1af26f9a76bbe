import {
  type DateCivile,
  dateEnFrancais,
  debutDuJour,
  type Decision,
  finDuJour,
  non,
  oui,
  Temporal,
} from '@sillage/kernel';
import type { EtatAppel } from './appel.entity.js';

/** What the window of an appel depends on. */
export interface Fenetre {
  libelle: string;
  ouverture: DateCivile;
  cloture: DateCivile;
  etat: EtatAppel;
}

/**
 * Whether an appel receives dossiers at an instant: from the first instant of its opening day to the last of its closing
 * day, in Paris. A closing day that is a Sunday is not postponed (AMB-043). A draft receives nothing, and says nothing.
 * @param regle the dispositif's rule that dates the window
 * @param chemin what the caller named, if it was the appel
 */
export function deciderFenetre(appel: Fenetre, instant: Temporal.Instant, regle: string, chemin?: string[]): Decision {
  const ou = chemin && { chemin };
  if (appel.etat !== 'PUBLIE') {
    return non({
      code: 'INTROUVABLE',
      message: 'Cet appel n’existe pas, ou vous n’y avez pas accès.',
      regle: null,
      ...ou,
    });
  }
  const ouverture = dateEnFrancais(appel.ouverture);
  const cloture = dateEnFrancais(appel.cloture);
  if (Temporal.Instant.compare(instant, debutDuJour(appel.ouverture)) < 0) {
    const message = `« ${appel.libelle} » n’est pas encore ouvert : il reçoit du ${ouverture} au ${cloture} inclus.`;
    return non({ code: 'APPEL_NON_OUVERT', message, regle, ...ou });
  }
  if (Temporal.Instant.compare(instant, finDuJour(appel.cloture)) >= 0) {
    const message = `« ${appel.libelle} » est clos : il recevait du ${ouverture} au ${cloture} inclus, heure de Paris, sans report.`;
    return non({ code: 'APPEL_CLOS', message, regle, ...ou });
  }
  return oui();
}
