import { champ, definirDispositif, parametre } from '@sillage/dispositif-kit';
import { Montant } from '@sillage/kernel';

const cout = champ.montant({ libelle: 'Coût', visiblePar: ['SIEGE'], facultatif: true });
const contact = champ.texte({ libelle: 'Contact', nominatif: true, facultatif: true });
/** For one role, and only where it may see names. */
const reserve = champ.texte({ libelle: 'Réserve', nominatif: true, visiblePar: ['SLAI'], facultatif: true });

/** A dispositif whose fields, terms and rows are each hidden from somebody. */
export const masques = definirDispositif({
  code: 'masques',
  libelle: 'Dispositif à masques',
  description: 'Montrer qui voit quoi.',
  version: '1',
  textes: ['Texte d’essai'],
  parametres: {
    dureeMax: parametre.mois([{ du: '2026-01-01', valeur: 6 }], { libelle: 'Durée au plus', regle: 'TRANS-09' }),
  },
  appels: [
    {
      code: 'masques-2026',
      libelle: 'Appel à masques',
      ouverture: '2026-01-12',
      cloture: '2026-02-15',
      regle: 'TRANS-03',
    },
  ],
  candidature: {
    regleFenetre: 'TRANS-03',
    champs: {
      besoin: champ.texte({ libelle: 'Besoin', max: 100 }),
      cout,
      contact,
      reserve,
      etapes: champ.lignes({ libelle: champ.texte({ libelle: 'Étape' }), cout, contact }, { libelle: 'Étapes' }),
    },
    recevabilite: [],
    avis: [],
  },
  convention: {
    termes: { places: champ.entier({ libelle: 'Places', min: 1 }), cout, contact },
    dureeMax: 'dureeMax',
    plafond: () => ({ montant: Montant.euros('900.00'), explication: { libelle: 'Plafond', resultat: '900,00 €' } }),
    regles: { duree: 'TRANS-09', plafond: 'TRANS-10' },
  },
  versements: [],
  droits: [{ role: 'MDS', actions: ['lire'], sujet: 'Versement', portee: 'TERRITOIRE', regles: ['TRANS-29'] }],
});
