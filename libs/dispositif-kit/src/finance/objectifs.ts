import { Fraction } from '@sillage/kernel';
import { parametre, type Parametre, type ParametreResolu, type ValeurDatee } from '../parametre.js';
import { type Chiffre, detail, eurosExacts, tauxEnFrancais } from './chiffre.js';

const EFFETS = {
  AUCUN: 'aucune réduction : la décision reste humaine',
  PROPORTIONNEL: 'en proportion du réalisé, au plus en entier',
} as const;

/** What falling short of an objective does to what is due. */
export type EffetDesObjectifs = keyof typeof EFFETS;

/** The parameter that says it: nothing by itself, where the text names no sanction (AMB-099, AMB-100). */
export function parametreEffetDesObjectifs(du: string, regle: string): Parametre<EffetDesObjectifs> {
  const valeurs: (ValeurDatee & { valeur: EffetDesObjectifs })[] = [{ du, valeur: 'AUCUN' }];
  return parametre.choix(EFFETS, valeurs, {
    libelle: 'Effet d’un résultat sous l’objectif sur le montant dû',
    regle,
    interpretation: 'AMB-100',
  });
}

/** What is due once the objective is looked at: the base, or its part that was reached; both figures are shown in any case. */
export function selonLObjectif({
  libelle,
  base,
  realise,
  attendu,
  effet,
  regle,
}: {
  libelle: string;
  base: Chiffre;
  realise: Chiffre;
  attendu: Chiffre;
  effet: ParametreResolu<EffetDesObjectifs>;
  regle: string;
}): Chiffre {
  const taux = atteint(realise.valeur, attendu.valeur);
  const valeur = effet.valeur === 'AUCUN' ? base.valeur : base.valeur.fois(taux);
  return {
    valeur,
    explication: {
      libelle,
      resultat: eurosExacts(valeur),
      formule: effet.valeur === 'AUCUN' ? 'base, sans réduction automatique' : 'base × taux atteint',
      regle,
      interpretation: 'AMB-100',
      entrees: [
        { nom: realise.explication.libelle, valeur: realise.explication.resultat },
        { nom: attendu.explication.libelle, valeur: attendu.explication.resultat },
        { nom: 'Objectif atteint', valeur: tauxEnFrancais(taux) },
      ],
      parametres: [effet.cite],
      lignes: [base.explication, ...detail(realise), ...detail(attendu)],
    },
  };
}

/** Within [0, 1]: doing more than promised does not pay more. An objective of nothing is reached. */
function atteint(realise: Fraction, attendu: Fraction): Fraction {
  return attendu.estNulle()
    ? Fraction.UN
    : Fraction.min(Fraction.UN, Fraction.max(Fraction.ZERO, realise.divise(attendu)));
}
