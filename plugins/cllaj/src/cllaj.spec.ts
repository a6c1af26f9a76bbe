import { describe, expect, it } from '@jest/globals';
import { calculerEcheance, lireValeurs, resoudreTous, verifierConformite } from '@sillage/dispositif-kit';
import { dateCivile, type Decision, Montant, Periode, texteExplication } from '@sillage/kernel';
import fc from 'fast-check';
import { champsBilan } from './bilan.champs.js';
import { champsCandidature, termesConvention } from './candidature.champs.js';
import { cllaj } from './index.js';

const DATE = dateCivile('2026-07-01');
const OPERATION = Periode.de(dateCivile('2026-09-01'), dateCivile('2027-08-31'));
const parametres = resoudreTous(cllaj.parametres, DATE, []);

const action = (type: string, autres: object = {}) => ({
  type,
  intitule: `Action ${type}`,
  territoire: 'AUDOMAROIS',
  commune: 'Saint-Omer',
  rural: true,
  ouverture: '2026-10-01',
  ...autres,
});
const TROIS = [action('PERMANENCE'), action('ATELIER'), action('ALLER_VERS')];
const textes = ['reseau', 'experience', 'innovation', 'perimetre', 'missions', 'grandePrecarite', 'guichetUnique'];
const complete = {
  intitule: 'Permanences rurales',
  formeJuridique: 'ASSOCIATION',
  ...Object.fromEntries([...textes, 'orientation'].map((nom) => [nom, 'Texte'])),
  engagementPublic: true,
  engagementNouveaute: true,
  engagementInformation: true,
  engagementReporting: true,
  actions: TROIS,
  jeunesVises: 80,
  depensesPrevues: [{ nature: 'RENFORT_HUMAIN', libelle: 'Mi-temps', montant: '20000.00' }],
  montantDemande: '20000.00',
  contactNom: 'Contact de démonstration',
  contactCourriel: 'contact@exemple.test',
};
const bilan = {
  contactsTelephone: 120,
  saisiesMail: 80,
  jeunesAseRecus: 20,
  jeunesAseAccompagnes: 12,
  jeunesPermanences: 60,
  jeunesAteliers: 40,
  jeunesDistincts: 75,
  indicateursClassiques: [],
  actions: [{ ...action('PERMANENCE'), jeunes: 60 }],
  freins: 'Peu de petits logements.',
  depensesEncourues: [{ nature: 'RENFORT_HUMAIN', libelle: 'Mi-temps', montant: '20000.00', facture: 'Paies' }],
};

const lire = (changements: object) => lireValeurs(champsCandidature, { ...complete, ...changements }, ['champs']);

function recevoir(regle: string, changements: object = {}): Decision {
  const trouvee = cllaj.candidature.recevabilite.find((r) => r.regle === regle);
  if (trouvee === undefined) throw new Error(regle);
  return trouvee.decider({
    champs: lire(changements),
    territoires: ['AUDOMAROIS'],
    nomDuTerritoire: (code) => `Territoire ${code}`,
    parametres,
  });
}

function contexte(changements: object = {}, montant = '20000.00') {
  const termes = lireValeurs(
    termesConvention,
    { permanences: 2, ateliers: 6, jeunesVises: 80, budgetAdopte: true },
    [],
  );
  return {
    champs: lire({}),
    termes,
    termesSuccessifs: [{ du: OPERATION.du, termes }],
    montantConventionne: Montant.euros(montant),
    periode: OPERATION,
    date: DATE,
    parametres,
    bilan: lireValeurs(champsBilan, { ...bilan, ...changements }, []),
    quantites: {},
    dejaVerse: Montant.euros('16000.00'),
  };
}

const payer = (tranche: string, changements: object = {}, montant?: string) =>
  cllaj.versements.find((v) => v.tranche === tranche)!.calculer(contexte(changements, montant));

it('conforms', () => {
  expect(verifierConformite(cllaj)).toEqual([]);
  for (const { regle } of cllaj.candidature.recevabilite)
    expect([regle, recevoir(regle).issue]).toEqual([regle, 'OUI']);
});

describe('Who may apply, and for what', () => {
  it('CLLAJ-PORT-01: an association, a mission locale or an EPCI', () => {
    expect(() => lire({ formeJuridique: 'ENTREPRISE' })).toThrow(
      /Association \(ASSOCIATION\), Mission locale \(MISSION_LOCALE\), EPCI \(EPCI\)/,
    );
  });

  it('CLLAJ-ELIG-02, CLLAJ-ELIG-04, CLLAJ-WF-02, CLLAJ-BIL-01: its commitments are taken', () => {
    for (const nom of ['Public', 'Nouveaute', 'Information', 'Reporting'])
      expect(() => lire({ [`engagement${nom}`]: false })).toThrow(/nécessaire pour déposer/);
  });

  it('CLLAJ-WF-01, AMB-137: the three components, an alert when one is missing', () => {
    expect(recevoir('CLLAJ-WF-01', { actions: [TROIS[0], TROIS[1], action('ACCOMPAGNEMENT')] }).issue).toBe('OUI');
    for (const rang of [0, 1, 2]) {
      const { issue, motifs } = recevoir('CLLAJ-WF-01', { actions: TROIS.filter((_, r) => r !== rang) });
      expect([issue, motifs[0]?.chemin]).toEqual(['A_CONFIRMER', ['champs', 'actions']]);
    }
  });

  it('CLLAJ-TERR-01, CLLAJ-CAL-02: actions on its territories, opened during the operation', () => {
    expect(recevoir('CLLAJ-TERR-01', { actions: [action('ATELIER', { territoire: 'TERNOIS' })] })).toMatchObject({
      issue: 'NON',
      motifs: [{ message: expect.stringContaining('(Territoire AUDOMAROIS)') }],
    });
    const ouvrir = (ouverture: string) =>
      recevoir('CLLAJ-CAL-02', { actions: [action('ATELIER', { ouverture })] }).issue;
    expect(['2026-08-31', '2026-09-01', '2027-08-31', '2027-09-01'].map(ouvrir)).toEqual(['NON', 'OUI', 'OUI', 'NON']);
  });
});

describe('CLLAJ-FIN-01: 20 000 EUR a year and a CLLAJ', () => {
  it('caps a request and a convention, to the cent', () => {
    const depensesPrevues = [{ nature: 'AUTRE', libelle: 'x', montant: '40000.00' }];
    expect(recevoir('CLLAJ-FIN-01', { depensesPrevues }).issue).toBe('OUI');
    expect(recevoir('CLLAJ-FIN-01', { depensesPrevues, montantDemande: '20000.01' })).toMatchObject({
      issue: 'NON',
      motifs: [{ code: 'MONTANT_SUPERIEUR_AU_PLAFOND', chemin: ['champs', 'montantDemande'] }],
    });
    const { termes, periode } = contexte();
    expect(cllaj.convention.plafond({ termes, periode, parametres }).montant?.toString()).toBe('20000.00');
  });
});

describe('CLLAJ-FIN-02, AMB-101: nothing is paid for twice', () => {
  it('the participation and the other funds stay within the expenses', () => {
    const avec = (cofinancements: string) => recevoir('CLLAJ-FIN-02', { montantDemande: '12000.00', cofinancements });
    expect(avec('8000.00').issue).toBe('OUI');
    expect(avec('8000.01').issue).toBe('NON');
  });

  it('other funds are an alert; what they paid for is set aside at the balance', () => {
    expect(recevoir('AMB-101', { cofinancements: '0.00' }).issue).toBe('OUI');
    expect(recevoir('AMB-101', { cofinancements: '0.01' }).issue).toBe('A_CONFIRMER');
    const depensesEncourues = [
      { nature: 'RENFORT_HUMAIN', libelle: 'Mi-temps', montant: '18000.00', facture: 'Paies' },
      { nature: 'CREDITS_ETAT', libelle: 'Mi-temps', montant: '2000.00', facture: 'Paies' },
    ];
    const { montant, explication } = payer('SOLDE', { depensesEncourues });
    expect(montant.toString()).toBe('2000.00');
    expect(texteExplication(explication)).toContain('une dépense ne s’impute qu’une fois');
  });

  it('a nature that is already paid for cannot be foreseen', () => {
    const depensesPrevues = [{ nature: 'CREDITS_ETAT', libelle: 'x', montant: '1.00' }];
    expect(() => lire({ depensesPrevues })).toThrow(
      /choisissez parmi .*\(RENFORT_HUMAIN\), .*\(FONCTIONNEMENT\), .*\(AUTRE\)\./,
    );
  });
});

describe('Payments', () => {
  it('CLLAJ-PAY-01: 80 % at the signature; CLLAJ-PAY-02: one balance (AMB-051)', () => {
    expect(cllaj.versements.map(({ tranche, a }) => [tranche, a])).toEqual([
      ['AVANCE', 'CONVENTION_SIGNEE'],
      ['SOLDE', 'BILAN_CONFIRME'],
    ]);
    expect(payer('AVANCE').montant.toString()).toBe('16000.00');
    expect(payer('SOLDE').montant.toString()).toBe('4000.00');
    expect(payer('SOLDE', { depensesEncourues: [] }).montant.toString()).toBe('-16000.00');
  });

  it('never pays more than the convention grants, than was planned, or than was spent', () => {
    const centimes = fc.bigInt({ min: 1n, max: 3_000_000n });
    fc.assert(
      fc.property(centimes, centimes, (accorde, paye) => {
        const [montant, depense] = [accorde, paye].map((n) => Montant.centimes(n));
        const depensesEncourues = [
          { nature: 'RENFORT_HUMAIN', libelle: 'x', montant: depense!.toString(), facture: 'F' },
        ];
        const du = payer('SOLDE', { depensesEncourues }, montant!.toString()).montant.plus(Montant.euros('16000.00'));
        const attendu = Montant.min(Montant.min(montant!, depense!), Montant.euros('20000.00'));
        expect(du.toString()).toBe(attendu.toString());
      }),
    );
  });
});

describe('The convention and its bilan', () => {
  const controler = (regle: string, autres: object) =>
    cllaj.convention.controles
      ?.find((c) => c.regle === regle)
      ?.decider({
        ...contexte(),
        montant: Montant.euros('1.00'),
        ...autres,
      });

  it('CLLAJ-CAL-02: within the operation, from 1 September 2026 to 31 August 2027', () => {
    const decider = (du: string, au: string) =>
      controler('CLLAJ-CAL-02', { periode: Periode.de(dateCivile(du), dateCivile(au)) })?.issue;
    expect(decider('2026-09-01', '2027-08-31')).toBe('OUI');
    expect(decider('2026-08-31', '2027-08-30')).toBe('NON');
    expect(decider('2026-09-02', '2027-09-01')).toBe('NON');
  });

  it('AMB-052: the budget of the Département is voted first', () => {
    const { termes } = contexte();
    expect(controler('AMB-052', { termes: { ...termes, budgetAdopte: false } })?.issue).toBe('NON');
    expect(controler('AMB-052', {})?.issue).toBe('OUI');
  });

  it('CLLAJ-IND-05, AMB-160: somebody seen twice counts once', () => {
    const remettre = (jeunesDistincts: number) =>
      cllaj.bilan?.controles?.[0]?.decider(contexte({ jeunesDistincts })).issue;
    expect([59, 60, 100, 101].map(remettre)).toEqual(['NON', 'OUI', 'OUI', 'NON']);
  });

  it('CLLAJ-IND-04: access to a home may be unknown', () => {
    expect(contexte().bilan.jeunesAseLoges).toBeNull();
    expect(contexte({ jeunesAseLoges: 0 }).bilan.jeunesAseLoges).toBe(0);
  });

  it('CLLAJ-CAL-01: the window is April 2026; AMB-064: the bilan is recalled three months after the end', () => {
    const [appel] = cllaj.appels ?? [];
    expect([appel?.code, appel?.ouverture, appel?.cloture]).toEqual(['cllaj-2026', '2026-04-01', '2026-04-30']);
    const [echeance] = cllaj.echeances ?? [];
    const { date } = calculerEcheance(echeance!, cllaj.parametres, dateCivile('2027-08-31'), []);
    expect(date.toString()).toBe('2027-11-30');
  });
});
