import { lire } from '@sillage/dispositif-kit';
import type { DateCivile } from '@sillage/kernel';
import { z } from 'zod';
import { lireId } from '../api/index.js';
import { code, jour, libelle, presentation, territoires } from '../appels/appel.saisie.js';
import { motif } from '../parametres/parametre.saisie.js';
import type { AppelDupliquerInput } from './duplication.types.js';

/** What is null or left out is the earlier appel's. */
export interface DemandeDuplication {
  readonly appelId: string;
  readonly code: string;
  readonly libelle: string | null;
  readonly decalageMois: number;
  readonly ouverture: DateCivile | null;
  readonly cloture: DateCivile | null;
  readonly territoires: readonly string[] | null;
  /** Null drops the earlier one's. */
  readonly presentation?: string | null | undefined;
  readonly parametres: readonly { readonly cle: string; readonly valeur: unknown }[];
  readonly motif: string;
}

const DIX_ANS = 120;

const duplication = z.object({
  code,
  libelle: libelle.nullish().transform((texte) => texte ?? null),
  decalageMois: z.int().min(0).max(DIX_ANS),
  ouverture: jour.nullish().transform((date) => date ?? null),
  cloture: jour.nullish().transform((date) => date ?? null),
  territoires: territoires.nullish().transform((noms) => noms ?? null),
  presentation: presentation.nullish(),
  parametres: z.array(z.object({ cle: z.string(), valeur: z.unknown() })).max(200, 'au plus 200 valeurs.'),
  motif,
});

/** @throws Refus VALEUR_INVALIDE, INTROUVABLE */
export function lireDuplication(input: AppelDupliquerInput): DemandeDuplication {
  return { appelId: lireId('Appel', input.appelId, ['input', 'appelId']), ...lire(duplication, input, ['input']) };
}
