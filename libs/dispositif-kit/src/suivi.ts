import { ajouterJours, ajouterMois, type DateCivile, type Decision, type Periode, Temporal } from '@sillage/kernel';
import type { Champs, Valeurs } from './champ.js';
import { jourDuMoisSuivant } from './echeance.js';
import { parametre, type Parametre, type Parametres, type ParametresResolus, type ValeurDatee } from './parametre.js';

const MOIS = { MENSUELLE: 1, TRIMESTRIELLE: 3, SEMESTRIELLE: 6, ANNUELLE: 12 } as const;

/** How often an intermediate report is asked for, counted from the convention's first day (AMB-060, AMB-171). */
export type Periodicite = keyof typeof MOIS;

const EXIGENCES = {
  BLOQUANT: 'le bilan final attend qu’ils soient tous confirmés',
  A_CONFIRMER: 'le service qui confirme le bilan en répond par écrit',
  AUCUNE: 'sans effet sur le bilan final',
} as const;

/** What an intermediate report that is not confirmed does to the final bilan. */
export type ExigenceDesSuivis = keyof typeof EXIGENCES;

/** The parameter that says it: a reminder without sanction, unless the text says otherwise (P4). */
export function parametreExigenceDesSuivis(
  du: string,
  valeur: ExigenceDesSuivis,
  options: { regle: string; interpretation: string },
): Parametre<ExigenceDesSuivis> {
  const valeurs: (ValeurDatee & { valeur: ExigenceDesSuivis })[] = [{ du, valeur }];
  return parametre.choix(EXIGENCES, valeurs, { libelle: 'Suivis à confirmer avant le bilan final', ...options });
}

/** What a rule on an intermediate report knows. */
export interface ContexteSuivi<S extends Champs> {
  suivi: Valeurs<S>;
  /** The months that it tells of. */
  periode: Periode;
  /** The day on which it is handed in, or looked at. */
  le: DateCivile;
}

/** An intermediate report: a form handed in for each period of a convention, and confirmed by the service (TRANS-23 to TRANS-25). */
export interface DeclarationSuivi<S extends Champs = Champs, K extends string = string> {
  libelle: string;
  regle: string;
  periodicite: Periodicite;
  /**
   * When it is due: on a day of the month after the period (an `entier`), or so many `jours` or `mois` after its last day; key of the
   * parameter.
   */
  du: K;
  /** It tells of something that takes place within the period, a committee: handed in from its first day on, not only from its last. */
  desLeDebut?: true;
  champs: S;
  controles?: readonly {
    regle: string;
    libelle: string;
    /** What is wrong may be handed in, and noted as such, where only the confirmation is refused (AMB-061). */
    a: 'REMISE' | 'CONFIRMATION';
    decider(contexte: ContexteSuivi<S>): Decision;
  }[];
  /** Key of the parameter that says what the final bilan asks of it (`parametreExigenceDesSuivis`). */
  avantBilan?: K;
}

/** Declares an intermediate report, its rules typed by its fields. */
export function definirSuivi<const S extends Champs, const K extends string>(
  declaration: DeclarationSuivi<S, K>,
): DeclarationSuivi<Champs, K> {
  return declaration;
}

/** A period for which a report is asked, first is `rang` 1, and the last day to hand it in. */
export interface SuiviAttendu {
  readonly rang: number;
  readonly du: DateCivile;
  readonly au: DateCivile;
  /** First day, in Paris, on which it may be handed in: nobody tells of a period that is not over (TRANS-24). */
  readonly des: DateCivile;
  /** Included, in Paris; calendar days, without postponement (AMB-056, AMB-058). */
  readonly echeance: DateCivile;
}

/** The periods of a convention, all counted from its first day; the last may be cut short. None without an end. */
export function suivisAttendus(
  { periodicite, du: cle, desLeDebut }: Pick<DeclarationSuivi, 'periodicite' | 'du' | 'desLeDebut'>,
  { du: debut, au: fin }: Periode,
  declares: Readonly<Record<string, Parametre>>,
  parametres: ParametresResolus<Parametres>,
): readonly SuiviAttendu[] {
  if (fin === null) return [];
  const delai = parametres[cle]?.valeur as number;
  const genre = declares[cle]?.genre;
  const attendus: SuiviAttendu[] = [];
  for (let du = debut; Temporal.PlainDate.compare(du, fin) <= 0;) {
    const suivant = ajouterMois(debut, (attendus.length + 1) * MOIS[periodicite]);
    const dernier = suivant.subtract({ days: 1 });
    const au = Temporal.PlainDate.compare(dernier, fin) < 0 ? dernier : fin;
    attendus.push({
      rang: attendus.length + 1,
      du,
      au,
      des: desLeDebut ? du : au,
      echeance: echeance(au, genre, delai),
    });
    du = suivant;
  }
  return attendus;
}

function echeance(au: DateCivile, genre: Parametre['genre'] | undefined, delai: number): DateCivile {
  if (genre === 'mois') return ajouterMois(au, delai);
  if (genre === 'jours') return ajouterJours(au, delai, 'calendaires');
  return jourDuMoisSuivant(au, delai);
}
