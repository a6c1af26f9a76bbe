import type { Champ, Champs } from './champ.js';

/** Where a column of a file goes: a field, or a field of the n-th row of another (from 0). */
export interface CheminDeColonne {
  readonly champ: string;
  readonly rang?: number;
  readonly sousChamp?: string;
  readonly declare: Champ;
}

const RANGEES_MAX = 50;

/** A column's name as it is compared: letters and digits alone, without accents or case. */
export function nomDeColonne(nom: string): string {
  return nom
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

/**
 * The field that a column of a file fills in, by its key, its label or the names that it declares (AMB-166). In rows, the column says which:
 * `Dépenses directes 2 - Montant`, or `depensesDirectes.2.montant`.
 */
export function trouverColonne(champs: Champs, colonne: string): CheminDeColonne | null {
  const nom = nomDeColonne(colonne);
  for (const [champ, declare] of Object.entries(champs)) {
    for (const sien of nomsDe(champ, declare)) {
      if (declare.nature.genre !== 'lignes') {
        if (nom === sien) return { champ, declare };
        continue;
      }
      const suite = nom.startsWith(sien) ? /^(\d{1,2})([a-z].*)$/.exec(nom.slice(sien.length)) : null;
      if (suite === null) continue;
      const rang = entier(suite[1] as string) - 1;
      if (rang < 0 || rang >= RANGEES_MAX) continue;
      const trouve = trouverColonne(declare.nature.champs, suite[2] as string);
      if (trouve !== null) return { champ, rang, sousChamp: trouve.champ, declare: trouve.declare };
    }
  }
  return null;
}

function nomsDe(champ: string, { options }: Champ): string[] {
  return [champ, options.libelle, ...(options.colonnes ?? [])].map(nomDeColonne);
}

const OUI = new Set(['oui', 'vrai', 'true', '1', 'x']);
const NON = new Set(['non', 'faux', 'false', '0']);

/**
 * A cell in the stored form of its field, as French spreadsheets write it: `52 000,00 €`, `15/02/2026`, `oui`, the label of a choice. What
 * cannot be read so is left as it is: the field's own schema says what is wrong. An empty cell is null.
 */
export function lireCellule({ nature }: Champ, cellule: string): unknown {
  const texte = cellule.trim();
  if (texte === '') return null;
  switch (nature.genre) {
    case 'entier':
      return /^-?\d{1,15}$/.test(sansEspaces(texte)) ? entier(sansEspaces(texte)) : texte;
    case 'decimal':
    case 'montant':
      return sansEspaces(texte).replace(/€$/, '').replace(',', '.');
    case 'date':
      return texte.replace(/^(\d{2})\/(\d{2})\/(\d{4})$/, '$3-$2-$1');
    case 'booleen':
      return OUI.has(nomDeColonne(texte)) || (NON.has(nomDeColonne(texte)) ? false : texte);
    case 'choix': {
      const nom = nomDeColonne(texte);
      const trouvee = Object.entries(nature.options).find(([cle, libelle]) =>
        [cle, libelle].some((n) => nomDeColonne(n) === nom),
      );
      return trouvee?.[0] ?? texte;
    }
    case 'texte':
    case 'lignes':
      return texte;
  }
}

function sansEspaces(texte: string): string {
  return texte.replace(/\s/gu, '');
}

/** Digits, of a whole number that JSON holds exactly. */
function entier(chiffres: string): number {
  return JSON.parse(chiffres.replace(/^(-?)0+(?=\d)/, '$1')) as number;
}
