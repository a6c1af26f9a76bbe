import { type DateCivile, dateCivile, elaguer, ErreurValeur, Montant, Refus } from '@sillage/kernel';

/** A civil date that somebody typed. @throws Refus VALEUR_INVALIDE at `path` */
export function lireDate(texte: string, path: string[]): DateCivile {
  return lireOuRefuser(() => dateCivile(texte), path);
}

/** Euros that somebody typed, more than zero. @throws Refus VALEUR_INVALIDE at `path` */
export function lireMontantPositif(texte: string, path: string[], regle: string): Montant {
  const montant = lireOuRefuser(() => Montant.euros(texte), path);
  if (montant.comparer(Montant.ZERO) > 0) return montant;
  throw Refus.de('VALEUR_INVALIDE', 'Le montant est supérieur à zéro.', { path, regle });
}

const MOTIF_MAX = 5000;

/** Why, in words. @throws Refus CHAMP_OBLIGATOIRE, VALEUR_INVALIDE at `input.motif` */
export function lireMotif(texte: string, regle: string): string {
  const motif = elaguer(texte);
  const path = ['input', 'motif'];
  if (motif === '') throw Refus.de('CHAMP_OBLIGATOIRE', 'Dites pourquoi.', { path, regle });
  if (motif.length <= MOTIF_MAX) return motif;
  throw Refus.de('VALEUR_INVALIDE', 'Le motif tient en 5 000 caractères.', { path, regle });
}

function lireOuRefuser<T>(lire: () => T, path: string[]): T {
  try {
    return lire();
  } catch (erreur) {
    if (erreur instanceof ErreurValeur) throw Refus.de('VALEUR_INVALIDE', erreur.message, { path });
    throw erreur;
  }
}
