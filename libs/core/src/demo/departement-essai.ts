import { dateCivile } from '@sillage/kernel';
import type { Cog, DepartementASemer } from '../referentiel/index.js';
import { structureDemo } from './structures-demo.js';

/**
 * A second tenant, wholly invented, so that isolation is always in play. `99` is no French département; the communes take
 * codes of the right form that INSEE has given to nobody (989 is Clipperton, which has the single code 98901).
 */
export const DEPARTEMENT_ESSAI = { departementId: '99', nom: 'Département d’essai' } as const;

const COMMUNES = [
  { code: '98991', nom: 'Essai-le-Haut', territoireCode: 'RIVE_NORD' },
  { code: '98992', nom: 'Essai-le-Bas', territoireCode: 'RIVE_NORD' },
  { code: '98993', nom: 'Saint-Exemple', territoireCode: 'RIVE_SUD' },
  { code: '98994', nom: 'Modèle-sur-Sillage', territoireCode: 'RIVE_SUD' },
] as const;

export const COG_ESSAI: Cog = {
  millesime: 2026,
  epci: [],
  communes: COMMUNES.map(({ code, nom }) => ({ code, nom, epciSiren: null })),
};

export const SEMIS_ESSAI: DepartementASemer = {
  departementId: DEPARTEMENT_ESSAI.departementId,
  siege: 'Siège du Département d’essai',
  territoires: [
    { code: 'RIVE_NORD', libelle: 'Rive nord', de: 'de la Rive nord', alias: ['la Rive nord'] },
    { code: 'RIVE_SUD', libelle: 'Rive sud', de: 'de la Rive sud', alias: ['la Rive sud'] },
  ],
  rattachements: {
    proposes: COMMUNES.map(({ code, territoireCode }) => ({ communeCode: code, territoireCode })),
    du: dateCivile('2026-01-01'),
    source: 'Données inventées',
  },
  structures: [
    structureDemo('essai-association', 'Association Rive Claire', 'ASSOCIATION', '00000006700017', ['RIVE_NORD']),
    structureDemo('essai-mission-locale', 'Mission locale de la Rive sud', 'MISSION_LOCALE', '00000007500010', [
      'RIVE_SUD',
    ]),
  ],
};
