import {
  type DateCivile,
  dateEnFrancais,
  debutDuJour,
  type ErreurMetier,
  finDuJour,
  jourDe,
  Refus,
  Temporal,
} from '@sillage/kernel';
import {
  avant,
  derniereTerminee,
  type EnCours,
  estAnnulee,
  etatLe,
  type Intervalle,
  type PeriodeActivation,
  seRecouvrent,
} from './activation.regles.js';

/**
 * The instants of a period given in civil days, both included, in Paris. Today, like no date at all, means from now on:
 * nothing is switched on or off in the past, which dossiers and jobs have already lived.
 * @param chemins where each date stands in the request
 * @throws Refus PERIODE_INVALIDE
 */
export function lirePeriode(
  { du, au }: { du: DateCivile | null; au: DateCivile | null },
  maintenant: Temporal.Instant,
  chemins: { du: string[]; au: string[] },
): Intervalle {
  const aujourdhui = jourDe(maintenant);
  if (du !== null && Temporal.PlainDate.compare(du, aujourdhui) < 0) {
    const message = `Choisissez aujourd’hui (${dateEnFrancais(aujourdhui)}) ou plus tard : le passé ne change pas.`;
    throw Refus.de('PERIODE_INVALIDE', message, { path: chemins.du, regle: 'TRANS-01' });
  }
  const depart = du === null || du.equals(aujourdhui) ? maintenant : debutDuJour(du);
  if (au !== null && Temporal.PlainDate.compare(au, jourDe(depart)) < 0) {
    const message = `La période finit (${dateEnFrancais(au)}) avant de commencer (${dateEnFrancais(jourDe(depart))}).`;
    throw Refus.de('PERIODE_INVALIDE', message, { path: chemins.au, regle: 'TRANS-01' });
  }
  return { du: depart, au: au === null ? null : finDuJour(au) };
}

/** The activations that forbid another one over this period. */
export function recouvertes<A extends PeriodeActivation>(activations: readonly A[], periode: Intervalle): A[] {
  return activations.filter((activation) => seRecouvrent(activation, periode));
}

/** What switching off from an instant does on one territory. */
export interface PlanDesactivation<A> {
  /** Ends at that instant, instead of later or never. */
  fermer: A | null;
  /** Those that were to begin then or later: they are called off. */
  annuler: readonly A[];
  /** The last to have ended by then, when none ends at that instant: what becomes of its dossiers in flight changes. */
  requalifier: A | null;
}

/** Plans the switching off from an instant: from then on nothing is on. Null when there is nothing to do. */
export function planifierDesactivation<A extends PeriodeActivation>(
  activations: readonly A[],
  { fin, enCours, maintenant }: { fin: Temporal.Instant; enCours: EnCours; maintenant: Temporal.Instant },
): PlanDesactivation<A> | null {
  const fermer = activations.find((a) => avant(a.du, fin) && etatLe(a, fin) === 'EN_VIGUEUR') ?? null;
  const annuler = activations.filter((a) => !avant(a.du, fin) && !estAnnulee(a));
  const derniere = fermer === null ? derniereTerminee(activations, fin) : undefined;
  // What has ended already would change now, and not on the day that was asked.
  const tropTot = avant(maintenant, fin) && derniere !== undefined && etatLe(derniere, maintenant) === 'TERMINEE';
  const requalifier = derniere === undefined || derniere.enCours === enCours || tropTot ? null : derniere;
  if (fermer === null && annuler.length === 0 && requalifier === null) return null;
  return { fermer, annuler, requalifier };
}

/** A territory where a demand meets something that forbids it. */
export interface Empechement {
  libelle: string;
  periodes: readonly Intervalle[];
}

/** One refusal that names each territory, and the period that is in the way. */
export function erreurDeRecouvrement(
  dispositif: string,
  empechements: readonly Empechement[],
  path: string[],
): ErreurMetier {
  const lieux = empechements.map(({ libelle, periodes }) => `${libelle} (${periodes.map(enFrancais).join(', ')})`);
  return {
    code: 'PERIODE_INVALIDE',
    message: `« ${dispositif} » est déjà activé sur : ${lieux.join(' ; ')}. Choisissez une autre période, ou désactivez-le d’abord.`,
    path,
    regle: 'TRANS-01',
  };
}

export function erreurDejaInactif(dispositif: string, libelles: readonly string[], path: string[]): ErreurMetier {
  return {
    code: 'ETAT_INCOMPATIBLE',
    message: `« ${dispositif} » n’est ni activé ni à venir sur : ${libelles.join(', ')}. Il n’y a rien à désactiver.`,
    path,
    regle: 'TRANS-01',
  };
}

function enFrancais({ du, au }: Intervalle): string {
  const debut = dateEnFrancais(jourDe(du));
  if (au === null) return `à partir du ${debut}, sans fin prévue`;
  return `du ${debut} au ${dateEnFrancais(jourDe(au.subtract({ milliseconds: 1 })))}`;
}
