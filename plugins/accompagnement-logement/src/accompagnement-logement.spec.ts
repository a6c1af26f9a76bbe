import { describe, expect, it } from '@jest/globals';
import {
  calculerEcheance,
  lireValeurs,
  resoudreTous,
  type Surcharge,
  verifierConformite,
} from '@sillage/dispositif-kit';
import { dateCivile, type Decision, Montant, Periode, texteExplication } from '@sillage/kernel';
import { champsBilan, champsCandidature, termesConvention } from './champs.js';
import { accompagnementLogement } from './index.js';

const DATE = dateCivile('2026-09-15');
const OPERATION = Periode.de(dateCivile('2026-10-01'), dateCivile('2027-09-30'));
const PERSONNEL = { nature: 'PERSONNEL', libelle: 'Travailleurs sociaux', montant: '262500.00' };
const LOYERS = { nature: 'DIRECTES', libelle: 'Véhicules', montant: '60000.00' };
const SIEGE = { nature: 'INDIRECTES', libelle: 'Siège', montant: '27500.00' };

const complete = {
  intitule: 'Un toit, un projet',
  agrement: 'FSL-62-2026',
  agrementLe: '2025-06-01',
  experience: 'Dix ans.',
  intervenants: 'Deux CESF.',
  engagementSimple: true,
  engagementRenforcee: true,
  astreinte: 'Chaque soir jusqu’à 22 heures.',
  volumetrie: [
    { territoire: 'ARTOIS', simples: 60, renforcees: 0 },
    { territoire: 'TERNOIS', simples: 0, renforcees: 40 },
  ],
  depensesPrevues: [PERSONNEL, LOYERS, SIEGE],
  montantDemande: '350000.00',
  contactNom: 'Contact de démonstration',
  contactCourriel: 'contact@exemple.test',
};

interface Cas {
  conventionne?: string;
  dejaVerse?: string;
  prevues?: readonly object[];
  encourues?: readonly (readonly [nature: string, montant: string])[];
  mesures?: readonly object[];
  surcharges?: Readonly<Record<string, unknown>>;
}

const mesure = (reference: string, changements: object = {}): object => ({
  reference,
  niveau: 'SIMPLE',
  debut: '2026-10-01',
  fin: '2027-09-30',
  ...changements,
});

function parametresAvec(surcharges: Readonly<Record<string, unknown>> = {}) {
  const lignes = Object.entries(surcharges).map(([cle, valeur]): Surcharge => ({
    cle,
    valeur,
    portee: 'CONVENTION',
    porteeId: 'x',
    du: DATE,
    au: null,
  }));
  return resoudreTous(accompagnementLogement.parametres, DATE, lignes);
}

const lire = (changements: object = {}) => lireValeurs(champsCandidature, { ...complete, ...changements }, []);

function recevoir(regle: string, changements: object = {}): Decision {
  const trouvee = accompagnementLogement.candidature.recevabilite.find((r) => r.regle === regle);
  if (trouvee === undefined) throw new Error(regle);
  return trouvee.decider({
    champs: lire(changements),
    territoires: ['TERNOIS', 'ARTOIS'],
    nomDuTerritoire: (code) => `Territoire ${code}`,
    parametres: parametresAvec(),
  });
}

/** Ten simple measures for a year, 25 000 EUR at their caps, of which 18 750 of personnel, unless said otherwise. */
function contexte(cas: Cas = {}) {
  const { conventionne = '100000.00', dejaVerse = '0.00', surcharges } = cas;
  const encourues = cas.encourues ?? [
    ['PERSONNEL', '18750.00'],
    ['DIRECTES', '6250.00'],
  ];
  const bilan = {
    mesures: cas.mesures ?? Array.from({ length: 10 }, (_, rang) => mesure(`M-${rang}`)),
    depensesEncourues: encourues.map(([nature, montant]) => ({ nature, libelle: nature, montant, facture: 'F' })),
    jeunesAccompagnes: 10,
    frequence: 'Une rencontre par semaine.',
    thematiques: 'Budget.',
    besoins: [{ besoin: 'SOLVABILISATION', jeunes: 4 }],
    partenariats: 'CLLAJ.',
    sorties: [],
    analyse: 'Texte.',
  };
  const termes = lireValeurs(termesConvention, { mesuresSimples: 10, mesuresRenforcees: 0 }, []);
  return {
    champs: lire({ depensesPrevues: cas.prevues ?? complete.depensesPrevues }),
    termes,
    termesSuccessifs: [{ du: OPERATION.du, termes }],
    montantConventionne: Montant.euros(conventionne),
    periode: OPERATION,
    date: DATE,
    parametres: parametresAvec(surcharges),
    bilan: lireValeurs(champsBilan, bilan, []),
    quantites: {},
    dejaVerse: Montant.euros(dejaVerse),
  };
}

function verser(tranche: string, cas: Cas = {}): { montant: string; texte: string } {
  const versement = accompagnementLogement.versements.find((v) => v.tranche === tranche);
  if (versement === undefined) throw new Error(tranche);
  const { montant, explication } = versement.calculer(contexte(cas));
  return {
    montant: montant.toString(),
    texte: texteExplication(explication).replaceAll(/[\u00A0\u202F]/g, ' '),
  };
}

const du = (cas: Cas = {}): string => verser('SOLDE', cas).montant;

it('conforms', () => {
  expect(verifierConformite(accompagnementLogement)).toEqual([]);
});

describe('What a candidature asks for', () => {
  it('ASGL-PORT-03: measures by level for each of its territories, neither more nor less', () => {
    const [artois, ternois] = complete.volumetrie;
    expect(recevoir('ASGL-PORT-03').issue).toBe('OUI');
    for (const volumetrie of [
      [artois],
      [artois, ternois, ternois],
      [artois, { territoire: 'CALAISIS', simples: 1, renforcees: 0 }],
      [artois, { territoire: 'TERNOIS', simples: 0, renforcees: 0 }],
    ])
      expect(recevoir('ASGL-PORT-03', { volumetrie })).toMatchObject({
        issue: 'NON',
        motifs: [
          {
            chemin: ['champs', 'volumetrie'],
            message: expect.stringContaining(' : Territoire ARTOIS, Territoire TERNOIS.'),
          },
        ],
      });
  });

  it('ASGL-PORT-01: the agreement is not optional', () => {
    expect(() => lire({ agrement: null })).toThrow(/agrément/);
  });

  it('ASGL-FIN-01: 350 000 EUR in all, which the core counts conventions against (AMB-094)', () => {
    expect(accompagnementLogement.enveloppe).toEqual({ montant: 'enveloppe', regle: 'ASGL-FIN-01' });
    expect(parametresAvec()['enveloppe']?.cite.valeur.replaceAll(/[\u00A0\u202F]/g, ' ')).toBe('350 000,00 €');
  });

  it('ASGL-FIN-05, 14.3 #14: 60 simple and 40 reinforced fill the envelope, one more overflows it', () => {
    const avec = (simples: number, renforcees: number) => [
      { territoire: 'ARTOIS', simples, renforcees: 0 },
      { territoire: 'TERNOIS', simples: 0, renforcees },
    ];
    expect(recevoir('ASGL-FIN-05').issue).toBe('OUI');
    expect(recevoir('ASGL-FIN-05', { volumetrie: avec(61, 40) })).toMatchObject({
      issue: 'NON',
      motifs: [{ code: 'MONTANT_SUPERIEUR_AU_PLAFOND', regle: 'ASGL-FIN-05' }],
    });
    expect([
      recevoir('ASGL-FIN-05', { volumetrie: avec(140, 0) }).issue,
      recevoir('ASGL-FIN-05', { volumetrie: avec(0, 70) }).issue,
    ]).toEqual(['OUI', 'OUI']);
    expect(recevoir('ASGL-FIN-05', { volumetrie: avec(0, 71) }).issue).toBe('NON');
  });

  it('ASGL-FIN-02: no request above its measures at their caps', () => {
    const volumetrie = [{ territoire: 'ARTOIS', simples: 2, renforcees: 1 }];
    expect(recevoir('ASGL-FIN-02', { volumetrie, montantDemande: '10000.00' }).issue).toBe('OUI');
    expect(recevoir('ASGL-FIN-02', { volumetrie, montantDemande: '10000.01' }).issue).toBe('NON');
  });

  it('ASGL-IND-01: fewer than 70 measures is an alert, no more (AMB-093, AMB-100)', () => {
    expect(recevoir('ASGL-IND-01').issue).toBe('OUI');
    expect(recevoir('ASGL-IND-01', { volumetrie: [{ territoire: 'ARTOIS', simples: 69, renforcees: 0 }] }).issue).toBe(
      'A_CONFIRMER',
    );
  });
});

describe('What a convention grants', () => {
  it('ASGL-FIN-02, ASGL-FIN-03: 2 500 a simple measure, 5 000 a reinforced one, the envelope at most', () => {
    const plafond = (mesuresSimples: number, mesuresRenforcees: number): string | undefined => {
      const termes = lireValeurs(termesConvention, { mesuresSimples, mesuresRenforcees }, []);
      return accompagnementLogement.convention
        .plafond({ termes, periode: OPERATION, parametres: parametresAvec() })
        .montant?.toString();
    };
    expect([plafond(1, 0), plafond(0, 1), plafond(60, 40), plafond(61, 40)]).toEqual([
      '2500.00',
      '5000.00',
      '350000.00',
      '350000.00',
    ]);
  });

  it('ASGL-FIN-05: and its measures stay within the envelope', () => {
    const controle = accompagnementLogement.convention.controles?.find((c) => c.regle === 'ASGL-FIN-05');
    const decider = (mesuresSimples: number) => {
      const termes = lireValeurs(termesConvention, { mesuresSimples, mesuresRenforcees: 40 }, []);
      return controle?.decider({ ...contexte(), montant: Montant.euros('1.00'), termes });
    };
    expect(decider(60)?.issue).toBe('OUI');
    expect(decider(61)?.motifs[0]?.chemin).toEqual(['input', 'termes']);
  });
});

describe('ASGL-FIN-04: charges are at most a quarter of what is retained (AMB-088)', () => {
  const prevues = (autres: string) => [
    { ...PERSONNEL, montant: '7500.00' },
    { ...LOYERS, montant: autres },
  ];

  it('14.3 #15: 7 500 and 2 500 are accepted, 2 501 are clipped', () => {
    const dix = Array.from({ length: 10 }, (_, rang) => mesure(`M-${rang}`));
    const cas = (autres: string): Cas => ({
      mesures: dix,
      encourues: [
        ['PERSONNEL', '7500.00'],
        ['DIRECTES', autres],
      ],
    });
    expect([du(cas('2500.00')), du(cas('2501.00')), du(cas('2499.99'))]).toEqual(['10000.00', '10000.00', '9999.99']);
    expect(verser('SOLDE', cas('2501.00')).texte).toContain('Écrêté = 1,00 €');
  });

  it('counts indirect charges with the others, and never the personnel of something else', () => {
    expect(
      du({
        encourues: [
          ['PERSONNEL', '7500.00'],
          ['DIRECTES', '2000.00'],
          ['INDIRECTES', '2000.00'],
        ],
      }),
    ).toBe('10000.00');
    expect(du({ encourues: [['PERSONNEL_HORS_OPERATION', '7500.00']] })).toBe('0.00');
  });

  it('clips the forecast too, when the request is deposited', () => {
    expect(recevoir('ASGL-FIN-04').issue).toBe('OUI');
    expect(recevoir('ASGL-FIN-04', { depensesPrevues: prevues('9000.00'), montantDemande: '10000.00' }).issue).toBe(
      'OUI',
    );
    expect(recevoir('ASGL-FIN-04', { depensesPrevues: prevues('9000.00'), montantDemande: '10000.01' }).issue).toBe(
      'NON',
    );
  });

  it('may be a quarter of the convention’s amount, by parameter', () => {
    const surcharges = { assietteCharges: 'CONVENTIONNE' };
    expect(
      du({
        surcharges,
        conventionne: '20000.00',
        encourues: [
          ['PERSONNEL', '7500.00'],
          ['DIRECTES', '6000.00'],
        ],
      }),
    ).toBe('12500.00');
  });
});

describe('ASGL-FIN-06: what the text leaves silent has a default, and a parameter', () => {
  it('a measure cut short counts its whole months (AMB-089)', () => {
    const cas = { mesures: [mesure('M-1', { fin: '2026-12-16' })] };
    expect(du(cas)).toBe('416.67');
    expect(du({ ...cas, surcharges: { prorataMesures: 'MOIS_ENTAMES' } })).toBe('625.00');
  });

  it('a measure that changes level counts each (AMB-091)', () => {
    const mesures = [mesure('M-1', { niveau: 'RENFORCEE', fin: '2026-12-31' }), mesure('M-1', { debut: '2027-01-01' })];
    expect(du({ mesures })).toBe('3125.00');
  });

  it('a measure that outlives the operation stops there (AMB-092)', () => {
    const mesures = [mesure('M-1', { debut: '2027-09-01', fin: '2028-08-31' })];
    expect(du({ mesures })).toBe('208.33');
  });

  it('a prolongation is not paid for unless somebody decides it (AMB-090)', () => {
    const mesures = [mesure('M-1', { debut: '2026-01-01', fin: '2027-06-30', prolongee: true })];
    expect(du({ mesures })).toBe('625.00');
    expect(du({ mesures, surcharges: { prolongationFinancee: true } })).toBe('1875.00');
  });
});

describe('What is paid', () => {
  it('ASGL-PAY-01, 14.3 #16: 80 % at the signature, 80 000 of 100 000', () => {
    expect(accompagnementLogement.versements[0]).toMatchObject({ tranche: 'AVANCE', a: 'CONVENTION_SIGNEE' });
    expect(verser('AVANCE').montant).toBe('80000.00');
  });

  it('ASGL-PAY-02: the balance follows what was done, what was spent and what was granted, whichever is least', () => {
    expect(accompagnementLogement.versements[1]).toMatchObject({ tranche: 'SOLDE', a: 'BILAN_CONFIRME' });
    expect(du()).toBe('25000.00');
    expect(du({ encourues: [['PERSONNEL', '24000.00']] })).toBe('24000.00');
    expect(du({ conventionne: '20000.00' })).toBe('20000.00');
    expect(du({ encourues: [['PERSONNEL', '99000.00']] })).toBe('25000.00');
    expect(verser('SOLDE', { encourues: [['PERSONNEL', '99000.00']] }).texte).toContain(
      'Retenu = mesures réalisées, au plus',
    );
  });

  it('ASGL-PAY-02: minus the advance, down to a trop-perçu (AMB-098)', () => {
    expect(du({ dejaVerse: '20000.00' })).toBe('5000.00');
    expect(du({ dejaVerse: '80000.00' })).toBe('-55000.00');
  });

  it('ASGL-PAY-02: nobody hands in a measure counted twice', () => {
    const [controle] = accompagnementLogement.bilan?.controles ?? [];
    expect(controle?.decider(contexte()).issue).toBe('OUI');
    expect(controle?.decider(contexte({ mesures: [mesure('M-1'), mesure('M-1')] })).issue).toBe('NON');
  });
});

it('ASGL-DEL-01: the contract is signed within a month of the notification', () => {
  const echeance = accompagnementLogement.echeances?.find(({ regle }) => regle === 'ASGL-DEL-01');
  const { date } = calculerEcheance(echeance!, accompagnementLogement.parametres, dateCivile('2026-11-15'), []);
  expect(date.toString()).toBe('2026-12-15');
});

describe('What the candidature says of the work', () => {
  it.each([
    ['ASGL-PORT-02', { experience: null }],
    ['ASGL-QUAL-01', { engagementSimple: false }],
    ['ASGL-QUAL-02', { engagementRenforcee: false }],
    ['ASGL-QUAL-03', { astreinte: '' }],
    ['ASGL-QUAL-04', { intervenants: null }],
  ])('%s: refuses %j', (regle, changement) => {
    const [nom] = Object.keys(changement) as [keyof typeof champsCandidature];
    expect(champsCandidature[nom].options.regle).toBe(regle);
    expect(() => lire(changement)).toThrow();
  });

  it('ASGL-QUAL-05: other professionals are a possibility', () => {
    expect(lire().appuis).toBeNull();
    expect(lire({ appuis: 'Une psychologue.' }).appuis).toBe('Une psychologue.');
  });

  it('ASGL-CAL-01: the window opens on 12 January and closes on 15 February 2026, both inclusive', () => {
    expect(accompagnementLogement.appels).toEqual([
      expect.objectContaining({ ouverture: '2026-01-12', cloture: '2026-02-15', regle: 'ASGL-CAL-01' }),
    ]);
  });
});

describe('ASGL-BIL-03: the bilan gathers the indicators and what the département learns from', () => {
  const lireBilan = (changements: object) =>
    lireValeurs(
      champsBilan,
      {
        mesures: [mesure('M-1')],
        depensesEncourues: [],
        jeunesAccompagnes: 10,
        frequence: 'Une rencontre par semaine.',
        thematiques: 'Budget.',
        besoins: [],
        partenariats: 'CLLAJ.',
        sorties: [],
        analyse: 'Texte.',
        ...changements,
      },
      [],
    );

  it.each([
    ['ASGL-IND-02', { jeunesAccompagnes: null }],
    ['ASGL-IND-02', { frequence: null }],
    ['ASGL-IND-03', { thematiques: null }],
    ['ASGL-IND-04', { partenariats: '' }],
    ['ASGL-IND-05', { sorties: [{ motif: 'DEMENAGEMENT', jeunes: 1 }] }],
    ['ASGL-QUAL-07', { besoins: [{ besoin: 'SANTE', jeunes: 1 }] }],
    ['ASGL-BIL-03', { analyse: '' }],
  ])('%s: refuses %j', (regle, changement) => {
    const [nom] = Object.keys(changement) as [keyof typeof champsBilan];
    expect(champsBilan[nom].options.regle).toBe(regle);
    expect(() => lireBilan(changement)).toThrow();
  });

  it('ASGL-IND-05, ASGL-QUAL-07: the reasons for leaving, and the needs, are those of the text', () => {
    const sorties = ['AUTONOMIE', 'EXPULSION', 'INITIATIVE_DU_JEUNE', 'AUTRE'].map((motif) => ({ motif, jeunes: 1 }));
    const besoins = ['ACCOMPAGNEMENT_GLOBAL', 'SOLVABILISATION', 'PRODUIT_LOGEMENT', 'EMPLOI_ET_LOGEMENT'].map(
      (besoin) => ({ besoin, jeunes: 2 }),
    );
    expect(lireBilan({ sorties, besoins })).toMatchObject({ sorties, besoins });
  });
});
