import type { DossierType } from './dossier-signe.js';

const TEXTES = [
  ...['besoins', 'evolution', 'pouvoirDAgir', 'coConstruction', 'impact', 'nouveaute', 'finalite'],
  ...['resultatsJeunes', 'resultatsStructures', 'expertise', 'approche', 'professionnels', 'moyens'],
  ...['partenariat', 'calendrier'],
];
const ENGAGEMENTS = ['Public', 'Residence', 'Participation', 'Etapes', 'Restitution'];

export const DEPENSES_FAJ_CO = [
  { nature: 'PERSONNEL_DEDIE', libelle: 'Quarante heures d’animation', montant: '2000.00' },
  { nature: 'PRESTATIONS', libelle: 'Atelier vidéo', montant: '6000.00', devis: 'D-2026-14' },
  { nature: 'FONCTIONNEMENT', libelle: 'Location de salle', montant: '2000.00', devis: 'D-2026-15' },
];

export const PIECES_DU_DEPOT = ['FAJCO_ANNEXE', 'FAJCO_DEVIS', 'FAJCO_CONTACT_SLAI'];
export const PIECES_DU_BILAN = ['FAJCO_EMARGEMENTS', 'FAJCO_FACTURES'];

/** A FAJ Co project of four months and 10 000 EUR, complete and admissible; what is given replaces it. */
export function dossierFajCo({
  champs = {},
  convention = {},
  ...autres
}: Partial<Omit<DossierType, 'convention'>> & { convention?: Partial<DossierType['convention']> } = {}): DossierType {
  return {
    code: 'faj-co',
    prefixe: 'FajCo',
    porteur: 'association',
    service: 'slai-lens',
    champs: {
      intitule: 'Paroles de quartier',
      thematiques: [{ thematique: 'EXPRESSION' }, { thematique: 'CITOYENNETE' }],
      ...Object.fromEntries(TEXTES.map((nom) => [nom, 'Écrit avec les jeunes.'])),
      ...Object.fromEntries(ENGAGEMENTS.map((nom) => [`engagement${nom}`, true])),
      objectifs: [{ objectif: 'Un film collectif', portee: 'COLLECTIF', cible: 1, unite: 'film' }],
      jeunesPrevus: 12,
      jeunesPressentis: [
        { age: 19, jeunes: 8 },
        { age: 17, jeunes: 1, parcours: 'CEJ', justifie: true },
      ],
      contactsSlai: [{ territoire: 'LENS_LIEVIN', le: '2026-01-20', avis: 'FAVORABLE', preuve: 'Compte rendu' }],
      debutPrevu: '2026-07-01',
      finPrevue: '2026-10-31',
      depensesPrevues: DEPENSES_FAJ_CO,
      montantDemande: '10000.00',
      contactNom: 'Contact de démonstration',
      contactCourriel: 'contact@exemple.test',
      ...champs,
    },
    confirmations: [],
    pieces: { depot: PIECES_DU_DEPOT },
    signeeLe: '2026-06-15',
    ...autres,
    convention: {
      du: '2026-07-01',
      au: '2026-10-31',
      montant: '10000.00',
      termes: { depensesConventionnees: '10000.00', budgetAdopte: true },
      ...convention,
    },
  };
}

/** Its bilan, all objectives reached and all expenses paid; what is given replaces it. */
export function bilanFajCo(autres: object = {}): object {
  return {
    finEffective: '2026-10-31',
    objectifs: [{ objectif: 'Un film collectif', portee: 'COLLECTIF', realise: 1, atteint: true }],
    participants: [
      { territoire: 'LENS_LIEVIN', commune: 'Lens', age: 19, jeunes: 8, presences: 96 },
      { territoire: 'LENS_LIEVIN', commune: 'Liévin', age: 17, jeunes: 1, presences: 10 },
    ],
    emargements: 'Feuilles E-1 à E-12',
    deroulement: 'Douze séances.',
    suites: [{ suite: 'FORMATION', jeunes: 3 }],
    suitesDeParcours: 'Trois entrées en formation.',
    partenaires: 'Mission locale, centre social.',
    restitutionLe: '2026-10-30',
    restitution: 'Une projection publique.',
    depensesEncourues: DEPENSES_FAJ_CO.map(({ nature, libelle, montant }) => ({
      nature,
      libelle,
      montant,
      facture: `F-${nature}`,
      du: '2026-07-01',
      au: '2026-10-31',
    })),
    ...autres,
  };
}
