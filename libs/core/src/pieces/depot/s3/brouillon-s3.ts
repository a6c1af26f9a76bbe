import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Brouillon, Octets } from '../depot-de-pieces.js';
import { DepotIndisponible } from '../depot-indisponible.js';
import { ecrireTout, octetsDuFichier } from '../fichier-local.js';
import type { ClientS3, CorpsS3 } from './client-s3.js';

const MORCEAU = 65_536;

/**
 * Kept sealed in a file of this machine that has no name any more, so that a crash leaves nothing; then sent in one request, which S3
 * makes an object of wholly or not at all.
 */
export async function commencerObjet(client: ClientS3, cle: string): Promise<Brouillon> {
  const fichier = await ouvrirSansNom();
  const empreinte = createHash('sha256');
  let taille = 0;
  let publie = false;
  let ferme = false;
  const fermer = async (): Promise<void> => {
    if (ferme) return;
    ferme = true;
    await fichier.close();
  };
  return {
    async ajouter(octets) {
      await ecrireTout(fichier, octets, taille);
      empreinte.update(octets);
      taille += octets.length;
    },
    relire: () => octetsDuFichier(fichier, taille),
    async publier() {
      const corps = corpsDe(octetsDuFichier(fichier, taille), empreinte.digest('hex'));
      await client.demander({ methode: 'PUT', cle, corps });
      publie = true;
      await fermer();
    },
    async abandonner() {
      await fermer();
      if (!publie) return;
      try {
        await client.demander({ methode: 'DELETE', cle, admis: [404] });
      } catch (erreur) {
        // No row names it: the sweep will find it. Whoever abandons has something else to say.
        if (!(erreur instanceof DepotIndisponible)) throw erreur;
      }
    },
  };
}

async function ouvrirSansNom(): Promise<FileHandle> {
  const chemin = join(tmpdir(), `sillage-piece-${randomUUID()}`);
  const fichier = await open(chemin, 'wx+', 0o600);
  try {
    await rm(chemin);
    return fichier;
  } catch (erreur) {
    await fichier.close();
    throw erreur;
  }
}

function corpsDe(octets: Octets, empreinte: string): CorpsS3 {
  return {
    taille: octets.taille,
    empreinte,
    async *lire() {
      for (let ici = 0; ici < octets.taille; ici += MORCEAU) yield await octets.lire(ici, MORCEAU);
    },
  };
}
