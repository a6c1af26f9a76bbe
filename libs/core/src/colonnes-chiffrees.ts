import { type ColonneChiffree, colonneChiffree } from '@sillage/access';

/** The sealed columns of the core's tables: each capability adds its own here. */
export const colonnesChiffreesCore: readonly ColonneChiffree[] = [
  colonneChiffree('sillage.acte', 'lieu'),
  colonneChiffree('sillage.acte', 'commentaire'),
  colonneChiffree('sillage.jeune', 'limite_motif'),
  colonneChiffree('sillage.jeune_coordonnees', 'telephone'),
  colonneChiffree('sillage.jeune_coordonnees', 'courriel'),
  colonneChiffree('sillage.jeune_coordonnees', 'adresse'),
  colonneChiffree('sillage.jeune_coordonnees', 'representants'),
  colonneChiffree('sillage.jeune_rectification', 'ancienne'),
  colonneChiffree('sillage.jeune_rectification', 'motif'),
  colonneChiffree('sillage.conservation_proposition', 'motif'),
  colonneChiffree('sillage.piece_ticket', 'nom'),
  colonneChiffree('sillage.piece', 'nom'),
  colonneChiffree('sillage.piece', 'cle'),
];
