import type { Montant } from '@sillage/kernel';
import { dateEnFrancais, type Explication, Fraction, type Periode } from '@sillage/kernel';
import { parametre, type Parametre, type ParametreResolu, type ValeurDatee } from '../parametre.js';
import { type Chiffre, detail, enChiffre, eurosExacts, nombreEnFrancais } from './chiffre.js';

/** The least of several figures, saying which one held; on a tie, the first named. */
export function plafonner(
  { libelle, regle }: { libelle: string; regle: string },
  premier: Chiffre,
  ...autres: readonly Chiffre[]
): Chiffre {
  const retenu = autres.reduce((min, chiffre) => (chiffre.valeur.comparer(min.valeur) < 0 ? chiffre : min), premier);
  const tous = [premier, ...autres];
  return {
    valeur: retenu.valeur,
    explication: {
      libelle,
      resultat: eurosExacts(retenu.valeur),
      formule: `le plus petit de : ${tous.map(({ explication }) => minuscule(explication.libelle)).join(' ; ')}`,
      regle,
      entrees: [{ nom: 'Retenu', valeur: minuscule(retenu.explication.libelle) }],
      lignes: tous.map(({ explication }) => explication),
    },
  };
}

/** What the convention grants: no payment goes beyond it. */
export function plafondConventionne(montant: Montant): Chiffre {
  return enChiffre(montant, 'Montant conventionné');
}

const PRORATAS = { MENSUEL: 'au prorata des mois conventionnés', AUCUN: 'sans prorata' } as const;

/** What a yearly cap becomes for a shorter convention. */
export type ProrataDuPlafond = keyof typeof PRORATAS;

export function parametreProrataDuPlafond(
  du: string,
  options: { regle: string; interpretation: string },
): Parametre<ProrataDuPlafond> {
  const valeurs: (ValeurDatee & { valeur: ProrataDuPlafond })[] = [{ du, valeur: 'MENSUEL' }];
  return parametre.choix(PRORATAS, valeurs, {
    libelle: 'Plafond d’une convention de moins de douze mois',
    ...options,
  });
}

/** So much a unit (an ETP, a place) for twelve months, by month below twelve when the parameter says so. */
export function plafondParUnite({
  libelle,
  parUnite,
  quantite,
  unite,
  periode,
  prorata,
  regle,
  interpretation,
}: {
  libelle: string;
  parUnite: ParametreResolu<Montant>;
  quantite: Chiffre;
  /** In the plural, for users: `ETP conventionnés`. */
  unite: string;
  periode: Periode;
  prorata: ParametreResolu<ProrataDuPlafond>;
  regle: string;
  /** Id of the ambiguity that the reading of the prorata settles. */
  interpretation: string;
}): Chiffre {
  const pourDouzeMois = parUnite.valeur.enFraction().fois(quantite.valeur);
  const lignes = detail(quantite);
  const mois = periode.nombreDeMois();
  const part = prorata.valeur === 'MENSUEL' ? Fraction.min(Fraction.UN, mois.divise(DOUZE)) : Fraction.UN;
  const valeur = pourDouzeMois.fois(part);
  const annuel: Explication = {
    libelle: 'Plafond pour douze mois',
    resultat: eurosExacts(pourDouzeMois),
    formule: `plafond par unité × ${unite}`,
    regle,
    entrees: [{ nom: unite, valeur: nombreEnFrancais(quantite.valeur) }],
    parametres: [parUnite.cite],
    ...(lignes.length === 0 ? {} : { lignes }),
  };
  const annee: Explication = {
    libelle: 'Part de l’année conventionnée',
    resultat: part.toString(),
    formule: prorata.valeur === 'MENSUEL' ? 'mois conventionnés / 12, au plus 1' : 'année entière',
    regle,
    interpretation,
    entrees: [
      { nom: 'Début', valeur: dateEnFrancais(periode.du) },
      { nom: 'Fin', valeur: periode.au === null ? 'sans fin' : dateEnFrancais(periode.au) },
      { nom: 'Mois conventionnés', valeur: nombreEnFrancais(mois) },
    ],
    parametres: [prorata.cite],
  };
  return {
    valeur,
    explication: {
      libelle,
      resultat: eurosExacts(valeur),
      formule: 'plafond pour douze mois × part de l’année conventionnée',
      regle,
      lignes: [annuel, annee],
    },
  };
}

const DOUZE = Fraction.de(12n);

function minuscule(libelle: string): string {
  return libelle.charAt(0).toLowerCase() + libelle.slice(1);
}
