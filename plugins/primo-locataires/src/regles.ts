import type {
  ContexteBilan,
  ContexteCandidature,
  ContexteConvention,
  LigneDepense,
  MontantExplique,
} from '@sillage/dispositif-kit';
import { aConfirmer, type Decision, Montant, non, oui } from '@sillage/kernel';
import type { champsBilan, champsCandidature, termesConvention } from './champs.js';
import type { parametres } from './parametres.js';

type Candidature = ContexteCandidature<typeof champsCandidature, typeof parametres>;
type Convention = Omit<ContexteConvention<typeof termesConvention, typeof parametres>, 'montant'>;
type Bilan = ContexteBilan<typeof champsCandidature, typeof termesConvention, typeof parametres, typeof champsBilan>;

/** PRIMO-FIN-01: no request beyond the envelope, which all porteurs share (AMB-094). */
export function demandeSousLEnveloppe({ champs, parametres }: Candidature): Decision {
  if (champs.montantDemande.comparer(parametres.enveloppe.valeur) <= 0) return oui();
  return non({
    code: 'MONTANT_SUPERIEUR_AU_PLAFOND',
    message: `La participation demandée dépasse l’enveloppe de l’appel à projets : ${parametres.enveloppe.cite.valeur}.`,
    regle: 'PRIMO-FIN-01',
    chemin: ['champs', 'montantDemande'],
  });
}

/** PRIMO-FIN-02: what is asked for pays for what the file plans, of whatever kind (AMB-096). */
export function demandeCouverteParLesDepenses({ champs }: Candidature): Decision {
  const total = totalDe(champs.depensesPrevues);
  if (champs.montantDemande.comparer(total) <= 0) return oui();
  return non({
    code: 'REGLE_NON_RESPECTEE',
    message: `La participation demandée dépasse les dépenses prévues : ${total.enFrancais()}.`,
    regle: 'PRIMO-FIN-02',
    chemin: ['champs', 'montantDemande'],
  });
}

/** PRIMO-IND-01: below 30 young people, the siège looks at the sum of the conventions; nothing is reduced (AMB-094, AMB-100). */
export function objectifDepartemental({ champs, parametres }: Candidature): Decision {
  if (champs.objectifJeunes >= parametres.objectifMin.valeur) return oui();
  return aConfirmer({
    code: 'A_CONFIRMER',
    message: `${champs.objectifJeunes} jeunes à loger pour un objectif départemental de ${parametres.objectifMin.valeur} : à confirmer, au regard des autres projets.`,
    regle: 'PRIMO-IND-01',
    chemin: ['champs', 'objectifJeunes'],
  });
}

/** PRIMO-FIN-01: one convention may take the whole envelope; the sum of them is checked against it. */
export function plafondConvention({ parametres }: Convention): MontantExplique {
  const { valeur, cite } = parametres.enveloppe;
  return {
    montant: valeur,
    explication: {
      libelle: 'Plafond de la participation du Département',
      resultat: valeur.enFrancais(),
      formule: 'enveloppe de l’appel à projets',
      regle: 'PRIMO-FIN-01',
      interpretation: 'AMB-094',
      parametres: [cite],
    },
  };
}

/** PRIMO-IND-03: used and remaining make the participation, to the cent; what remains is followed, not taken back (AMB-095). */
export function utiliseEtRestant({ bilan, montantConventionne }: Bilan): Decision {
  if (bilan.montantUtilise.plus(bilan.montantRestant).egale(montantConventionne)) return oui();
  return non({
    code: 'REGLE_NON_RESPECTEE',
    message: `Les montants utilisé et restant font ensemble la participation : ${montantConventionne.enFrancais()}.`,
    regle: 'PRIMO-IND-03',
    chemin: ['bilan', 'montantRestant'],
  });
}

/** PRIMO-FIN-02: what was used was paid for something. */
export function utiliseCouvertParLesDepenses({ bilan }: Bilan): Decision {
  const total = totalDe(bilan.depensesEncourues);
  if (bilan.montantUtilise.comparer(total) <= 0) return oui();
  return non({
    code: 'REGLE_NON_RESPECTEE',
    message: `Le montant utilisé dépasse les dépenses payées : ${total.enFrancais()}.`,
    regle: 'PRIMO-FIN-02',
    chemin: ['bilan', 'montantUtilise'],
  });
}

/** PRIMO-IND-02: the number of beneficiaries closed at the end is the one that the communes make together (PRIMO-IND-04). */
export function beneficiairesArretes({ bilan }: Bilan): Decision {
  const entres = bilan.jeunesEntres.reduce((total, { jeunes }) => total + jeunes, 0);
  if (bilan.beneficiaires === entres) return oui();
  return non({
    code: 'REGLE_NON_RESPECTEE',
    message: `Le total des bénéficiaires est celui des entrées, commune par commune : ${entres}.`,
    regle: 'PRIMO-IND-02',
    chemin: ['bilan', 'beneficiaires'],
  });
}

function totalDe(lignes: readonly LigneDepense[]): Montant {
  return Montant.somme(lignes.map(({ montant }) => montant));
}
