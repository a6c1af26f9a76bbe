import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  Brouillon,
  DepotDePieces,
  FichierOuvert,
  FichierTrouve,
  NomDeFichier,
  Octets,
} from './depot-de-pieces.js';

const DEPARTEMENT = /^[0-9][0-9AB][0-9]?$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SUFFIXE = '.partie';
const PRIVE = 0o600;

/** Files in a folder of the machine, one folder a département. What is there is whole: written aside, flushed, then renamed. */
export class DepotDisque implements DepotDePieces {
  constructor(private readonly racine: string) {}

  async commencer(nom: NomDeFichier): Promise<Brouillon> {
    const { dossier, chemin } = this.#place(nom);
    await mkdir(dossier, { recursive: true, mode: 0o700 });
    const partie = `${chemin}${SUFFIXE}`;
    const fichier = await open(partie, 'wx+', PRIVE);
    let taille = 0;
    let ferme = false;
    const fermer = async (): Promise<void> => {
      if (ferme) return;
      ferme = true;
      await fichier.close();
    };
    return {
      async ajouter(octets) {
        await ecrireTout(fichier, octets, taille);
        taille += octets.length;
      },
      relire: () => octetsDe(fichier, taille),
      async publier() {
        await fichier.sync();
        await fermer();
        await rename(partie, chemin);
        await retenirLeNom(dossier);
      },
      async abandonner() {
        await fermer();
        await rm(partie, { force: true });
        await rm(chemin, { force: true });
      },
    };
  }

  async ouvrir(nom: NomDeFichier): Promise<FichierOuvert | null> {
    try {
      const fichier = await open(this.#place(nom).chemin, constants.O_RDONLY | constants.O_NOFOLLOW);
      const { size } = await fichier.stat();
      return { ...octetsDe(fichier, size), fermer: () => fichier.close() };
    } catch (erreur) {
      if (estAbsent(erreur)) return null;
      throw erreur;
    }
  }

  async supprimer(nom: NomDeFichier): Promise<void> {
    const { chemin } = this.#place(nom);
    await rm(chemin, { force: true });
    await rm(`${chemin}${SUFFIXE}`, { force: true });
  }

  async *lister(departementId: string): AsyncIterable<FichierTrouve> {
    const dossier = this.#dossier(departementId);
    try {
      for await (const { name } of await opendir(dossier)) {
        const brouillon = name.endsWith(SUFFIXE);
        const id = brouillon ? name.slice(0, -SUFFIXE.length) : name;
        if (!UUID.test(id)) continue;
        // The machine's own time, as the file bears it: the demonstration's clock is another.
        const { mtimeMs } = await stat(join(dossier, name));
        yield { id, brouillon, ageMs: Date.now() - mtimeMs };
      }
    } catch (erreur) {
      if (!estAbsent(erreur)) throw erreur;
    }
  }

  #place({ departementId, id }: NomDeFichier): { dossier: string; chemin: string } {
    if (!UUID.test(id)) throw new TypeError('Une pièce se range sous un uuid.');
    const dossier = this.#dossier(departementId);
    return { dossier, chemin: join(dossier, id) };
  }

  #dossier(departementId: string): string {
    if (!DEPARTEMENT.test(departementId)) throw new TypeError('Une pièce se range dans un département.');
    return join(this.racine, departementId);
  }
}

function octetsDe(fichier: FileHandle, taille: number): Octets {
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

async function ecrireTout(fichier: FileHandle, octets: Buffer, position: number): Promise<void> {
  let ecrits = 0;
  while (ecrits < octets.length) {
    const { bytesWritten } = await fichier.write(octets, ecrits, octets.length - ecrits, position + ecrits);
    ecrits += bytesWritten;
  }
}

/** A renamed file may be lost with its machine until its folder has been flushed too. */
async function retenirLeNom(dossier: string): Promise<void> {
  const ouvert = await open(dossier, 'r');
  try {
    await ouvert.sync();
  } finally {
    await ouvert.close();
  }
}

function estAbsent(erreur: unknown): boolean {
  return erreur instanceof Error && 'code' in erreur && erreur.code === 'ENOENT';
}
