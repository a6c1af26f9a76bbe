import { Fraction, type Montant } from '@sillage/kernel';
import { parametre, type Parametre, type ParametreResolu, type ValeurDatee } from '../parametre.js';
import { type Chiffre, eurosExacts } from './chiffre.js';

/** Indirect charges as a flat rate of the direct expenses that were really retained, without proof (AMB-084). */
export function forfaitIndirect({
  directes,
  taux,
  regle,
}: {
  directes: Chiffre;
  taux: ParametreResolu<Fraction>;
  regle: string;
}): Chiffre {
  const valeur = directes.valeur.fois(taux.valeur);
  return {
    valeur,
    explication: {
      libelle: 'Charges indirectes, au forfait',
      resultat: eurosExacts(valeur),
      formule: 'taux du forfait × dépenses directes retenues',
      regle,
      interpretation: 'AMB-084',
      entrees: [{ nom: 'Dépenses directes retenues', valeur: eurosExacts(directes.valeur) }],
      parametres: [taux.cite],
    },
  };
}

const ASSIETTES = {
  TOTAL_RETENU: 'le total retenu, personnel compris',
  CONVENTIONNE: 'le montant conventionné',
} as const;

/** What the cap on charges is a part of. */
export type AssietteDesCharges = keyof typeof ASSIETTES;

/** The parameter that says it (AMB-088). */
export function parametreAssietteDesCharges(du: string, regle: string): Parametre<AssietteDesCharges> {
  const valeurs: (ValeurDatee & { valeur: AssietteDesCharges })[] = [{ du, valeur: 'TOTAL_RETENU' }];
  return parametre.choix(ASSIETTES, valeurs, {
    libelle: 'Assiette du plafond des charges hors personnel',
    regle,
    interpretation: 'AMB-088',
  });
}

/**
 * What is retained of the charges other than personnel: at most a rate of the retained total. Since they are a part of that total,
 * this is at most rate / (1 - rate) of the retained personnel (AMB-088).
 */
export function plafonnerCharges({
  personnel,
  autres,
  taux,
  assiette,
  conventionne,
  regle,
}: {
  personnel: Chiffre;
  autres: Chiffre;
  taux: ParametreResolu<Fraction>;
  assiette: ParametreResolu<AssietteDesCharges>;
  conventionne: Montant;
  regle: string;
}): Chiffre {
  const plafond = plafondDesCharges(personnel.valeur, taux.valeur, assiette.valeur, conventionne);
  const valeur = plafond === null ? autres.valeur : Fraction.min(autres.valeur, plafond);
  const ecrete = autres.valeur.moins(valeur);
  return {
    valeur,
    explication: {
      libelle: 'Charges hors personnel retenues',
      resultat: eurosExacts(valeur),
      formule:
        assiette.valeur === 'TOTAL_RETENU'
          ? 'au plus taux / (1 − taux) × personnel retenu'
          : 'au plus taux × montant conventionné',
      regle,
      interpretation: 'AMB-088',
      entrees: [
        { nom: 'Charges prévues, encourues et éligibles', valeur: eurosExacts(autres.valeur) },
        { nom: 'Plafond', valeur: plafond === null ? 'aucun, au taux de 100 %' : eurosExacts(plafond) },
        ...(ecrete.estNulle() ? [] : [{ nom: 'Écrêté', valeur: eurosExacts(ecrete) }]),
      ],
      parametres: [taux.cite, assiette.cite],
      lignes: [autres.explication],
    },
  };
}

/** Null when nothing bounds them: at 100 %, the whole of the total may be charges. */
function plafondDesCharges(
  personnel: Fraction,
  taux: Fraction,
  assiette: AssietteDesCharges,
  conventionne: Montant,
): Fraction | null {
  if (assiette === 'CONVENTIONNE') return conventionne.enFraction().fois(taux);
  const personnelAuMoins = Fraction.UN.moins(taux);
  return personnelAuMoins.estNulle() ? null : personnel.fois(taux).divise(personnelAuMoins);
}
