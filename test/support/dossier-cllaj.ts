import type { DossierType } from './dossier-signe.js';

const TEXTES = [
  ...['reseau', 'experience', 'innovation', 'perimetre', 'missions', 'grandePrecarite', 'guichetUnique'],
  'orientation',
];

const action = (type: string) => ({
  type,
  intitule: `Action ${type}`,
  territoire: 'LENS_LIEVIN',
  commune: 'Lens',
  rural: type === 'PERMANENCE',
  ouverture: '2026-10-01',
});

/** A CLLAJ's project of an amount, complete and admissible; what is given replaces it. */
export function dossierCllaj(
  montant: string,
  {
    champs = {},
    convention = {},
    ...autres
  }: Partial<Omit<DossierType, 'convention'>> & { convention?: Partial<DossierType['convention']> } = {},
): DossierType {
  return {
    code: 'cllaj',
    prefixe: 'Cllaj',
    porteur: 'cllaj',
    service: 'slisl-lens',
    champs: {
      intitule: 'Permanences rurales',
      formeJuridique: 'ASSOCIATION',
      ...Object.fromEntries(TEXTES.map((nom) => [nom, 'Un texte.'])),
      engagementPublic: true,
      engagementNouveaute: true,
      engagementInformation: true,
      engagementReporting: true,
      actions: ['PERMANENCE', 'ATELIER', 'ALLER_VERS'].map(action),
      jeunesVises: 80,
      depensesPrevues: [{ nature: 'RENFORT_HUMAIN', libelle: 'Un mi-temps', montant: '20000.00' }],
      montantDemande: montant,
      contactNom: 'Contact de démonstration',
      contactCourriel: 'contact@exemple.test',
      ...champs,
    },
    confirmations: [],
    signeeLe: '2026-07-01',
    ...autres,
    convention: {
      du: '2026-09-01',
      au: '2027-08-31',
      montant,
      termes: { permanences: 2, ateliers: 6, jeunesVises: 80, budgetAdopte: true },
      ...convention,
    },
  };
}

/** Its bilan, when all of an amount is paid; what is given replaces it. */
export function bilanCllaj(montant: string, autres: object = {}): object {
  return {
    contactsTelephone: 120,
    saisiesMail: 80,
    jeunesAseRecus: 20,
    jeunesAseAccompagnes: 12,
    jeunesPermanences: 60,
    jeunesAteliers: 40,
    jeunesDistincts: 75,
    indicateursClassiques: [],
    actions: [{ ...action('PERMANENCE'), jeunes: 60 }],
    freins: 'Peu de petits logements.',
    depensesEncourues: [{ nature: 'RENFORT_HUMAIN', libelle: 'Un mi-temps', montant, facture: 'Paies' }],
    ...autres,
  };
}
