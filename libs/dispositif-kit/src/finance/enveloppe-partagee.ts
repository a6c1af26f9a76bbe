import { aConfirmer, type Decision, Montant, non, oui } from '@sillage/kernel';
import type { PlafondExplique } from '../dispositif.js';
import type { ParametreResolu } from '../parametre.js';

interface Controle<X> {
  regle: string;
  libelle: string;
  decider(contexte: X): Decision;
}

type AvecEnveloppe<K extends string> = Readonly<Record<K, ParametreResolu<Montant>>>;

/** No request in `montantDemande` beyond the enveloppe, which all porteurs share (AMB-094); `enveloppe` is the key of a `montant`. */
export function demandeSousLEnveloppe<const K extends string>(options: {
  enveloppe: K;
  regle: string;
}): Controle<{ champs: Readonly<{ montantDemande: Montant }>; parametres: AvecEnveloppe<K> }> {
  const { enveloppe: cle, regle } = options;
  return {
    regle,
    libelle: 'La demande tient dans l’enveloppe',
    decider({ champs, parametres }) {
      const { valeur, cite } = parametres[cle];
      if (champs.montantDemande.comparer(valeur) <= 0) return oui();
      return non({
        code: 'MONTANT_SUPERIEUR_AU_PLAFOND',
        message: `La participation demandée dépasse l’enveloppe de l’appel à projets : ${cite.valeur}.`,
        regle,
        chemin: ['champs', 'montantDemande'],
      });
    },
  };
}

/** One convention may take the whole enveloppe; the core checks the sum of them against it. */
export function plafondDeLEnveloppe<const K extends string>(options: {
  enveloppe: K;
  regle: string;
}): (contexte: { parametres: AvecEnveloppe<K> }) => PlafondExplique {
  const { enveloppe: cle, regle } = options;
  return ({ parametres }) => {
    const { valeur, cite } = parametres[cle];
    return {
      montant: valeur,
      explication: {
        libelle: 'Plafond de la participation du Département',
        resultat: valeur.enFrancais(),
        formule: 'enveloppe de l’appel à projets',
        regle,
        interpretation: 'AMB-094',
        parametres: [cite],
      },
    };
  };
}

/** What is asked for in `montantDemande` pays for what `depensesPrevues` plans, of whatever kind. */
export function demandeCouverte(
  regle: string,
): Controle<{ champs: Readonly<{ montantDemande: Montant; depensesPrevues: readonly { montant: Montant }[] }> }> {
  return {
    regle,
    libelle: 'La demande est couverte par les dépenses',
    decider({ champs }) {
      const total = totalDe(champs.depensesPrevues);
      if (champs.montantDemande.comparer(total) <= 0) return oui();
      return non({
        code: 'REGLE_NON_RESPECTEE',
        message: `La participation demandée dépasse les dépenses prévues : ${total.enFrancais()}.`,
        regle,
        chemin: ['champs', 'montantDemande'],
      });
    },
  };
}

/** Below the département's objective, the siège looks at the sum of the conventions; nothing is reduced (AMB-094, AMB-100). */
export function objectifDepartemental<const K extends string>(options: {
  /** Key of the `entier` parameter. */
  objectif: K;
  /** What the young people are to do: `à loger`. */
  quoi: string;
  regle: string;
}): Controle<{
  champs: Readonly<{ objectifJeunes: number }>;
  parametres: Readonly<Record<K, ParametreResolu<number>>>;
}> {
  const { objectif: cle, quoi, regle } = options;
  return {
    regle,
    libelle: 'L’objectif départemental est atteint, ou confirmé',
    decider({ champs: { objectifJeunes }, parametres }) {
      const { valeur } = parametres[cle];
      if (objectifJeunes >= valeur) return oui();
      return aConfirmer({
        code: 'A_CONFIRMER',
        message: `${objectifJeunes} jeunes ${quoi} pour un objectif départemental de ${valeur} : à confirmer, au regard des autres projets.`,
        regle,
        chemin: ['champs', 'objectifJeunes'],
      });
    },
  };
}

/** Used and remaining make the participation, to the cent; what remains is followed, not taken back by itself (AMB-095). */
export function utiliseEtRestant(regle: string): Controle<{
  bilan: Readonly<{ montantUtilise: Montant; montantRestant: Montant }>;
  montantConventionne: Montant;
}> {
  return {
    regle,
    libelle: 'Utilisé et restant font la participation',
    decider({ bilan, montantConventionne }) {
      if (bilan.montantUtilise.plus(bilan.montantRestant).egale(montantConventionne)) return oui();
      return non({
        code: 'REGLE_NON_RESPECTEE',
        message: `Les montants utilisé et restant font ensemble la participation : ${montantConventionne.enFrancais()}.`,
        regle,
        chemin: ['bilan', 'montantRestant'],
      });
    },
  };
}

/** What was used was paid for something. */
export function utiliseCouvert(regle: string): Controle<{
  bilan: Readonly<{ montantUtilise: Montant; depensesEncourues: readonly { montant: Montant }[] }>;
}> {
  return {
    regle,
    libelle: 'Le montant utilisé est couvert par les dépenses payées',
    decider({ bilan }) {
      const total = totalDe(bilan.depensesEncourues);
      if (bilan.montantUtilise.comparer(total) <= 0) return oui();
      return non({
        code: 'REGLE_NON_RESPECTEE',
        message: `Le montant utilisé dépasse les dépenses payées : ${total.enFrancais()}.`,
        regle,
        chemin: ['bilan', 'montantUtilise'],
      });
    },
  };
}

function totalDe(lignes: readonly { montant: Montant }[]): Montant {
  return Montant.somme(lignes.map(({ montant }) => montant));
}
