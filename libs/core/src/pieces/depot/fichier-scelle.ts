import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Brouillon, NomDeFichier, Octets } from './depot-de-pieces.js';

const ALGORITHME = 'aes-256-gcm';
const TAG = 16;
const SEGMENT = 65_536;
const SEGMENT_SCELLE = SEGMENT + TAG;
/** Bytes of a file's own key. */
const CLE = 32;

/** What is stored is not what was sealed: cut, altered, of another file, or under another key. */
export class FichierAltere extends Error {
  override readonly name = 'FichierAltere';

  constructor() {
    super('Le fichier d’une pièce ne s’ouvre pas : il a été altéré, tronqué ou déplacé.');
  }
}

/** A key for one file. It seals that file only, so that the rank of a segment is nonce enough. */
export function tirerCle(): Buffer {
  return randomBytes(CLE);
}

/**
 * Seals a file as it comes: AES-256-GCM by segments of 64 KiB, each bound to its rank, to being the last or not, and to the name of its file
 * (the STREAM construction). None can be moved, repeated, cut off or added, and each is authentic before it is given.
 */
export class Scellage {
  readonly #attente: Buffer[] = [];
  #attendus = 0;
  #rang = 0;

  constructor(
    private readonly brouillon: Brouillon,
    private readonly nom: NomDeFichier,
    private readonly cle: Buffer,
  ) {}

  async ajouter(octets: Buffer): Promise<void> {
    this.#attente.push(octets);
    this.#attendus += octets.length;
    // The last segment is never empty: what fills one exactly waits for what follows.
    if (this.#attendus <= SEGMENT) return;
    const tout = Buffer.concat(this.#attente.splice(0));
    let debut = 0;
    for (; tout.length - debut > SEGMENT; debut += SEGMENT) {
      await this.#sceller(tout.subarray(debut, debut + SEGMENT), false);
    }
    this.#attente.push(tout.subarray(debut));
    this.#attendus = tout.length - debut;
  }

  /** @returns the file as it can be read again */
  async finir(): Promise<Octets> {
    await this.#sceller(Buffer.concat(this.#attente.splice(0)), true);
    return ouvrirScelle(this.brouillon.relire(), this.nom, this.cle);
  }

  async #sceller(clair: Buffer, dernier: boolean): Promise<void> {
    const chiffreur = createCipheriv(ALGORITHME, this.cle, nonce(this.#rang, dernier), { authTagLength: TAG });
    chiffreur.setAAD(contexte(this.nom));
    const chiffre = Buffer.concat([chiffreur.update(clair), chiffreur.final()]);
    await this.brouillon.ajouter(Buffer.concat([chiffre, chiffreur.getAuthTag()]));
    this.#rang += 1;
  }
}

/** The bytes that were sealed. Reading throws {@link FichierAltere} at the first segment that is not authentic. */
export function ouvrirScelle(scelle: Octets, nom: NomDeFichier, cle: Buffer): Octets {
  const segments = Math.ceil(scelle.taille / SEGMENT_SCELLE);
  const taille = scelle.taille - segments * TAG;
  let ouvert: { rang: number; clair: Buffer } | null = null;
  const segment = async (rang: number): Promise<Buffer> => {
    if (ouvert?.rang === rang) return ouvert.clair;
    const octets = await scelle.lire(rang * SEGMENT_SCELLE, SEGMENT_SCELLE);
    const clair = ouvrirSegment(octets, { nom, cle, rang, dernier: rang === segments - 1 });
    ouvert = { rang, clair };
    return clair;
  };
  return {
    taille,
    async lire(position, longueur) {
      const fin = Math.min(position + longueur, taille);
      const morceaux: Buffer[] = [];
      for (let ici = position; ici < fin;) {
        const rang = Math.floor(ici / SEGMENT);
        const clair = await segment(rang);
        const morceau = clair.subarray(ici - rang * SEGMENT, fin - rang * SEGMENT);
        if (morceau.length === 0) throw new FichierAltere();
        morceaux.push(morceau);
        ici += morceau.length;
      }
      return Buffer.concat(morceaux);
    },
  };
}

/** All of it in order, by pieces of a segment. */
export async function* parSegments(octets: Octets): AsyncGenerator<Buffer> {
  for (let position = 0; position < octets.taille; position += SEGMENT) yield await octets.lire(position, SEGMENT);
}

interface Segment {
  readonly nom: NomDeFichier;
  readonly cle: Buffer;
  readonly rang: number;
  readonly dernier: boolean;
}

function ouvrirSegment(octets: Buffer, { nom, cle, rang, dernier }: Segment): Buffer {
  if (octets.length <= TAG) throw new FichierAltere();
  const fin = octets.length - TAG;
  const dechiffreur = createDecipheriv(ALGORITHME, cle, nonce(rang, dernier), { authTagLength: TAG });
  dechiffreur.setAAD(contexte(nom)).setAuthTag(octets.subarray(fin));
  const clair = dechiffreur.update(octets.subarray(0, fin));
  try {
    return Buffer.concat([clair, dechiffreur.final()]);
  } catch {
    throw new FichierAltere();
  }
}

function nonce(rang: number, dernier: boolean): Buffer {
  const octets = Buffer.alloc(12);
  octets.writeUInt32BE(rang, 7);
  octets.writeUInt8(dernier ? 1 : 0, 11);
  return octets;
}

function contexte({ departementId, id }: NomDeFichier): Buffer {
  return Buffer.from(`piece\n${departementId}\n${id}`, 'utf8');
}
