import { type Decision, type Motif, non, oui, Temporal } from '@sillage/kernel';

/** What becomes of the dossiers in flight when a dispositif is switched off: they are finished, or they stop too. */
export const EN_COURS = {
  TERMINER: 'Ce qui est en cours peut être mené à son terme ; rien de nouveau ne commence.',
  SUSPENDRE: 'Ce qui est en cours s’arrête aussi.',
} as const;
export type EnCours = keyof typeof EN_COURS;

/** From `du`, included, until just before `au`; `au` null until further notice. */
export interface Intervalle {
  du: Temporal.Instant;
  au: Temporal.Instant | null;
}

/** A period of activation on one territory. */
export interface PeriodeActivation extends Intervalle {
  enCours: EnCours;
}

/**
 * What somebody wants to do with a dispositif: begin a dossier, go on with one that began at an instant, or announce
 * that dossiers will be received during a window (`au` excluded).
 */
export type Geste =
  | { pour: 'COMMENCER' }
  | { pour: 'CONTINUER'; commenceLe: Temporal.Instant }
  | { pour: 'ANNONCER'; du: Temporal.Instant; au: Temporal.Instant };

/** A territory with its activations of the dispositif, in any order. */
export interface TerritoireActive {
  libelle: string;
  activations: readonly PeriodeActivation[];
}

/**
 * Whether a gesture is possible on every one of the territories (TRANS-01). Without a territory, it is not: a dispositif
 * is on somewhere, or off.
 * @param libelle the dispositif's label, for the message
 */
export function deciderActivation(
  libelle: string,
  territoires: readonly TerritoireActive[],
  geste: Geste,
  maintenant: Temporal.Instant,
  chemin: string[] = [],
): Decision {
  if (territoires.length === 0)
    return non(motif(`Indiquez le territoire : « ${libelle} » s’active par territoire.`, chemin));
  const refuses = territoires.filter(({ activations }) => !estPossible(activations, geste, maintenant));
  if (refuses.length === 0) return oui();
  const noms = refuses.map((territoire) => territoire.libelle).join(', ');
  return non(motif(`« ${libelle} » n’est pas activé sur : ${noms}. ${CONSEQUENCES[geste.pour]}`, chemin));
}

/** Whether a gesture is possible on one territory, from its activations. */
export function estPossible(
  activations: readonly PeriodeActivation[],
  geste: Geste,
  maintenant: Temporal.Instant,
): boolean {
  switch (geste.pour) {
    case 'COMMENCER':
      return enVigueur(activations, maintenant) !== undefined;
    case 'CONTINUER':
      return (
        enVigueur(activations, maintenant) !== undefined ||
        (enVigueur(activations, geste.commenceLe) !== undefined &&
          derniereTerminee(activations, maintenant)?.enCours === 'TERMINER')
      );
    case 'ANNONCER':
      return activations.some((activation) => seRecouvrent(activation, geste));
  }
}

/** The activation that holds at an instant. */
export function enVigueur<A extends PeriodeActivation>(
  activations: readonly A[],
  instant: Temporal.Instant,
): A | undefined {
  return activations.find((activation) => etatLe(activation, instant) === 'EN_VIGUEUR');
}

export const ETATS_ACTIVATION = {
  A_VENIR: 'Commencera à la date prévue.',
  EN_VIGUEUR: 'Le dispositif est activé.',
  TERMINEE: 'A pris fin.',
  ANNULEE: 'Annulée avant d’avoir commencé.',
} as const;
export type EtatActivation = keyof typeof ETATS_ACTIVATION;

/** Where an activation stands at an instant. */
export function etatLe(activation: Intervalle, instant: Temporal.Instant): EtatActivation {
  if (estAnnulee(activation)) return 'ANNULEE';
  if (avant(instant, activation.du)) return 'A_VENIR';
  return activation.au === null || avant(instant, activation.au) ? 'EN_VIGUEUR' : 'TERMINEE';
}

/** The last activation to have ended: it says what becomes of what was in flight. One called off never was. */
export function derniereTerminee<A extends PeriodeActivation>(
  activations: readonly A[],
  instant: Temporal.Instant,
): A | undefined {
  return activations
    .filter((activation) => etatLe(activation, instant) === 'TERMINEE')
    .sort((a, b) => Temporal.Instant.compare(b.du, a.du))[0];
}

/** Called off before it began: it covers no instant, and stays for history. */
export function estAnnulee({ du, au }: Intervalle): boolean {
  return au !== null && au.equals(du);
}

/** Whether two periods share an instant, as PostgreSQL's `&&` on half-open ranges: an empty one overlaps nothing. */
export function seRecouvrent(a: Intervalle, b: Intervalle): boolean {
  if (estAnnulee(a) || estAnnulee(b)) return false;
  return (b.au === null || avant(a.du, b.au)) && (a.au === null || avant(b.du, a.au));
}

export function avant(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) < 0;
}

const CONSEQUENCES = {
  COMMENCER: 'Rien de nouveau ne peut y commencer.',
  CONTINUER: 'Ce qui y est en cours ne peut pas être poursuivi.',
  ANNONCER: 'Il doit l’être à un moment de la période annoncée.',
} as const satisfies Record<Geste['pour'], string>;

function motif(message: string, chemin: string[]): Motif {
  return { code: 'DISPOSITIF_INACTIF', message, regle: 'TRANS-01', chemin };
}
