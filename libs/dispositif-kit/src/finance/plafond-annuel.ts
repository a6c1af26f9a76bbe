import { ajouterMois, type DateCivile, dateCivile, dateEnFrancais, Montant, Periode, Temporal } from '@sillage/kernel';
import { parametre, type Parametre, type ParametreResolu, type Parametres, type ValeurDatee } from '../parametre.js';
import type { Chiffre } from './chiffre.js';

const ANNEES = {
  OPERATION: 'année de l’opération, comptée de son premier jour',
  CIVILE: 'année civile',
} as const;

/** What "a year" is, where a text caps by year. */
export type AnneeDuPlafond = keyof typeof ANNEES;

/** The parameter that says it (AMB-050). */
export function parametreAnneeDuPlafond(du: string, regle: string): Parametre<AnneeDuPlafond> {
  const valeurs: (ValeurDatee & { valeur: AnneeDuPlafond })[] = [{ du, valeur: 'OPERATION' }];
  return parametre.choix(ANNEES, valeurs, {
    libelle: 'Année du plafond par structure',
    regle,
    interpretation: 'AMB-050',
  });
}

/**
 * The most that one structure may be granted in a year, all its conventions of the dispositif together: the core counts them, signed or
 * still to be signed, and holds it whoever prepares, signs or amends at the same time. A convention counts in the year of its first day.
 */
export interface DeclarationPlafondAnnuel<P extends Parametres = Parametres> {
  /** Key of the `montant` parameter. */
  montant: keyof P & string;
  /** Key of the parameter made by `parametreAnneeDuPlafond`. */
  annee: keyof P & string;
  /** Key of the `date` parameter from which the years of the operation are counted. */
  depuis: keyof P & string;
  regle: string;
}

/** The year that a day belongs to; years of an operation are always counted from its first day (AMB-171). */
export function anneeDuPlafond(jour: DateCivile, annee: AnneeDuPlafond, depuis: DateCivile): Periode {
  if (annee === 'CIVILE') return exerciceDe(jour);
  const rangApproche = jour.year - depuis.year;
  const debut = (rang: number): DateCivile => ajouterMois(depuis, 12 * rang);
  const rang = Temporal.PlainDate.compare(jour, debut(rangApproche)) < 0 ? rangApproche - 1 : rangApproche;
  return Periode.de(debut(rang), debut(rang + 1).subtract({ days: 1 }));
}

/** The civil year of a day. */
export function exerciceDe({ year }: DateCivile): Periode {
  return Periode.de(dateCivile(`${year}-01-01`), dateCivile(`${year}-12-31`));
}

/** What remains of a cap by structure and year, once its other conventions of that year are counted; never below zero. */
export function resteAnnuel({
  parAn,
  dejaEngage,
  annee,
  lecture,
  exercice,
  regle,
}: {
  parAn: ParametreResolu<Montant>;
  dejaEngage: Montant;
  annee: Periode;
  /** How the year was chosen. */
  lecture?: ParametreResolu<AnneeDuPlafond>;
  /** What the civil year would hold with this convention: beyond the cap, an alert and nothing else (AMB-050). */
  exercice?: { annee: number; montant: Montant };
  regle: string;
}): Chiffre {
  const reste = Montant.max(Montant.ZERO, parAn.valeur.moins(dejaEngage));
  const alerte = exercice !== undefined && exercice.montant.comparer(parAn.valeur) > 0;
  return {
    valeur: reste.enFraction(),
    explication: {
      libelle: `Reste du plafond de la structure ${enToutesLettres(annee)}`,
      resultat: reste.enFrancais(),
      formule: 'plafond annuel − montants déjà accordés dans l’année',
      regle,
      interpretation: 'AMB-050',
      entrees: [
        { nom: 'Déjà accordé', valeur: dejaEngage.enFrancais() },
        ...(alerte
          ? [
              {
                nom: `Alerte : exercice ${exercice.annee}`,
                valeur: `${exercice.montant.enFrancais()} accordés, au-delà du plafond annuel`,
              },
            ]
          : []),
      ],
      parametres: [parAn.cite, ...(lecture === undefined ? [] : [lecture.cite])],
    },
  };
}

/** 'du 1er septembre 2026 au 31 août 2027'. */
export function enToutesLettres({ du, au }: Periode): string {
  return `du ${dateEnFrancais(du)}${au === null ? '' : ` au ${dateEnFrancais(au)}`}`;
}
