import type { FileHandle } from 'node:fs/promises';
import type { Octets } from './depot-de-pieces.js';

/** A file of this machine, of which `taille` bytes are read. */
export function octetsDuFichier(fichier: FileHandle, taille: number): Octets {
  return {
    taille,
    async lire(position, longueur) {
      const octets = Buffer.alloc(Math.max(0, Math.min(longueur, taille - position)));
      let lus = 0;
      while (lus < octets.length) {
        const { bytesRead } = await fichier.read(octets, lus, octets.length - lus, position + lus);
        if (bytesRead === 0) return octets.subarray(0, lus);
        lus += bytesRead;
      }
      return octets;
    },
  };
}

/** All of these bytes, from there. */
export async function ecrireTout(fichier: FileHandle, octets: Buffer, position: number): Promise<void> {
  let ecrits = 0;
  while (ecrits < octets.length) {
    const { bytesWritten } = await fichier.write(octets, ecrits, octets.length - ecrits, position + ecrits);
    ecrits += bytesWritten;
  }
}
