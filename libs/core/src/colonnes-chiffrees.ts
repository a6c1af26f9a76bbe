import type { ColonneChiffree } from '@sillage/access';

/** The core's sealed columns (bytea), which a renewal of keys goes through: each table's owner adds its own here. */
export const colonnesChiffreesCore: readonly ColonneChiffree[] = [];
