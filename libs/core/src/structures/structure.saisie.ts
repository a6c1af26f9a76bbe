import { lire } from '@sillage/dispositif-kit';
import { elaguer, ErreurValeur, type NatureStructure, Refus, Siret } from '@sillage/kernel';
import { z } from 'zod';
import { lireId } from '../api/index.js';
import type { DemandeStructure } from './structure.service.js';
import type { StructureEnregistrerInput } from './structure.types.js';

const saisie = z.object({
  raisonSociale: z
    .string()
    .overwrite(elaguer)
    .min(2, 'saisissez la raison sociale.')
    .max(200, 'abrégez en 200 caractères.'),
  nature: z.custom<NatureStructure>(),
  commune: z
    .string()
    .trim()
    .length(5, 'saisissez les 5 caractères du code INSEE (ce n’est pas le code postal).')
    .nullish(),
  territoires: z.array(z.string().overwrite(elaguer).min(1)).min(1, 'choisissez au moins un territoire.').max(50),
});

/** @throws Refus VALEUR_INVALIDE, SIRET_INVALIDE, INTROUVABLE */
export function lireStructure(input: StructureEnregistrerInput): DemandeStructure {
  const { commune, ...lu } = lire(saisie, input, ['input']);
  const id = input.id ? lireId('Structure', input.id, ['input', 'id']) : null;
  return { id, ...lu, commune: commune || null, siret: lireSiret(input.siret) };
}

function lireSiret(texte: string): Siret {
  try {
    return Siret.lire(texte);
  } catch (erreur) {
    if (!(erreur instanceof ErreurValeur)) throw erreur;
    throw Refus.de('SIRET_INVALIDE', erreur.message, { path: ['input', 'siret'], regle: 'TRANS-06' });
  }
}
