import { champ, lire, PORTEES } from '@sillage/dispositif-kit';
import { type DateCivile, elaguer } from '@sillage/kernel';
import { z } from 'zod';
import { lireId } from '../api/index.js';
import type { ParametreSurchargeAnnulerInput, ParametreSurchargerInput } from './parametre.types.js';
import type { DemandeSurcharge } from './surcharge.service.js';

const jour = champ.date({ libelle: 'Jour' }).schema;
export const motif = z
  .string()
  .overwrite(elaguer)
  .min(5, 'dites pourquoi, en 5 caractères au moins.')
  .max(1000, 'abrégez en 1 000 caractères.');

const surcharge = z.object({
  dispositif: z.string(),
  cle: z.string(),
  portee: z.enum(PORTEES),
  porteeId: z.string().overwrite(elaguer).min(1),
  du: jour,
  au: jour.nullish().transform((date) => date ?? null),
  valeur: z.unknown(),
  motif,
});
const annulation = z.object({ motif });

/** @throws Refus VALEUR_INVALIDE */
export function lireSurcharge(input: ParametreSurchargerInput): DemandeSurcharge {
  return lire(surcharge, input, ['input']);
}

/** @throws Refus VALEUR_INVALIDE, INTROUVABLE */
export function lireAnnulation(input: ParametreSurchargeAnnulerInput): { id: string; motif: string } {
  return { id: lireId('SurchargeParametre', input.id, ['input', 'id']), ...lire(annulation, input, ['input']) };
}

/** The day at which parameters are read, or null. @throws Refus VALEUR_INVALIDE */
export function lireJour(date: string | null | undefined): DateCivile | null {
  return lire(z.object({ date: jour.nullish() }), { date }, []).date ?? null;
}
