import { coordoAse } from '@sillage/coordo-ase';
import type { Dispositif } from '@sillage/dispositif-kit';

/** The installed dispositifs, the one list that gateway, worker and tools read. Adding one here installs it; using it is an activation. */
export const dispositifs: readonly Dispositif[] = [coordoAse];
