import { type Explication, Fraction, type ParametreCite, Refus } from '@sillage/kernel';
import { parametre, type Parametre, type ParametreResolu, type ValeurDatee } from '../parametre.js';
import { type Chiffre, detail, eurosExacts, tauxEnFrancais } from './chiffre.js';

const BAREMES = {
  LINEAIRE: 'en proportion du réalisé',
  SEUIL: 'tout ou rien, au seuil',
  PALIERS: 'par paliers',
} as const;

/** How a part follows what was done. */
export type Bareme = keyof typeof BAREMES;

export function parametreBareme(
  du: string,
  options: { libelle: string; regle: string; interpretation: string },
): Parametre<Bareme> {
  const valeurs: (ValeurDatee & { valeur: Bareme })[] = [{ du, valeur: 'LINEAIRE' }];
  return parametre.choix(BAREMES, valeurs, options);
}

/** A part of the funding that hangs on one condition (TRANS-13). */
export interface Part {
  libelle: string;
  /** What was done, with how it was measured. */
  realise: Chiffre;
  /** What was expected; its result is for users: `30 places`. */
  attendu: Chiffre;
  poids: ParametreResolu<Fraction>;
  bareme: ParametreResolu<Bareme>;
  /** From which rate the whole part is due, under SEUIL. */
  seuil: ParametreResolu<Fraction>;
  /** The size of a step, under PALIERS. */
  pas: ParametreResolu<Fraction>;
  regle: string;
  interpretation: string;
}

/**
 * base x (weight x rate + weight x rate + ...). Each rate stays within [0, 1] by itself, so that no part makes up for another (AMB-074).
 * @throws Refus when the weights do not make 100 %: a parameter was changed and not its counterpart.
 */
export function partager(
  { libelle, regle }: { libelle: string; regle: string },
  base: Chiffre,
  parts: readonly Part[],
): Chiffre {
  const poids = Fraction.somme(parts.map((part) => part.poids.valeur));
  if (poids.comparer(Fraction.UN) !== 0) {
    throw Refus.de(
      'REGLE_NON_RESPECTEE',
      `Les parts du financement font ${tauxEnFrancais(poids)} au lieu de 100 % : un administrateur corrige ${parts.map((part) => `« ${part.poids.cite.libelle} »`).join(' et ')}.`,
      { regle },
    );
  }
  const dues = parts.map((part) => partDue(base.valeur, part));
  const valeur = Fraction.somme(dues.map((due) => due.valeur));
  return {
    valeur,
    explication: {
      libelle,
      resultat: eurosExacts(valeur),
      formule: 'somme des parts, sans compensation entre elles',
      regle,
      lignes: [base.explication, ...dues.map((due) => due.explication)],
    },
  };
}

function partDue(base: Fraction, part: Part): Chiffre {
  const taux = tauxDuBareme(part);
  const valeur = base.fois(part.poids.valeur).fois(taux);
  const explication: Explication = {
    libelle: part.libelle,
    resultat: eurosExacts(valeur),
    formule: 'base × poids de la part × taux obtenu',
    regle: part.regle,
    interpretation: part.interpretation,
    entrees: [
      { nom: 'Base', valeur: eurosExacts(base) },
      { nom: 'Réalisé', valeur: part.realise.explication.resultat },
      { nom: 'Attendu', valeur: part.attendu.explication.resultat },
      { nom: 'Taux obtenu', valeur: tauxEnFrancais(taux) },
    ],
    parametres: [part.poids.cite, part.bareme.cite, ...reglagesDuBareme(part)],
    lignes: [part.realise.explication, ...detail(part.attendu)],
  };
  return { valeur, explication };
}

function tauxDuBareme({ realise, attendu, bareme, seuil, pas }: Part): Fraction {
  const proportion = Fraction.min(Fraction.UN, Fraction.max(Fraction.ZERO, realise.valeur.divise(attendu.valeur)));
  switch (bareme.valeur) {
    case 'LINEAIRE':
      return proportion;
    case 'SEUIL':
      return proportion.comparer(seuil.valeur) >= 0 ? Fraction.UN : Fraction.ZERO;
    case 'PALIERS':
      if (pas.valeur.estNulle() || proportion.comparer(Fraction.UN) === 0) return proportion;
      return Fraction.de(proportion.divise(pas.valeur).entierInferieur()).fois(pas.valeur);
  }
}

function reglagesDuBareme({ bareme, seuil, pas }: Part): ParametreCite[] {
  switch (bareme.valeur) {
    case 'LINEAIRE':
      return [];
    case 'SEUIL':
      return [seuil.cite];
    case 'PALIERS':
      return [pas.cite];
  }
}
