import type { FichierOuvert } from '../depot-de-pieces.js';
import { DepotIndisponible } from '../depot-indisponible.js';
import type { ClientS3, ReponseS3 } from './client-s3.js';

/** Bytes asked for at once: a few files are read whole, none is held whole. */
const FENETRE = 1_048_576;
const RIEN = Buffer.alloc(0);

interface Fenetre {
  readonly debut: number;
  readonly octets: Buffer;
  /** Of the object. */
  readonly taille: number;
}

/**
 * An object, read by windows of 1 MiB: no connection waits for whoever reads slowly.
 * @returns null when there is none @throws DepotIndisponible
 */
export async function ouvrirObjet(client: ClientS3, cle: string): Promise<FichierOuvert | null> {
  let fenetre = await lireFenetre(client, cle, 0);
  if (fenetre === null) return null;
  const { taille } = fenetre;
  return {
    taille,
    async lire(position, longueur) {
      const fin = Math.min(position + longueur, taille);
      const morceaux: Buffer[] = [];
      for (let ici = position; ici < fin;) {
        if (fenetre === null || !contient(fenetre, ici)) fenetre = await lireFenetre(client, cle, ici);
        // Gone, or shorter than it was: what is missing is told by whoever unseals.
        if (fenetre === null || !contient(fenetre, ici)) break;
        const morceau = fenetre.octets.subarray(ici - fenetre.debut, fin - fenetre.debut);
        morceaux.push(morceau);
        ici += morceau.length;
      }
      return Buffer.concat(morceaux);
    },
    fermer: async () => undefined,
  };
}

async function lireFenetre(client: ClientS3, cle: string, debut: number): Promise<Fenetre | null> {
  const entetes = { range: `bytes=${debut}-${debut + FENETRE - 1}` };
  const reponse = await client.demander({ methode: 'GET', cle, entetes, admis: [404, 416] });
  if (reponse.statut === 404) return null;
  // An object that ends before there, or that is empty.
  if (reponse.statut === 416) return { debut, octets: RIEN, taille: 0 };
  return { debut, octets: reponse.corps, taille: tailleDite(reponse, debut) };
}

/** The size of the whole object, once what came is what was asked for. */
function tailleDite({ statut, entetes, corps }: ReponseS3, debut: number): number {
  const [, du, au, taille] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(entetes['content-range'] ?? '') ?? [];
  const juste = statut === 206 && Number(du) === debut && Number(au) - debut + 1 === corps.length;
  if (!juste || corps.length > FENETRE) throw new DepotIndisponible('il ne donne pas la partie demandée d’un fichier');
  return Number(taille);
}

function contient({ debut, octets }: Fenetre, position: number): boolean {
  return position >= debut && position < debut + octets.length;
}
