import {
  arrondir,
  type ContexteBilan,
  deciderAge,
  enChiffre,
  type MontantExplique,
  plafondConventionne,
  plafonner,
  retenirDepenses,
  sommeRetenue,
} from '@sillage/dispositif-kit';
import { dateEnFrancais, type Decision, Montant, non, oui, toutes } from '@sillage/kernel';
import type { champsBilan } from './bilan.champs.js';
import type { champsCandidature } from './candidature.champs.js';
import type { termesConvention } from './convention.js';
import type { parametres } from './parametres.js';
import { plan } from './plan.js';

type Bilan = ContexteBilan<typeof champsCandidature, typeof termesConvention, typeof parametres, typeof champsBilan>;

/** FAJCO-PAY-02: what was conventioned and spent, at most what the convention grants; the conditions are judged by who confirms (AMB-099). */
export function montantDu({ champs, termes, bilan, montantConventionne, parametres }: Bilan): MontantExplique {
  const admis = termes.postesAdmis ?? Montant.ZERO;
  const retenues = retenirDepenses({
    plan,
    prevues: champs.depensesPrevues,
    encourues: bilan.depensesEncourues,
    borne: parametres.borneDuPrevu,
    regle: 'FAJCO-BIL-03',
    derogations: admis.comparer(Montant.ZERO) > 0 ? ['POSTE'] : [],
  });
  return arrondir(
    plafonner(
      { libelle: 'Montant dû au titre de l’action', regle: 'FAJCO-PAY-02' },
      plafondConventionne(montantConventionne),
      enChiffre(termes.depensesConventionnees, 'Dépenses conventionnées', 'FAJCO-BIL-03'),
      sommeRetenue(retenues, 'Dépenses retenues', ['PERSONNEL', 'FONCTIONNEMENT']),
    ),
  );
}

/** FAJCO-BIL-01: the bilan answers each objective of the file, once, and no other. */
export function objectifsDuDossier({ champs, bilan }: Bilan): Decision {
  const attendus = champs.objectifs.map(({ objectif }) => objectif).sort();
  const rendus = bilan.objectifs.map(({ objectif }) => objectif).sort();
  if (rendus.length === attendus.length && rendus.every((objectif, rang) => objectif === attendus[rang])) return oui();
  return non({
    code: 'REGLE_NON_RESPECTEE',
    message: `Le bilan rend compte de chaque objectif du dossier, une fois : ${attendus.join(' ; ')}.`,
    regle: 'FAJCO-BIL-01',
    chemin: ['bilan', 'objectifs'],
  });
}

/**
 * FAJCO-ELIG-01: nobody who joined later was beyond the ages of the text (AMB-004). What the deposit leaves for a person to confirm, the
 * path of those of 16 and 17 and the year of 25, whoever confirms the bilan reads in it.
 */
export function agesDesParticipants({ bilan, parametres }: Bilan): Decision {
  const { ageMinExtension: min, ageMax: max, borneHaute } = parametres;
  const motif = { regle: 'FAJCO-ELIG-01', chemin: ['bilan', 'participants'] };
  const ages = [...new Set(bilan.participants.map(({ age }) => age))];
  return toutes(
    ...ages.map((age) => deciderAge(age, { min, max, borneHaute }, motif)).filter(({ issue }) => issue === 'NON'),
  );
}

/** FAJCO-DEL-01: the day that the delay counts from is one of the convention's. */
export function finPendantLaConvention({ bilan, periode }: Bilan): Decision {
  if (periode.contient(bilan.finEffective)) return oui();
  return non({
    code: 'PERIODE_INVALIDE',
    message: 'L’action prend fin pendant la convention : corrigez la date, ou faites changer la convention.',
    regle: 'FAJCO-DEL-01',
    chemin: ['bilan', 'finEffective'],
  });
}

/** FAJCO-PIECE-05: each expense says when it was incurred, from the first day that the convention sets (AMB-046). */
export function depensesDeLaPeriode({ bilan, periode }: Bilan): Decision {
  const hors = bilan.depensesEncourues.filter(
    ({ du, au }) => au.toString() < du.toString() || !periode.contient(du) || !periode.contient(au),
  );
  if (hors.length === 0) return oui();
  const bornes = [periode.du, periode.au].map((jour) => (jour === null ? '' : dateEnFrancais(jour)));
  return non({
    code: 'PERIODE_INVALIDE',
    message: `Chaque dépense est encourue du ${bornes.join(' au ')}, et finit après avoir commencé : ${hors.map(({ libelle }) => libelle).join(', ')}.`,
    regle: 'FAJCO-PIECE-05',
    chemin: ['bilan', 'depensesEncourues'],
  });
}
