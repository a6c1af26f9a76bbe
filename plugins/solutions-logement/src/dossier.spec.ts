import { describe, expect, it } from '@jest/globals';
import { type Champs, deciderPieces, lireValeurs } from '@sillage/dispositif-kit';
import { champsBilan, champsCandidature } from './champs.js';
import { solutionsLogement } from './index.js';

const lireSeul = (champs: Champs, nom: string, valeur: unknown) =>
  lireValeurs({ [nom]: champs[nom]! }, { [nom]: valeur }, []);

describe('What a candidature cannot leave out, each by its rule', () => {
  it.each([
    ['SOLLOG-PORT-02', 'reseau'],
    ['SOLLOG-PORT-02', 'zonesBlanches'],
    ['SOLLOG-TERR-01', 'liensSlisl'],
    ['SOLLOG-QUAL-01', 'offre'],
    ['SOLLOG-QUAL-02', 'besoins'],
  ] as const)('%s: %s is written', (regle, nom) => {
    expect(champsCandidature[nom].options.regle).toBe(regle);
    for (const vide of [null, '', ' ']) expect(() => lireSeul(champsCandidature, nom, vide)).toThrow();
    expect(lireSeul(champsCandidature, nom, 'Un texte.')).toEqual({ [nom]: 'Un texte.' });
  });

  it.each([
    ['SOLLOG-ELIG-02', 'engagementPublic'],
    ['SOLLOG-ELIG-03', 'engagementAccompagnement'],
    ['SOLLOG-BIL-01', 'engagementReporting'],
    ['SOLLOG-DEL-01', 'engagementTableau'],
  ] as const)('%s: %s is taken', (regle, nom) => {
    expect(champsCandidature[nom].options.regle).toBe(regle);
    for (const refus of [null, false]) expect(() => lireSeul(champsCandidature, nom, refus)).toThrow();
    expect(lireSeul(champsCandidature, nom, true)).toEqual({ [nom]: true });
  });

  it('SOLLOG-ELIG-02, AMB-026: precarity is for the validating instance to judge, without a threshold', () => {
    expect(Object.keys(solutionsLogement.parametres).filter((cle) => /ressource/i.test(cle))).toEqual([]);
  });

  it('SOLLOG-TERR-01: another territory is refused by the rule', () => {
    expect(solutionsLogement.candidature.regleTerritoires).toBe('SOLLOG-TERR-01');
  });
});

it.each([
  ['SOLLOG-BIL-02', 'freins', ''],
  ['SOLLOG-IND-04', 'logementsPreEquipes', null],
  ['SOLLOG-IND-04', 'depensesEncourues', [{ nature: 'PISCINE', libelle: 'x', montant: '1.00', facture: 'F' }]],
  ['SOLLOG-IND-07', 'partenaires', -1],
] as const)('%s: the bilan refuses %s as %j', (regle, nom, valeur) => {
  expect(champsBilan[nom].options.regle).toBe(regle);
  expect(() => lireSeul(champsBilan, nom, valeur)).toThrow();
});

it('SOLLOG-BIL-01: the files that were prepared, and what became of them, in each table', () => {
  const champs = solutionsLogement.suivis?.['tableauMensuel']?.champs ?? {};
  for (const nom of ['dossiersMontes', 'dossiersEnCal']) {
    expect(() => lireSeul(champs, nom, null)).toThrow();
    expect(lireSeul(champs, nom, 3)).toEqual({ [nom]: 3 });
  }
});

it('SOLLOG-PIECE-01: decisions of the CAL, notifications and reporting may be joined, and nothing waits for them', () => {
  const { pieces } = solutionsLogement;
  expect(pieces?.map(({ code, quand }) => [code, quand])).toEqual([
    ['SOLLOG_PARC', 'DEPOT'],
    ['SOLLOG_CAL', 'CONVENTION'],
    ['SOLLOG_REPORTING', 'CONVENTION'],
  ]);
  for (const quand of ['DEPOT', 'CONVENTION'] as const)
    for (const { decision } of deciderPieces(pieces, quand, {}, new Set())) expect(decision.issue).toBe('OUI');
  expect(pieces?.filter(({ nominative }) => nominative).map(({ code }) => code)).toEqual([
    'SOLLOG_CAL',
    'SOLLOG_REPORTING',
  ]);
});
