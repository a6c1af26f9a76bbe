import { administrateur } from './administrateur.js';
import { association } from './association.js';
import { bailleur } from './bailleur.js';
import { roleCllaj } from './cllaj.js';
import type { DeclarationRole } from './declaration.js';
import { dpd } from './dpd.js';
import { mds } from './mds.js';
import { missionLocale } from './mission-locale.js';
import { referentAse } from './referent-ase.js';
import { siege } from './siege.js';
import { slai } from './slai.js';
import { slisl } from './slisl.js';

/** Every role of the house, in the order of `docs/access.md`. What is not declared here, or by a dispositif, is denied. */
export const DECLARATIONS: readonly DeclarationRole[] = [
  administrateur,
  siege,
  dpd,
  slai,
  slisl,
  mds,
  referentAse,
  missionLocale,
  bailleur,
  roleCllaj,
  association,
];
