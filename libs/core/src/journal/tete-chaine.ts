import { type Chaine, CHAINES } from './chaines.js';

/** The last link of a chain: to be kept where whoever can write in the database cannot write. */
export interface TeteDeChaine {
  readonly departementId: string;
  readonly chaine: Chaine;
  readonly rang: number;
  /** SHA-256, in hexadecimal. */
  readonly empreinte: string;
}

/** `62/JOURNAL/1204/9f2c…`: what the command prints, and takes back. */
export function ecrireTete({ departementId, chaine, rang, empreinte }: TeteDeChaine): string {
  return `${departementId}/${chaine}/${rang}/${empreinte}`;
}

const FORME = /^([^/]+)\/([^/]+)\/([1-9]\d{0,14})\/([0-9a-f]{64})$/;

/** Null for what {@link ecrireTete} does not write. */
export function lireTete(texte: string): TeteDeChaine | null {
  const [, departementId, nom, rang, empreinte] = FORME.exec(texte) ?? [];
  const chaine = (Object.keys(CHAINES) as Chaine[]).find((connue) => connue === nom);
  if (departementId === undefined || empreinte === undefined || chaine === undefined) return null;
  return { departementId, chaine, rang: Number(rang), empreinte };
}
