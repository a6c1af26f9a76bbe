import { type DateCivile, dateEnFrancais, type Fraction, Montant } from '@sillage/kernel';
import type { DeclarationVersement, EvenementDossier } from './dispositif.js';
import type { ParametreResolu } from './parametre.js';

/** An advance: a rate of the convention's amount, due at an event (`AVANCE`, by default the last signature, AMB-097). */
export function avance<const K extends string>(options: {
  taux: K;
  a: EvenementDossier;
  regle: string;
}): DeclarationVersement<{
  montantConventionne: Montant;
  date: DateCivile;
  parametres: Readonly<Record<K, ParametreResolu<Fraction>>>;
}> {
  return {
    tranche: 'AVANCE',
    libelle: 'Avance',
    a: options.a,
    regle: options.regle,
    calculer({ montantConventionne, date, parametres }) {
      const taux = parametres[options.taux];
      const montant = Montant.arrondir(montantConventionne.enFraction().fois(taux.valeur));
      return {
        montant,
        explication: {
          libelle: 'Avance à la signature de la convention',
          resultat: montant.enFrancais(),
          formule: 'taux d’avance × montant conventionné',
          regle: options.regle,
          entrees: [
            { nom: 'Montant conventionné', valeur: montantConventionne.enFrancais() },
            { nom: 'Dernière signature', valeur: dateEnFrancais(date) },
          ],
          parametres: [taux.cite],
          arrondi: 'Au centime, demi-supérieur, une seule fois (AMB-104, AMB-169)',
          interpretation: 'AMB-097',
        },
      };
    },
  };
}
