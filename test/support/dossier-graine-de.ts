import type { DossierType } from './dossier-signe.js';

const ENGAGEMENTS = [
  'Public',
  'Insertion',
  'Accord',
  'Prescription',
  'Contacts',
  'FicheBilan',
  'Orientation',
  'Confidentialite',
  'Comites',
  'Tableau',
].map((nom) => `engagement${nom}`);
const TEXTES = [
  'presentation',
  'reperage',
  'parcours',
  'accompagnement',
  'attentionMineurs',
  'liensSlai',
  'partenariats',
];

/** Twenty places for that project, complete and admissible. */
export const CHAMPS_GRAINE_DE = {
  intitule: 'Graine de cuisine',
  associationLoi1901: true,
  ...Object.fromEntries(TEXTES.map((nom) => [nom, 'Texte'])),
  ateliers: [{ territoire: 'LENS_LIEVIN', secteur: 'Restauration', atelier: 'Graine de chef', valideLe: '2026-03-10' }],
  places: [{ territoire: 'LENS_LIEVIN', places: 20 }],
  objectifRaccroches: 40,
  objectifSorties: 24,
  depensesDirectes: [{ nature: 'SALAIRES', libelle: 'Un encadrant', montant: '40000.00' }],
  montantDemande: '48000.00',
  ...Object.fromEntries(ENGAGEMENTS.map((nom) => [nom, true])),
  contactNom: 'Contact de démonstration',
  contactCourriel: 'contact@exemple.test',
};

/** What is given replaces the fields. */
export const dossierGraineDe = (autres: object = {}, confirmations: string[] = []): DossierType => ({
  code: 'graine-de',
  prefixe: 'GraineDe',
  porteur: 'association',
  service: 'slai-lens',
  champs: { ...CHAMPS_GRAINE_DE, ...autres },
  confirmations,
  convention: {
    du: '2026-07-01',
    au: '2027-06-30',
    montant: '48000.00',
    termes: { places: 18, objectifRaccroches: 40, objectifSorties: 24, budgetAdopte: true },
  },
  signeeLe: '2026-06-22',
});
