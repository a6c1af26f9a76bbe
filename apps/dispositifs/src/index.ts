import { coordoAse } from '@sillage/coordo-ase';
import { primoLocataires } from '@sillage/primo-locataires';
import { accompagnementLogement } from '@sillage/accompagnement-logement';
import { cllaj } from '@sillage/cllaj';
import type { Dispositif } from '@sillage/dispositif-kit';
import { fajCo } from '@sillage/faj-co';
import { graineDe } from '@sillage/graine-de';
import { solutionsLogement } from '@sillage/solutions-logement';

/** The installed dispositifs, the one list that gateway, worker and tools read. Adding one here installs it; using it is an activation. */
export const dispositifs: readonly Dispositif[] = [
  coordoAse,
  primoLocataires,
  accompagnementLogement,
  fajCo,
  cllaj,
  graineDe,
  solutionsLogement,
];
