/** What an organisation is. One organisation may act in several roles (ML-R03): those are habilitations, not natures. */
export const NATURES_STRUCTURE = {
  ASSOCIATION: 'Association',
  BAILLEUR: 'Bailleur social',
  CLLAJ: 'Comité local pour le logement autonome des jeunes',
  MISSION_LOCALE: 'Mission locale',
  AUTRE: 'Autre organisme',
} as const;

export type NatureStructure = keyof typeof NATURES_STRUCTURE;
