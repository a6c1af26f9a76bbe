import { describe, expect, it } from '@jest/globals';
import { type Champs, deciderAgeDeclare, deciderPieces, lireValeurs, type Surcharge } from '@sillage/dispositif-kit';
import { dateCivile } from '@sillage/kernel';
import { champsBilan } from './bilan.champs.js';
import { champsCandidature } from './candidature.champs.js';
import { cllaj } from './index.js';

const lireSeul = (champs: Champs, nom: string, valeur: unknown) =>
  lireValeurs({ [nom]: champs[nom]! }, { [nom]: valeur }, []);

describe('CLLAJ-ELIG-01: from 16 to 30 years, the year of 30 being for a person to decide (AMB-001)', () => {
  const decider = (naissance: string, surcharges: Surcharge[] = []) => {
    const dates = { naissance: dateCivile(naissance), le: dateCivile('2026-10-01') };
    return deciderAgeDeclare(cllaj.age!, cllaj.parametres, dates, surcharges).issue;
  };

  it.each([
    ['2010-10-02', 'NON'],
    ['2010-10-01', 'OUI'],
    ['1996-10-02', 'OUI'],
    ['1996-10-01', 'A_CONFIRMER'],
    ['1995-10-02', 'A_CONFIRMER'],
    ['1995-10-01', 'NON'],
  ])('born on %s, received on 1 October 2026: %s', (naissance, issue) => {
    expect(decider(naissance)).toBe(issue);
  });

  it('or up to the eve of the 30th birthday, by parameter', () => {
    const surcharge = { cle: 'borneHaute', valeur: 'ANNIVERSAIRE', portee: 'APPEL' as const, porteeId: 'x' };
    const surcharges = [{ ...surcharge, du: dateCivile('2026-04-01'), au: null }];
    expect(['1996-10-02', '1996-10-01'].map((jour) => decider(jour, surcharges))).toEqual(['OUI', 'NON']);
  });
});

describe('What a candidature cannot leave out, each by its rule', () => {
  it.each([
    ['CLLAJ-PORT-02', 'reseau'],
    ['CLLAJ-PORT-02', 'experience'],
    ['CLLAJ-PORT-02', 'innovation'],
    ['CLLAJ-TERR-01', 'perimetre'],
    ['CLLAJ-QUAL-01', 'missions'],
    ['CLLAJ-ELIG-03', 'grandePrecarite'],
    ['CLLAJ-WF-03', 'guichetUnique'],
    ['CLLAJ-ROLE-01', 'orientation'],
  ] as const)('%s: %s is written', (regle, nom) => {
    expect(champsCandidature[nom].options.regle).toBe(regle);
    for (const vide of [null, '', ' ']) expect(() => lireSeul(champsCandidature, nom, vide)).toThrow();
    expect(lireSeul(champsCandidature, nom, 'Un texte.')).toEqual({ [nom]: 'Un texte.' });
  });

  it('CLLAJ-TERR-01: another territory is refused by the rule', () => {
    expect(cllaj.candidature.regleTerritoires).toBe('CLLAJ-TERR-01');
  });
});

describe('What the bilan says', () => {
  it.each([
    ['CLLAJ-BIL-02', 'freins', ''],
    ['CLLAJ-IND-01', 'contactsTelephone', null],
    ['CLLAJ-IND-01', 'saisiesMail', -1],
    ['CLLAJ-IND-02', 'jeunesAseRecus', null],
    ['CLLAJ-IND-03', 'jeunesAseAccompagnes', null],
    ['CLLAJ-IND-06', 'indicateursClassiques', [{ indicateur: 'Jeunes reçus' }]],
  ] as const)('%s: refuses %s as %j', (regle, nom, valeur) => {
    expect(champsBilan[nom].options.regle).toBe(regle);
    expect(() => lireSeul(champsBilan, nom, valeur)).toThrow();
  });

  it('CLLAJ-ELIG-03, AMB-028: great precarity is followed, and filters nobody', () => {
    expect(lireSeul(champsBilan, 'jeunesGrandePrecarite', null)).toEqual({ jeunesGrandePrecarite: null });
    expect(lireSeul(champsBilan, 'jeunesGrandePrecarite', 0)).toEqual({ jeunesGrandePrecarite: 0 });
  });

  it('CLLAJ-IND-06, AMB-161: the indicators are those that the CLLAJ keeps, with those of the ASE', () => {
    const indicateursClassiques = [{ indicateur: 'Jeunes reçus', valeur: 90, valeurAse: 12 }];
    expect(lireSeul(champsBilan, 'indicateursClassiques', indicateursClassiques)).toEqual({ indicateursClassiques });
  });
});

it('CLLAJ-PIECE-01, CLLAJ-BIL-01: the reporting and the openings may be joined, and nothing waits for them (AMB-163)', () => {
  expect(cllaj.pieces?.map(({ code, quand }) => [code, quand])).toEqual([
    ['CLLAJ_REPORTING', 'CONVENTION'],
    ['CLLAJ_OUVERTURES', 'CONVENTION'],
  ]);
  const jugees = deciderPieces(cllaj.pieces, 'CONVENTION', {}, new Set());
  expect(jugees.map(({ regle, decision }) => [regle, decision.issue])).toEqual([
    ['CLLAJ-BIL-01', 'OUI'],
    ['CLLAJ-PIECE-01', 'OUI'],
  ]);
  expect(cllaj.pieces?.[0]?.nominative).toBe(true);
});
