import { describe, expect, it } from '@jest/globals';
import {
  calculerEcheance,
  lireValeurs,
  resoudreTous,
  type Surcharge,
  verifierConformite,
} from '@sillage/dispositif-kit';
import { ageRevolu, dateCivile, type Decision, Montant, Periode } from '@sillage/kernel';
import fc from 'fast-check';
import { champsCandidature } from './candidature.champs.js';
import { termesConvention } from './convention.js';
import { fajCo } from './index.js';

const DATE = dateCivile('2026-06-01');
const PERIODE = Periode.de(dateCivile('2026-07-01'), dateCivile('2026-10-31'));

const engagements = ['Public', 'Residence', 'Participation', 'Etapes', 'Restitution'];
const textes = [
  ...['besoins', 'evolution', 'pouvoirDAgir', 'coConstruction', 'impact', 'nouveaute', 'finalite'],
  ...['resultatsJeunes', 'resultatsStructures', 'expertise', 'approche', 'professionnels', 'moyens'],
  ...['partenariat', 'calendrier'],
];

const prestation = (montant: string, devis: string | null = 'D-1') => ({
  nature: 'PRESTATIONS',
  libelle: 'Atelier vidéo',
  montant,
  devis,
});
const poste = (montant: string) => ({ nature: 'POSTE', libelle: 'Animatrice', montant, devis: null });
const contact = (territoire: string, avis = 'FAVORABLE', le = '2026-05-04') => ({
  territoire,
  le,
  avis,
  preuve: 'Compte rendu',
});

const complete = {
  intitule: 'Paroles de quartier',
  thematiques: [{ thematique: 'EXPRESSION' }],
  ...Object.fromEntries(textes.map((nom) => [nom, 'Texte'])),
  ...Object.fromEntries(engagements.map((nom) => [`engagement${nom}`, true])),
  objectifs: [{ objectif: 'Un film', portee: 'COLLECTIF', cible: 1, unite: 'film' }],
  jeunesPrevus: 12,
  jeunesPressentis: [{ age: 19, jeunes: 8 }],
  contactsSlai: [contact('LENS_LIEVIN')],
  debutPrevu: '2026-07-01',
  finPrevue: '2026-10-31',
  depensesPrevues: [prestation('10000.00')],
  montantDemande: '10000.00',
  contactNom: 'Contact de démonstration',
  contactCourriel: 'contact@exemple.test',
};

const surcharger = (valeurs: Readonly<Record<string, unknown>>): Surcharge[] =>
  Object.entries(valeurs).map(([cle, valeur]) => ({
    cle,
    valeur,
    portee: 'APPEL',
    porteeId: 'x',
    du: dateCivile('2026-01-12'),
    au: null,
  }));
const lire = (changements: object) => lireValeurs(champsCandidature, { ...complete, ...changements }, ['champs']);

function recevoir(regle: string, changements: object = {}, surcharges: object = {}): Decision {
  const trouvee = fajCo.candidature.recevabilite.find((r) => r.regle === regle);
  if (trouvee === undefined) throw new Error(regle);
  const parametres = resoudreTous(fajCo.parametres, DATE, surcharger({ ...surcharges }));
  return trouvee.decider({
    champs: lire(changements),
    territoires: ['LENS_LIEVIN'],
    nomDuTerritoire: (code) => `Territoire ${code}`,
    parametres,
  });
}

const parametres = resoudreTous(fajCo.parametres, DATE, []);

function controler(regle: string, termes: object, changements: object = {}): Decision {
  const controle = fajCo.convention.controles?.find((c) => c.regle === regle);
  if (controle === undefined) throw new Error(regle);
  const lus = lireValeurs(termesConvention, { budgetAdopte: true, ...termes }, []);
  const montant = Montant.euros('10000.00');
  return controle.decider({ champs: lire(changements), termes: lus, periode: PERIODE, montant, parametres });
}

const codes = ({ issue, motifs }: Decision) => [
  issue,
  ...motifs.map(({ regle, chemin }) => `${regle} ${chemin?.join('.')}`),
];

it('conforms', () => {
  expect(verifierConformite(fajCo)).toEqual([]);
  for (const { regle } of fajCo.candidature.recevabilite)
    expect([regle, recevoir(regle).issue]).toEqual([regle, 'OUI']);
});

describe('The public: ages at the deposit', () => {
  const aLAge = (age: number, autres: object = {}) => ({ jeunesPressentis: [{ age, jeunes: 1, ...autres }] });

  it('14.3 #4: born on 2000-05-01, 25 on 30 April 2026 is borderline, 26 the day after is not admitted', () => {
    const naissance = dateCivile('2000-05-01');
    const age = (jour: string) => ageRevolu(naissance, dateCivile(jour));
    expect(codes(recevoir('FAJCO-ELIG-01', aLAge(age('2026-04-30'))))).toEqual([
      'A_CONFIRMER',
      'FAJCO-ELIG-01 champs.jeunesPressentis',
    ]);
    expect(recevoir('FAJCO-ELIG-01', aLAge(age('2026-05-01'))).issue).toBe('NON');
  });

  it('14.3 #5: 17 in a proven CEJ is admitted, without a path is not', () => {
    const cej = aLAge(17, { parcours: 'CEJ', justifie: true });
    expect(recevoir('FAJCO-ELIG-01', cej).issue).toBe('OUI');
    expect(recevoir('FAJCO-ELIG-04', cej).issue).toBe('OUI');
    expect(recevoir('FAJCO-ELIG-04', aLAge(17)).issue).toBe('NON');
  });

  it('AMB-005: a path that the text does not name is for the SLAI to accept; the proof is a parameter', () => {
    expect(recevoir('FAJCO-ELIG-04', aLAge(16, { parcours: 'AUTRE', justifie: true })).issue).toBe('A_CONFIRMER');
    const sansPreuve = aLAge(16, { parcours: 'PACEA' });
    expect(recevoir('FAJCO-ELIG-04', sansPreuve).issue).toBe('NON');
    expect(recevoir('FAJCO-ELIG-04', sansPreuve, { justificatifMineurs: false }).issue).toBe('OUI');
  });

  it('AMB-001: the upper bound may stop at the birthday itself; 15 is never admitted, path or not', () => {
    expect(recevoir('FAJCO-ELIG-01', aLAge(25), { borneHaute: 'ANNIVERSAIRE' }).issue).toBe('NON');
    expect(recevoir('FAJCO-ELIG-01', aLAge(24), { borneHaute: 'ANNIVERSAIRE' }).issue).toBe('OUI');
    expect(recevoir('FAJCO-ELIG-01', aLAge(15, { parcours: 'CEJ', justifie: true })).issue).toBe('NON');
  });

  it('admits every age from 16 to 25 once in a proven path, and no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 120 }), (age) => {
        const admis = recevoir('FAJCO-ELIG-01', aLAge(age, { parcours: 'CEJ', justifie: true })).issue !== 'NON';
        expect(admis).toBe(age >= 16 && age <= 25);
      }),
    );
  });

  it('FAJCO-ELIG-02, 03, 05: the porteur attests, or does not deposit (AMB-006)', () => {
    for (const nom of ['engagementPublic', 'engagementResidence', 'engagementParticipation'])
      expect(() => lire({ [nom]: false })).toThrow(/nécessaire pour déposer/);
  });
});

describe('The project', () => {
  it('FAJCO-ELIG-06, AMB-007: one young person is an alert', () => {
    expect(recevoir('FAJCO-ELIG-06', { jeunesPrevus: 2 }).issue).toBe('OUI');
    expect(recevoir('FAJCO-ELIG-06', { jeunesPrevus: 1 }).issue).toBe('A_CONFIRMER');
  });

  it('FAJCO-ELIG-07: its three conditions are all written', () => {
    for (const nom of ['besoins', 'evolution', 'pouvoirDAgir'])
      expect(() => lire({ [nom]: null })).toThrow(/est à renseigner/);
  });

  it('FAJCO-ELIG-08: one theme at least, none twice, of six', () => {
    expect(() => lire({ thematiques: [] })).toThrow(/au moins 1/);
    expect(() => lire({ thematiques: [{ thematique: 'CUISINE' }] })).toThrow(/choisissez parmi/);
    const deuxFois = { thematiques: [{ thematique: 'SPORT' }, { thematique: 'SPORT' }] };
    expect(recevoir('FAJCO-ELIG-08', deuxFois).issue).toBe('NON');
  });

  it('FAJCO-CAL-03: it ends after it begins', () => {
    expect(recevoir('FAJCO-CAL-03', { finPrevue: '2026-06-30' }).motifs[0]?.code).toBe('PERIODE_INVALIDE');
    expect(recevoir('FAJCO-CAL-03', { finPrevue: '2026-07-01' }).issue).toBe('OUI');
  });

  it('FAJCO-PORT-06, AMB-047: an action that goes on says what else pays for it', () => {
    const suite = { suiteDe: 'CAND-2026-00001' };
    expect(codes(recevoir('FAJCO-PORT-06', suite))).toEqual(['NON', 'FAJCO-PORT-06 champs.cofinancements']);
    expect(recevoir('FAJCO-PORT-06', { ...suite, cofinancements: 'CAF' }).issue).toBe('OUI');
  });
});

describe('FAJCO-WF-02: the SLAI of each territory is met first (AMB-108)', () => {
  it('refuses a file without a contact, with one elsewhere, or one after the action began', () => {
    const sans = recevoir('FAJCO-WF-02', { contactsSlai: [] });
    expect(sans).toMatchObject({
      issue: 'NON',
      motifs: [{ message: expect.stringContaining('Territoire LENS_LIEVIN') }],
    });
    expect(codes(recevoir('FAJCO-WF-02', { contactsSlai: [contact('LENS_LIEVIN'), contact('TERNOIS')] }))).toEqual([
      'NON',
      'FAJCO-TERR-02 champs.contactsSlai',
    ]);
    const tardif = [contact('LENS_LIEVIN', 'FAVORABLE', '2026-07-01')];
    expect(recevoir('FAJCO-WF-02', { contactsSlai: tardif }).issue).toBe('NON');
  });

  it('an unfavourable opinion is an alert', () => {
    const defavorable = [contact('LENS_LIEVIN', 'DEFAVORABLE')];
    expect(recevoir('FAJCO-WF-02', { contactsSlai: defavorable }).issue).toBe('A_CONFIRMER');
  });
});

describe('What may be asked for', () => {
  it('FAJCO-FIN-01: what the annex details, to the cent', () => {
    expect(recevoir('FAJCO-FIN-01', { montantDemande: '10000.00' }).issue).toBe('OUI');
    expect(codes(recevoir('FAJCO-FIN-01', { montantDemande: '10000.01' }))).toEqual([
      'NON',
      'FAJCO-FIN-01 champs.montantDemande',
    ]);
  });

  it.each(['ETP_EXISTANT', 'HORS_OPERATION', 'INCONNUE'])(
    'FAJCO-FIN-01, FAJCO-FIN-02: %s is not foreseen',
    (nature) => {
      const depensesPrevues = [{ nature, libelle: 'x', montant: '1.00' }];
      expect(() => lire({ depensesPrevues })).toThrow(
        /choisissez parmi .*\(PERSONNEL_DEDIE\), .*\(PRESTATIONS\), .*\(FONCTIONNEMENT\), .*\(POSTE\)\./,
      );
    },
  );

  it('FAJCO-FIN-02: existing ETP are own funds, told and never counted', () => {
    expect(recevoir('FAJCO-FIN-01', { etpExistants: '5000.00', montantDemande: '10000.01' }).issue).toBe('NON');
  });

  it('FAJCO-FIN-03: a post without an exceptional project is refused', () => {
    expect(codes(recevoir('FAJCO-FIN-03', { depensesPrevues: [poste('20000.00')] }))).toEqual([
      'NON',
      'FAJCO-FIN-03 champs.depensesPrevues',
    ]);
  });

  it('FAJCO-WF-06: with one, the DPID confirms it by name', () => {
    const exceptionnel = { depensesPrevues: [poste('20000.00')], projetExceptionnel: 'Une première.' };
    expect(recevoir('FAJCO-FIN-03', exceptionnel).issue).toBe('OUI');
    expect(codes(recevoir('FAJCO-WF-06', exceptionnel))).toEqual(['A_CONFIRMER', 'FAJCO-WF-06 champs.depensesPrevues']);
  });

  it('FAJCO-PIECE-03, AMB-087: external lines rest on signed quotes, personnel on its detail', () => {
    const personnel = { nature: 'PERSONNEL_DEDIE', libelle: '40 heures', montant: '1000.00', devis: null };
    expect(recevoir('FAJCO-PIECE-03', { depensesPrevues: [personnel] }).issue).toBe('OUI');
    const sans = recevoir('FAJCO-PIECE-03', { depensesPrevues: [prestation('1.00', null)] });
    expect([sans.issue, sans.motifs[0]?.message]).toEqual(['A_CONFIRMER', expect.stringContaining('Atelier vidéo')]);
  });
});

describe('The convention', () => {
  it('FAJCO-FIN-04, AMB-085: no cap but the expenses that are conventioned', () => {
    const termes = lireValeurs(termesConvention, { depensesConventionnees: '123456.78', budgetAdopte: true }, []);
    const { montant, explication } = fajCo.convention.plafond({ termes, periode: PERIODE, parametres });
    expect(montant?.toString()).toBe('123456.78');
    expect(explication.interpretation).toBe('AMB-085');
    expect(fajCo.enveloppe).toBeUndefined();
  });

  it('FAJCO-FIN-01: they are those of the file', () => {
    expect(controler('FAJCO-FIN-01', { depensesConventionnees: '10000.00' }).issue).toBe('OUI');
    expect(codes(controler('FAJCO-FIN-01', { depensesConventionnees: '10000.01' }))).toEqual([
      'NON',
      'FAJCO-FIN-01 input.termes.depensesConventionnees',
    ]);
  });

  it('FAJCO-WF-06: posts are those that the derogation admits, to the cent', () => {
    const depensesPrevues = [poste('4000.00'), prestation('6000.00')];
    const admettre = (postesAdmis: string | null) =>
      controler('FAJCO-WF-06', { depensesConventionnees: '10000.00', postesAdmis }, { depensesPrevues }).issue;
    expect([admettre('4000.00'), admettre('3999.99'), admettre('4000.01'), admettre(null)]).toEqual([
      'OUI',
      'NON',
      'NON',
      'NON',
    ]);
    expect(controler('FAJCO-WF-06', { depensesConventionnees: '1.00' }).issue).toBe('OUI');
  });

  it('AMB-052: the budget is voted first', () => {
    expect(controler('AMB-052', { depensesConventionnees: '1.00', budgetAdopte: false })).toMatchObject({
      issue: 'NON',
      motifs: [{ chemin: ['input', 'termes', 'budgetAdopte'] }],
    });
  });

  it('FAJCO-ELIG-11: 24 months at most', () => {
    expect(fajCo.convention.dureeMax).toBe('dureeMax');
    expect(parametres['dureeMax']?.valeur).toBe(24);
    expect(parametres['exercicesMax']?.valeur).toBe(2);
  });
});

it('FAJCO-DEL-01, 14.3 #11: over on 31 October 2026, the bilan is due on 30 November', () => {
  const [echeance] = fajCo.echeances ?? [];
  const { date } = calculerEcheance(echeance!, fajCo.parametres, dateCivile('2026-10-31'), []);
  expect(date.toString()).toBe('2026-11-30');
});

it('FAJCO-CAL-01: the window runs from 12 January to 15 September 2026, 247 days', () => {
  const [appel] = fajCo.appels ?? [];
  expect([appel?.code, appel?.ouverture, appel?.cloture]).toEqual(['faj-co-2026', '2026-01-12', '2026-09-15']);
  expect(dateCivile(appel!.ouverture).until(dateCivile(appel!.cloture)).days + 1).toBe(247);
});
