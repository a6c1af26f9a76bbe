import { describe, expect, it } from '@jest/globals';
import { dateCivile, Fraction, Montant, texteExplication } from '@sillage/kernel';
import { parametre, type ParametreResolu, resoudre } from '../parametre.js';
import type { Valeurs } from '../champ.js';
import { lireValeurs } from '../validation.js';
import { arrondir, enChiffre, nombreEnFrancais, tauxEnFrancais } from './chiffre.js';
import { forfaitIndirect, parametreAssietteDesCharges, plafonnerCharges } from './charges-indirectes.js';
import {
  type BorneDuPrevu,
  type DepensesRetenues,
  parametreBorneDuPrevu,
  retenirDepenses,
  sommeRetenue,
} from './depenses-retenues.js';
import { planDeFinancement } from './plan-de-financement.js';

const DU = '2026-01-12';
const DATE = dateCivile('2026-06-01');
const euros = (texte: string): Montant => Montant.euros(texte);

const plan = planDeFinancement({
  SALAIRES: { libelle: 'Salaires', famille: 'PERSONNEL', regle: 'ASE-FIN-02' },
  DEPLACEMENTS: { libelle: 'Déplacements', famille: 'FONCTIONNEMENT', regle: 'ASE-FIN-03' },
  LOYERS: { libelle: 'Loyers', famille: 'INDIRECT', regle: 'ASGL-FIN-04' },
  ORDINATEUR: {
    libelle: 'Ordinateur',
    famille: 'FONCTIONNEMENT',
    regle: 'AMB-083',
    refus: 'équipement noté par la charte, non éligible en direct',
  },
});
const lignes = { libelle: 'Dépenses', regle: 'ASE-FIN-08', regleNatures: 'ASE-FIN-03' };
const champs = {
  prevues: plan.prevues(lignes),
  surDevis: plan.prevuesSurDevis({ ...lignes, regleDevis: 'AMB-087' }),
  encourues: plan.encourues(lignes),
};

// Typed end to end: a refused nature cannot be foreseen, and each line knows its fields.
const natures: ('SALAIRES' | 'DEPLACEMENTS' | 'LOYERS')[] = [] as Valeurs<typeof champs>['prevues'][number]['nature'][];

type Ligne = readonly [nature: string, montant: string];
const ligne = ([nature, montant]: Ligne) => ({ nature, libelle: nature, montant: euros(montant) });

function borne(valeur: BorneDuPrevu): ParametreResolu<BorneDuPrevu> {
  const declare = parametreBorneDuPrevu(DU, 'ASE-FIN-08');
  return { ...resoudre('borneDuPrevu', declare, DATE, []), valeur };
}

function retenir(
  prevues: readonly Ligne[],
  encourues: readonly Ligne[],
  b: BorneDuPrevu = 'PAR_NATURE',
): DepensesRetenues {
  return retenirDepenses({
    plan,
    prevues: prevues.map(ligne),
    encourues: encourues.map(ligne),
    borne: borne(b),
    regle: 'ASE-FIN-08',
  });
}

const total = (retenues: DepensesRetenues): string =>
  arrondir(sommeRetenue(retenues, 'Total', ['PERSONNEL', 'FONCTIONNEMENT', 'INDIRECT'])).montant.toString();

describe('The fields of a plan de financement (TRANS-11)', () => {
  it('ask for eligible natures in the forecast, for all of them in the accounts', () => {
    expect(natures).toEqual([]);
    const natureDe = (c: keyof typeof champs): string[] => {
      const { nature } = champs[c];
      const n = nature.genre === 'lignes' ? nature.champs['nature']?.nature : undefined;
      return n?.genre === 'choix' ? Object.keys(n.options) : [];
    };
    expect(natureDe('prevues')).toEqual(['SALAIRES', 'DEPLACEMENTS', 'LOYERS']);
    expect(natureDe('surDevis')).toEqual(natureDe('prevues'));
    expect(natureDe('encourues')).toEqual(['SALAIRES', 'DEPLACEMENTS', 'LOYERS', 'ORDINATEUR']);
  });

  it('keep the reference of a quote, when there is one, and of an invoice, always', () => {
    const lu = lireValeurs(
      champs,
      {
        prevues: [{ nature: 'SALAIRES', libelle: 'Coordo', montant: '1.00' }],
        surDevis: [{ nature: 'LOYERS', libelle: 'Bureau', montant: '1.00', devis: 'D-12' }],
        encourues: [{ nature: 'ORDINATEUR', libelle: 'Portable', montant: '1.00', facture: 'F-7' }],
      },
      [],
    );
    expect(lu.surDevis[0]?.devis).toBe('D-12');
    expect(lu.encourues[0]?.facture).toBe('F-7');
    expect(() =>
      lireValeurs({ e: champs.encourues }, { e: [{ nature: 'LOYERS', libelle: 'x', montant: '1' }] }, []),
    ).toThrow(/facture/);
  });

  it.each([
    ['0', 'zero'],
    ['0.00', 'zero'],
    ['-1.00', 'negative'],
    ['0.001', 'a fraction of a cent'],
    ['1e3', 'an exponent'],
    ['1e21', 'an exponent'],
    [1e21, 'a float'],
    [Number.NaN, 'not a number'],
    ['NaN', 'not a number'],
    ['1000000000000000000000', '1e21 in digits'],
    ['1 000.00', 'spaces'],
    ['1000,00', 'a comma'],
    ['', 'nothing'],
  ])('refuse the amount %p, with its path: %s', (montant: unknown, _: string) => {
    const lire = () =>
      lireValeurs(
        { encourues: champs.encourues },
        { encourues: [{ nature: 'LOYERS', libelle: 'x', montant, facture: 'F' }] },
        ['bilan'],
      );
    const chemin: unknown = expect.objectContaining({ path: ['bilan', 'encourues', '0', 'montant'] });
    expect(lire).toThrow(expect.objectContaining({ erreurs: [chemin] }));
  });

  it('read a zero, which retains nothing', () => {
    expect(total(retenir([['SALAIRES', '0.00']], [['SALAIRES', '10.00']]))).toBe('0.00');
  });
});

describe('ASE-FIN-08: foreseen AND incurred AND eligible', () => {
  const prevues: Ligne[] = [
    ['SALAIRES', '100.00'],
    ['DEPLACEMENTS', '20.00'],
  ];

  it('retains by nature at most what was foreseen (AMB-178), adding up the lines', () => {
    const encourues: Ligne[] = [
      ['DEPLACEMENTS', '30.00'],
      ['SALAIRES', '40.00'],
      ['SALAIRES', '50.00'],
    ];
    expect(total(retenir(prevues, encourues))).toBe('110.00');
    expect(total(retenir(prevues, [...encourues].reverse()))).toBe('110.00');
  });

  it('may be bounded by the total only, or not at all, by parameter', () => {
    const encourues: Ligne[] = [
      ['SALAIRES', '90.00'],
      ['DEPLACEMENTS', '50.00'],
      ['LOYERS', '5.00'],
    ];
    expect(total(retenir(prevues, encourues, 'PAR_NATURE'))).toBe('110.00');
    expect(total(retenir(prevues, encourues, 'GLOBALE'))).toBe('120.00');
    expect(total(retenir(prevues, encourues, 'SANS_BORNE'))).toBe('140.00');
  });

  it('never retains a refused nature, even one that an older file had foreseen', () => {
    expect(total(retenir([...prevues, ['ORDINATEUR', '900.00']], [['ORDINATEUR', '900.00']]))).toBe('0.00');
    const encourues: Ligne[] = [
      ['ORDINATEUR', '900.00'],
      ['SALAIRES', '130.00'],
    ];
    expect(total(retenir([...prevues, ['ORDINATEUR', '900.00']], encourues, 'GLOBALE'))).toBe('120.00');
  });

  it('says what was set aside, and why', () => {
    const encourues: Ligne[] = [
      ['SALAIRES', '110.00'],
      ['LOYERS', '5.00'],
      ['ORDINATEUR', '900.00'],
    ];
    const { explication } = sommeRetenue(retenir(prevues, encourues), 'Dépenses retenues', [
      'PERSONNEL',
      'FONCTIONNEMENT',
      'INDIRECT',
    ]);
    const texte = texteExplication(explication).replaceAll(/[\u00A0\u202F]/g, ' ');
    expect(texte).toContain('Écarté = 10,00 € : au-delà du prévu');
    expect(texte).toContain('Écarté = 5,00 € : dépense non prévue au dossier');
    expect(texte).toContain('Écarté = 900,00 € : équipement noté par la charte, non éligible en direct');
    expect(texte).toContain('Règle : AMB-083');
    expect(texte).toContain('Interprétation retenue : AMB-178');
  });
});

describe('A refusal that a decision may lift', () => {
  const poste = planDeFinancement({
    VACATIONS: { libelle: 'Vacations', famille: 'PERSONNEL', regle: 'FAJCO-FIN-01' },
    POSTE: { libelle: 'Poste', famille: 'PERSONNEL', regle: 'FAJCO-FIN-03', refus: 'non', derogation: 'FAJCO-WF-06' },
    ETP: { libelle: 'ETP existant', famille: 'PERSONNEL', regle: 'FAJCO-FIN-02', refus: 'non' },
  });
  const retenu = (derogations: readonly 'POSTE'[]) => {
    const prevues = [ligne(['POSTE', '50.00']), ligne(['ETP', '10.00'])];
    const retenues = retenirDepenses({
      plan: poste,
      prevues,
      encourues: prevues,
      borne: borne('SANS_BORNE'),
      regle: 'FAJCO-BIL-03',
      derogations,
    });
    const { valeur, explication } = sommeRetenue(retenues, 'Total', ['PERSONNEL']);
    return [valeur.toString(), explication.lignes?.find(({ libelle }) => libelle === 'Poste')?.regle];
  };

  it('may be foreseen, and is retained only once it is lifted, by the rule that lifts it', () => {
    const saisir = (nature: string) =>
      lireValeurs({ prevues: poste.prevues(lignes) }, { prevues: [{ nature, libelle: 'x', montant: '1.00' }] }, []);
    expect(() => saisir('POSTE')).not.toThrow();
    expect(() => saisir('ETP')).toThrow(/choisissez parmi .*\(VACATIONS\), Poste \(POSTE\)/);
    expect(retenu([])).toEqual(['0', 'FAJCO-FIN-03']);
    expect(retenu(['POSTE'])).toEqual(['50', 'FAJCO-WF-06']);
  });

  it('an expense may say when it was incurred', () => {
    const dates = { encourues: poste.encouruesSurPeriode({ ...lignes, reglePeriode: 'FAJCO-PIECE-05' }) };
    const depense = { nature: 'VACATIONS', libelle: 'x', montant: '1.00', facture: 'F' };
    expect(() => lireValeurs(dates, { encourues: [depense] }, [])).toThrow(/Premier jour de la dépense/);
    const [lue] = lireValeurs(dates, { encourues: [{ ...depense, du: '2026-07-01', au: '2026-07-02' }] }, []).encourues;
    expect(lue?.au.toString()).toBe('2026-07-02');
  });
});

describe('Indirect charges', () => {
  const taux = (valeur: number): ParametreResolu<Fraction> =>
    resoudre('taux', parametre.taux([{ du: DU, valeur }], { libelle: 'Taux', regle: 'ASE-FIN-04' }), DATE, []);
  const assiette = resoudre('assiette', parametreAssietteDesCharges(DU, 'ASGL-FIN-04'), DATE, []);
  const plafonner = (personnel: string, autres: string, pourcents: number, surConventionne = false): string =>
    arrondir(
      plafonnerCharges({
        personnel: enChiffre(euros(personnel), 'Personnel'),
        autres: enChiffre(euros(autres), 'Autres'),
        taux: taux(pourcents),
        assiette: surConventionne ? { ...assiette, valeur: 'CONVENTIONNE' } : assiette,
        conventionne: euros('8000.00'),
        regle: 'ASGL-FIN-04',
      }),
    ).montant.toString();

  it('GRAINE-FIN-04, 14.3 #17: a flat 20 % of 40 000 is 8 000 (AMB-084)', () => {
    const directes = enChiffre(euros('40000.00'), 'Directes');
    expect(arrondir(forfaitIndirect({ directes, taux: taux(20), regle: 'GRAINE-FIN-04' })).montant.toString()).toBe(
      '8000.00',
    );
  });

  it('ASGL-FIN-04, 14.3 #15: 7 500 of personnel carry 2 500 of charges, and 2 501 are clipped (AMB-088)', () => {
    expect(plafonner('7500.00', '2500.00', 25)).toBe('2500.00');
    expect(plafonner('7500.00', '2501.00', 25)).toBe('2500.00');
    expect(plafonner('7500.00', '2499.99', 25)).toBe('2499.99');
  });

  it('may be a part of the convention’s amount instead, and are not capped at 100 %', () => {
    expect(plafonner('7500.00', '2501.00', 25, true)).toBe('2000.00');
    expect(plafonner('0.00', '2501.00', 100)).toBe('2501.00');
    expect(plafonner('0.00', '2501.00', 25)).toBe('0.00');
  });
});

describe('Figures as a treasurer reads them', () => {
  it('say the exact value that goes on when decimals do not', () => {
    expect(tauxEnFrancais(Fraction.de(4n, 5n))).toBe('80 %');
    expect(tauxEnFrancais(Fraction.de(5n, 6n))).toBe('83,33 % (5/6)');
    expect(nombreEnFrancais(Fraction.de(73n, 3n))).toBe('24,33 (73/3)');
  });
});
