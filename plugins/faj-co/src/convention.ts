import {
  champ,
  champBudgetAdopte,
  type ContexteConvention,
  type MontantExplique,
  type Valeurs,
} from '@sillage/dispositif-kit';
import { type Decision, Montant, non, oui } from '@sillage/kernel';
import type { champsCandidature } from './candidature.champs.js';
import type { parametres } from './parametres.js';

/** What the convention commits to. */
export const termesConvention = {
  depensesConventionnees: champ.montant({
    libelle: 'Dépenses conventionnées',
    aide: 'Tout ou partie des dépenses éligibles prévues au dossier : seules elles sont retenues au bilan.',
    unite: '€',
    min: '0.01',
    regle: 'FAJCO-BIL-03',
  }),
  postesAdmis: champ.montant({
    libelle: 'Postes admis par dérogation de la DPID',
    aide: 'Laissez vide sans dérogation : aucun poste n’est alors financé.',
    unite: '€',
    regle: 'FAJCO-WF-06',
    facultatif: true,
  }),
  budgetAdopte: champBudgetAdopte,
};

type Convention = ContexteConvention<typeof termesConvention, typeof parametres>;
type Contexte = Convention & { champs: Valeurs<typeof champsCandidature> };

/** FAJCO-FIN-04: the text caps nothing (AMB-085); no participation goes beyond the expenses that it is for. */
export function plafondConvention({ termes }: Omit<Convention, 'montant'>): MontantExplique {
  const montant = termes.depensesConventionnees;
  return {
    montant,
    explication: {
      libelle: 'Plafond de la participation du Département',
      resultat: montant.enFrancais(),
      formule: 'dépenses conventionnées, sans autre plafond dans le texte',
      regle: 'FAJCO-FIN-04',
      interpretation: 'AMB-085',
      entrees: [{ nom: 'Dépenses conventionnées', valeur: montant.enFrancais() }],
    },
  };
}

/** FAJCO-FIN-01: what is conventioned was detailed in the file. */
export function depensesDuDossier({ champs, termes }: Contexte): Decision {
  const prevues = Montant.somme(champs.depensesPrevues.map(({ montant }) => montant));
  if (termes.depensesConventionnees.comparer(prevues) <= 0) return oui();
  return non({
    code: 'REGLE_NON_RESPECTEE',
    message: `Les dépenses conventionnées dépassent celles du dossier : ${prevues.enFrancais()}.`,
    regle: 'FAJCO-FIN-01',
    chemin: ['input', 'termes', 'depensesConventionnees'],
  });
}

/** FAJCO-WF-06: a convention, or its avenant, finances no post beyond those that the derogation admits, each of its own hand. */
export function postesDeroges({ champs, termes }: Contexte): Decision {
  const admis = termes.postesAdmis ?? Montant.ZERO;
  const prevus = Montant.somme(
    champs.depensesPrevues.filter(({ nature }) => nature === 'POSTE').map(({ montant }) => montant),
  );
  if (admis.egale(prevus)) return oui();
  return non({
    code: 'REGLE_NON_RESPECTEE',
    message: `Le dossier prévoit ${prevus.enFrancais()} de postes et la convention en admet ${admis.enFrancais()} : dites le montant que la dérogation de la DPID admet.`,
    regle: 'FAJCO-WF-06',
    chemin: ['input', 'termes', 'postesAdmis'],
  });
}
