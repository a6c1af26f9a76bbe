import { createHash, createHmac, createSecretKey, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { chiffrerGcm, dechiffrerGcm, encoderContexte } from './aes-gcm.js';

/** A data key of a département as it is stored: sealed by a master key, for that département and that version alone. */
export interface CleEnveloppee {
  readonly departementId: string;
  readonly version: number;
  readonly enveloppe: Buffer;
  readonly cleMaitreId: string;
}

const OCTETS = 32;

/** The master keys of this process. The current one wraps; all of them unwrap. Neither printing nor JSON shows them. */
export class ClesMaitres {
  readonly #cles = new Map<string, KeyObject>();
  /** Name of the current one: the first eight hexadecimal digits of its SHA-256. It can be written anywhere. */
  readonly couranteId: string;

  /** Each key is 32 bytes in base64. @throws RangeError when one is not. */
  constructor({ courante, anciennes = [] }: { readonly courante: string; readonly anciennes?: readonly string[] }) {
    for (const texte of [courante, ...anciennes]) this.#cles.set(idDeCleMaitre(texte), createSecretKey(lire(texte)));
    this.couranteId = idDeCleMaitre(courante);
  }

  /** Draws a data key for a version of a département's, wrapped by the current master key. */
  tirer(departementId: string, version: number): CleEnveloppee {
    return this.#envelopper(departementId, version, randomBytes(OCTETS));
  }

  /** The data key, or null when its master key is not here or the wrapping is not whole. */
  ouvrir(enveloppee: CleEnveloppee): KeyObject | null {
    const octets = this.#developper(enveloppee);
    return octets === null ? null : createSecretKey(octets);
  }

  /** The same data key, wrapped by the current master key; null when it cannot be opened. */
  reenvelopper(enveloppee: CleEnveloppee): CleEnveloppee | null {
    const octets = this.#developper(enveloppee);
    return octets === null ? null : this.#envelopper(enveloppee.departementId, enveloppee.version, octets);
  }

  /** A signature (HMAC-SHA-256) of these values for that use, under a key that the current master key gives for nothing else. */
  attester(usage: string, parties: readonly (string | number)[]): Buffer {
    return signature(this.#cles.get(this.couranteId) as KeyObject, usage, parties);
  }

  /** Whether a master key of this process has signed that. */
  atteste(usage: string, parties: readonly (string | number)[], recue: Buffer): boolean {
    return [...this.#cles.values()].some((cle) => {
      const attendue = signature(cle, usage, parties);
      return recue.length === attendue.length && timingSafeEqual(recue, attendue);
    });
  }

  connait(cleMaitreId: string): boolean {
    return this.#cles.has(cleMaitreId);
  }

  #envelopper(departementId: string, version: number, octets: Buffer): CleEnveloppee {
    const cleMaitreId = this.couranteId;
    const contexte = encoderContexte([departementId, version, cleMaitreId]);
    const enveloppe = chiffrerGcm(this.#cles.get(cleMaitreId) as KeyObject, octets, contexte);
    return { departementId, version, enveloppe, cleMaitreId };
  }

  #developper({ departementId, version, enveloppe, cleMaitreId }: CleEnveloppee): Buffer | null {
    const maitre = this.#cles.get(cleMaitreId);
    if (maitre === undefined) return null;
    return dechiffrerGcm(maitre, enveloppe, encoderContexte([departementId, version, cleMaitreId]));
  }
}

/** The name of a master key given in base64. */
export function idDeCleMaitre(texte: string): string {
  return createHash('sha256').update(lire(texte)).digest('hex').slice(0, 8);
}

function signature(maitre: KeyObject, usage: string, parties: readonly (string | number)[]): Buffer {
  const cle = Buffer.from(hkdfSync('sha256', maitre, Buffer.alloc(0), `sillage ${usage}`, OCTETS));
  return createHmac('sha256', cle).update(encoderContexte(parties)).digest();
}

function lire(texte: string): Buffer {
  const octets = Buffer.from(texte, 'base64');
  if (octets.length !== OCTETS) throw new RangeError(`Une clé maître a ${OCTETS} octets, en base64.`);
  return octets;
}
