import { describe, expect, it } from '@jest/globals';
import { dateCivile, Periode, texteExplication } from '@sillage/kernel';
import { parametre, resoudreTous } from '../parametre.js';
import { lireValeurs } from '../validation.js';
import { arrondir } from './chiffre.js';
import { lignesDeMesures, mesuresCoherentes } from './champs-mesures.js';
import {
  type Mesure,
  montantDesMesures,
  parametreProrataDesMesures,
  type ProrataDesMesures,
  type ReglesDesMesures,
} from './mesures.js';

const DU = '2026-01-12';
const OPERATION = Periode.de(dateCivile('2026-10-01'), dateCivile('2027-09-30'));
const montant = (valeur: string) =>
  parametre.montant([{ du: DU, valeur }], { libelle: 'Plafond', regle: 'ASGL-FIN-02' });
const mois = (valeur: number) => parametre.mois([{ du: DU, valeur }], { libelle: 'Durée', regle: 'ASGL-WF-05' });
const resolus = resoudreTous(
  {
    simple: montant('2500.00'),
    renforcee: montant('5000.00'),
    prorata: parametreProrataDesMesures(DU, { regle: 'ASGL-FIN-06', interpretation: 'AMB-089' }),
    duree: mois(12),
    prolongation: mois(6),
    financee: parametre.booleen([{ du: DU, valeur: false }], { libelle: 'Financée', regle: 'ASGL-WF-05' }),
  },
  dateCivile('2026-10-05'),
  [],
);

interface Reglages {
  prorata?: ProrataDesMesures;
  financee?: boolean;
  operation?: Periode;
}

function regles({
  prorata = 'MOIS_COMPLETS',
  financee = false,
  operation = OPERATION,
}: Reglages): ReglesDesMesures<'SIMPLE' | 'RENFORCEE'> {
  return {
    operation,
    niveaux: {
      SIMPLE: { libelle: 'Simples', pourDouzeMois: resolus.simple, regle: 'ASGL-FIN-02' },
      RENFORCEE: { libelle: 'Renforcées', pourDouzeMois: resolus.renforcee, regle: 'ASGL-FIN-03' },
    },
    prorata: { ...resolus.prorata, valeur: prorata },
    duree: resolus.duree,
    prolongation: resolus.prolongation,
    prolongationFinancee: { ...resolus.financee, valeur: financee },
    regle: 'ASGL-PAY-02',
  };
}

type Ligne = readonly [
  debut: string,
  fin: string,
  niveau?: 'SIMPLE' | 'RENFORCEE',
  reference?: string,
  prolongee?: boolean,
];
const mesure = ([debut, fin, niveau = 'SIMPLE', reference = 'M-1', prolongee = false]: Ligne): Mesure<
  'SIMPLE' | 'RENFORCEE'
> => ({
  reference,
  niveau,
  debut: dateCivile(debut),
  fin: dateCivile(fin),
  prolongee,
});
const calculer = (lignes: readonly Ligne[], reglages: Reglages = {}) =>
  montantDesMesures(lignes.map(mesure), regles(reglages));
const valoir = (lignes: readonly Ligne[], reglages?: Reglages): string =>
  arrondir(calculer(lignes, reglages)).montant.toString();

describe('What a measure is worth', () => {
  it('its yearly amount for twelve months, by level', () => {
    expect(valoir([['2026-10-01', '2027-09-30']])).toBe('2500.00');
    expect(valoir([['2026-10-01', '2027-09-30', 'RENFORCEE']])).toBe('5000.00');
    expect(valoir([])).toBe('0.00');
  });

  it.each<[ProrataDesMesures, string]>([
    ['MOIS_COMPLETS', '416.67'],
    ['MOIS_ENTAMES', '625.00'],
    ['JOURS', '524.19'],
    ['AUCUN', '2500.00'],
  ])('cut short, by the parameter: %s (AMB-089)', (prorata, attendu) => {
    expect(valoir([['2026-10-01', '2026-12-16']], { prorata })).toBe(attendu);
  });

  it('in the operation only: what follows is for another convention (AMB-092)', () => {
    expect(valoir([['2027-08-01', '2028-07-31']])).toBe('416.67');
    expect(valoir([['2027-10-01', '2028-09-30']])).toBe('0.00');
    expect(valoir([['2026-08-01', '2026-10-31']])).toBe('208.33');
    const { explication } = calculer([['2027-08-01', '2028-07-31']]);
    expect(texteExplication(explication)).toContain('à reprendre par une convention ultérieure (AMB-092)');
  });

  it('for twelve months at most, unless a prolongation is decided and paid for (AMB-090)', () => {
    const operation = Periode.de(dateCivile('2026-10-01'), dateCivile('2029-09-30'));
    const longue: Ligne = ['2026-10-01', '2028-09-30'];
    const prolongee: Ligne = ['2026-10-01', '2028-09-30', 'SIMPLE', 'M-1', true];
    expect(valoir([longue], { operation })).toBe('2500.00');
    expect(valoir([longue], { operation, financee: true })).toBe('2500.00');
    expect(valoir([prolongee], { operation })).toBe('2500.00');
    expect(valoir([prolongee], { operation, financee: true })).toBe('3750.00');
  });

  it('counted from its first day, even before the operation', () => {
    expect(valoir([['2026-04-01', '2027-09-30']])).toBe('1250.00');
  });

  it('by level when it changed on the way, twelve months in all (AMB-091, AMB-181)', () => {
    const lignes: Ligne[] = [
      ['2026-10-01', '2026-12-31', 'RENFORCEE'],
      ['2027-01-01', '2028-03-31', 'SIMPLE'],
    ];
    const operation = Periode.de(dateCivile('2026-10-01'), dateCivile('2029-09-30'));
    expect(valoir(lignes)).toBe('3125.00');
    expect(valoir(lignes, { operation })).toBe('3125.00');
    expect(valoir(lignes, { prorata: 'AUCUN' })).toBe('5000.00');
  });

  it('never twice for one day', () => {
    const annee: Ligne = ['2026-10-01', '2027-09-30'];
    expect(valoir([annee, annee])).toBe('2500.00');
    const [automne, hiver]: [Ligne, Ligne] = [
      ['2026-10-01', '2026-12-31'],
      ['2026-11-01', '2027-01-31'],
    ];
    expect(valoir([automne, automne])).toBe('625.00');
    expect(valoir([hiver, automne])).toBe('833.33');
    expect(valoir([annee, ['2026-10-01', '2027-09-30', 'SIMPLE', 'M-2']])).toBe('5000.00');
  });

  it('exact until the one rounding: three measures of a month make 625,00, not 3 × 208,33 (AMB-169)', () => {
    const lignes = ['M-1', 'M-2', 'M-3'].map((reference): Ligne => ['2026-10-01', '2026-10-31', 'SIMPLE', reference]);
    expect(valoir(lignes)).toBe('625.00');
    expect(calculer(lignes).explication).toEqual(calculer([...lignes].reverse()).explication);
  });
});

describe('The table of measures', () => {
  const champs = {
    mesures: lignesDeMesures({ SIMPLE: 'Simple', RENFORCEE: 'Renforcée' }, { libelle: 'M', regle: 'ASGL-PAY-02' }),
  };

  it('reads a reference, a level and two dates', () => {
    const saisie = { mesures: [{ reference: 'M-1', niveau: 'SIMPLE', debut: '2026-10-01', fin: '2027-09-30' }] };
    const { mesures } = lireValeurs(champs, saisie, []);
    expect(arrondir(montantDesMesures(mesures, regles({}))).montant.toString()).toBe('2500.00');
  });

  it('is refused when a line ends before it starts, or meets another of the same measure', () => {
    const decider = (lignes: readonly Ligne[]) => mesuresCoherentes(lignes.map(mesure), 'mesures', 'ASGL-PAY-02');
    expect(
      decider([
        ['2026-10-01', '2026-12-31'],
        ['2027-01-01', '2027-09-30', 'RENFORCEE'],
      ]).issue,
    ).toBe('OUI');
    expect(
      decider([
        ['2026-10-01', '2026-12-31'],
        ['2026-12-31', '2027-09-30'],
      ]),
    ).toMatchObject({
      issue: 'NON',
      motifs: [{ code: 'PERIODE_INVALIDE', chemin: ['bilan', 'mesures'] }],
    });
    expect(decider([['2027-10-01', '2026-12-31']]).issue).toBe('NON');
    expect(valoir([['2027-10-01', '2026-12-31']])).toBe('0.00');
  });
});
