import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const ALGORITHME = 'aes-256-gcm';
const IV = 12;
const TAG = 16;

/** What {@link chiffrerGcm} adds to the length of a text, in bytes. */
export const SURCROIT_GCM = IV + TAG;

/** AES-256-GCM under a fresh random 96-bit IV: `iv | tag | ciphertext`. `contexte` is authenticated, and not in the result. */
export function chiffrerGcm(cle: KeyObject, clair: Uint8Array, contexte: Uint8Array): Buffer {
  const iv = randomBytes(IV);
  const chiffreur = createCipheriv(ALGORITHME, cle, iv, { authTagLength: TAG }).setAAD(contexte);
  const chiffre = Buffer.concat([chiffreur.update(clair), chiffreur.final()]);
  return Buffer.concat([iv, chiffreur.getAuthTag(), chiffre]);
}

/** The text, or null when the key, the context or a single bit is not the one it was sealed with. */
export function dechiffrerGcm(cle: KeyObject, octets: Buffer, contexte: Uint8Array): Buffer | null {
  if (octets.length < SURCROIT_GCM) return null;
  const dechiffreur = createDecipheriv(ALGORITHME, cle, octets.subarray(0, IV), { authTagLength: TAG })
    .setAAD(contexte)
    .setAuthTag(octets.subarray(IV, SURCROIT_GCM));
  const clair = dechiffreur.update(octets.subarray(SURCROIT_GCM));
  try {
    return Buffer.concat([clair, dechiffreur.final()]);
  } catch {
    // The tag is not that of these bytes: what was deciphered is thrown away unread.
    return null;
  }
}

/** Each part after its length: two lists of parts never give the same bytes. */
export function encoderContexte(parties: readonly (string | number)[]): Buffer {
  return Buffer.concat(
    parties.flatMap((partie) => {
      const octets = Buffer.from(String(partie), 'utf8');
      return [entier32(octets.length), octets];
    }),
  );
}

/** Four bytes, the heaviest first: PostgreSQL compares them as the numbers they are. */
export function entier32(valeur: number): Buffer {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(valeur);
  return octets;
}
