import type { DossierType } from './dossier-signe.js';

const CONTACT = { contactNom: 'Contact de démonstration', contactCourriel: 'contact@exemple.test' };

/** The operation of the appels on housing, October 2026 to September 2027. */
export const OPERATION = { du: '2026-10-01', au: '2027-09-30' };

/** Simple and reinforced measures for that amount, complete and admissible; what is given replaces the fields. */
export function dossierAccompagnementLogement(
  simples: number,
  renforcees: number,
  personnel: string,
  montant: string,
  champs: object = {},
): DossierType {
  return {
    code: 'accompagnement-logement',
    prefixe: 'AccompagnementLogement',
    porteur: 'association',
    service: 'slisl-lens',
    champs: {
      intitule: 'Un toit et après',
      agrement: 'FSL 2025-12',
      agrementLe: '2025-01-15',
      experience: 'Dix ans auprès des ménages.',
      intervenants: 'Deux conseillères en économie sociale et familiale.',
      engagementSimple: true,
      engagementRenforcee: true,
      astreinte: 'Chaque soir.',
      volumetrie: [{ territoire: 'LENS_LIEVIN', simples, renforcees }],
      depensesPrevues: [{ nature: 'PERSONNEL', libelle: 'Intervenants', montant: personnel }],
      montantDemande: montant,
      ...CONTACT,
      ...champs,
    },
    confirmations: simples + renforcees < 70 ? ['ASGL-IND-01'] : [],
    convention: {
      ...OPERATION,
      montant,
      termes: { mesuresSimples: simples, mesuresRenforcees: renforcees, budgetAdopte: true },
    },
  };
}

/** A first home for thirty young people for that amount, complete and admissible; what is given replaces the fields. */
export function dossierPrimoLocataires(montant: string, champs: object = {}): DossierType {
  return {
    code: 'primo-locataires',
    prefixe: 'PrimoLocataires',
    porteur: 'bailleur',
    service: 'slisl-lens',
    champs: {
      intitule: 'Premier chez-soi',
      porteur: 'BAILLEUR',
      parc: 1200,
      couverture: 'Tout le territoire.',
      experience: 'Vingt ans de gestion locative.',
      offre: 'Petits logements, proches des gares.',
      engagementVisite: true,
      engagementAccompagnement: true,
      objectifJeunes: 30,
      depensesPrevues: [{ nature: 'PRE_EQUIPEMENT', libelle: 'Équipement', montant }],
      montantDemande: montant,
      ...CONTACT,
      ...champs,
    },
    confirmations: [],
    convention: { ...OPERATION, montant, termes: { objectifJeunes: 30, budgetAdopte: true } },
  };
}

/** Its bilan, when 18 000 of 20 000 EUR were used. */
export const BILAN_PRIMO_LOCATAIRES = {
  montantUtilise: '18000.00',
  montantRestant: '2000.00',
  depensesEncourues: [{ nature: 'PRE_EQUIPEMENT', libelle: 'Équipement', montant: '18000.00', facture: 'F-12' }],
  jeunesEntres: [{ territoire: 'LENS_LIEVIN', commune: 'Lens', jeunes: 31 }],
  beneficiaires: 31,
  logementsPreEquipes: 31,
  jeunesSortis: [],
  partenaires: 4,
  freins: 'Peu de petits logements.',
};

const ENGAGEMENTS_SOLLOG = [
  'Public',
  'Accompagnement',
  'Etude',
  'Information',
  'FilDeLEau',
  'Instances',
  'Tableau',
  'Reporting',
].map((nom) => `engagement${nom}`);

/** Housing for thirty young people for that amount, complete and admissible; what is given replaces the fields. */
export const dossierSolutionsLogement = (
  montant: string,
  autres: object = {},
  confirmations: string[] = [],
): DossierType => ({
  code: 'solutions-logement',
  prefixe: 'SolutionsLogement',
  porteur: 'bailleur',
  service: 'slisl-lens',
  champs: {
    intitule: 'Un premier toit',
    porteur: 'BAILLEUR',
    parc: 1200,
    ...Object.fromEntries(['reseau', 'zonesBlanches', 'liensSlisl', 'offre', 'besoins'].map((nom) => [nom, 'Texte'])),
    ...Object.fromEntries(ENGAGEMENTS_SOLLOG.map((nom) => [nom, true])),
    objectifJeunes: 30,
    depensesPrevues: [{ nature: 'PRE_EQUIPEMENT', libelle: 'Équipement', montant }],
    montantDemande: montant,
    ...CONTACT,
    ...autres,
  },
  confirmations,
  convention: { ...OPERATION, montant, termes: { objectifJeunes: 30, budgetAdopte: true } },
});
