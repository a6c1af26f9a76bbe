import { type Decision, type Fraction, Montant, non, oui } from '@sillage/kernel';
import type { ParametreResolu } from '../parametre.js';
import { forfaitIndirect } from './charges-indirectes.js';
import { additionner, type Chiffre, enChiffre } from './chiffre.js';
import { type BorneDuPrevu, retenirDepenses, sommeRetenue } from './depenses-retenues.js';
import type { LigneDepense, NatureDepense, Natures, PlanDeFinancement } from './plan-de-financement.js';

type NatureRefusee = NatureDepense & { refus: string };

type NaturesAuForfait = Record<'SALAIRES' | 'DEPLACEMENTS' | 'TELEPHONE', NatureDepense> &
  Record<'FONCTIONS_SUPPORTS' | 'AUTRE', NatureRefusee>;

/**
 * The natures of a dispositif that pays the personnel of the operation, travel and a mobile phone, and covers the rest by a flat rate:
 * the list is closed.
 */
export function naturesAuForfait({
  personnel,
  fonctionnement,
}: {
  personnel: string;
  fonctionnement: string;
}): NaturesAuForfait {
  return {
    SALAIRES: {
      libelle: 'Salaires bruts et charges patronales, hors fonctions supports',
      famille: 'PERSONNEL',
      regle: personnel,
    },
    DEPLACEMENTS: { libelle: 'Frais de déplacement', famille: 'FONCTIONNEMENT', regle: fonctionnement },
    TELEPHONE: { libelle: 'Téléphone portable professionnel', famille: 'FONCTIONNEMENT', regle: fonctionnement },
    FONCTIONS_SUPPORTS: {
      libelle: 'Fonctions supports',
      famille: 'PERSONNEL',
      regle: personnel,
      refus: 'les fonctions supports ne sont pas éligibles',
    },
    AUTRE: {
      libelle: 'Autre dépense de fonctionnement',
      famille: 'FONCTIONNEMENT',
      regle: fonctionnement,
      refus: 'seuls les déplacements et le téléphone sont éligibles, le forfait couvre le reste',
    },
  };
}

/** The direct expenses that are retained, and the flat rate on them. */
export function depensesAuForfait<N extends Natures>({
  taux,
  regleForfait,
  ...saisie
}: {
  plan: PlanDeFinancement<N>;
  prevues: readonly LigneDepense[];
  encourues: readonly LigneDepense[];
  borne: ParametreResolu<BorneDuPrevu>;
  taux: ParametreResolu<Fraction>;
  /** The rule of what is retained. */
  regle: string;
  regleForfait: string;
}): Chiffre {
  const { regle } = saisie;
  const directes = sommeRetenue(retenirDepenses(saisie), 'Dépenses directes retenues', ['PERSONNEL', 'FONCTIONNEMENT']);
  return additionner({ libelle: 'Dépenses retenues, forfait compris', regle, formule: 'dépenses directes + forfait' }, [
    directes,
    forfaitIndirect({ directes, taux, regle: regleForfait }),
  ]);
}

interface Controle<X> {
  regle: string;
  libelle: string;
  decider(contexte: X): Decision;
}

interface Demande<K extends string> {
  champs: Readonly<{
    depensesDirectes: readonly { montant: Montant }[];
    depensesIndirectes: Montant | null;
    montantDemande: Montant;
  }>;
  parametres: Readonly<Record<K, ParametreResolu<Fraction>>>;
}

/** The indirect charges, where they are written, are the flat rate of `depensesDirectes`: neither less nor more. */
export function forfaitRespecte<const K extends string>(options: {
  /** Key of the `taux` parameter. */
  taux: K;
  regle: string;
  libelle: string;
}): Controle<Demande<K>> {
  const { taux: cle, regle, libelle } = options;
  return {
    regle,
    libelle,
    decider({ champs, parametres }) {
      const taux = parametres[cle];
      const attendues = indirectes(champs.depensesDirectes, taux, regle);
      if (champs.depensesIndirectes === null || champs.depensesIndirectes.egale(attendues)) return oui();
      return non({
        code: 'REGLE_NON_RESPECTEE',
        message: `Les charges indirectes sont un forfait de ${taux.cite.valeur} : ${attendues.enFrancais()}.`,
        regle,
        chemin: ['champs', 'depensesIndirectes'],
      });
    },
  };
}

/** What is asked for in `montantDemande` is spent on what the file plans, flat rate included. */
export function demandeCouverteAuForfait<const K extends string>(options: {
  /** Key of the `taux` parameter. */
  taux: K;
  regle: string;
}): Controle<Demande<K>> {
  const { taux: cle, regle } = options;
  return {
    regle,
    libelle: 'La demande est couverte par les dépenses',
    decider({ champs, parametres }) {
      const { depensesDirectes, montantDemande } = champs;
      const total = directes(depensesDirectes).plus(indirectes(depensesDirectes, parametres[cle], regle));
      if (montantDemande.comparer(total) <= 0) return oui();
      return non({
        code: 'REGLE_NON_RESPECTEE',
        message: `La participation demandée dépasse les dépenses prévues, forfait compris : ${total.enFrancais()}.`,
        regle,
        chemin: ['champs', 'montantDemande'],
      });
    },
  };
}

function directes(lignes: readonly { montant: Montant }[]): Montant {
  return Montant.somme(lignes.map((ligne) => ligne.montant));
}

function indirectes(lignes: readonly { montant: Montant }[], taux: ParametreResolu<Fraction>, regle: string): Montant {
  const chiffre = enChiffre(directes(lignes), 'Dépenses directes prévues');
  return Montant.arrondir(forfaitIndirect({ directes: chiffre, taux, regle }).valeur);
}
