import { champ, definirDispositif, parametre } from '@sillage/dispositif-kit';
import { Montant } from '@sillage/kernel';

/** The smallest dispositif that lives: one field, one term, one parameter. The core has never heard of it. */
export const minimal = definirDispositif({
  code: 'minimal',
  libelle: 'Dispositif minimal',
  description: 'Montrer ce qu’il faut, au moins, pour qu’un dispositif existe.',
  version: '1',
  textes: ['Texte d’essai'],
  parametres: {
    dureeMax: parametre.mois([{ du: '2026-01-01', valeur: 6 }], { libelle: 'Durée au plus', regle: 'TRANS-09' }),
  },
  appels: [
    {
      code: 'minimal-2026',
      libelle: 'Appel d’essai',
      ouverture: '2026-01-12',
      cloture: '2026-02-15',
      regle: 'TRANS-03',
    },
  ],
  candidature: {
    regleFenetre: 'TRANS-03',
    champs: { besoin: champ.texte({ libelle: 'Besoin', max: 100 }) },
    recevabilite: [],
    avis: [],
  },
  convention: {
    termes: { places: champ.entier({ libelle: 'Places', unite: 'places', min: 1 }) },
    dureeMax: 'dureeMax',
    plafond: ({ termes }) => {
      const montant = Montant.centimes(BigInt(termes.places) * 10_000n);
      return {
        montant,
        explication: { libelle: 'Plafond', resultat: montant.enFrancais(), formule: '100 € × places' },
      };
    },
    regles: { duree: 'TRANS-09', plafond: 'TRANS-10' },
  },
  versements: [],
});
