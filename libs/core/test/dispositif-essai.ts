import { champ, definirDispositif, parametre } from '@sillage/dispositif-kit';
import { Montant } from '@sillage/kernel';

/** A dispositif for the core's own specs: parameters of several kinds, and an appel that its text dates. */
export const essai = definirDispositif({
  code: 'essai',
  libelle: 'Mesure d’essai',
  description: 'Éprouver le socle.',
  version: '1',
  textes: ['Texte d’essai'],
  parametres: {
    dureeMax: parametre.mois([{ du: '2026-01-01', valeur: 12 }], { libelle: 'Durée au plus', regle: 'TRANS-09' }),
    taux: parametre.taux(
      [
        { du: '2026-01-01', au: '2026-06-30', valeur: 60 },
        { du: '2026-07-01', valeur: '62.5' },
      ],
      { libelle: 'Taux d’avance', regle: 'TRANS-12', interpretation: 'AMB-097' },
    ),
    plafond: parametre.montant([{ du: '2027-01-01', valeur: '52000.00' }], { libelle: 'Plafond', regle: 'TRANS-10' }),
  },
  appels: [
    {
      code: 'essai-2026',
      libelle: 'Appel d’essai 2026',
      ouverture: '2026-01-12',
      cloture: '2026-02-15',
      regle: 'TRANS-03',
    },
  ],
  candidature: {
    regleFenetre: 'TRANS-03',
    champs: { besoin: champ.texte({ libelle: 'Besoin' }) },
    recevabilite: [],
    avis: [],
  },
  convention: {
    termes: { places: champ.entier({ libelle: 'Places', unite: 'places', min: 1 }) },
    dureeMax: 'dureeMax',
    plafond: () => ({ montant: Montant.euros('1000'), explication: { libelle: 'Plafond', resultat: '1000' } }),
    regles: { duree: 'TRANS-09', plafond: 'TRANS-10' },
  },
  versements: [],
});

/** Another one, the same but for its name. */
export const voisin = definirDispositif({ ...essai, code: 'voisin', libelle: 'Mesure voisine', appels: [] });
