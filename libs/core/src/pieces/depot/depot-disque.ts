import { constants } from 'node:fs';
import { access, mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Brouillon, DepotDePieces, FichierOuvert, FichierTrouve, NomDeFichier } from './depot-de-pieces.js';
import { DepotIndisponible } from './depot-indisponible.js';
import { ecrireTout, octetsDuFichier } from './fichier-local.js';
import { estNomTire, exigerDepartement, exigerPlace } from './place.js';

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
      relire: () => octetsDuFichier(fichier, taille),
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
      return { ...octetsDuFichier(fichier, size), fermer: () => fichier.close() };
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
        if (!estNomTire(id)) continue;
        // The machine's own time, as the file bears it: the demonstration's clock is another.
        const { mtimeMs } = await stat(join(dossier, name));
        yield { id, brouillon, ageMs: Date.now() - mtimeMs };
      }
    } catch (erreur) {
      if (!estAbsent(erreur)) throw erreur;
    }
  }

  async verifier(): Promise<void> {
    try {
      await mkdir(this.racine, { recursive: true, mode: 0o700 });
      await access(this.racine, constants.R_OK | constants.W_OK | constants.X_OK);
    } catch (erreur) {
      throw new DepotIndisponible('son dossier ne se lit pas ou ne s’écrit pas', { cause: erreur });
    }
  }

  #place(nom: NomDeFichier): { dossier: string; chemin: string } {
    const [departementId, id] = exigerPlace(nom);
    const dossier = this.#dossier(departementId);
    return { dossier, chemin: join(dossier, id) };
  }

  #dossier(departementId: string): string {
    return join(this.racine, exigerDepartement(departementId));
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
