import { type Explication, Montant } from '@sillage/kernel';
import { parametre, type Parametre, type ParametreResolu, type ValeurDatee } from '../parametre.js';
import type { Chiffre } from './chiffre.js';
import type {
  FamilleDepense,
  LigneDepense,
  NatureDepense,
  NatureDerogatoire,
  Natures,
  PlanDeFinancement,
} from './plan-de-financement.js';

const BORNES = {
  PAR_NATURE: 'par nature, au plus le montant prévu',
  GLOBALE: 'natures prévues, au plus le total prévu',
  SANS_BORNE: 'natures prévues, sans borne de montant',
} as const;

/** How what was foreseen bounds what was incurred. */
export type BorneDuPrevu = keyof typeof BORNES;

/** The parameter that says it: by default the narrowest sensible reading (AMB-178). */
export function parametreBorneDuPrevu(du: string, regle: string): Parametre<BorneDuPrevu> {
  const valeurs: (ValeurDatee & { valeur: BorneDuPrevu })[] = [{ du, valeur: 'PAR_NATURE' }];
  return parametre.choix(BORNES, valeurs, {
    libelle: 'Ce que le prévu permet de retenir de l’encouru',
    regle,
    interpretation: 'AMB-178',
  });
}

/** What is retained of one nature, and what is not. */
interface NatureRetenue {
  readonly nature: NatureDepense;
  readonly prevu: Montant;
  readonly encouru: Montant;
  readonly retenu: Montant;
}

export interface DepensesRetenues {
  readonly natures: readonly NatureRetenue[];
  readonly borne: ParametreResolu<BorneDuPrevu>;
  readonly regle: string;
}

const FAMILLES: readonly FamilleDepense[] = ['PERSONNEL', 'FONCTIONNEMENT', 'INDIRECT'];

/**
 * What is retained: foreseen AND incurred AND eligible. Lines count by nature, in whatever order they come; with the global
 * bound, personnel is served first, then the other direct expenses, then the indirect ones.
 * @param saisie `regle` is the rule of the double condition (ASE-FIN-08)
 */
export function retenirDepenses<N extends Natures>(saisie: {
  plan: PlanDeFinancement<N>;
  prevues: readonly LigneDepense[];
  encourues: readonly LigneDepense[];
  borne: ParametreResolu<BorneDuPrevu>;
  regle: string;
  /** Natures whose refusal a decision has lifted for this dossier. */
  derogations?: readonly NatureDerogatoire<N>[];
}): DepensesRetenues {
  const { plan, prevues, encourues, borne, regle, derogations = [] } = saisie;
  const leves: readonly string[] = derogations;
  const connues = Object.entries(plan.natures)
    .map(([cle, nature]) => ({
      nature: leves.includes(cle) ? admise(nature) : nature,
      prevu: total(prevues, cle),
      encouru: total(encourues, cle),
    }))
    .filter(({ prevu, encouru }) => positif(prevu) || positif(encouru))
    .sort((a, b) => FAMILLES.indexOf(a.nature.famille) - FAMILLES.indexOf(b.nature.famille));
  let reste = Montant.somme(connues.filter(eligible).map(({ prevu }) => prevu));
  const natures = connues.map((connue) => {
    const retenu = eligible(connue) ? borner(connue, borne.valeur, reste) : Montant.ZERO;
    reste = reste.moins(retenu);
    return { ...connue, retenu };
  });
  return { natures, borne, regle };
}

/** The retained expenses of some families, with a line a nature: what was set aside is there, and why. */
export function sommeRetenue(
  { natures, borne, regle }: DepensesRetenues,
  libelle: string,
  familles: readonly FamilleDepense[],
): Chiffre {
  const concernees = natures.filter(({ nature }) => familles.includes(nature.famille));
  const montant = Montant.somme(concernees.map(({ retenu }) => retenu));
  return {
    valeur: montant.enFraction(),
    explication: {
      libelle,
      resultat: montant.enFrancais(),
      formule: 'dépenses prévues au dossier, encourues et éligibles',
      regle,
      interpretation: 'AMB-178',
      parametres: [borne.cite],
      lignes: concernees.map((retenue) => ligneDeNature(retenue, regle)),
    },
  };
}

function ligneDeNature({ nature, prevu, encouru, retenu }: NatureRetenue, regle: string): Explication {
  const ecarte = encouru.moins(retenu);
  const entrees = [
    { nom: 'Prévu', valeur: prevu.enFrancais() },
    { nom: 'Encouru', valeur: encouru.enFrancais() },
  ];
  if (positif(ecarte)) {
    const raison = nature.refus ?? (positif(prevu) ? 'au-delà du prévu' : 'dépense non prévue au dossier');
    entrees.push({ nom: 'Écarté', valeur: `${ecarte.enFrancais()} : ${raison}` });
  }
  return {
    libelle: nature.libelle,
    resultat: retenu.enFrancais(),
    regle: nature.refus === undefined && nature.derogation === undefined ? regle : nature.regle,
    entrees,
  };
}

/** What a derogation makes of a refused nature: retained by the rule that admits it. */
function admise({ refus: _, ...nature }: NatureDepense): NatureDepense {
  return { ...nature, regle: nature.derogation ?? nature.regle };
}

function eligible({ nature }: { nature: NatureDepense }): boolean {
  return nature.refus === undefined;
}

function borner(
  { prevu, encouru }: { prevu: Montant; encouru: Montant },
  borne: BorneDuPrevu,
  reste: Montant,
): Montant {
  if (!positif(prevu)) return Montant.ZERO;
  switch (borne) {
    case 'PAR_NATURE':
      return Montant.min(prevu, encouru);
    case 'GLOBALE':
      return Montant.min(encouru, reste);
    case 'SANS_BORNE':
      return encouru;
  }
}

function total(lignes: readonly LigneDepense[], nature: string): Montant {
  return Montant.somme(lignes.filter((ligne) => ligne.nature === nature).map((ligne) => ligne.montant));
}

function positif(montant: Montant): boolean {
  return montant.comparer(Montant.ZERO) > 0;
}
