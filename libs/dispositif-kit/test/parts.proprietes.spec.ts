import { describe, it } from '@jest/globals';
import { Montant, type Fraction } from '@sillage/kernel';
import fc from 'fast-check';
import {
  additionner,
  arrondir,
  type Bareme,
  type BorneDuPrevu,
  type Chiffre,
  enChiffre,
  forfaitIndirect,
  partager,
  plafondConventionne,
  plafonner,
  retenirDepenses,
  sommeRetenue,
} from '../src/index.js';
import {
  auPlus,
  avancePuisSolde,
  borneAuHasard,
  DELAI,
  ELIGIBLES,
  entier,
  exiger,
  type Ligne,
  lignes,
  melanger,
  memes,
  MOITIE,
  montant,
  NATURES,
  plan,
  pourcents,
  resolu,
  taux,
} from './plans-au-hasard.js';

interface PlanParParts {
  prevues: Ligne[];
  encourues: Ligne[];
  borne: BorneDuPrevu;
  forfait: number;
  conventionne: Montant;
  plafond: Montant;
  poids: number;
  bareme: Bareme;
  seuil: number;
  realise: number;
  attendu: number;
  score: number;
  tauxAvance: number;
  tour: number;
}

/** Two conditional parts of a base, as in section 8.4. */
function duParParts(p: PlanParParts): { base: Chiffre; du: Chiffre; directes: Chiffre } {
  const { prevues, encourues } = p;
  const retenues = retenirDepenses({ plan, prevues, encourues, borne: resolu(p.borne), regle: 'x' });
  const directes = sommeRetenue(retenues, 'Directes', ['PERSONNEL', 'FONCTIONNEMENT']);
  const forfait = forfaitIndirect({ directes, taux: pourcents(p.forfait), regle: 'x' });
  const depenses = additionner({ libelle: 'Dépenses', regle: 'x', formule: 'x' }, [directes, forfait]);
  const base = plafonner(
    { libelle: 'Base', regle: 'x' },
    plafondConventionne(p.conventionne),
    enChiffre(p.plafond, 'Plafond'),
    depenses,
  );
  const part = (realise: number, attendu: number, poids: number) => ({
    libelle: 'Part',
    realise: { valeur: entier(realise), explication: { libelle: 'Réalisé', resultat: `${realise}` } },
    attendu: { valeur: entier(attendu), explication: { libelle: 'Attendu', resultat: `${attendu}` } },
    poids: pourcents(poids),
    bareme: resolu(p.bareme),
    seuil: pourcents(p.seuil),
    pas: pourcents(p.seuil),
    regle: 'x',
    interpretation: 'AMB-074',
  });
  const parts = [part(p.realise, p.attendu, p.poids), part(p.score, 100, 100 - p.poids)];
  return { base, directes, du: partager({ libelle: 'Dû', regle: 'x' }, base, parts) };
}

const planParParts: fc.Arbitrary<PlanParParts> = fc.record({
  prevues: lignes(ELIGIBLES, 5),
  encourues: lignes(NATURES, 6),
  borne: borneAuHasard,
  forfait: taux,
  conventionne: montant,
  plafond: montant,
  poids: taux,
  bareme: fc.constantFrom<Bareme>('LINEAIRE', 'LINEAIRE', 'SEUIL', 'PALIERS'),
  seuil: taux,
  realise: fc.integer({ min: 0, max: 90 }),
  attendu: fc.integer({ min: 1, max: 60 }),
  score: fc.integer({ min: 0, max: 109 }),
  tauxAvance: taux,
  tour: fc.nat({ max: 10 }),
});

/** The due in cents, by integers alone, written without the kit: for linear parts and the narrowest bound. */
function attenduEnCentimes(p: PlanParParts): bigint {
  const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
  const de = (table: readonly Ligne[], nature: string): bigint =>
    table.reduce((total, ligne) => (ligne.nature === nature ? total + ligne.montant.centimes : total), 0n);
  const directes = ['SALAIRES', 'VACATIONS', 'DEPLACEMENTS'].reduce(
    (total, nature) => total + min(de(p.prevues, nature), de(p.encourues, nature)),
    0n,
  );
  const centiemes = min(
    min(p.conventionne.centimes * 100n, p.plafond.centimes * 100n),
    directes * BigInt(100 + p.forfait),
  );
  const quantite = BigInt(p.poids) * BigInt(Math.min(p.realise, p.attendu)) * 100n;
  const qualite = BigInt(100 - p.poids) * BigInt(Math.min(p.score, 100)) * BigInt(p.attendu);
  const [num, den] = [centiemes * (quantite + qualite), 100n * 100n * 100n * BigInt(p.attendu)];
  return (2n * num + den) / (2n * den);
}

describe('Whatever the plan, parts of a base (8.4)', () => {
  it(
    'pay the due to the cent, under every cap, more for more, in any order, each part by itself',
    () => {
      fc.assert(
        fc.property(planParParts, (p) => {
          const { base, directes, du } = duParParts(p);
          const arrondi = arrondir(du);
          avancePuisSolde(p.conventionne, p.tauxAvance, arrondi);
          if (p.bareme === 'LINEAIRE' && p.borne === 'PAR_NATURE')
            exiger(arrondi.montant.centimes === attenduEnCentimes(p), 'le dû n’est pas celui du calcul en entiers');

          exiger(!du.valeur.estNegative() && auPlus(du.valeur, base.valeur), 'le dû dépasse la base');
          exiger(arrondi.montant.comparer(Montant.min(p.conventionne, p.plafond)) <= 0, 'le dû dépasse un plafond');

          const plus = (changement: Partial<PlanParParts>): Fraction => duParParts({ ...p, ...changement }).du.valeur;
          exiger(auPlus(du.valeur, plus({ realise: p.realise + 1 })), 'un jeune de plus fait baisser le dû');
          exiger(auPlus(du.valeur, plus({ score: p.score + 1 })), 'un point de plus fait baisser le dû');
          const [depense] = p.encourues;
          if (depense) exiger(auPlus(du.valeur, plus({ encourues: [...p.encourues, depense] })), 'une dépense de plus');

          const autre = { prevues: melanger(p.prevues, p.tour), encourues: melanger(p.encourues, p.tour) };
          const melange = duParParts({ ...p, ...autre });
          exiger(JSON.stringify(melange.du) === JSON.stringify(du), 'l’ordre des lignes change l’explication');

          const seuls = [plus({ realise: 0, seuil: p.seuil }), plus({ score: 0 })] as const;
          const rien = plus({ realise: 0, score: 0 });
          exiger(memes(seuls[0].plus(seuls[1]).moins(rien), du.valeur), 'une part dépend de l’autre');
          exiger(memes(plus({ realise: 1000 * p.attendu }), plus({ realise: p.attendu })), 'une part compense');
          exiger(
            auPlus(plus({ score: 0 }).moins(rien), base.valeur.fois(pourcents(p.poids).valeur)),
            'une part déborde',
          );
          exiger(!directes.valeur.estNegative(), 'dépenses négatives');
        }),
        MOITIE,
      );
    },
    DELAI,
  );
});
