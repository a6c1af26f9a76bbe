import { champ, lire } from '@sillage/dispositif-kit';
import { elaguer, type Role, ROLES } from '@sillage/kernel';
import { z } from 'zod';
import { lireId } from '../api/index.js';
import type { DemandeAccorder } from './habilitation.administration.js';
import type { HabilitationAccorderInput, HabilitationRevoquerInput } from './habilitation.types.js';

const jourOuNul = champ
  .date({ libelle: 'Jour' })
  .schema.nullish()
  .transform((date) => date ?? null);

const accord = z.object({
  iss: z.url('indiquez l’adresse du fournisseur d’identité.').max(500),
  sub: z.string().overwrite(elaguer).min(1, 'indiquez l’identifiant.').max(255),
  libelle: z.string().overwrite(elaguer).min(1, 'indiquez un nom.').max(200, 'abrégez en 200 caractères.'),
  role: z.enum(Object.keys(ROLES) as [Role, ...Role[]]),
  structureId: z
    .string()
    .nullish()
    .transform((id) => id || null),
  territoires: z.array(z.string()).max(100),
  dispositifs: z.array(z.string()).max(100),
  du: jourOuNul,
  au: jourOuNul,
});
const revocation = z.object({
  motif: z
    .string()
    .overwrite(elaguer)
    .min(5, 'dites pourquoi, en 5 caractères au moins.')
    .max(1000, 'abrégez en 1 000 caractères.'),
});

/** @throws Refus VALEUR_INVALIDE */
export function lireAccord(input: HabilitationAccorderInput): DemandeAccorder {
  return lire(accord, input, ['input']);
}

/** @throws Refus VALEUR_INVALIDE, INTROUVABLE */
export function lireRevocation(input: HabilitationRevoquerInput): { id: string; motif: string } {
  return { id: lireId('Habilitation', input.id, ['input', 'id']), ...lire(revocation, input, ['input']) };
}
