import { type DateCivile, elaguer, jourDe, Refus, type Temporal } from '@sillage/kernel';
import { z } from 'zod';
import { lireDate } from '../api/index.js';

/** What may be corrected of a person, as somebody typed it; what is left out stays, null empties what may be empty. */
export interface SaisieRectification {
  prenom?: string | null;
  nom?: string | null;
  dateNaissance?: string | null;
  commune?: string | null;
  telephone?: string | null;
  courriel?: string | null;
  adresse?: string | null;
  representants?: string | null;
}

/** Where each field is written, and whether it may be empty. */
export const CHAMPS_RECTIFIABLES = {
  prenom: { table: 'identite', colonne: 'prenom', max: 200, vide: false },
  nom: { table: 'identite', colonne: 'nom', max: 200, vide: false },
  dateNaissance: { table: 'jeune', colonne: 'date_naissance', max: 10, vide: false },
  commune: { table: 'jeune', colonne: 'commune_code', max: 5, vide: true },
  telephone: { table: 'jeune_coordonnees', colonne: 'telephone', max: 40, vide: true },
  courriel: { table: 'jeune_coordonnees', colonne: 'courriel', max: 254, vide: true },
  adresse: { table: 'jeune_coordonnees', colonne: 'adresse', max: 500, vide: true },
  representants: { table: 'jeune_coordonnees', colonne: 'representants', max: 2000, vide: true },
} as const;

export type ChampRectifiable = keyof typeof CHAMPS_RECTIFIABLES;

/** A value to write; null empties. */
export interface Rectification {
  readonly champ: ChampRectifiable;
  readonly valeur: string | null;
}

const TELEPHONE = /^\+?[0-9 .()-]{4,40}$/;

/** @throws Refus CHAMP_OBLIGATOIRE, VALEUR_INVALIDE at the field */
export function lireRectifications(saisie: SaisieRectification, maintenant: Temporal.Instant): Rectification[] {
  const champs = Object.keys(CHAMPS_RECTIFIABLES) as ChampRectifiable[];
  const lues = champs.flatMap((champ) => {
    const texte = saisie[champ];
    return texte === undefined ? [] : [{ champ, valeur: lireChamp(champ, texte, jourDe(maintenant)) }];
  });
  if (lues.length > 0) return lues;
  throw Refus.de('CHAMP_OBLIGATOIRE', 'Dites ce qui est à rectifier.', { path: ['input'], regle: 'TRANS-30' });
}

function lireChamp(champ: ChampRectifiable, texte: string | null, aujourdhui: DateCivile): string | null {
  const { max, vide } = CHAMPS_RECTIFIABLES[champ];
  const path = ['input', champ];
  const valeur = elaguer(texte ?? '');
  if (valeur === '') {
    if (vide) return null;
    throw Refus.de('CHAMP_OBLIGATOIRE', 'Ce champ ne peut pas être vide.', { path, regle: 'TRANS-30' });
  }
  if (valeur.length > max) throw invalide(path, `${max.toLocaleString('fr-FR')} caractères au plus.`);
  if (champ === 'telephone' && !TELEPHONE.test(valeur)) throw invalide(path, 'Un numéro de téléphone : des chiffres.');
  if (champ === 'courriel' && !z.email().safeParse(valeur).success) {
    throw invalide(path, 'Une adresse de courriel, par exemple prenom.nom@exemple.fr.');
  }
  if (champ === 'dateNaissance') {
    const naissance = lireDate(valeur, path);
    if (naissance.toString() > aujourdhui.toString()) throw invalide(path, 'Une date de naissance est passée.');
    return naissance.toString();
  }
  return valeur;
}

function invalide(path: string[], message: string): Refus {
  return Refus.de('VALEUR_INVALIDE', message, { path, regle: 'TRANS-30' });
}
