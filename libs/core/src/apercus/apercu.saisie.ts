import { lire } from '@sillage/dispositif-kit';
import { z } from 'zod';
import { commun, enCours, jourOuNul } from '../activations/activation.saisie.js';
import type { DemandeApercu } from './activation.apercu.js';
import type { ActivationApercuArgs } from './apercu.types.js';

const apercu = z.object({
  ...commun,
  du: jourOuNul,
  au: jourOuNul,
  operation: z.enum(['ACTIVER', 'DESACTIVER']),
  enCours,
});

/** @throws Refus VALEUR_INVALIDE */
export function lireApercu(args: ActivationApercuArgs): DemandeApercu {
  return lire(apercu, args, []);
}
