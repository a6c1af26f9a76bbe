import { describe, expect, it } from '@jest/globals';
import { lireValeurs, resoudreTous } from '@sillage/dispositif-kit';
import { dateCivile, type Decision, Montant, Periode, texteExplication } from '@sillage/kernel';
import fc from 'fast-check';
import { champsBilan } from './bilan.champs.js';
import { termesConvention } from './convention.js';
import { fajCo } from './index.js';

const DATE = dateCivile('2026-06-15');
const PERIODE = Periode.de(dateCivile('2026-07-01'), dateCivile('2026-10-31'));

interface Cas {
  prevu?: readonly (readonly [nature: string, montant: string])[];
  encouru?: readonly (readonly [nature: string, montant: string])[];
  conventionne?: string;
  conventionnees?: string;
  postesAdmis?: string | null;
  dejaVerse?: string;
  bilan?: object;
}

const depense = (nature: string, montant: string, dates: object = {}) => ({
  nature,
  libelle: nature,
  montant,
  facture: 'F',
  du: '2026-07-01',
  au: '2026-10-31',
  ...dates,
});

function contexte(cas: Cas = {}): Parameters<(typeof fajCo.versements)[number]['calculer']>[0] {
  const { prevu = [['PRESTATIONS', '10000.00']], encouru = prevu, conventionne = '10000.00' } = cas;
  const { conventionnees = '50000.00', postesAdmis = null } = cas;
  const termes = lireValeurs(
    termesConvention,
    { depensesConventionnees: conventionnees, postesAdmis, budgetAdopte: true },
    [],
  );
  const bilan = {
    finEffective: '2026-10-31',
    objectifs: [{ objectif: 'Un film', portee: 'COLLECTIF', realise: 1, atteint: true }],
    participants: [{ territoire: 'LENS_LIEVIN', commune: 'Lens', age: 19, jeunes: 8, presences: 64 }],
    emargements: 'E-1 à E-8',
    deroulement: 'Texte',
    suites: [{ suite: 'FORMATION', jeunes: 3 }],
    suitesDeParcours: 'Texte',
    partenaires: 'Texte',
    restitutionLe: '2026-10-30',
    restitution: 'Texte',
    depensesEncourues: encouru.map(([nature, montant]) => depense(nature, montant)),
    ...cas.bilan,
  };
  return {
    champs: {
      depensesPrevues: prevu.map(([nature, montant]) => ({ nature, montant: Montant.euros(montant) })),
      objectifs: [{ objectif: 'Un film' }],
    },
    termes,
    termesSuccessifs: [{ du: PERIODE.du, termes }],
    montantConventionne: Montant.euros(conventionne),
    periode: PERIODE,
    date: DATE,
    parametres: resoudreTous(fajCo.parametres, DATE, []),
    bilan: lireValeurs(champsBilan, bilan, []),
    quantites: {},
    dejaVerse: Montant.euros(cas.dejaVerse ?? '6000.00'),
  };
}

function solder(cas: Cas = {}): { du: string; solde: string; texte: string } {
  const entree = contexte(cas);
  const { montant, explication } = fajCo.versements.find(({ tranche }) => tranche === 'SOLDE')!.calculer(entree);
  return {
    du: montant.plus(entree.dejaVerse).toString(),
    solde: montant.toString(),
    texte: texteExplication(explication).replaceAll(/[\u00A0\u202F]/g, ' '),
  };
}

function remettre(regle: string, bilan: object): Decision {
  const controle = fajCo.bilan?.controles?.find((c) => c.regle === regle);
  if (controle === undefined) throw new Error(regle);
  const entree = contexte({ bilan });
  return controle.decider({ ...entree, bilan: entree.bilan! });
}

describe('FAJCO-PAY-01: an advance of 60 %', () => {
  const avancer = (montant: Montant) =>
    fajCo.versements
      .find(({ tranche }) => tranche === 'AVANCE')!
      .calculer({ ...contexte(), bilan: null, montantConventionne: montant }).montant;

  it('is 6 000,00 for 10 000,00', () => {
    expect(avancer(Montant.euros('10000.00')).toString()).toBe('6000.00');
  });

  it('and the balance make what is due, to the cent, whatever was granted and spent', () => {
    const centimes = fc.bigInt({ min: 1n, max: 10n ** 10n });
    fc.assert(
      fc.property(centimes, centimes, centimes, (conventionne, prevu, encouru) => {
        const [c, p, e] = [conventionne, prevu, encouru].map((n) => Montant.centimes(n));
        const avance = avancer(c!);
        const { solde } = solder({
          conventionne: c!.toString(),
          conventionnees: '999999999.00',
          prevu: [['PRESTATIONS', p!.toString()]],
          encouru: [['PRESTATIONS', e!.toString()]],
          dejaVerse: avance.toString(),
        });
        const du = [c!, p!, e!].reduce((min, montant) => Montant.min(min, montant));
        expect(Montant.euros(solde.replace('-', '')).toString()).toBe(
          (du.comparer(avance) < 0 ? avance.moins(du) : du.moins(avance)).toString(),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('FAJCO-PAY-02: the balance', () => {
  it('is 40 % when all is spent, less when less is, a trop-perçu below the advance (AMB-098)', () => {
    expect(solder()).toMatchObject({ du: '10000.00', solde: '4000.00' });
    expect(solder({ encouru: [['PRESTATIONS', '8000.00']] }).solde).toBe('2000.00');
    expect(solder({ encouru: [['PRESTATIONS', '12000.00']] }).solde).toBe('4000.00');
    expect(solder({ encouru: [] })).toMatchObject({ du: '0.00', solde: '-6000.00' });
  });

  it('FAJCO-BIL-03: conventioned expenses only', () => {
    const cas = { prevu: [['FONCTIONNEMENT', '9000.00']] as const };
    expect(solder({ ...cas, conventionnees: '7000.00' }).du).toBe('7000.00');
    expect(solder({ ...cas, encouru: [['PRESTATIONS', '9000.00']] }).du).toBe('0.00');
  });

  it('FAJCO-FIN-01, FAJCO-FIN-02: what is not eligible is set aside, with its rule', () => {
    const prevu = [['PERSONNEL_DEDIE', '5000.00']] as const;
    const { du, texte } = solder({
      prevu,
      encouru: [...prevu, ['ETP_EXISTANT', '3000.00'], ['HORS_OPERATION', '700.00']],
    });
    expect(du).toBe('5000.00');
    expect(texte).toContain('3 000,00 € : un ETP déjà existant est valorisé sur fonds propres');
    expect(texte).toContain('FAJCO-FIN-02');
    expect(texte).toContain('700,00 € : seules les dépenses liées à l’opération');
  });

  it('FAJCO-FIN-03, FAJCO-WF-06: a post counts only under its derogation', () => {
    const cas = { prevu: [['POSTE', '4000.00']] as const };
    expect(solder(cas)).toMatchObject({ du: '0.00' });
    expect(solder(cas).texte).toContain('aucun profil de poste n’est financé');
    const deroge = solder({ ...cas, postesAdmis: '4000.00' });
    expect(deroge.du).toBe('4000.00');
    expect(deroge.texte).toContain('FAJCO-WF-06');
    expect(deroge.texte).not.toContain('aucun profil');
  });
});

describe('The bilan', () => {
  it('FAJCO-DEL-01: the action ends within its convention', () => {
    expect(remettre('FAJCO-DEL-01', {}).issue).toBe('OUI');
    expect(remettre('FAJCO-DEL-01', { finEffective: '2026-11-01' })).toMatchObject({
      issue: 'NON',
      motifs: [{ code: 'PERIODE_INVALIDE', chemin: ['bilan', 'finEffective'] }],
    });
  });

  it('FAJCO-ELIG-01, AMB-004: nobody younger than 16 or older than 25, counted once each of those who joined', () => {
    const aLAge = (...ages: number[]) =>
      remettre('FAJCO-ELIG-01', {
        participants: ages.map((age) => ({
          territoire: 'LENS_LIEVIN',
          commune: 'Lens',
          age,
          jeunes: 1,
          presences: 4,
        })),
      });
    expect([aLAge(16, 17, 19, 25, 25).issue, aLAge(19, 15).issue, aLAge(26).issue]).toEqual(['OUI', 'NON', 'NON']);
    expect(aLAge(26, 26).motifs.map(({ chemin }) => chemin)).toEqual([['bilan', 'participants']]);
  });

  it('FAJCO-BIL-01: each objective of the file, once', () => {
    const rendu = (...objectifs: string[]) => ({
      objectifs: objectifs.map((objectif) => ({ objectif, portee: 'COLLECTIF', realise: 0, atteint: false })),
    });
    expect(remettre('FAJCO-BIL-01', rendu('Un film')).issue).toBe('OUI');
    expect(remettre('FAJCO-BIL-01', rendu('Un autre')).issue).toBe('NON');
    expect(remettre('FAJCO-BIL-01', rendu('Un film', 'Un film')).issue).toBe('NON');
  });

  it('FAJCO-PIECE-05, AMB-046: each expense within the conventioned period, and in order', () => {
    const dater = (du: string, au: string) =>
      remettre('FAJCO-PIECE-05', { depensesEncourues: [depense('PRESTATIONS', '1.00', { du, au })] }).issue;
    expect(dater('2026-07-01', '2026-10-31')).toBe('OUI');
    expect(dater('2026-06-30', '2026-07-02')).toBe('NON');
    expect(dater('2026-10-31', '2026-11-01')).toBe('NON');
    expect(dater('2026-08-02', '2026-08-01')).toBe('NON');
  });
});
