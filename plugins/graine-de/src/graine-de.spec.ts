import { describe, expect, it } from '@jest/globals';
import {
  calculerEcheance,
  deciderAgeDeclare,
  lireQuantites,
  lireValeurs,
  resoudreTous,
  type SuiviConfirme,
  type Surcharge,
  verifierConformite,
} from '@sillage/dispositif-kit';
import { dateCivile, type Decision, finDuJour, Montant, Periode, texteExplication } from '@sillage/kernel';
import fc from 'fast-check';
import { champsBilan } from './bilan.champs.js';
import { champsCandidature, termesConvention } from './candidature.champs.js';
import { graineDe } from './index.js';

const DATE = dateCivile('2026-06-15');
const OPERATION = Periode.de(dateCivile('2026-07-01'), dateCivile('2027-06-30'));
const JOURS = [31, 31, 30, 31, 30, 31, 31, 28, 31, 30, 31, 30];
const TEXTES = [
  'presentation',
  'reperage',
  'parcours',
  'accompagnement',
  'attentionMineurs',
  'liensSlai',
  'partenariats',
];
const ENGAGEMENTS = Object.keys(champsCandidature).filter((nom) => nom.startsWith('engagement'));
const SALAIRES = { nature: 'SALAIRES', libelle: 'Deux encadrants', montant: '40000.00' };

const complete = {
  intitule: 'Graine de cuisine',
  associationLoi1901: true,
  ...Object.fromEntries(TEXTES.map((nom) => [nom, 'Texte'])),
  ateliers: [{ territoire: 'ARTOIS', secteur: 'Restauration', atelier: 'Graine de chef', valideLe: '2026-03-10' }],
  places: [
    { territoire: 'ARTOIS', places: 12 },
    { territoire: 'TERNOIS', places: 8 },
  ],
  objectifRaccroches: 40,
  objectifSorties: 24,
  depensesDirectes: [SALAIRES],
  montantDemande: '48000.00',
  ...Object.fromEntries(ENGAGEMENTS.map((nom) => [nom, true])),
  contactNom: 'Contact de démonstration',
  contactCourriel: 'contact@exemple.test',
};

interface Cas {
  conventionne?: string;
  dejaVerse?: string;
  /** Held all along, of the twenty granted. */
  places?: number;
  encourues?: readonly (readonly [nature: string, montant: string])[];
  bilan?: object;
  suivis?: readonly SuiviConfirme[];
  surcharges?: Readonly<Record<string, unknown>>;
}

function parametresAvec(surcharges: Readonly<Record<string, unknown>> = {}) {
  const lignes = Object.entries(surcharges).map(([cle, valeur]): Surcharge => ({
    cle,
    valeur,
    portee: 'ANNEXE',
    porteeId: 'x',
    du: DATE,
    au: null,
  }));
  return resoudreTous(graineDe.parametres, DATE, lignes);
}

const lire = (changements: object = {}) => lireValeurs(champsCandidature, { ...complete, ...changements }, []);

function recevoir(regle: string, changements: object = {}): Decision {
  const trouvee = graineDe.candidature.recevabilite.find((r) => r.regle === regle);
  if (trouvee === undefined) throw new Error(regle);
  return trouvee.decider({
    champs: lire(changements),
    territoires: ['TERNOIS', 'ARTOIS'],
    nomDuTerritoire: (code) => `Territoire ${code}`,
    parametres: parametresAvec(),
  });
}

function contexte(cas: Cas = {}) {
  const { conventionne = '48000.00', dejaVerse = '28800.00', places = 20 } = cas;
  const encourues = cas.encourues ?? [['SALAIRES', '40000.00']];
  const bilan = {
    jeunesRaccroches: 42,
    prioritaires: 30,
    soumisObligation: 21,
    fileActive: JOURS.map((jours, rang) => ({
      mois: OPERATION.du.add({ months: rang }).toString(),
      joursAccompagnement: jours * places,
    })),
    sortiesPositives: [{ motif: 'FORMATION', jeunes: 20 }],
    abandons: 0,
    orientations: [],
    fichesBilan: 40,
    depensesEncourues: encourues.map(([nature, montant]) => ({ nature, libelle: nature, montant, facture: 'F' })),
    objectifsAtteints: 'Texte',
    plusValue: 'Texte',
    allerVers: 'Texte',
    partenariatLocal: 'Texte',
    partenariatSlai: 'Texte',
    ...cas.bilan,
  };
  const parametres = parametresAvec(cas.surcharges);
  const lu = lireValeurs(champsBilan, bilan, []);
  const termes = lireValeurs(termesConvention, { places: 20, objectifRaccroches: 40, objectifSorties: 24 }, []);
  return {
    champs: lire(),
    termes,
    termesSuccessifs: [{ du: OPERATION.du, termes }],
    montantConventionne: Montant.euros(conventionne),
    periode: OPERATION,
    date: DATE,
    parametres,
    bilan: lu,
    quantites: lireQuantites(graineDe.quantites, parametres, { bilan: lu, suivis: cas.suivis ?? [] }),
    dejaVerse: Montant.euros(dejaVerse),
  };
}

function verser(tranche: string, cas: Cas = {}): { montant: string; texte: string } {
  const versement = graineDe.versements.find((v) => v.tranche === tranche);
  if (versement === undefined) throw new Error(tranche);
  const { montant, explication } = versement.calculer(contexte(cas));
  return { montant: montant.toString(), texte: texteExplication(explication).replaceAll(/[\u00A0\u202F]/g, ' ') };
}

function remettre(regle: string, bilan: object): Decision {
  const controle = graineDe.bilan?.controles?.find((c) => c.regle === regle);
  if (controle === undefined) throw new Error(regle);
  return controle.decider(contexte({ bilan }));
}

function echeance(code: string, depart: string): string {
  const declaree = graineDe.echeances?.find((e) => e.code === code);
  return calculerEcheance(declaree!, graineDe.parametres, dateCivile(depart), []).date.toString();
}

it('conforms', () => {
  expect(verifierConformite(graineDe)).toEqual([]);
});

describe('The calendar', () => {
  it('GRAINE-CAL-01: thirty days to deposit, from 1 to 30 April 2026', () => {
    const [appel] = graineDe.appels ?? [];
    expect([appel?.ouverture, appel?.cloture]).toEqual(['2026-04-01', '2026-04-30']);
  });

  it('GRAINE-CAL-02: the convention stays within the operation', () => {
    const controle = graineDe.convention.controles?.find((c) => c.regle === 'GRAINE-CAL-02');
    const decider = (du: string, au: string) =>
      controle?.decider({
        ...contexte(),
        montant: Montant.euros('1.00'),
        periode: Periode.de(dateCivile(du), dateCivile(au)),
      });
    expect(decider('2026-07-01', '2027-06-30')?.issue).toBe('OUI');
    expect(decider('2026-06-30', '2027-06-29')?.motifs[0]?.chemin).toEqual(['input', 'du']);
    expect(decider('2026-07-02', '2027-07-01')?.motifs[0]?.chemin).toEqual(['input', 'au']);
  });

  it('14.3 #9, GRAINE-DEL-01: summoned on 31 December 2026, reported by 28 February 2027', () => {
    expect(echeance('GRAINE_SIGNALEMENT', '2026-12-31')).toBe('2027-02-28');
  });

  it('14.3 #10, GRAINE-DEL-02: ended on 30 June 2027, the bilan is due by 30 September, the whole day included', () => {
    expect(echeance('GRAINE_BILAN_FINAL', '2027-06-30')).toBe('2027-09-30');
    expect(finDuJour(dateCivile('2027-09-30')).toString()).toBe('2027-09-30T22:00:00Z');
  });

  it('AMB-110, AMB-113: a sheet is recalled after fifteen days', () => {
    expect(echeance('GRAINE_FICHE_DE_PRESCRIPTION', '2026-09-01')).toBe('2026-09-16');
    expect(echeance('GRAINE_FICHE_BILAN', '2027-02-20')).toBe('2027-03-07');
  });
});

describe('GRAINE-ELIG-01: from 16 to 25, the year of 25 being for a person to decide (AMB-001)', () => {
  it.each([
    ['2010-09-02', 'NON'],
    ['2010-09-01', 'OUI'],
    ['2001-09-02', 'OUI'],
    ['2001-09-01', 'A_CONFIRMER'],
    ['2000-09-02', 'A_CONFIRMER'],
    ['2000-09-01', 'NON'],
  ])('born on %s, on 1 September 2026: %s', (naissance, issue) => {
    const dates = { naissance: dateCivile(naissance), le: dateCivile('2026-09-01') };
    expect(deciderAgeDeclare(graineDe.age!, graineDe.parametres, dates, []).issue).toBe(issue);
  });
});

describe('What a candidature asks for', () => {
  it('is received when it is complete', () => {
    for (const { regle } of graineDe.candidature.recevabilite)
      expect([regle, recevoir(regle).issue]).toEqual([regle, 'OUI']);
  });

  it('GRAINE-PORT-01: an association, a school with the label, or both', () => {
    const avec = (associationLoi1901: boolean, labelE2c: string | null) =>
      recevoir('GRAINE-PORT-01', { associationLoi1901, labelE2c }).issue;
    expect([avec(true, null), avec(false, 'E2C-62'), avec(true, 'E2C-62'), avec(false, null)]).toEqual([
      'OUI',
      'OUI',
      'OUI',
      'NON',
    ]);
  });

  it.each(ENGAGEMENTS)('%s is not optional', (nom) => {
    expect(() => lire({ [nom]: false })).toThrow(/engagement est nécessaire/);
    expect(() => lire({ [nom]: null })).toThrow();
  });

  it('GRAINE-FIN-06: places for each of its territories, neither more nor less', () => {
    const [artois, ternois] = complete.places;
    for (const places of [[artois], [artois, ternois, ternois], [artois, { territoire: 'CALAISIS', places: 1 }]])
      expect(recevoir('GRAINE-FIN-06', { places })).toMatchObject({
        issue: 'NON',
        motifs: [{ chemin: ['champs', 'places'] }],
      });
    expect(() => lire({ places: [{ territoire: 'ARTOIS', places: 0 }] })).toThrow();
  });

  it('GRAINE-WF-05: workshops are on its territories, and none at all is confirmed', () => {
    const [atelier] = complete.ateliers;
    expect(recevoir('GRAINE-WF-05', { ateliers: [{ ...atelier, territoire: 'CALAISIS' }] })).toMatchObject({
      issue: 'NON',
      motifs: [{ chemin: ['champs', 'ateliers'], message: expect.stringContaining('Territoire CALAISIS') }],
    });
    expect(recevoir('GRAINE-WF-05', { ateliers: [] }).issue).toBe('A_CONFIRMER');
  });

  it('GRAINE-IND-02: no more ways out than young people', () => {
    expect(recevoir('GRAINE-IND-02', { objectifSorties: 40 }).issue).toBe('OUI');
    expect(recevoir('GRAINE-IND-02', { objectifSorties: 41 }).issue).toBe('NON');
  });
});

describe('The plan de financement', () => {
  it('GRAINE-FIN-02: support functions are not proposed', () => {
    expect(() => lire({ depensesDirectes: [{ ...SALAIRES, nature: 'FONCTIONS_SUPPORTS' }] })).toThrow();
  });

  it('GRAINE-FIN-03: travel and a mobile phone, nothing else', () => {
    for (const nature of ['DEPLACEMENTS', 'TELEPHONE'])
      expect(() => lire({ depensesDirectes: [SALAIRES, { ...SALAIRES, nature }] })).not.toThrow();
    for (const nature of ['AUTRE', 'ORDINATEUR'])
      expect(() => lire({ depensesDirectes: [{ ...SALAIRES, nature }] })).toThrow();
  });

  it('14.3 #17, GRAINE-FIN-04: 40 000 of direct expenses make 8 000 of indirect ones, to the cent', () => {
    expect(recevoir('GRAINE-FIN-04', { depensesIndirectes: '8000.00' }).issue).toBe('OUI');
    for (const depensesIndirectes of ['7999.99', '8000.01'])
      expect(recevoir('GRAINE-FIN-04', { depensesIndirectes })).toMatchObject({
        issue: 'NON',
        motifs: [{ chemin: ['champs', 'depensesIndirectes'] }],
      });
    expect(verser('SOLDE').texte).toContain('Charges indirectes, au forfait : 8 000,00 €');
  });

  it('GRAINE-FIN-01: the request is covered by the expenses, flat rate included', () => {
    expect(recevoir('GRAINE-FIN-01', { montantDemande: '48000.00' }).issue).toBe('OUI');
    expect(recevoir('GRAINE-FIN-01', { montantDemande: '48000.01' }).issue).toBe('NON');
    expect(() => lire({ montantDemande: '0.00' })).toThrow(/au moins 0,01/);
  });
});

describe('GRAINE-FIN-05: no amount in the text, nothing invented (AMB-085)', () => {
  const plafond = (surcharges = {}, au = '2027-06-30') => {
    const { termes } = contexte();
    const periode = Periode.de(OPERATION.du, dateCivile(au));
    return graineDe.convention.plafond({ termes, periode, parametres: parametresAvec(surcharges) });
  };

  it('bounds nothing, and says so', () => {
    const { montant, explication } = plafond();
    expect(montant).toBeNull();
    expect(texteExplication(explication)).toMatch(/aucun.*non renseigné.*AMB-085/s);
    expect(graineDe.enveloppe).toBeUndefined();
  });

  it('once decided, so much a place, by month below twelve', () => {
    expect(plafond({ plafondParPlace: '2000.00' }).montant?.toString()).toBe('40000.00');
    expect(plafond({ plafondParPlace: '2000.00' }, '2026-12-31').montant?.toString()).toBe('20000.00');
  });
});

describe('What is paid', () => {
  it('GRAINE-PAY-01: 60 % at the signature', () => {
    expect(graineDe.versements[0]).toMatchObject({ tranche: 'AVANCE', a: 'CONVENTION_SIGNEE' });
    expect(verser('AVANCE').montant).toBe('28800.00');
  });

  it('GRAINE-PAY-02: the balance is what was spent and retained, at most what was granted, minus the advance', () => {
    expect(graineDe.versements[1]).toMatchObject({ tranche: 'SOLDE', a: 'BILAN_CONFIRME' });
    expect(verser('SOLDE').montant).toBe('19200.00');
    expect(verser('SOLDE', { conventionne: '45000.00' }).montant).toBe('16200.00');
    expect(verser('SOLDE', { encourues: [['SALAIRES', '30000.00']] }).montant).toBe('7200.00');
    expect(verser('SOLDE', { encourues: [['SALAIRES', '90000.00']] }).montant).toBe('19200.00');
  });

  it('AMB-098: below the advance, a trop-perçu is proposed', () => {
    expect(verser('SOLDE', { encourues: [['SALAIRES', '20000.00']] }).montant).toBe('-4800.00');
  });

  it('GRAINE-FIN-02, GRAINE-FIN-03: what is not eligible is copied, and set aside with its rule', () => {
    const encourues: Cas['encourues'] = [
      ['SALAIRES', '30000.00'],
      ['FONCTIONS_SUPPORTS', '5000.00'],
      ['AUTRE', '1000.00'],
      ['DEPLACEMENTS', '500.00'],
    ];
    const { montant, texte } = verser('SOLDE', { encourues });
    expect(montant).toBe('7200.00');
    expect(texte).toContain('5 000,00 € : les fonctions supports ne sont pas éligibles');
    expect(texte).toContain('1 000,00 € : seuls les déplacements et le téléphone sont éligibles');
    expect(texte).toContain('500,00 € : dépense non prévue au dossier');
  });

  it('AMB-099, AMB-100: places below those granted are shown and reduce nothing, unless a parameter says so', () => {
    const { montant, texte } = verser('SOLDE', { places: 15 });
    expect(montant).toBe('19200.00');
    expect(texte).toContain('Objectif atteint = 75 %');
    const reduit = verser('SOLDE', { places: 15, surcharges: { effetDesObjectifs: 'PROPORTIONNEL' } });
    expect(reduit.montant).toBe('7200.00');
    const depasse = verser('SOLDE', { places: 30, surcharges: { effetDesObjectifs: 'PROPORTIONNEL' } });
    expect(depasse.montant).toBe('19200.00');
  });

  it('never pays beyond the convention, nor beyond 120 % of what was spent', () => {
    const centimes = fc.bigInt({ min: 1n, max: 10n ** 8n });
    fc.assert(
      fc.property(
        centimes,
        centimes,
        fc.integer({ min: 0, max: 40 }),
        fc.boolean(),
        (depense, accorde, places, effet) => {
          const [paye, conventionne] = [Montant.centimes(depense), Montant.centimes(accorde)];
          const { montant } = verser('SOLDE', {
            conventionne: conventionne.toString(),
            dejaVerse: '0.00',
            encourues: [['SALAIRES', paye.toString()]],
            places,
            surcharges: { effetDesObjectifs: effet ? 'PROPORTIONNEL' : 'AUCUN' },
          });
          const du = Montant.euros(montant);
          expect(du.estNegatif()).toBe(false);
          expect(du.comparer(conventionne)).toBeLessThanOrEqual(0);
          expect(du.centimes * 10n <= depense * 12n + 5n).toBe(true);
          expect(du.comparer(Montant.euros('48000.00'))).toBeLessThanOrEqual(0);
        },
      ),
    );
  });
});

describe('What the bilan may not say', () => {
  it('GRAINE-ELIG-02, GRAINE-ELIG-05: more of a part than of the whole (AMB-009)', () => {
    expect(remettre('GRAINE-IND-01', {}).issue).toBe('OUI');
    expect(remettre('GRAINE-IND-01', { prioritaires: 43 }).motifs.map((m) => m.chemin)).toEqual([
      ['bilan', 'prioritaires'],
    ]);
    expect(remettre('GRAINE-IND-01', { soumisObligation: 31 }).issue).toBe('NON');
  });

  it('GRAINE-IND-02: more ways out than young people, or another one without a word (AMB-153)', () => {
    const sortie = (jeunes: number, autre: object = {}) =>
      remettre('GRAINE-IND-02', { sortiesPositives: [{ motif: 'EMPLOI', jeunes, ...autre }] }).issue;
    expect([sortie(42), sortie(43)]).toEqual(['OUI', 'NON']);
    expect([sortie(1, { motif: 'AUTRE' }), sortie(1, { motif: 'AUTRE', precision: 'Service civique' })]).toEqual([
      'NON',
      'OUI',
    ]);
  });

  it('GRAINE-WF-10: an abandonment without the proposal of an orientation (AMB-114)', () => {
    const proposer = (...orientations: object[]) => remettre('GRAINE-WF-10', { abandons: 3, orientations }).issue;
    const versCoach = { vers: 'COACH_JEUNESSE', issue: 'ACCEPTEE', jeunes: 2 };
    const impossible = { vers: 'COORDO_ASE', issue: 'IMPOSSIBLE', jeunes: 1 };
    expect(proposer()).toBe('NON');
    expect(proposer(versCoach)).toBe('NON');
    expect(proposer(versCoach, impossible)).toBe('NON');
    expect(proposer(versCoach, { ...impossible, motif: 'Bénéficiaire du RSA' })).toBe('OUI');
    expect(proposer(versCoach, { ...impossible, issue: 'REFUSEE' })).toBe('OUI');
  });

  it('AMB-115: a month without its line', () => {
    expect(remettre('GRAINE-FIN-06', {}).issue).toBe('OUI');
    expect(remettre('GRAINE-FIN-06', { fileActive: [{ mois: '2026-07-01', joursAccompagnement: 9 }] }).issue).toBe(
      'NON',
    );
  });
});
