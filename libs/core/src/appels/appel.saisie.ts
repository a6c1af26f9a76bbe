import { champ, lire } from '@sillage/dispositif-kit';
import { type DateCivile, dateEnFrancais, elaguer, Refus, Temporal } from '@sillage/kernel';
import { z } from 'zod';
import { lireId } from '../api/index.js';
import type { AppelCreerInput, AppelModifierInput } from './appel.types.js';

export interface DemandeAppel {
  dispositif: string;
  code: string;
  libelle: string;
  ouverture: DateCivile;
  cloture: DateCivile;
  territoires: readonly string[];
  presentation: string | null;
}

/** What is null does not change. */
export interface RetoucheAppel {
  id: string;
  libelle: string | null;
  ouverture: DateCivile | null;
  cloture: DateCivile | null;
  territoires: readonly string[] | null;
  /** Left out, it does not change; null, it goes. */
  presentation: string | null | undefined;
}

export const libelle = z
  .string()
  .overwrite(elaguer)
  .min(3, 'donnez un libellé d’au moins 3 caractères.')
  .max(200, 'abrégez en 200 caractères.');
export const territoires = z
  .array(z.string().overwrite(elaguer).min(1))
  .min(1, 'choisissez au moins un territoire.')
  .max(100);
export const jour = champ.date({ libelle: 'Jour' }).schema;
export const code = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/, 'écrivez le code en lettres sans accent, chiffres et traits d’union.')
  .max(60, 'abrégez en 60 caractères.');
export const presentation = z
  .string()
  .overwrite(elaguer)
  .max(20_000, 'abrégez en 20 000 caractères.')
  .transform((texte) => texte || null);

const creation = z.object({
  dispositif: z.string(),
  code,
  libelle,
  ouverture: jour,
  cloture: jour,
  territoires,
  presentation: presentation.nullish().transform((texte) => texte ?? null),
});
const retouche = z.object({
  libelle: libelle.nullish(),
  ouverture: jour.nullish(),
  cloture: jour.nullish(),
  territoires: territoires.nullish(),
  presentation: presentation.nullish(),
});

/** @throws Refus VALEUR_INVALIDE, PERIODE_INVALIDE */
export function lireCreation(input: AppelCreerInput): DemandeAppel {
  const demande = lire(creation, input, ['input']);
  exigerOrdre(demande.ouverture, demande.cloture);
  return demande;
}

/** @throws Refus VALEUR_INVALIDE, INTROUVABLE */
export function lireRetouche(input: AppelModifierInput): RetoucheAppel {
  const lue = lire(retouche, input, ['input']);
  return {
    id: lireId('Appel', input.id, ['input', 'id']),
    libelle: lue.libelle ?? null,
    ouverture: lue.ouverture ?? null,
    cloture: lue.cloture ?? null,
    territoires: lue.territoires ?? null,
    presentation: lue.presentation,
  };
}

/** @throws Refus PERIODE_INVALIDE */
export function exigerOrdre(ouverture: DateCivile, cloture: DateCivile): void {
  if (Temporal.PlainDate.compare(ouverture, cloture) <= 0) return;
  const message = `L’appel fermerait (${dateEnFrancais(cloture)}) avant d’ouvrir (${dateEnFrancais(ouverture)}).`;
  throw Refus.de('PERIODE_INVALIDE', message, { path: ['input', 'cloture'], regle: 'TRANS-03' });
}
