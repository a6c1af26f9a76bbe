/** How far a role reaches: the whole département, some territories, or one structure. */
export type Portee = 'DEPARTEMENT' | 'TERRITOIRE' | 'STRUCTURE';

/** Who does what on the platform (catalogue, section 0.1); what each may do is declared by the access rules, not here. */
export const ROLES = {
  ADMINISTRATEUR: { libelle: 'Administrateur', portee: 'DEPARTEMENT' },
  SIEGE: { libelle: 'Siège du Département', portee: 'DEPARTEMENT' },
  DPD: { libelle: 'Délégué à la protection des données', portee: 'DEPARTEMENT' },
  SLAI: { libelle: 'Service local d’allocation et d’insertion', portee: 'TERRITOIRE' },
  SLISL: { libelle: 'Service local inclusion sociale et logement', portee: 'TERRITOIRE' },
  MDS: { libelle: 'Maison du Département Solidarité', portee: 'TERRITOIRE' },
  REFERENT_ASE: { libelle: 'Référent de l’aide sociale à l’enfance', portee: 'TERRITOIRE' },
  MISSION_LOCALE: { libelle: 'Mission locale', portee: 'STRUCTURE' },
  BAILLEUR: { libelle: 'Bailleur social', portee: 'STRUCTURE' },
  CLLAJ: { libelle: 'Comité local pour le logement autonome des jeunes', portee: 'STRUCTURE' },
  ASSOCIATION: { libelle: 'Association', portee: 'STRUCTURE' },
} as const satisfies Record<string, { libelle: string; portee: Portee }>;

export type Role = keyof typeof ROLES;
