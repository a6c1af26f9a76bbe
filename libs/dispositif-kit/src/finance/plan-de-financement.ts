import type { DateCivile, Montant } from '@sillage/kernel';
import { champ, type Champ } from '../champ.js';

/** Where an expense counts: direct of personnel, direct of another kind, or indirect. */
export type FamilleDepense = 'PERSONNEL' | 'FONCTIONNEMENT' | 'INDIRECT';

/** A kind of expense, as the text of the dispositif sees it. */
export interface NatureDepense {
  libelle: string;
  famille: FamilleDepense;
  /** The rule that allows it; with `refus`, the rule that does not. */
  regle: string;
  /** Why expenses of this nature are not retained, in French, for the porteur. */
  refus?: string;
  /** The rule by which a named decision lifts that refusal: such expenses may be foreseen, and stay refused until they are lifted. */
  derogation?: string;
}

/** The natures of a dispositif; keys are GraphQL enum values (`SALAIRES`). */
export type Natures = Readonly<Record<string, NatureDepense>>;

export type NatureDe<N extends Natures> = keyof N & string;
export type NatureEligible<N extends Natures> = {
  [K in NatureDe<N>]: N[K] extends { derogation: string } ? K : N[K] extends { refus: string } ? never : K;
}[NatureDe<N>];
/** The natures whose refusal a decision may lift. */
export type NatureDerogatoire<N extends Natures> = {
  [K in NatureDe<N>]: N[K] extends { derogation: string } ? K : never;
}[NatureDe<N>];

/** A line of the plan, foreseen or incurred. */
export interface LigneDepense<K extends string = string> {
  readonly nature: K;
  readonly libelle: string;
  readonly montant: Montant;
}

/** A foreseen expense whose price somebody has committed to. */
export interface LigneSurDevis<K extends string = string> extends LigneDepense<K> {
  /** Reference of the signed quote, when there is one. */
  readonly devis: string | null;
}

/** An incurred expense and its proof. */
export interface LigneEncourue<K extends string = string> extends LigneDepense<K> {
  /** Reference of the paid invoice, or of the payslip. */
  readonly facture: string;
}

interface OptionsLignes {
  libelle: string;
  aide?: string;
  regle: string;
  /** The rule that closes the list of natures. */
  regleNatures: string;
}

/** The same, where the text asks when each expense was incurred. */
export interface LigneDatee<K extends string = string> extends LigneEncourue<K> {
  readonly du: DateCivile;
  readonly au: DateCivile;
}

/** The plan de financement of a dispositif: its natures, and the tables that the candidature and the bilan ask for. */
export interface PlanDeFinancement<N extends Natures = Natures> {
  readonly natures: N;
  /** What the candidature foresees: eligible natures, and those that a derogation may admit, since nothing else would be retained. */
  prevues(options: OptionsLignes): Champ<readonly LigneDepense<NatureEligible<N>>[], true>;
  /** The same, where the text asks for signed quotes; `regleDevis` is the rule that does. */
  prevuesSurDevis(
    options: OptionsLignes & { regleDevis: string },
  ): Champ<readonly LigneSurDevis<NatureEligible<N>>[], true>;
  /** What was incurred: every nature, so that accounts are copied whole and each refusal says its rule. */
  encourues(options: OptionsLignes): Champ<readonly LigneEncourue<NatureDe<N>>[], true>;
  /** The same, where the text asks when each expense was incurred; `reglePeriode` is the rule that does. */
  encouruesSurPeriode(
    options: OptionsLignes & { reglePeriode: string },
  ): Champ<readonly LigneDatee<NatureDe<N>>[], true>;
}

/** Declares the expenses of a dispositif (TRANS-11). */
export function planDeFinancement<const N extends Natures>(natures: N): PlanDeFinancement<N> {
  const eligibles = Object.entries(natures).filter(
    ([, nature]) => nature.refus === undefined || nature.derogation !== undefined,
  );
  const champNature = (parmi: readonly [string, NatureDepense][], regle: string): Champ<never, true> =>
    champ.choix(Object.fromEntries(parmi.map(([cle, { libelle }]) => [cle, libelle])), {
      libelle: 'Nature de la dépense',
      regle,
    }) as Champ<never, true>;
  const detail = champ.texte({ libelle: 'Détail', max: 300 });
  const prevu = champ.montant({ libelle: 'Montant prévu', unite: '€', min: '0.01' });
  const ligneEncourue = (regleNatures: string) => ({
    nature: champNature(Object.entries(natures), regleNatures),
    libelle: detail,
    montant: champ.montant({ libelle: 'Montant payé', unite: '€', min: '0.01' }),
    facture: champ.texte({ libelle: 'Référence de la facture acquittée, ou du bulletin de paie', max: 100 }),
  });

  return {
    natures,
    prevues: ({ regleNatures, ...options }) =>
      champ.lignes(
        { nature: champNature(eligibles, regleNatures), libelle: detail, montant: prevu },
        { ...options, min: 1, max: 100 },
      ),
    prevuesSurDevis: ({ regleNatures, regleDevis, ...options }) =>
      champ.lignes(
        {
          nature: champNature(eligibles, regleNatures),
          libelle: detail,
          montant: prevu,
          devis: champ.texte({
            libelle: 'Référence du devis signé',
            max: 100,
            regle: regleDevis,
            facultatif: true,
          }),
        },
        { ...options, min: 1, max: 100 },
      ),
    encourues: ({ regleNatures, ...options }) => champ.lignes(ligneEncourue(regleNatures), { ...options, max: 200 }),
    encouruesSurPeriode: ({ regleNatures, reglePeriode: regle, ...options }) =>
      champ.lignes(
        {
          ...ligneEncourue(regleNatures),
          du: champ.date({ libelle: 'Premier jour de la dépense', regle }),
          au: champ.date({ libelle: 'Dernier jour de la dépense', regle }),
        },
        { ...options, max: 200 },
      ),
  };
}
