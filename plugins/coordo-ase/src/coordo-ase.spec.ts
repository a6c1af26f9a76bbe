import { describe, expect, it } from '@jest/globals';
import { type ContexteCandidature, lireValeurs, resoudreTous } from '@sillage/dispositif-kit';
import { dateCivile, type Decision, Fraction, Montant, Periode, texteExplication } from '@sillage/kernel';
import fc from 'fast-check';
import { champsCandidature, termesConvention } from './candidature.champs.js';
import { coordoAse } from './coordo-ase.js';
import { parametres } from './parametres.js';
import { plafondConvention } from './plafond.js';
import { cibleDePlaces, demandeSousLePlafond, engagementsDeLaCharte } from './recevabilite.js';

const DATE = dateCivile('2026-02-01');
const resolus = resoudreTous(parametres, DATE, []);

const complete = {
  intitule: 'Cap autonomie',
  presentation: 'Un coordo par territoire.',
  expertise: 'Dix ans auprès des 16-25 ans.',
  etp: '1',
  accompagnementsEngages: 30,
  depensesDirectes: [{ nature: 'SALAIRES', libelle: 'Coordo', montant: '43333.33' }],
  montantDemande: '51999.00',
  engagementMoyens: true,
  engagementAccompagnement: true,
  engagementPartenariatDepartement: true,
  engagementProcedures: true,
  engagementCommunication: true,
  engagementPartenariatTerritorial: true,
  contactNom: 'Contact de démonstration',
  contactCourriel: 'contact@exemple.test',
};

function contexte(changements: object = {}): ContexteCandidature<typeof champsCandidature, typeof parametres> {
  const champs = lireValeurs(champsCandidature, { ...complete, ...changements }, []);
  return { champs, territoires: ['LENS_LIEVIN'], nomDuTerritoire: (code) => `Territoire ${code}`, parametres: resolus };
}

function recevoir(regle: string, changements: object = {}): Decision {
  const trouvee = coordoAse.candidature.recevabilite.find((r) => r.regle === regle);
  if (trouvee === undefined) throw new Error(regle);
  return trouvee.decider(contexte(changements));
}

function plafond(etp: string, du: string, au: string): Montant {
  const termes = lireValeurs(termesConvention, { etp, accompagnements: 30 }, []);
  return plafondConvention({ termes, periode: Periode.de(dateCivile(du), dateCivile(au)), parametres: resolus })
    .montant;
}

describe('ASE-FIN-01: 52 000 EUR per ETP', () => {
  it('caps a year of one ETP at 52 000,00', () => {
    expect(plafond('1', '2026-03-01', '2027-02-28').toString()).toBe('52000.00');
    expect(plafond('2.50', '2026-03-01', '2027-02-28').toString()).toBe('130000.00');
  });

  it('counts months below twelve (AMB-082)', () => {
    expect(plafond('1', '2026-03-01', '2026-08-31').toString()).toBe('26000.00');
    expect(plafond('0.50', '2026-03-01', '2026-05-31').toString()).toBe('6500.00');
  });

  it('never exceeds ETP x 52 000, and grows with the ETP and with the length', () => {
    const centiemes = fc.integer({ min: 10, max: 5000 });
    const jours = fc.integer({ min: 0, max: 364 });
    fc.assert(
      fc.property(centiemes, jours, jours, (n, a, b) => {
        const etp = Fraction.de(BigInt(n), 100n).enDecimal();
        const fin = (j: number): string => dateCivile('2026-03-01').add({ days: j }).toString();
        const [court, long] = [Math.min(a, b), Math.max(a, b)].map((j) => plafond(etp, '2026-03-01', fin(j)));
        const maximum = Montant.centimes(BigInt(n) * 52_000n);
        expect(long!.comparer(maximum)).toBeLessThanOrEqual(0);
        expect(court!.comparer(long!)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('refuses a request above it, at the cent', () => {
    const depenses = [{ nature: 'SALAIRES', libelle: 'Coordo', montant: '60000.00' }];
    const demander = (montantDemande: string) =>
      demandeSousLePlafond(contexte({ depensesDirectes: depenses, montantDemande }));
    expect(demander('52000.00').issue).toBe('OUI');
    expect(demander('52000.01')).toMatchObject({
      issue: 'NON',
      motifs: [{ code: 'MONTANT_SUPERIEUR_AU_PLAFOND', regle: 'ASE-FIN-01', chemin: ['champs', 'montantDemande'] }],
    });
  });
});

describe('ASE-FIN-04: indirect charges are a flat 20 %', () => {
  it('are computed when left out, and checked when given', () => {
    expect(recevoir('ASE-FIN-04').issue).toBe('OUI');
    expect(recevoir('ASE-FIN-04', { depensesIndirectes: '8666.67' }).issue).toBe('OUI');
    expect(recevoir('ASE-FIN-04', { depensesIndirectes: '8666.66' }).issue).toBe('NON');
  });

  it('count in what the expenses cover (ASE-FIN-08): 43 333,33 + 8 666,67 = 52 000,00', () => {
    expect(recevoir('ASE-FIN-08', { montantDemande: '52000.00' }).issue).toBe('OUI');
    expect(recevoir('ASE-FIN-08', { montantDemande: '52000.01' }).issue).toBe('NON');
  });
});

describe('What a person must confirm', () => {
  it('ASE-FIN-07: fewer places than 30 per ETP, rounded down (AMB-081)', () => {
    expect(cibleDePlaces(contexte()).issue).toBe('OUI');
    expect(cibleDePlaces(contexte({ accompagnementsEngages: 29 }))).toMatchObject({
      issue: 'A_CONFIRMER',
      motifs: [{ regle: 'ASE-FIN-07' }],
    });
    expect(cibleDePlaces(contexte({ etp: '0.55', accompagnementsEngages: 16 })).issue).toBe('OUI');
  });

  it('ASE-FIN-06: a commitment of the charter that is not taken', () => {
    expect(engagementsDeLaCharte(contexte()).issue).toBe('OUI');
    expect(engagementsDeLaCharte(contexte({ engagementMoyens: false })).issue).toBe('A_CONFIRMER');
  });
});

describe('ASE-PAY-01: advance of 60 %', () => {
  const [avance] = coordoAse.versements;
  const calculer = (montant: Montant) =>
    avance!.calculer({
      montantConventionne: montant,
      periode: Periode.de(dateCivile('2026-03-01'), dateCivile('2027-02-28')),
      date: DATE,
      parametres: resoudreTous(coordoAse.parametres, DATE, []),
      champs: {},
      termes: {},
      termesSuccessifs: [{ du: dateCivile('2026-03-01'), termes: {} }],
      bilan: null,
      quantites: {},
      dejaVerse: Montant.ZERO,
    });

  it('is 31 200,00 for one ETP at the cap, and says why', () => {
    const { montant, explication } = calculer(Montant.euros('52000.00'));
    expect(montant.toString()).toBe('31200.00');
    expect(explication.parametres?.[0]).toMatchObject({ cle: 'tauxAvance', valeur: '60 %', regle: 'ASE-PAY-01' });
    expect(texteExplication(explication)).toContain('ASE-PAY-01');
  });

  it('is within half a cent of 60 %, whatever the amount (AMB-104)', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 12n }), (centimes) => {
        const { montant } = calculer(Montant.centimes(centimes));
        const ecart = montant.centimes * 10n - centimes * 6n;
        expect(ecart <= 5n && ecart > -5n).toBe(true);
      }),
    );
  });
});

describe('What the texts of the file say', () => {
  it.each([
    ['ASE-PORT-01', { expertise: null }],
    ['ASE-QUAL-03', { presentation: '' }],
  ])('%s: refuses %j', (regle, changement) => {
    const [nom] = Object.keys(changement) as [keyof typeof champsCandidature];
    expect(champsCandidature[nom].options.regle).toBe(regle);
    expect(() => contexte(changement)).toThrow();
  });
});
