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
import { dateCivile, type Decision, Montant, Periode, texteExplication } from '@sillage/kernel';
import fc from 'fast-check';
import { champsBilan, champsCandidature, termesConvention } from './champs.js';
import { solutionsLogement } from './index.js';

const DATE = dateCivile('2026-09-15');
const OPERATION = Periode.de(dateCivile('2026-10-01'), dateCivile('2027-09-30'));
const ENGAGEMENTS = Object.keys(champsCandidature).filter((nom) => nom.startsWith('engagement'));

const complete = {
  intitule: 'Un premier toit',
  porteur: 'GROUPEMENT',
  parc: 9000,
  reseau: 'Texte',
  zonesBlanches: 'Texte',
  liensSlisl: 'Texte',
  offre: 'Texte',
  besoins: 'Texte',
  ...Object.fromEntries(ENGAGEMENTS.map((nom) => [nom, true])),
  objectifJeunes: 30,
  depensesPrevues: [
    { nature: 'PRE_EQUIPEMENT', libelle: 'Cuisines', montant: '40000.00' },
    { nature: 'ACCOMPAGNEMENT', libelle: 'Gestion adaptée', montant: '20000.00' },
  ],
  montantDemande: '60000.00',
  contactNom: 'Contact de démonstration',
  contactCourriel: 'contact@exemple.test',
};

interface Cas {
  conventionne?: string;
  dejaVerse?: string;
  utilise?: string;
  jeunes?: number;
  encourues?: readonly (readonly [nature: string, montant: string])[];
  bilan?: object;
  suivis?: readonly SuiviConfirme[];
  surcharges?: Readonly<Record<string, unknown>>;
}

function parametresAvec(surcharges: Readonly<Record<string, unknown>> = {}) {
  const lignes = Object.entries(surcharges).map(([cle, valeur]): Surcharge => ({
    cle,
    valeur,
    portee: 'CONVENTION',
    porteeId: 'x',
    du: DATE,
    au: null,
  }));
  return resoudreTous(solutionsLogement.parametres, DATE, lignes);
}

const lire = (changements: object = {}) => lireValeurs(champsCandidature, { ...complete, ...changements }, []);

function recevoir(regle: string, changements: object = {}): Decision {
  const trouvee = solutionsLogement.candidature.recevabilite.find((r) => r.regle === regle);
  if (trouvee === undefined) throw new Error(regle);
  return trouvee.decider({
    champs: lire(changements),
    territoires: ['TERNOIS'],
    nomDuTerritoire: (code) => `Territoire ${code}`,
    parametres: parametresAvec(),
  });
}

function contexte(cas: Cas = {}) {
  const { conventionne = '60000.00', dejaVerse = '48000.00', utilise = '60000.00', jeunes = 30 } = cas;
  const encourues = cas.encourues ?? [
    ['PRE_EQUIPEMENT', '40000.00'],
    ['ACCOMPAGNEMENT', '20000.00'],
  ];
  const bilan = {
    montantUtilise: utilise,
    montantRestant: Montant.max(Montant.ZERO, Montant.euros(conventionne).moins(Montant.euros(utilise))).toString(),
    depensesEncourues: encourues.map(([nature, montant]) => ({ nature, libelle: nature, montant, facture: 'F' })),
    entrees: [{ territoire: 'Ternois', commune: 'Saint-Pol-sur-Ternoise', menages: 12, jeunes }],
    logementsPreEquipes: 25,
    sorties: [{ motif: 'DEMENAGEMENT', menages: 2 }],
    partenaires: 6,
    freins: 'Texte',
    ...cas.bilan,
  };
  const parametres = parametresAvec(cas.surcharges);
  const lu = lireValeurs(champsBilan, bilan, []);
  const termes = lireValeurs(termesConvention, { objectifJeunes: 30 }, []);
  return {
    champs: lire(),
    termes,
    termesSuccessifs: [{ du: OPERATION.du, termes }],
    montantConventionne: Montant.euros(conventionne),
    periode: OPERATION,
    date: DATE,
    parametres,
    bilan: lu,
    quantites: lireQuantites(solutionsLogement.quantites, parametres, { bilan: lu, suivis: cas.suivis ?? [] }),
    dejaVerse: Montant.euros(dejaVerse),
  };
}

function verser(tranche: string, cas: Cas = {}): { montant: string; texte: string } {
  const versement = solutionsLogement.versements.find((v) => v.tranche === tranche);
  if (versement === undefined) throw new Error(tranche);
  const { montant, explication } = versement.calculer(contexte(cas));
  return { montant: montant.toString(), texte: texteExplication(explication).replaceAll(/[\u00A0\u202F]/g, ' ') };
}

function remettre(regle: string, cas: Cas = {}): Decision {
  const controle = solutionsLogement.bilan?.controles?.find((c) => c.regle === regle);
  if (controle === undefined) throw new Error(regle);
  return controle.decider(contexte(cas));
}

it('conforms', () => {
  expect(verifierConformite(solutionsLogement)).toEqual([]);
});

describe('14.3 #6, SOLLOG-ELIG-01: from 18 to 24 completed years, up to the eve of the 25th birthday (AMB-002)', () => {
  it.each([
    ['2019-11-09', 'NON'],
    ['2019-11-10', 'OUI'],
    ['2026-11-09', 'OUI'],
    ['2026-11-10', 'NON'],
  ])('born on 10 November 2001, validated on %s: %s', (le, issue) => {
    const dates = { naissance: dateCivile('2001-11-10'), le: dateCivile(le) };
    const parametres = {
      ...solutionsLogement.parametres,
      ...Object.fromEntries(
        ['ageMin', 'ageMax'].map((cle) => {
          const declare = solutionsLogement.parametres[cle]!;
          return [cle, { ...declare, valeurs: [{ ...declare.valeurs[0]!, du: '2019-01-01' }] }];
        }),
      ),
    };
    expect(deciderAgeDeclare(solutionsLogement.age!, parametres, dates, []).issue).toBe(issue);
  });
});

describe('The calendar', () => {
  it('SOLLOG-CAL-01: to deposit, from 12 January to Sunday 15 February 2026, without a day more (AMB-043)', () => {
    const [appel] = solutionsLogement.appels ?? [];
    expect([appel?.ouverture, appel?.cloture]).toEqual(['2026-01-12', '2026-02-15']);
  });

  it('SOLLOG-CAL-02: the convention stays within the operation', () => {
    const controle = solutionsLogement.convention.controles?.find((c) => c.regle === 'SOLLOG-CAL-02');
    const decider = (du: string, au: string) =>
      controle?.decider({
        ...contexte(),
        montant: Montant.euros('1.00'),
        periode: Periode.de(dateCivile(du), dateCivile(au)),
      });
    expect(decider('2026-10-01', '2027-09-30')?.issue).toBe('OUI');
    expect(decider('2026-09-30', '2027-09-29')?.motifs[0]?.chemin).toEqual(['input', 'du']);
    expect(decider('2026-10-02', '2027-10-01')?.motifs[0]?.chemin).toEqual(['input', 'au']);
  });

  it('AMB-064: the bilan is recalled three months after the end', () => {
    const [echeance] = solutionsLogement.echeances ?? [];
    const { date } = calculerEcheance(echeance!, solutionsLogement.parametres, dateCivile('2027-09-30'), []);
    expect(date.toString()).toBe('2027-12-30');
  });
});

describe('SOLLOG-FIN-01: 60 000 EUR in all, for all porteurs (AMB-094)', () => {
  it('opens the envelope that the core counts conventions against', () => {
    expect(solutionsLogement.enveloppe).toEqual({ montant: 'enveloppe', regle: 'SOLLOG-FIN-01' });
    expect(parametresAvec()['enveloppe']?.cite.valeur.replaceAll(/[\u00A0\u202F]/g, ' ')).toBe('60 000,00 €');
  });

  it('caps a request and a convention, to the cent', () => {
    const depensesPrevues = [{ nature: 'AUTRE', libelle: 'x', montant: '90000.00' }];
    expect(recevoir('SOLLOG-FIN-01', { depensesPrevues }).issue).toBe('OUI');
    expect(recevoir('SOLLOG-FIN-01', { depensesPrevues, montantDemande: '60000.01' })).toMatchObject({
      issue: 'NON',
      motifs: [{ code: 'MONTANT_SUPERIEUR_AU_PLAFOND', chemin: ['champs', 'montantDemande'] }],
    });
    const { montant } = solutionsLogement.convention.plafond(contexte());
    expect(montant?.toString()).toBe('60000.00');
  });
});

describe('What a candidature asks for', () => {
  it('SOLLOG-FIN-02: what is asked for is covered by what the file plans, of whatever kind (AMB-096)', () => {
    expect(recevoir('SOLLOG-FIN-02').issue).toBe('OUI');
    expect(recevoir('SOLLOG-FIN-02', { depensesPrevues: complete.depensesPrevues.slice(1) }).issue).toBe('NON');
    expect(() => lire({ montantDemande: '0.00' })).toThrow(/au moins 0,01/);
  });

  it('SOLLOG-IND-01: fewer than 30 young people is an alert, no more (AMB-094, AMB-100)', () => {
    expect(recevoir('SOLLOG-IND-01').issue).toBe('OUI');
    expect(recevoir('SOLLOG-IND-01', { objectifJeunes: 29 }).issue).toBe('A_CONFIRMER');
  });

  it('SOLLOG-PORT-01: landlords, alone or together, with homes in the département', () => {
    expect(() => lire({ porteur: 'ASSOCIATION' })).toThrow();
    expect(() => lire({ parc: 0 })).toThrow();
  });

  it.each(ENGAGEMENTS)('%s is not optional', (nom) => {
    expect(() => lire({ [nom]: false })).toThrow(/engagement est nécessaire/);
    expect(() => lire({ [nom]: null })).toThrow();
  });
});

describe('What is paid', () => {
  it('SOLLOG-PAY-01: 80 % at the signature', () => {
    expect(solutionsLogement.versements[0]).toMatchObject({ tranche: 'AVANCE', a: 'CONVENTION_SIGNEE' });
    expect(verser('AVANCE').montant).toBe('48000.00');
  });

  it('SOLLOG-PAY-02: the balance is what was used, at most what was spent and granted, minus the advance', () => {
    expect(solutionsLogement.versements[1]).toMatchObject({ tranche: 'SOLDE', a: 'BILAN_CONFIRME' });
    expect(verser('SOLDE').montant).toBe('12000.00');
    expect(verser('SOLDE', { utilise: '55000.00' }).montant).toBe('7000.00');
    expect(verser('SOLDE', { encourues: [['PRE_EQUIPEMENT', '90000.00']] }).montant).toBe('-8000.00');
    expect(verser('SOLDE', { conventionne: '50000.00', dejaVerse: '40000.00' }).montant).toBe('10000.00');
  });

  it('AMB-098: below the advance, a trop-perçu is proposed', () => {
    expect(verser('SOLDE', { utilise: '30000.00' }).montant).toBe('-18000.00');
  });

  it('AMB-100: fewer young people housed are shown and reduce nothing, unless a parameter says so', () => {
    const { montant, texte } = verser('SOLDE', { jeunes: 27 });
    expect(montant).toBe('12000.00');
    expect(texte).toContain('Objectif atteint = 90 %');
    const surcharges = { effetDesObjectifs: 'PROPORTIONNEL' };
    expect(verser('SOLDE', { jeunes: 27, surcharges }).montant).toBe('6000.00');
    expect(verser('SOLDE', { jeunes: 33, surcharges }).montant).toBe('12000.00');
  });

  it('never pays beyond what was used, nor beyond the convention', () => {
    const centimes = fc.bigInt({ min: 1n, max: 6_000_000n });
    fc.assert(
      fc.property(centimes, centimes, centimes, fc.integer({ min: 12, max: 60 }), (utilise, accorde, paye, jeunes) => {
        const cas = {
          utilise: Montant.centimes(utilise).toString(),
          conventionne: Montant.centimes(accorde).toString(),
          dejaVerse: '0.00',
          encourues: [['PRE_EQUIPEMENT', Montant.centimes(paye).toString()]] as const,
          jeunes,
          surcharges: { effetDesObjectifs: 'PROPORTIONNEL' },
        };
        const du = Montant.euros(verser('SOLDE', cas).montant).centimes;
        for (const borne of [utilise, accorde, paye, 4_000_000n]) expect(du <= borne).toBe(true);
        expect(du >= 0n).toBe(true);
      }),
    );
  });
});

describe('What the bilan may not say', () => {
  it('is handed in when it is right', () => {
    for (const { regle } of solutionsLogement.bilan?.controles ?? [])
      expect([regle, remettre(regle).issue]).toEqual([regle, 'OUI']);
  });

  it('SOLLOG-IND-02: used and remaining that do not make the participation', () => {
    expect(remettre('SOLLOG-IND-02', { bilan: { montantRestant: '0.01' } })).toMatchObject({
      issue: 'NON',
      motifs: [{ chemin: ['bilan', 'montantRestant'] }],
    });
  });

  it('SOLLOG-FIN-02: more used than was paid', () => {
    expect(remettre('SOLLOG-FIN-02', { encourues: [['AUTRE', '59999.99']] }).issue).toBe('NON');
  });

  it('SOLLOG-IND-03: fewer young people than households (AMB-151)', () => {
    expect(remettre('SOLLOG-IND-03', { jeunes: 12 }).issue).toBe('OUI');
    expect(remettre('SOLLOG-IND-03', { jeunes: 11 }).issue).toBe('NON');
  });

  it('SOLLOG-IND-05, SOLLOG-IND-06: more households out than in, or another reason without a word (AMB-158)', () => {
    const sortir = (...sorties: object[]) => remettre('SOLLOG-IND-05', { bilan: { sorties } });
    expect(sortir({ motif: 'EXPULSION', menages: 12 }).issue).toBe('OUI');
    expect(sortir({ motif: 'EXPULSION', menages: 13 }).motifs[0]?.regle).toBe('SOLLOG-IND-05');
    expect(sortir({ motif: 'AUTRE', menages: 1 }).motifs[0]?.regle).toBe('SOLLOG-IND-06');
    expect(sortir({ motif: 'AUTRE', menages: 1, precision: 'Relogement' }).issue).toBe('OUI');
  });
});
