import type { KeyObject } from 'node:crypto';
import { chiffrerGcm, dechiffrerGcm, encoderContexte, entier32, SURCROIT_GCM } from './aes-gcm.js';

/** Where a value is written: it can be opened there and nowhere else. */
export interface Place {
  /** With its schema: `sillage.jeune_coordonnees`. */
  readonly table: string;
  readonly colonne: string;
  /** The row's uuid within its département. */
  readonly id: string;
}

/** A place, whose it is, and which version of the département's key seals it. */
export interface Scellement extends Place {
  readonly departementId: string;
  readonly version: number;
}

/** Why a sealed value does not open: not what we write; its key unknown, destroyed or locked; altered, or moved from its place. */
export type CodeIllisible = 'CHIFFRE_MAL_FORME' | 'CLE_INDISPONIBLE' | 'CHIFFRE_ALTERE';

/** A sealed value that cannot be opened. Neither message nor code says anything of what it holds. */
export class ChiffreIllisible extends Error {
  override readonly name = 'ChiffreIllisible';

  constructor(readonly code: CodeIllisible) {
    super(MESSAGES[code]);
  }
}

const MESSAGES: Readonly<Record<CodeIllisible, string>> = {
  CHIFFRE_MAL_FORME: 'Une donnée chiffrée n’a pas la forme attendue : elle a été tronquée ou remplacée.',
  CLE_INDISPONIBLE: 'Une donnée chiffrée ne peut pas être ouverte : sa clé manque, ou la clé maître qui l’enveloppe.',
  CHIFFRE_ALTERE: 'Une donnée chiffrée ne peut pas être ouverte : elle a été altérée, ou déplacée.',
};

const FORMAT = 1;
/** What PostgreSQL calls an integer. */
const VERSION_MAX = 0x7fffffff;
/** Format, then version of the key. */
const ENTETE = 1 + 4;

/**
 * Lengths are told by blocks of 32 bytes: without it, a ciphertext has the very length of its text, and a telephone, a short
 * name or a yes and a no can be told apart by who only sees the database. An absent value (NULL) still shows.
 */
const BLOC = 32;
/** After the text, then zeros up to the block (ISO/IEC 7816-4): found again whatever the text ends with. */
const FIN_DU_TEXTE = 0x80;

/**
 * Seals a text for its place: `format | key version | iv | tag | ciphertext`, to be stored as bytea. A lone surrogate becomes
 * U+FFFD, as in any UTF-8 column.
 */
export function sceller(cle: KeyObject, scellement: Scellement, texte: string): Buffer {
  const entete = Buffer.concat([Buffer.of(FORMAT), entier32(scellement.version)]);
  return Buffer.concat([entete, chiffrerGcm(cle, completer(texte), contexteDe(scellement))]);
}

/** The text sealed by {@link sceller} with the same key for the same place. @throws ChiffreIllisible */
export function ouvrir(cle: KeyObject, scellement: Scellement, octets: Buffer): string {
  if (versionDuChiffre(octets) !== scellement.version) throw new ChiffreIllisible('CHIFFRE_MAL_FORME');
  const complet = dechiffrerGcm(cle, octets.subarray(ENTETE), contexteDe(scellement));
  if (complet === null) throw new ChiffreIllisible('CHIFFRE_ALTERE');
  return complet.toString('utf8', 0, complet.lastIndexOf(FIN_DU_TEXTE));
}

/** Which version of the key of its département opens it. @throws ChiffreIllisible */
export function versionDuChiffre(octets: Buffer): number {
  const longueur = octets.length - ENTETE - SURCROIT_GCM;
  if (longueur < BLOC || longueur % BLOC !== 0 || octets[0] !== FORMAT) throw new ChiffreIllisible('CHIFFRE_MAL_FORME');
  const version = octets.readUInt32BE(1);
  if (version > VERSION_MAX) throw new ChiffreIllisible('CHIFFRE_MAL_FORME');
  return version;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An id is taken as PostgreSQL writes it: one that a caller gave in capitals names the same row. */
function contexteDe({ departementId, table, colonne, id, version }: Scellement): Buffer {
  const ligne = id.toLowerCase();
  if (!UUID.test(ligne))
    throw new TypeError(`${table}.${colonne} : la ligne d’une donnée chiffrée se nomme par un uuid.`);
  return encoderContexte([FORMAT, version, departementId, table, colonne, ligne]);
}

function completer(texte: string): Buffer {
  const octets = Buffer.from(texte, 'utf8');
  const complet = Buffer.alloc((Math.floor(octets.length / BLOC) + 1) * BLOC);
  octets.copy(complet);
  complet[octets.length] = FIN_DU_TEXTE;
  return complet;
}
