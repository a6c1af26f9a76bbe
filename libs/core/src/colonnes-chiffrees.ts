import { type ColonneChiffree, colonneChiffree } from '@sillage/access';

/** The sealed columns of the core's tables: each capability adds its own here. */
export const colonnesChiffreesCore: readonly ColonneChiffree[] = [
  colonneChiffree('sillage.acte', 'lieu'),
  colonneChiffree('sillage.acte', 'commentaire'),
];
