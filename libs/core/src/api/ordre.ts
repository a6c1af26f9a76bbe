import type { Ordre } from '@sillage/read';

/** Newest first: ids grow with time. */
export const DERNIERS_D_ABORD: Ordre = { sens: 'desc', colonnes: [] };
/** In the order in which they came. */
export const PREMIERS_D_ABORD: Ordre = { sens: 'asc', colonnes: [] };
