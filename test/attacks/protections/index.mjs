import { ACCES } from './acces.mjs';
import { APPROVISIONNEMENT } from './approvisionnement.mjs';
import { CATALOGUE } from './catalogue.mjs';
import { CHAMPS } from './champs.mjs';
import { CLES } from './cles.mjs';
import { ISOLATION } from './isolation.mjs';
import { JETONS } from './jetons.mjs';
import { JOURNAL } from './journal.mjs';
import { MAGASIN } from './magasin.mjs';
import { PERSONNES } from './personnes.mjs';
import { PROTOCOLE } from './protocole.mjs';

/**
 * What holds the house, to be removed once each: the text `cherche` of `fichier`, which is there once, becomes `remplace`; a test of the
 * spec `essai` must then be red, one whose whole name holds `test` if it is given. `parmi` widens what is run to other names, or to the
 * whole file (`[]`): tests that need those before them, or that cost less together.
 *
 * @typedef {object} Protection
 * @property {string} nom
 * @property {string} fichier
 * @property {string} cherche
 * @property {string} remplace
 * @property {string} essai
 * @property {string} [test]
 * @property {string | readonly string[]} [parmi]
 */

/** @type {readonly Protection[]} */
export const PROTECTIONS = [
  ...ACCES,
  ...ISOLATION,
  ...CATALOGUE,
  ...PROTOCOLE,
  ...JETONS,
  ...JOURNAL,
  ...PERSONNES,
  ...CHAMPS,
  ...CLES,
  ...MAGASIN,
  ...APPROVISIONNEMENT,
];
