import type { Dispositif, MontantExplique } from '@sillage/dispositif-kit';
import { Montant } from '@sillage/kernel';
import type { Versement } from './versement.entity.js';

export type DeclarationVersement = Dispositif['versements'][number];
/** What payments are computed from, but for what was already paid and the day of the event. */
export type ContexteDeCalcul = Omit<Parameters<DeclarationVersement['calculer']>[0], 'dejaVerse' | 'date'>;

export const ACTIONS_ECART = {
  PROPOSER: 'Rien n’était proposé pour cette tranche',
  REMPLACER: 'Ce qui était proposé, et que personne n’a liquidé, est remplacé',
  REGULARISER: 'Ce qui est liquidé ou payé reste : la différence est proposée',
  RETIRER: 'Ce qui était proposé, et que personne n’a liquidé, n’est plus dû',
} as const;
export type ActionEcart = keyof typeof ACTIONS_ECART;

/** A payment of the convention that nobody has refused. */
export type Vivant = Pick<Versement, 'id' | 'tranche' | 'sens' | 'montant' | 'etat'>;

/** What is to be proposed so that a tranche is worth what it should. */
export interface Ecart {
  readonly declaration: DeclarationVersement;
  readonly action: ActionEcart;
  /** Natural key of the payment to propose: the declared tranche or, after others of it, `SOLDE-R1`, `SOLDE-R2`... */
  readonly tranche: string;
  readonly actuel: Montant;
  readonly attendu: Montant;
  /** Negative: a trop-perçu. Null when what was liquidated is already what should be. */
  readonly aProposer: MontantExplique | null;
  /** Proposed and not liquidated: they give way. */
  readonly remplaces: readonly Vivant[];
}

/** A payment that its event has made due, with the day of that event. */
export interface Due {
  readonly declaration: DeclarationVersement;
  readonly date: ContexteDeDate;
}
type ContexteDeDate = Parameters<DeclarationVersement['calculer']>[0]['date'];

/**
 * What differs between what tranches should be worth and what they are, in the order in which they are declared: each balance counts
 * what those before it have become. None where all is as computed: to run it again changes nothing. Pure.
 */
export function ecarts(dues: readonly Due[], contexte: ContexteDeCalcul, vivants: readonly Vivant[]): Ecart[] {
  let presents: readonly Vivant[] = vivants;
  return dues.flatMap(({ declaration, date }) => {
    const siens = presents.filter((vivant) => estDeLaTranche(vivant, declaration.tranche));
    const autres = presents.filter((vivant) => !siens.includes(vivant));
    const attendu = declaration.calculer({ ...contexte, date, dejaVerse: valeur(autres) });
    const actuel = valeur(siens);
    if (siens.length > 0 && actuel.egale(attendu.montant)) return [];
    const remplaces = siens.filter(({ etat }) => etat === 'PROPOSE');
    const acquis = siens.filter(({ etat }) => etat !== 'PROPOSE');
    const aProposer = acquis.length === 0 ? attendu : difference(declaration, attendu, valeur(acquis));
    const ecart: Ecart = {
      declaration,
      action: actionSur(siens, remplaces, aProposer),
      tranche: acquis.length === 0 ? declaration.tranche : `${declaration.tranche}-R${acquis.length}`,
      actuel,
      attendu: attendu.montant,
      aProposer,
      remplaces,
    };
    presents = [...autres, ...acquis, ...nouveaux(ecart)];
    return [ecart];
  });
}

/** The declared tranche itself, or a difference that was proposed since. */
export function estDeLaTranche({ tranche }: Pick<Vivant, 'tranche'>, declaree: string): boolean {
  return tranche === declaree || new RegExp(`^${declaree}-R\\d+$`).test(tranche);
}

/** What payments are worth to the porteur: what is to be given back counts less. */
export function valeur(vivants: readonly Vivant[]): Montant {
  return vivants.reduce(
    (total, { sens, montant }) => (sens === 'A_PAYER' ? total.plus(montant) : total.moins(montant)),
    Montant.ZERO,
  );
}

function difference(
  { regle }: DeclarationVersement,
  attendu: MontantExplique,
  acquis: Montant,
): MontantExplique | null {
  const montant = attendu.montant.moins(acquis);
  if (montant.centimes === 0n) return null;
  return {
    montant,
    explication: {
      libelle: 'Régularisation',
      resultat: montant.enFrancais(),
      formule: 'montant recalculé − montant déjà arrêté à ce titre',
      regle,
      entrees: [{ nom: 'Montant déjà arrêté à ce titre', valeur: acquis.enFrancais() }],
      lignes: [attendu.explication],
    },
  };
}

function actionSur(
  siens: readonly Vivant[],
  remplaces: readonly Vivant[],
  aProposer: MontantExplique | null,
): ActionEcart {
  if (aProposer === null) return 'RETIRER';
  if (siens.length === 0) return 'PROPOSER';
  return remplaces.length > 0 ? 'REMPLACER' : 'REGULARISER';
}

function nouveaux({ tranche, aProposer }: Ecart): Vivant[] {
  return aProposer ? [{ id: '', tranche, etat: 'PROPOSE', ...enSens(aProposer.montant) }] : [];
}

/** A signed amount as it is stored: which way, and how much. */
export function enSens(montant: Montant): Pick<Versement, 'sens' | 'montant'> {
  return montant.estNegatif()
    ? { sens: 'A_REVERSER', montant: Montant.ZERO.moins(montant) }
    : { sens: 'A_PAYER', montant };
}
