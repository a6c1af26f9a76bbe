import { champ, type Champ } from './champ.js';
import type { NatureDepense } from './finance/index.js';

/** What an enveloppe for housing pays for: the texts only evoke equipment, other kinds are free (AMB-096). */
export function naturesLogement(regle: string): Record<'PRE_EQUIPEMENT' | 'ACCOMPAGNEMENT' | 'AUTRE', NatureDepense> {
  return {
    PRE_EQUIPEMENT: { libelle: 'Pré-équipement des logements', famille: 'FONCTIONNEMENT', regle },
    ACCOMPAGNEMENT: { libelle: 'Accompagnement et gestion locative adaptée', famille: 'PERSONNEL', regle: 'AMB-096' },
    AUTRE: { libelle: 'Autre dépense en faveur de l’entrée en logement', famille: 'FONCTIONNEMENT', regle: 'AMB-096' },
  };
}

const PORTEURS = { BAILLEUR: 'Bailleur social', GROUPEMENT: 'Groupement de bailleurs' } as const;

/** Who may carry a project: landlords, alone or together, with homes in the département. */
export function champsBailleur(regle: string): {
  porteur: Champ<keyof typeof PORTEURS, true>;
  parc: Champ<number, true>;
} {
  return {
    porteur: champ.choix(PORTEURS, { libelle: 'Nature du porteur', regle }),
    parc: champ.entier({ libelle: 'Logements du parc dans le Pas-de-Calais', unite: 'logements', min: 1, regle }),
  };
}

const MOTIFS_DE_SORTIE = {
  DEMENAGEMENT: 'Déménagement à la demande du ménage vers un autre logement, public ou privé',
  EXPULSION: 'Expulsion locative',
  AUTRE: 'Autre motif',
} as const;

/** Why a home was left: three values, the last for all that the texts do not name (AMB-158). */
export function champMotifDeSortie(regle: string): Champ<keyof typeof MOTIFS_DE_SORTIE, true> {
  return champ.choix(MOTIFS_DE_SORTIE, { libelle: 'Motif de sortie', regle });
}
