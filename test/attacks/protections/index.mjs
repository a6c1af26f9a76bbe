import { ACCES } from './acces.mjs';
import { APPROVISIONNEMENT } from './approvisionnement.mjs';
import { CATALOGUE } from './catalogue.mjs';
import { CHAMPS } from './champs.mjs';
import { CLES } from './cles.mjs';
import { ISOLATION } from './isolation.mjs';
import { JETONS } from './jetons.mjs';
import { JOURNAL } from './journal.mjs';
import { PERSONNES } from './personnes.mjs';
import { PROTOCOLE } from './protocole.mjs';

/**
 * What holds the house, to be removed once each: the text `cherche` of `fichier`, which is there once, becomes `remplace`; the spec `essai`,
 * or those of its tests whose whole name holds `test`, must then be red.
 *
 * @typedef {object} Protection
 * @property {string} nom
 * @property {string} fichier
 * @property {string} cherche
 * @property {string} remplace
 * @property {string} essai
 * @property {string} [test]
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
  ...APPROVISIONNEMENT,
];
