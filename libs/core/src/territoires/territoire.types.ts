import { classeGraphql } from '@sillage/read';
import { idOpaque } from '../api/index.js';
import type { Territoire } from './territoire.entity.js';
import { territoireLu } from './territoire.lu.js';

export const TerritoireType = classeGraphql(territoireLu);

export interface TerritoirePresente {
  id: string;
  code: string;
  libelle: string;
}

export function presenterTerritoire({ id, code, libelle }: Territoire): TerritoirePresente {
  return { id: idOpaque('Territoire', id), code, libelle };
}
