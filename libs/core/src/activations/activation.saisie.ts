import { champ, lire } from '@sillage/dispositif-kit';
import { z } from 'zod';
import type { DemandeDActivation, DemandeDeDesactivation } from './activation.administration.js';
import { type EnCours, EN_COURS } from './activation.regles.js';
import type { DispositifActiverInput, DispositifDesactiverInput } from './activation.types.js';

const jour = champ.date({ libelle: 'Jour' }).schema.nullish();
export const jourOuNul = jour.transform((date) => date ?? null);
export const commun = { dispositif: z.string(), territoires: z.array(z.string()).max(100) };
export const enCours = z.enum(Object.keys(EN_COURS) as [EnCours, ...EnCours[]]);

const activation = z.object({ ...commun, du: jourOuNul, au: jourOuNul });
const desactivation = z.object({ ...commun, aCompterDu: jourOuNul, enCours });

/** @throws Refus VALEUR_INVALIDE */
export function lireActivation(input: DispositifActiverInput): DemandeDActivation {
  return lire(activation, input, ['input']);
}

/** @throws Refus VALEUR_INVALIDE */
export function lireDesactivation(input: DispositifDesactiverInput): DemandeDeDesactivation {
  return lire(desactivation, input, ['input']);
}
