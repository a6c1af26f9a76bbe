import { describe, it } from '@jest/globals';
import { dateCivile, Fraction, Montant, Periode } from '@sillage/kernel';
import fc from 'fast-check';
import {
  additionner,
  arrondir,
  type AssietteDesCharges,
  type BorneDuPrevu,
  type Mesure,
  montantDesMesures,
  plafondConventionne,
  plafonner,
  plafonnerCharges,
  type ProrataDesMesures,
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
  MOITIE,
  montant,
  NATURES,
  plan,
  pourcents,
  resolu,
  taux,
} from './plans-au-hasard.js';

type Niveau = 'SIMPLE' | 'RENFORCEE';

interface PlanParMesures {
  mesures: Mesure<Niveau>[];
  prorata: ProrataDesMesures;
  financee: boolean;
  prevues: Ligne[];
  encourues: Ligne[];
  borne: BorneDuPrevu;
  tauxCharges: number;
  assiette: AssietteDesCharges;
  conventionne: Montant;
  tauxAvance: number;
  tour: number;
}

const OPERATION = Periode.de(dateCivile('2026-10-01'), dateCivile('2027-09-30'));
const PLAFONDS = { SIMPLE: Montant.euros('2500.00'), RENFORCEE: Montant.euros('5000.00') };

function duParMesures(p: PlanParMesures) {
  const mesures = montantDesMesures(p.mesures, {
    operation: OPERATION,
    niveaux: {
      SIMPLE: { libelle: 'Simples', pourDouzeMois: resolu(PLAFONDS.SIMPLE), regle: 'x' },
      RENFORCEE: { libelle: 'Renforcées', pourDouzeMois: resolu(PLAFONDS.RENFORCEE), regle: 'x' },
    },
    prorata: resolu(p.prorata),
    duree: resolu(12),
    prolongation: resolu(6),
    prolongationFinancee: resolu(p.financee),
    regle: 'x',
  });
  const { prevues, encourues, conventionne } = p;
  const retenues = retenirDepenses({ plan, prevues, encourues, borne: resolu(p.borne), regle: 'x' });
  const personnel = sommeRetenue(retenues, 'Personnel', ['PERSONNEL']);
  const autres = sommeRetenue(retenues, 'Autres', ['FONCTIONNEMENT', 'INDIRECT']);
  const regles = { taux: pourcents(p.tauxCharges), assiette: resolu(p.assiette), conventionne, regle: 'x' };
  const charges = plafonnerCharges({ personnel, autres, ...regles });
  const depenses = additionner({ libelle: 'Dépenses', regle: 'x', formule: 'x' }, [personnel, charges]);
  const du = plafonner({ libelle: 'Dû', regle: 'x' }, plafondConventionne(conventionne), mesures, depenses);
  return { mesures, personnel, autres, charges, depenses, du };
}

const PREMIER_JOUR = dateCivile('2025-10-01');
const mesureAuHasard: fc.Arbitrary<Mesure<Niveau>> = fc
  .record({
    reference: fc.constantFrom('M-1', 'M-2', 'M-3', 'M-4'),
    niveau: fc.constantFrom<Niveau>('SIMPLE', 'RENFORCEE'),
    depart: fc.nat({ max: 800 }),
    duree: fc.nat({ max: 700 }),
    prolongee: fc.constantFrom(true, false, null),
  })
  .map(({ depart, duree, ...mesure }) => {
    const debut = PREMIER_JOUR.add({ days: depart });
    return { ...mesure, debut, fin: debut.add({ days: duree }) };
  });

const planParMesures: fc.Arbitrary<PlanParMesures> = fc.record({
  mesures: fc.array(mesureAuHasard, { maxLength: 5 }),
  prorata: fc.constantFrom<ProrataDesMesures>('MOIS_COMPLETS', 'MOIS_ENTAMES', 'JOURS', 'AUCUN'),
  financee: fc.boolean(),
  prevues: lignes(ELIGIBLES, 5),
  encourues: lignes(NATURES, 6),
  borne: borneAuHasard,
  tauxCharges: taux,
  assiette: fc.constantFrom<AssietteDesCharges>('TOTAL_RETENU', 'CONVENTIONNE'),
  conventionne: montant,
  tauxAvance: taux,
  tour: fc.nat({ max: 10 }),
});

describe('Whatever the plan, measures and expenses (section 12)', () => {
  it(
    'pay the due to the cent, under every cap, more for more, in any order',
    () => {
      fc.assert(
        fc.property(planParMesures, (p) => {
          const { mesures, personnel, autres, charges, depenses, du } = duParMesures(p);
          avancePuisSolde(p.conventionne, p.tauxAvance, arrondir(du));

          exiger(!du.valeur.estNegative(), 'un dû négatif');
          exiger(arrondir(du).montant.comparer(p.conventionne) <= 0, 'le dû dépasse la convention');
          exiger(
            auPlus(du.valeur, mesures.valeur) && auPlus(du.valeur, depenses.valeur),
            'le dû dépasse le service fait',
          );
          const quart = pourcents(p.tauxCharges).valeur;
          const assiette =
            p.assiette === 'TOTAL_RETENU' ? personnel.valeur.plus(charges.valeur) : p.conventionne.enFraction();
          exiger(auPlus(charges.valeur, assiette.fois(quart)), 'les charges dépassent leur plafond');
          exiger(auPlus(charges.valeur, autres.valeur), 'des charges sans dépense');
          const references = new Set(p.mesures.map(({ reference }) => reference)).size;
          const annees = p.prorata === 'AUCUN' || !p.financee ? Fraction.UN : Fraction.de(3n, 2n);
          const plafond = PLAFONDS.RENFORCEE.enFraction().fois(entier(references)).fois(annees);
          exiger(auPlus(mesures.valeur, plafond), 'une mesure vaut plus que son plafond');

          const melange = duParMesures({
            ...p,
            mesures: melanger(p.mesures, p.tour),
            prevues: melanger(p.prevues, p.tour),
            encourues: melanger(p.encourues, p.tour),
          });
          exiger(JSON.stringify(melange.du) === JSON.stringify(du), 'l’ordre des lignes change l’explication');

          const plus = (changement: Partial<PlanParMesures>): Fraction =>
            duParMesures({ ...p, ...changement }).du.valeur;
          const [mesure, depense] = [p.mesures[0], p.encourues[0]];
          if (mesure) {
            const autre = { ...mesure, reference: 'M-5' };
            exiger(
              auPlus(du.valeur, plus({ mesures: [...p.mesures, autre] })),
              'une mesure de plus fait baisser le dû',
            );
            const seule = { ...p, mesures: [mesure] };
            const allongee = { ...p, mesures: [{ ...mesure, fin: mesure.fin.add({ days: 40 }) }] };
            exiger(
              auPlus(duParMesures(seule).du.valeur, duParMesures(allongee).du.valeur),
              'une mesure plus longue fait baisser le dû',
            );
          }
          if (depense) exiger(auPlus(du.valeur, plus({ encourues: [...p.encourues, depense] })), 'une dépense de plus');
        }),
        MOITIE,
      );
    },
    DELAI,
  );
});
