import { champ, definirDispositif } from '@sillage/dispositif-kit';
import { minimal } from '../minimal/minimal.js';

/** A dispositif that asks for pieces at each step: always, on a condition, to be confirmed, or without waiting for them. */
export const aPieces = definirDispositif({
  ...minimal,
  code: 'a-pieces',
  libelle: 'Dispositif à pièces',
  description: 'Montrer des pièces attendues à chaque étape d’un dossier.',
  appels: [
    {
      code: 'a-pieces-2026',
      libelle: 'Appel d’essai à pièces',
      ouverture: '2026-01-12',
      cloture: '2026-02-15',
      regle: 'TRANS-03',
    },
  ],
  candidature: {
    ...minimal.candidature,
    champs: {
      besoin: champ.texte({ libelle: 'Besoin', max: 100 }),
      travaux: champ.booleen({ libelle: 'Avec des travaux' }),
    },
  },
  bilan: { regle: 'TRANS-25', champs: { places: champ.entier({ libelle: 'Places', unite: 'places' }) } },
  pieces: [
    {
      code: 'STATUTS',
      libelle: 'Statuts',
      regle: 'TRANS-27',
      quand: 'DEPOT',
      obligatoire: true,
      types: ['PDF', 'PNG', 'JPEG', 'DOCX', 'XLSX', 'ODT', 'ODS', 'CSV', 'TEXTE'],
    },
    {
      code: 'DEVIS',
      libelle: 'Devis des travaux',
      regle: 'TRANS-05',
      quand: 'DEPOT',
      obligatoire: ({ travaux }) => travaux === true,
      types: ['PDF'],
      plusieurs: true,
    },
    {
      code: 'LABEL',
      libelle: 'Label',
      regle: 'TRANS-04',
      quand: 'DEPOT',
      obligatoire: 'A_CONFIRMER',
      types: ['PDF'],
    },
    {
      code: 'CURRICULUM',
      libelle: 'Curriculum vitæ',
      regle: 'TRANS-30',
      quand: 'DEPOT',
      types: ['PDF', 'TEXTE'],
      nominative: true,
    },
    {
      code: 'ANNEXE',
      libelle: 'Annexe signée',
      regle: 'TRANS-09',
      quand: 'CONVENTION',
      obligatoire: true,
      types: ['TEXTE'],
    },
    {
      code: 'FACTURES',
      libelle: 'Factures acquittées',
      regle: 'TRANS-25',
      quand: 'BILAN',
      obligatoire: true,
      types: ['TEXTE'],
      plusieurs: true,
    },
  ],
});
