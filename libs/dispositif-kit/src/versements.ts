import { type DateCivile, dateEnFrancais, type Fraction, Montant } from '@sillage/kernel';
import type { Champs } from './champ.js';
import type {
  ContexteBilan,
  ContexteVersement,
  DeclarationVersement,
  EvenementDossier,
  MontantExplique,
} from './dispositif.js';
import { ARRONDI } from './finance/chiffre.js';
import { parametre, type Parametre, type ParametreResolu, type Parametres } from './parametre.js';

interface ContexteAuTaux<K extends string> {
  montantConventionne: Montant;
  date: DateCivile;
  parametres: Readonly<Record<K, ParametreResolu<Fraction>>>;
}

interface OptionsAuTaux<K extends string> {
  /** Key of the `taux` parameter. */
  taux: K;
  a: EvenementDossier;
  regle: string;
}

/** The parameter that `avance` is computed by: a percentage of the convention's amount. */
export function parametreTauxAvance(du: string, valeur: number, regle: string): Parametre<Fraction> {
  return parametre.taux([{ du, valeur }], { libelle: 'Taux de l’avance versée à la signature', regle });
}

/** An advance: a rate of the convention's amount, due at an event (`AVANCE`, by default the last signature, AMB-097). */
export function avance<const K extends string>(options: OptionsAuTaux<K>): DeclarationVersement<ContexteAuTaux<K>> {
  return auTaux(options, {
    tranche: 'AVANCE',
    libelle: 'Avance',
    explique: 'Avance à la signature de la convention',
    formule: 'taux d’avance × montant conventionné',
  });
}

/** The whole of the convention's amount at once (`UNIQUE`): the rate is 100 %, unless the convention itself says otherwise. */
export function versementUnique<const K extends string>(
  options: OptionsAuTaux<K>,
): DeclarationVersement<ContexteAuTaux<K>> {
  return auTaux(options, {
    tranche: 'UNIQUE',
    libelle: 'Versement unique',
    explique: 'Versement unique à la signature de la convention',
    formule: 'taux du versement × montant conventionné',
  });
}

function auTaux<const K extends string>(
  { taux: cle, a, regle }: OptionsAuTaux<K>,
  { tranche, libelle, explique, formule }: { tranche: string; libelle: string; explique: string; formule: string },
): DeclarationVersement<ContexteAuTaux<K>> {
  return {
    tranche,
    libelle,
    a,
    regle,
    calculer({ montantConventionne, date, parametres }) {
      const taux = parametres[cle];
      const montant = Montant.arrondir(montantConventionne.enFraction().fois(taux.valeur));
      return {
        montant,
        explication: {
          libelle: explique,
          resultat: montant.enFrancais(),
          formule,
          regle,
          entrees: [
            { nom: 'Montant conventionné', valeur: montantConventionne.enFrancais() },
            { nom: 'Dernière signature', valeur: dateEnFrancais(date) },
          ],
          parametres: [taux.cite],
          arrondi: ARRONDI,
          interpretation: 'AMB-097',
        },
      };
    },
  };
}

/**
 * The balance (`SOLDE`): what is due, minus what the other tranches are worth; never a rate of its own, so that the parts of a
 * payment always make the due to the cent (AMB-104). Below zero, it proposes a trop-perçu, which nobody recovers by itself (AMB-098).
 */
export function solde<C extends Champs, T extends Champs, P extends Parametres, B extends Champs>(options: {
  a: EvenementDossier;
  regle: string;
  /** What is due in all, rounded once. */
  du(contexte: ContexteBilan<C, T, P, B>): MontantExplique;
}): DeclarationVersement<ContexteVersement<C, T, P, B>> {
  return {
    tranche: 'SOLDE',
    libelle: 'Solde',
    a: options.a,
    regle: options.regle,
    calculer({ bilan, dejaVerse, ...contexte }) {
      if (bilan === null) throw new Error('Un solde se calcule sur un bilan : déclarez son événement BILAN_CONFIRME.');
      const du = options.du({ ...contexte, bilan });
      const montant = du.montant.moins(dejaVerse);
      const tropPercu = montant.estNegatif();
      return {
        montant,
        explication: {
          libelle: tropPercu ? 'Trop-perçu proposé, sans titre de recette automatique' : 'Solde',
          resultat: montant.enFrancais(),
          formule: 'montant dû − déjà versé',
          regle: options.regle,
          ...(tropPercu ? { interpretation: 'AMB-098' } : {}),
          entrees: [
            { nom: 'Montant dû', valeur: du.montant.enFrancais() },
            { nom: 'Déjà versé', valeur: dejaVerse.enFrancais() },
          ],
          lignes: [du.explication],
        },
      };
    },
  };
}
