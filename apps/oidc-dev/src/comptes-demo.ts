import type { Role } from '@sillage/kernel';

/** Somebody, or a machine, of the demonstration: who it is here, what the seed entitles it to there. All invented. */
export interface CompteDemo {
  readonly departementId: string;
  /** Subject of its tokens, and what one types to get one. */
  readonly sub: string;
  readonly libelle: string;
  readonly role: Role;
  /** Seeding key of its structure, for a role of a structure. */
  readonly structure?: string;
  /** Codes of its territories, for a role of territories. */
  readonly territoires?: readonly string[];
  /** An information system: it has a key of its own instead of a person who chooses it on the login page. */
  readonly machine?: true;
}

const LENS = { departementId: '62', territoires: ['LENS_LIEVIN'] } as const;
const HORIZON = { departementId: '62', role: 'ASSOCIATION', structure: 'horizon-jeunes' } as const;
const MISSION_LOCALE_LENS = { departementId: '62', role: 'MISSION_LOCALE', structure: 'ML-07' } as const;

/** One account a role, a second organisation, two machines, and the second département, so that isolation can be seen. */
export const COMPTES_DEMO: readonly CompteDemo[] = [
  { sub: 'administrateur', libelle: 'Administrateur de la plateforme', departementId: '62', role: 'ADMINISTRATEUR' },
  { sub: 'siege', libelle: 'Siège du Département (DPID)', departementId: '62', role: 'SIEGE' },
  { sub: 'dpd', libelle: 'Délégué à la protection des données', departementId: '62', role: 'DPD' },
  { sub: 'slai-lens', libelle: 'SLAI de Lens-Liévin', role: 'SLAI', ...LENS },
  { sub: 'slai-arras', libelle: 'SLAI de l’Arrageois', departementId: '62', role: 'SLAI', territoires: ['ARRAGEOIS'] },
  { sub: 'slisl-lens', libelle: 'SLISL de Lens-Liévin', role: 'SLISL', ...LENS },
  { sub: 'mds-lens', libelle: 'MDS de Lens-Liévin', role: 'MDS', ...LENS },
  { sub: 'referent-ase-lens', libelle: 'Référent ASE de Lens-Liévin', role: 'REFERENT_ASE', ...LENS },
  { sub: 'mission-locale-lens', libelle: 'Mission locale de Lens-Liévin (MEI)', ...MISSION_LOCALE_LENS },
  {
    sub: 'bailleur',
    libelle: 'Habitat Exemple, bailleur',
    departementId: '62',
    role: 'BAILLEUR',
    structure: 'habitat-exemple',
  },
  { sub: 'cllaj', libelle: 'CLLAJ Exemple', departementId: '62', role: 'CLLAJ', structure: 'cllaj-exemple' },
  { sub: 'association', libelle: 'Association Horizon Jeunes', ...HORIZON },
  {
    sub: 'association-2',
    libelle: 'Association Cap Demain',
    departementId: '62',
    role: 'ASSOCIATION',
    structure: 'cap-demain',
  },
  { sub: 'machine-association', libelle: 'Logiciel de l’association Horizon Jeunes', machine: true, ...HORIZON },
  {
    sub: 'machine-mission-locale',
    libelle: 'Logiciel de la mission locale (MEI)',
    machine: true,
    ...MISSION_LOCALE_LENS,
  },
  {
    sub: 'administrateur-99',
    libelle: 'Administrateur du Département d’essai',
    departementId: '99',
    role: 'ADMINISTRATEUR',
  },
  { sub: 'siege-99', libelle: 'Siège du Département d’essai', departementId: '99', role: 'SIEGE' },
  {
    sub: 'association-99',
    libelle: 'Association Rive Claire (Département d’essai)',
    departementId: '99',
    role: 'ASSOCIATION',
    structure: 'essai-association',
  },
];

export const PERSONNES_DEMO = COMPTES_DEMO.filter(({ machine }) => !machine);
export const MACHINES_DEMO = COMPTES_DEMO.filter(({ machine }) => machine);
