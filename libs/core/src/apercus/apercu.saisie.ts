import { champ, lire } from '@sillage/dispositif-kit';
import { z } from 'zod';
import { EN_COURS, type EnCours } from '../activations/activation.regles.js';
import type { DemandeApercu } from './activation.apercu.js';
import type { ActivationApercuArgs } from './apercu.types.js';

const jourOuNul = champ
  .date({ libelle: 'Jour' })
  .schema.nullish()
  .transform((date) => date ?? null);

const apercu = z.object({
  dispositif: z.string(),
  territoires: z.array(z.string()).max(100),
  du: jourOuNul,
  au: jourOuNul,
  operation: z.enum(['ACTIVER', 'DESACTIVER']),
  enCours: z.enum(Object.keys(EN_COURS) as [EnCours, ...EnCours[]]),
});

/** @throws Refus VALEUR_INVALIDE */
export function lireApercu(args: ActivationApercuArgs): DemandeApercu {
  return lire(apercu, args, []);
}
