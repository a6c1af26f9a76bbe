import { parametre, type Parametre } from '../parametre.js';

/** Points taken off, beyond those lost, for a MALUS item scored zero; none by default (AMB-075). */
export function parametrePenaliteMalus(du: string, regle: string): Parametre<number> {
  return parametre.entier([{ du, valeur: 0 }], {
    libelle: 'Points retranchés pour un malus',
    regle,
    interpretation: 'AMB-075',
    unite: 'points',
  });
}

/** How long the porteur may contradict the scores that services propose, before the siège makes them final (AMB-078). */
export function parametreDelaiObservations(du: string, regle: string): Parametre<number> {
  return parametre.jours([{ du, valeur: 15 }], {
    libelle: 'Délai des observations du porteur sur les notes proposées',
    regle,
    interpretation: 'AMB-078',
  });
}
