import { dateCivile, Fraction, Montant, type ParametreCite } from '@sillage/kernel';
import fc from 'fast-check';
import {
  avance,
  type BorneDuPrevu,
  type Champ,
  type ContexteVersement,
  type MontantExplique,
  type ParametreResolu,
  planDeFinancement,
  solde,
} from '../src/index.js';

/** Random plans per run; `SILLAGE_PLANS=1000000 npx jest libs/dispositif-kit/test` tries a million (docs/financement.md). */
const PLANS = Number(process.env['SILLAGE_PLANS'] ?? 2000);
export const MOITIE = { numRuns: PLANS / 2 };
export const DELAI = 60_000 + 4 * PLANS;

export const plan = planDeFinancement({
  LOYERS: { libelle: 'Loyers', famille: 'INDIRECT', regle: 'ASGL-FIN-04' },
  SALAIRES: { libelle: 'Salaires', famille: 'PERSONNEL', regle: 'ASE-FIN-02' },
  VACATIONS: { libelle: 'Vacations', famille: 'PERSONNEL', regle: 'ASE-FIN-02' },
  DEPLACEMENTS: { libelle: 'Déplacements', famille: 'FONCTIONNEMENT', regle: 'ASE-FIN-03' },
  ORDINATEUR: { libelle: 'Ordinateur', famille: 'FONCTIONNEMENT', regle: 'AMB-083', refus: 'non éligible' },
});
export const ELIGIBLES = ['SALAIRES', 'VACATIONS', 'DEPLACEMENTS', 'LOYERS'] as const;
export const NATURES = [...ELIGIBLES, 'ORDINATEUR'] as const;

const cite: ParametreCite = {
  cle: 'parametre',
  libelle: 'Paramètre',
  valeur: 'x',
  unite: 'x',
  du: '2026-01-12',
  au: null,
  origine: 'DISPOSITIF',
  regle: 'TRANS-02',
};
export const resolu = <V>(valeur: V): ParametreResolu<V> => ({ valeur, cite });
export const pourcents = (n: number): ParametreResolu<Fraction> => resolu(Fraction.de(BigInt(n), 100n));
export const entier = (n: number): Fraction => Fraction.de(BigInt(n));

export interface Ligne {
  readonly nature: string;
  readonly libelle: string;
  readonly montant: Montant;
}

/** Cheaper than `expect`, which a million plans would feel. */
export function exiger(condition: boolean, defaut: string): void {
  if (!condition) throw new Error(defaut);
}

export const auPlus = (a: Fraction, b: Fraction): boolean => a.comparer(b) <= 0;
export const memes = (a: Fraction, b: Fraction): boolean => a.comparer(b) === 0;

/** The same lines in another order. */
export const melanger = <L>(lignes: readonly L[], tour: number): L[] =>
  [...lignes.slice(tour % (lignes.length + 1)), ...lignes.slice(0, tour % (lignes.length + 1))].reverse();

export const lignes = (natures: readonly string[], maxLength: number): fc.Arbitrary<Ligne[]> =>
  fc.array(
    fc.record({
      nature: fc.constantFrom(...natures),
      libelle: fc.constant('x'),
      montant: fc.integer({ min: 1, max: 9_999_999 }).map((n) => Montant.centimes(BigInt(n))),
    }),
    { maxLength },
  );
export const montant = fc.integer({ min: 0, max: 20_000_000 }).map((n) => Montant.centimes(BigInt(n)));
export const taux = fc.integer({ min: 0, max: 100 });
export const borneAuHasard = fc.constantFrom<BorneDuPrevu>('PAR_NATURE', 'GLOBALE', 'SANS_BORNE');

type Vide = Readonly<Record<never, Champ>>;
type Contexte = ContexteVersement<Vide, Vide, { taux: never }, Vide>;

/** The advance, then the balance: together, the due to the cent, whichever is greater. */
export function avancePuisSolde(conventionne: Montant, tauxAvance: number, du: MontantExplique): void {
  const contexte = {
    montantConventionne: conventionne,
    date: dateCivile('2026-06-01'),
    parametres: { taux: pourcents(tauxAvance) },
    bilan: {},
  };
  const verse = avance({ taux: 'taux', a: 'CONVENTION_SIGNEE', regle: 'x' }).calculer(contexte).montant;
  const declare = solde({ a: 'BILAN_CONFIRME', regle: 'x', du: () => du });
  const reste = declare.calculer({ ...contexte, dejaVerse: verse } as unknown as Contexte).montant;
  exiger(verse.plus(reste).egale(du.montant), 'avance + solde ≠ dû');
  exiger(reste.estNegatif() === du.montant.comparer(verse) < 0, 'le signe du solde');
  exiger(verse.comparer(conventionne) <= 0, 'l’avance dépasse la convention');
}
