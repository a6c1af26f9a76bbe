import { describe, expect, it } from '@jest/globals';
import { type Champs, deciderPieces, lireValeurs, type MomentDePiece } from '@sillage/dispositif-kit';
import { champsBilan } from './bilan.champs.js';
import { champsCandidature } from './candidature.champs.js';
import { graineDe } from './index.js';

const lireSeul = (champs: Champs, nom: string, valeur: unknown) =>
  lireValeurs({ [nom]: champs[nom]! }, { [nom]: valeur }, []);

describe('What a candidature cannot leave out, each by its rule', () => {
  it.each([
    ['GRAINE-TERR-01', 'liensSlai'],
    ['GRAINE-ELIG-02', 'attentionMineurs'],
    ['GRAINE-QUAL-02', 'accompagnement'],
    ['GRAINE-QUAL-03', 'parcours'],
    ['GRAINE-QUAL-04', 'presentation'],
    ['GRAINE-QUAL-05', 'partenariats'],
    ['GRAINE-QUAL-06', 'reperage'],
  ] as const)('%s: %s is written', (regle, nom) => {
    expect(champsCandidature[nom].options.regle).toBe(regle);
    for (const vide of [null, '', ' ']) expect(() => lireSeul(champsCandidature, nom, vide)).toThrow();
    expect(lireSeul(champsCandidature, nom, 'Un texte.')).toEqual({ [nom]: 'Un texte.' });
  });

  it.each([
    ['GRAINE-ELIG-03', 'engagementPublic'],
    ['GRAINE-ELIG-04', 'engagementInsertion'],
    ['GRAINE-WF-06', 'engagementAccord'],
    ['GRAINE-WF-07', 'engagementPrescription'],
    ['GRAINE-WF-08', 'engagementContacts'],
    ['GRAINE-WF-09', 'engagementFicheBilan'],
    ['GRAINE-QUAL-01', 'engagementConfidentialite'],
    ['GRAINE-BIL-01', 'engagementComites'],
    ['GRAINE-BIL-02', 'engagementTableau'],
  ] as const)('%s: %s is taken', (regle, nom) => {
    expect(champsCandidature[nom].options.regle).toBe(regle);
    for (const refus of [null, false]) expect(() => lireSeul(champsCandidature, nom, refus)).toThrow();
    expect(lireSeul(champsCandidature, nom, true)).toEqual({ [nom]: true });
  });

  it('GRAINE-ELIG-03, AMB-010: a dropout, or somebody without a job and a training; one is enough', () => {
    expect(champsCandidature.engagementPublic.options.libelle).toMatch(/en décrochage scolaire ou ni en emploi/);
  });

  it('GRAINE-QUAL-06, AMB-012: one dispositif, by the two names that the texts give it', () => {
    expect(graineDe.textes.join()).toMatch(/« graine de ».*prévention des ruptures de parcours/);
    expect(graineDe.candidature.regleTerritoires).toBe('GRAINE-TERR-01');
  });
});

describe('What the bilan says', () => {
  it.each([
    ['GRAINE-BIL-03', 'objectifsAtteints'],
    ['GRAINE-IND-03', 'plusValue'],
    ['GRAINE-IND-04', 'allerVers'],
    ['GRAINE-IND-05', 'partenariatLocal'],
    ['GRAINE-IND-06', 'partenariatSlai'],
  ] as const)('%s: %s is written', (regle, nom) => {
    expect(champsBilan[nom].options.regle).toBe(regle);
    for (const vide of [null, '']) expect(() => lireSeul(champsBilan, nom, vide)).toThrow();
  });

  it.each([
    ['GRAINE-IND-01', 'jeunesRaccroches'],
    ['GRAINE-WF-09', 'fichesBilan'],
  ] as const)('%s: %s is counted', (regle, nom) => {
    expect(champsBilan[nom].options.regle).toBe(regle);
    for (const faux of [null, -1, 1.5]) expect(() => lireSeul(champsBilan, nom, faux)).toThrow();
  });
});

describe('The pieces', () => {
  const manquantes = (quand: MomentDePiece, associationLoi1901: boolean) =>
    deciderPieces(graineDe.pieces, quand, { associationLoi1901 }, new Set())
      .flatMap(({ decision }) => decision.motifs)
      .map(({ code, regle, chemin }) => `${code} ${regle} ${chemin?.join('.')}`);

  it('GRAINE-PORT-01: the label is joined by whoever applies by it alone', () => {
    expect(manquantes('DEPOT', true)).toEqual([]);
    expect(manquantes('DEPOT', false)).toEqual(['PIECE_MANQUANTE GRAINE-PORT-01 pieces.GRAINE_LABEL']);
  });

  it('GRAINE-PIECE-01, GRAINE-BIL-02: sheets and tables name young people, and nothing waits for them', () => {
    for (const quand of ['CONVENTION', 'BILAN'] as const) expect(manquantes(quand, true)).toEqual([]);
    const apres = (graineDe.pieces ?? []).filter(({ quand }) => quand !== 'DEPOT');
    expect(apres.map(({ code, nominative }) => [code, nominative])).toEqual([
      ['GRAINE_PRESCRIPTIONS', true],
      ['GRAINE_TABLEAU_DE_BORD', true],
      ['GRAINE_COMPTES_RENDUS', true],
      ['GRAINE_FICHES_BILAN', true],
    ]);
  });
});
