import {
  arrondir,
  type Chiffre,
  depensesAuForfait,
  type MontantExplique,
  moyenneDesTermes,
  partager,
  plafondConventionne,
  plafonner,
  scoreDeGrille,
} from '@sillage/dispositif-kit';
import { Fraction } from '@sillage/kernel';
import { accompagnementsRealises, type ContexteDuBilan } from './file-active.js';
import { plafondEtp } from './plafond.js';
import { plan } from './plan.js';

/** What is due for the year (regles.md, 8.4): the base, half for the accompaniments, half for the charter, rounded once. */
export function montantDu(contexte: ContexteDuBilan): MontantExplique {
  const { parametres } = contexte;
  const reglages = { seuil: parametres.seuilBareme, pas: parametres.pasBareme, interpretation: 'AMB-074' };
  return arrondir(
    partager({ libelle: 'Montant dû au titre de l’année', regle: 'ASE-PAY-02' }, base(contexte), [
      {
        libelle: 'Part des accompagnements',
        realise: accompagnementsRealises(contexte),
        attendu: accompagnementsEngages(contexte),
        poids: parametres.partAccompagnements,
        bareme: parametres.baremeQuantite,
        regle: 'ASE-FIN-05',
        ...reglages,
      },
      {
        libelle: 'Part de la charte qualité',
        realise: scoreDeLaCharte(contexte),
        attendu: {
          valeur: Fraction.de(BigInt(parametres.totalCharte.valeur)),
          explication: { libelle: 'Total de la charte', resultat: parametres.totalCharte.cite.valeur },
        },
        poids: parametres.partCharte,
        bareme: parametres.baremeQualite,
        regle: 'ASE-FIN-06',
        ...reglages,
      },
    ]),
  );
}

/** The places promised, by month as avenants changed them (AMB-190). */
function accompagnementsEngages({ periode, termesSuccessifs }: ContexteDuBilan): Chiffre {
  return moyenneDesTermes({
    libelle: 'Accompagnements engagés',
    unite: 'places',
    periode,
    termesSuccessifs,
    quantite: ({ accompagnements }) => Fraction.de(BigInt(accompagnements)),
    regle: 'ASE-FIN-05',
  });
}

/** The least of the convention's amount, the cap by ETP and what was really spent, flat rate included. */
function base(contexte: ContexteDuBilan): Chiffre {
  return plafonner(
    { libelle: 'Base du financement', regle: 'ASE-FIN-08' },
    plafondConventionne(contexte.montantConventionne),
    plafondEtp(contexte),
    depenses(contexte),
  );
}

function depenses({ champs, bilan, parametres }: ContexteDuBilan): Chiffre {
  return depensesAuForfait({
    plan,
    prevues: champs.depensesDirectes,
    encourues: bilan.depensesEncourues,
    borne: parametres.borneDuPrevu,
    taux: parametres.forfaitIndirect,
    regle: 'ASE-FIN-08',
    regleForfait: 'ASE-FIN-04',
  });
}

/** The score of the charter: that of the final grid when there is one, else the notes that the bilan holds (ASE-IND-02, AMB-076). */
function scoreDeLaCharte({ bilan, cotation, parametres }: ContexteDuBilan): Chiffre {
  const { penaliteMalus, plafondScore } = parametres;
  if (cotation) {
    const libelle = 'Score de la charte qualité';
    return scoreDeGrille(cotation, { libelle, regle: 'ASE-IND-02', penaliteMalus, plafond: plafondScore });
  }
  const notes = [
    { nom: 'A. Moyens humains et matériels', points: bilan.noteMoyens },
    { nom: 'B. Accompagner autrement', points: bilan.noteAccompagnement },
    { nom: 'C. Partenariat avec le Département', points: bilan.notePartenariatDepartement },
    { nom: 'D. Procédures et outils', points: bilan.noteProcedures },
    { nom: 'E. Outils de communication', points: bilan.noteCommunication },
    { nom: 'F. Partenariat territorial', points: bilan.notePartenariatTerritorial },
  ];
  const somme = notes.reduce((total, { points }) => total + points, 0);
  const score = Math.min(somme, plafondScore.valeur);
  return {
    valeur: Fraction.de(BigInt(score)),
    explication: {
      libelle: 'Score de la charte qualité',
      resultat: `${score} points`,
      formule: 'somme des six rubriques, bonus compris, plafonnée',
      regle: 'ASE-IND-02',
      interpretation: 'AMB-076',
      entrees: notes.map(({ nom, points }) => ({ nom, valeur: `${points} points` })),
      parametres: [plafondScore.cite],
    },
  };
}
