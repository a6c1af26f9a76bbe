import { Montant } from '@sillage/kernel';

/** The accounts of an enveloppe, in the words of public accounting. The first two are its own, the others are kept by convention. */
export const COMPTES = {
  CREDITS: 'Crédits votés',
  DISPONIBLE: 'Crédits disponibles',
  ENGAGE: 'Engagé, non liquidé',
  LIQUIDE: 'Liquidé, non ordonnancé',
  MANDATE: 'Ordonnancé, non payé',
  PAYE: 'Payé',
  A_REVERSER: 'Trop-perçu constaté',
  TITRE: 'Ordre de reversement émis',
} as const;
export type Compte = keyof typeof COMPTES;

interface Mouvement {
  readonly libelle: string;
  readonly de: Compte;
  readonly vers: Compte;
}

/** What may be written in the ledger, and between which accounts it moves an amount; PostgreSQL holds the same list. */
export const MOUVEMENTS = {
  OUVERTURE: { libelle: 'Ouverture de crédits', de: 'CREDITS', vers: 'DISPONIBLE' },
  ENGAGEMENT: { libelle: 'Engagement', de: 'DISPONIBLE', vers: 'ENGAGE' },
  DESENGAGEMENT: { libelle: 'Désengagement', de: 'ENGAGE', vers: 'DISPONIBLE' },
  LIQUIDATION: { libelle: 'Liquidation', de: 'ENGAGE', vers: 'LIQUIDE' },
  MANDATEMENT: { libelle: 'Mandatement', de: 'LIQUIDE', vers: 'MANDATE' },
  PAIEMENT: { libelle: 'Paiement', de: 'MANDATE', vers: 'PAYE' },
  REJET: { libelle: 'Rejet du paiement', de: 'MANDATE', vers: 'LIQUIDE' },
  TROP_PERCU: { libelle: 'Constat d’un trop-perçu', de: 'PAYE', vers: 'A_REVERSER' },
  ORDRE_DE_REVERSEMENT: { libelle: 'Ordre de reversement', de: 'A_REVERSER', vers: 'TITRE' },
  REVERSEMENT: { libelle: 'Reversement', de: 'TITRE', vers: 'DISPONIBLE' },
  REJET_DE_REVERSEMENT: { libelle: 'Rejet d’un ordre de reversement', de: 'TITRE', vers: 'A_REVERSER' },
} as const satisfies Record<string, Mouvement>;
export type NatureMouvement = keyof typeof MOUVEMENTS;

export const NATURES = {
  ...Object.fromEntries(Object.entries(MOUVEMENTS).map(([nature, { libelle }]) => [nature, libelle])),
  CORRECTION: 'Correction d’une écriture',
} as Readonly<Record<NatureEcriture, string>>;
export type NatureEcriture = NatureMouvement | 'CORRECTION';

/** What an écriture did, as far as balances are concerned. */
export interface Ecrite {
  readonly de: Compte;
  readonly vers: Compte;
  readonly montant: Montant;
}

/** The balance of every account after these écritures, from none: what `sillage.solde` must say too. Their sum is zero. */
export function soldesApres(ecritures: Iterable<Ecrite>): Readonly<Record<Compte, Montant>> {
  const soldes = Object.fromEntries(Object.keys(COMPTES).map((compte) => [compte, Montant.ZERO])) as Record<
    Compte,
    Montant
  >;
  for (const { de, vers, montant } of ecritures) {
    soldes[de] = soldes[de].moins(montant);
    soldes[vers] = soldes[vers].plus(montant);
  }
  return soldes;
}
