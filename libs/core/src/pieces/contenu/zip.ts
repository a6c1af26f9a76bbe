import { inflateRawSync } from 'node:zlib';
import type { Octets } from '../depot/depot-de-pieces.js';

/** An entry as the central directory tells it. */
export interface EntreeZip {
  readonly nom: string;
  readonly methode: number;
  readonly compresse: number;
  readonly taille: number;
  /** Of its local header. */
  readonly position: number;
}

const FIN = 22;
const SIGNATURE_FIN = 0x06054b50;
const SIGNATURE_ENTREE = 0x02014b50;
const SIGNATURE_LOCALE = 0x04034b50;
const LOCALE = 30;
const ENTREE = 46;

const ENTREES_MAX = 2_000;
const REPERTOIRE_MAX = 1_048_576;
const TOTAL_MAX = 200_000_000;
/** Office documents are XML: ten to one is usual, fifty is rare. */
const RATIO_MAX = 100;
/** Below it a ratio means nothing: an empty sheet compresses well. */
const PETIT = 1_000_000;

const ILLISIBLE = 'l’archive est mal formée';

export type LectureZip = { readonly entrees: readonly EntreeZip[] } | { readonly refus: string };

/**
 * The entries of an archive that holds one thing and no other: it begins with its first entry and ends with its directory, nothing overlaps,
 * what is said of an entry twice is said alike, and what it would inflate to is bounded. Nothing is inflated to know it.
 */
export async function lireZip(octets: Octets): Promise<LectureZip> {
  if (octets.taille < FIN) return { refus: ILLISIBLE };
  const fin = await octets.lire(octets.taille - FIN, FIN);
  // A comment, a 64-bit archive, another disk: no office suite writes them.
  if (fin.readUInt32LE(0) !== SIGNATURE_FIN || fin.readUInt16LE(20) !== 0) return { refus: ILLISIBLE };
  const nombre = fin.readUInt16LE(10);
  const taille = fin.readUInt32LE(12);
  const position = fin.readUInt32LE(16);
  if (fin.readUInt32LE(4) !== 0 || fin.readUInt16LE(8) !== nombre) return { refus: ILLISIBLE };
  if (nombre > ENTREES_MAX || taille > REPERTOIRE_MAX) return { refus: 'l’archive a trop d’entrées' };
  if (nombre === 0 || position + taille !== octets.taille - FIN) return { refus: ILLISIBLE };
  const entrees = lireRepertoire(await octets.lire(position, taille), nombre);
  if (entrees === null) return { refus: ILLISIBLE };
  return (await refusDesEntrees(octets, entrees, position)) ?? { entrees };
}

/** The content of a small entry. Null when it is larger than `max`, or not what the directory says. */
export async function lireEntree(octets: Octets, entree: EntreeZip, max: number): Promise<Buffer | null> {
  if (entree.taille > max || entree.compresse > max) return null;
  const locale = await octets.lire(entree.position, LOCALE);
  const debut = entree.position + LOCALE + locale.readUInt16LE(26) + locale.readUInt16LE(28);
  const brut = await octets.lire(debut, entree.compresse);
  try {
    const contenu = entree.methode === 0 ? brut : inflateRawSync(brut, { maxOutputLength: max });
    return contenu.length === entree.taille ? contenu : null;
  } catch {
    return null;
  }
}

function lireRepertoire(repertoire: Buffer, nombre: number): EntreeZip[] | null {
  const entrees: EntreeZip[] = [];
  let ici = 0;
  while (entrees.length < nombre) {
    if (ici + ENTREE > repertoire.length || repertoire.readUInt32LE(ici) !== SIGNATURE_ENTREE) return null;
    const longueurs = [28, 30, 32].map((place) => repertoire.readUInt16LE(ici + place));
    const [nom = 0, extra = 0, commentaire = 0] = longueurs;
    const chiffree = (repertoire.readUInt16LE(ici + 8) & 1) === 1;
    const methode = repertoire.readUInt16LE(ici + 10);
    if (chiffree || (methode !== 0 && methode !== 8) || repertoire.readUInt16LE(ici + 34) !== 0) return null;
    entrees.push({
      nom: repertoire.toString('utf8', ici + ENTREE, ici + ENTREE + nom),
      methode,
      compresse: repertoire.readUInt32LE(ici + 20),
      taille: repertoire.readUInt32LE(ici + 24),
      position: repertoire.readUInt32LE(ici + 42),
    });
    ici += ENTREE + nom + extra + commentaire;
  }
  return ici === repertoire.length ? entrees : null;
}

async function refusDesEntrees(
  octets: Octets,
  entrees: readonly EntreeZip[],
  repertoire: number,
): Promise<{ refus: string } | null> {
  const noms = new Set(entrees.map(({ nom }) => nom.toLowerCase()));
  if (noms.size !== entrees.length || entrees.some(({ nom }) => estSuspect(nom))) {
    return { refus: 'l’archive a des entrées aux noms suspects' };
  }
  const total = somme(entrees.map(({ taille }) => taille));
  const compresse = somme(entrees.map((entree) => entree.compresse));
  const demesure = entrees.some(({ taille, compresse: c }) => taille > PETIT && taille > c * RATIO_MAX);
  if (demesure || total > TOTAL_MAX || (total > PETIT && total > compresse * RATIO_MAX)) {
    return { refus: 'l’archive se déploierait bien au-delà de sa taille' };
  }
  let attendue = 0;
  const enOrdre = [...entrees].sort((a, b) => a.position - b.position);
  for (const [rang, entree] of enOrdre.entries()) {
    const suivante = enOrdre[rang + 1]?.position ?? repertoire;
    const nom = Buffer.from(entree.nom, 'utf8');
    const locale = await octets.lire(entree.position, LOCALE + nom.length);
    if (rang === 0 && entree.position !== 0) return { refus: 'l’archive est précédée d’autre chose' };
    if (entree.position < attendue || locale.length < LOCALE || locale.readUInt32LE(0) !== SIGNATURE_LOCALE) {
      return { refus: ILLISIBLE };
    }
    const memeNom = locale.readUInt16LE(26) === nom.length && locale.subarray(LOCALE).equals(nom);
    attendue = entree.position + LOCALE + nom.length + locale.readUInt16LE(28) + entree.compresse;
    if (!memeNom || locale.readUInt16LE(8) !== entree.methode || attendue > suivante) return { refus: ILLISIBLE };
  }
  return null;
}

function estSuspect(nom: string): boolean {
  return nom === '' || /[\p{Cc}\\\uFFFD]/u.test(nom) || nom.startsWith('/') || nom.split('/').includes('..');
}

function somme(nombres: readonly number[]): number {
  return nombres.reduce((total, nombre) => total + nombre, 0);
}
