import { describe, expect, it } from '@jest/globals';
import { calculerEcheance, lireValeurs, resoudreTous, verifierConformite } from '@sillage/dispositif-kit';
import { dateCivile, type Decision, Montant, Periode, texteExplication } from '@sillage/kernel';
import { champsBilan, champsCandidature, termesConvention } from './champs.js';
import { primoLocataires } from './index.js';

const DATE = dateCivile('2026-10-05');
const OPERATION = Periode.de(dateCivile('2026-10-01'), dateCivile('2027-09-30'));
const parametres = resoudreTous(primoLocataires.parametres, DATE, []);

const complete = {
  intitule: 'Premier logement',
  porteur: 'BAILLEUR',
  parc: 1200,
  couverture: 'Neuf territoires.',
  experience: 'Dix ans.',
  offre: 'Des T1 meublés.',
  engagementVisite: true,
  engagementAccompagnement: true,
  objectifJeunes: 30,
  depensesPrevues: [{ nature: 'PRE_EQUIPEMENT', libelle: 'Cuisines', montant: '30000.00' }],
  montantDemande: '30000.00',
  contactNom: 'Contact de démonstration',
  contactCourriel: 'contact@exemple.test',
};

const bilan = {
  montantUtilise: '25000.00',
  montantRestant: '5000.00',
  depensesEncourues: [{ nature: 'PRE_EQUIPEMENT', libelle: 'Cuisines', montant: '25000.00', facture: 'F-1' }],
  jeunesEntres: [{ territoire: 'Ternois', commune: 'Saint-Pol-sur-Ternoise', jeunes: 12 }],
  beneficiaires: 12,
  logementsPreEquipes: 12,
  jeunesSortis: [],
  partenaires: 4,
  freins: 'Les délais.',
};

const lire = (changements: object) => lireValeurs(champsCandidature, { ...complete, ...changements }, []);

function recevoir(regle: string, changements: object = {}): Decision {
  const trouvee = primoLocataires.candidature.recevabilite.find((r) => r.regle === regle);
  if (trouvee === undefined) throw new Error(regle);
  return trouvee.decider({
    champs: lire(changements),
    territoires: ['TERNOIS'],
    nomDuTerritoire: (code) => `Territoire ${code}`,
    parametres,
  });
}

function contexte(changements: object = {}) {
  const termes = lireValeurs(termesConvention, { objectifJeunes: 30 }, []);
  return {
    champs: lire({}),
    termes,
    termesSuccessifs: [{ du: OPERATION.du, termes }],
    montantConventionne: Montant.euros('30000.00'),
    periode: OPERATION,
    date: DATE,
    parametres,
    bilan: lireValeurs(champsBilan, { ...bilan, ...changements }, []),
    quantites: {},
    dejaVerse: Montant.ZERO,
  };
}

function remettre(regle: string, changements: object): Decision {
  const controle = primoLocataires.bilan?.controles?.find((c) => c.regle === regle);
  if (controle === undefined) throw new Error(regle);
  return controle.decider(contexte(changements));
}

it('conforms', () => {
  expect(verifierConformite(primoLocataires)).toEqual([]);
});

describe('PRIMO-FIN-01: 30 000 EUR in all, for all porteurs (AMB-094)', () => {
  it('opens the envelope that the core counts conventions against', () => {
    expect(primoLocataires.enveloppe).toEqual({ montant: 'enveloppe', regle: 'PRIMO-FIN-01' });
    expect(parametres['enveloppe']?.cite.valeur.replaceAll(/[\u00A0\u202F]/g, ' ')).toBe('30 000,00 €');
  });

  it('caps a request and a convention, to the cent', () => {
    const depensesPrevues = [{ nature: 'AUTRE', libelle: 'x', montant: '40000.00' }];
    expect(recevoir('PRIMO-FIN-01', { depensesPrevues }).issue).toBe('OUI');
    expect(recevoir('PRIMO-FIN-01', { depensesPrevues, montantDemande: '30000.01' })).toMatchObject({
      issue: 'NON',
      motifs: [{ code: 'MONTANT_SUPERIEUR_AU_PLAFOND', regle: 'PRIMO-FIN-01' }],
    });
    const { termes, periode } = contexte();
    expect(primoLocataires.convention.plafond({ termes, periode, parametres }).montant?.toString()).toBe('30000.00');
  });

  it('refuses a request of nothing', () => {
    expect(() => lire({ montantDemande: '0.00' })).toThrow(/au moins 0,01/);
  });
});

describe('PRIMO-FIN-02: equipment, and other kinds (AMB-096)', () => {
  it('covers the request by what the file plans', () => {
    const depensesPrevues = [
      { nature: 'PRE_EQUIPEMENT', libelle: 'Lits', montant: '10000.00' },
      { nature: 'ACCOMPAGNEMENT', libelle: 'Visites', montant: '5000.00' },
    ];
    expect(recevoir('PRIMO-FIN-02', { depensesPrevues, montantDemande: '15000.00' }).issue).toBe('OUI');
    expect(recevoir('PRIMO-FIN-02', { depensesPrevues, montantDemande: '15000.01' }).issue).toBe('NON');
  });

  it('covers what was used by what was paid', () => {
    expect(remettre('PRIMO-FIN-02', {}).issue).toBe('OUI');
    expect(remettre('PRIMO-FIN-02', { depensesEncourues: [] }).issue).toBe('NON');
  });
});

describe('PRIMO-PAY-01: one payment, at the signature', () => {
  it('is the whole amount, and no balance follows the bilan (AMB-095)', () => {
    expect(primoLocataires.versements.map(({ tranche, a }) => [tranche, a])).toEqual([['UNIQUE', 'CONVENTION_SIGNEE']]);
    const { montant, explication } = primoLocataires.versements[0]!.calculer({ ...contexte(), bilan: null });
    expect(montant.toString()).toBe('30000.00');
    expect(texteExplication(explication)).toContain('Part versée en une fois à la signature = 100 %');
  });

  it('PRIMO-PAY-02: the convention itself may say otherwise', () => {
    const surcharge = {
      cle: 'tauxVersement',
      valeur: 70,
      portee: 'CONVENTION' as const,
      porteeId: 'x',
      du: DATE,
      au: null,
    };
    const deroge = resoudreTous(primoLocataires.parametres, DATE, [surcharge]);
    const { montant } = primoLocataires.versements[0]!.calculer({ ...contexte(), parametres: deroge });
    expect(montant.toString()).toBe('21000.00');
  });
});

describe('What remains is followed (PRIMO-IND-03, AMB-095)', () => {
  it('used and remaining make the participation, to the cent', () => {
    expect(remettre('PRIMO-IND-03', {}).issue).toBe('OUI');
    expect(remettre('PRIMO-IND-03', { montantRestant: '4999.99' })).toMatchObject({
      issue: 'NON',
      motifs: [{ chemin: ['bilan', 'montantRestant'] }],
    });
    expect(remettre('PRIMO-IND-03', { montantUtilise: '30000.00', montantRestant: '0.00' }).issue).toBe('OUI');
  });
});

describe('PRIMO-IND-01: 30 young people, an alert and nothing else (AMB-100)', () => {
  it('asks the siège to confirm fewer', () => {
    expect(recevoir('PRIMO-IND-01').issue).toBe('OUI');
    expect(recevoir('PRIMO-IND-01', { objectifJeunes: 29 }).issue).toBe('A_CONFIRMER');
  });
});

describe('The calendar', () => {
  it('PRIMO-CAL-02: the convention stays within the operation', () => {
    const controle = primoLocataires.convention.controles?.find((c) => c.regle === 'PRIMO-CAL-02');
    const decider = (du: string, au: string) => {
      const periode = Periode.de(dateCivile(du), dateCivile(au));
      return controle?.decider({ ...contexte(), montant: Montant.euros('1.00'), periode });
    };
    expect(decider('2026-10-01', '2027-09-30')?.issue).toBe('OUI');
    expect(decider('2026-09-30', '2027-09-29')?.motifs[0]?.chemin).toEqual(['input', 'du']);
    expect(decider('2026-10-02', '2027-10-01')?.motifs[0]?.chemin).toEqual(['input', 'au']);
  });

  it('PRIMO-DEL-01, 14.3 #22: in on 31 January 2027, visited by 28 February', () => {
    const [echeance] = primoLocataires.echeances ?? [];
    const { date } = calculerEcheance(echeance!, primoLocataires.parametres, dateCivile('2027-01-31'), []);
    expect(date.toString()).toBe('2027-02-28');
  });
});

/** Reads the bilan with changes: a refusal names the field. */
const lireBilan = (changements: object) => lireValeurs(champsBilan, { ...bilan, ...changements }, []);

describe('What the candidature says of the porteur and of its offer', () => {
  it.each([
    ['PRIMO-PORT-01', { porteur: 'PARTICULIER' }],
    ['PRIMO-PORT-01', { parc: 0 }],
    ['PRIMO-PORT-02', { couverture: null }],
    ['PRIMO-PORT-02', { experience: '' }],
    ['PRIMO-QUAL-01', { offre: null }],
    ['PRIMO-WF-02', { engagementVisite: false }],
    ['PRIMO-WF-03', { engagementAccompagnement: false }],
  ])('%s: refuses %j', (regle, changement) => {
    const [nom] = Object.keys(changement) as [keyof typeof champsCandidature];
    expect(champsCandidature[nom].options.regle).toBe(regle);
    expect(() => lire(changement)).toThrow();
    expect(() => lire({})).not.toThrow();
  });

  it('PRIMO-CAL-01: the window opens on 12 January and closes on 15 February 2026, both inclusive', () => {
    expect(primoLocataires.appels).toEqual([
      expect.objectContaining({ ouverture: '2026-01-12', cloture: '2026-02-15', regle: 'PRIMO-CAL-01' }),
    ]);
    expect(primoLocataires.candidature.regleFenetre).toBe('PRIMO-CAL-01');
  });
});

describe('What the bilan counts (PRIMO-BIL-02)', () => {
  it('PRIMO-IND-02, PRIMO-IND-04: beneficiaries are the sum of the entries, by territory and commune', () => {
    const lens = { territoire: 'Lens-Liévin', commune: 'Lens', jeunes: 19 };
    const jeunesEntres = [...bilan.jeunesEntres, lens];
    expect(remettre('PRIMO-IND-02', {}).issue).toBe('OUI');
    expect(remettre('PRIMO-IND-02', { jeunesEntres, beneficiaires: 31 }).issue).toBe('OUI');
    expect(remettre('PRIMO-IND-02', { jeunesEntres })).toMatchObject({
      issue: 'NON',
      motifs: [{ message: expect.stringContaining('31') }],
    });
    expect(() => lireBilan({ jeunesEntres: [{ ...lens, commune: null }] })).toThrow(/commune/i);
  });

  it('PRIMO-IND-05: homes equipped, and each expense says its kind', () => {
    expect(() => lireBilan({ logementsPreEquipes: null })).toThrow();
    const [depense] = bilan.depensesEncourues;
    expect(() => lireBilan({ depensesEncourues: [{ ...depense, nature: null }] })).toThrow();
  });

  it('PRIMO-IND-06, PRIMO-IND-07: those who left, by one of the three reasons', () => {
    const sorties = ['DEMENAGEMENT', 'EXPULSION', 'AUTRE'].map((motif) => ({ motif, jeunes: 1 }));
    expect(lireBilan({ jeunesSortis: sorties }).jeunesSortis).toHaveLength(3);
    expect(() => lireBilan({ jeunesSortis: [{ motif: 'DECES', jeunes: 1 }] })).toThrow();
    expect(() => lireBilan({ jeunesSortis: [{ motif: 'AUTRE', jeunes: null }] })).toThrow();
  });

  it('PRIMO-IND-08, PRIMO-BIL-02: partners, and what hindered', () => {
    expect(() => lireBilan({ partenaires: null })).toThrow();
    expect(() => lireBilan({ freins: '' })).toThrow();
  });
});
