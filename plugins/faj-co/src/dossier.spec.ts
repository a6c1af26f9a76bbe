import { describe, expect, it } from '@jest/globals';
import { type Champs, deciderPieces, lireValeurs } from '@sillage/dispositif-kit';
import { champsBilan } from './bilan.champs.js';
import { champsCandidature } from './candidature.champs.js';
import { fajCo } from './index.js';

const lireSeul = (champs: Champs, nom: string, valeur: unknown) =>
  lireValeurs({ [nom]: champs[nom]! }, { [nom]: valeur }, []);

describe('What a file cannot leave out, each by its rule (FAJCO-PIECE-01)', () => {
  it.each([
    ['FAJCO-ELIG-07', 'besoins'],
    ['FAJCO-ELIG-09', 'impact'],
    ['FAJCO-ELIG-10', 'nouveaute'],
    ['FAJCO-PORT-01', 'expertise'],
    ['FAJCO-PORT-03', 'approche'],
    ['FAJCO-PORT-04', 'professionnels'],
    ['FAJCO-PORT-05', 'moyens'],
    ['FAJCO-WF-01', 'coConstruction'],
    ['FAJCO-WF-03', 'partenariat'],
    ['FAJCO-WF-04', 'calendrier'],
    ['FAJCO-QUAL-01', 'resultatsJeunes'],
    ['FAJCO-QUAL-02', 'resultatsStructures'],
    ['FAJCO-QUAL-04', 'finalite'],
  ] as const)('%s: %s is written', (regle, nom) => {
    expect(champsCandidature[nom].options.regle).toBe(regle);
    for (const vide of [null, '', ' ']) expect(() => lireSeul(champsCandidature, nom, vide)).toThrow();
    expect(lireSeul(champsCandidature, nom, 'Un texte.')).toEqual({ [nom]: 'Un texte.' });
  });

  it.each([
    ['FAJCO-ELIG-02', 'engagementPublic'],
    ['FAJCO-ELIG-03', 'engagementResidence'],
    ['FAJCO-ELIG-05', 'engagementParticipation'],
    ['FAJCO-PORT-02', 'engagementEtapes'],
    ['FAJCO-WF-05', 'engagementRestitution'],
  ] as const)('%s: %s is taken', (regle, nom) => {
    expect(champsCandidature[nom].options.regle).toBe(regle);
    for (const refus of [null, false]) expect(() => lireSeul(champsCandidature, nom, refus)).toThrow();
    expect(lireSeul(champsCandidature, nom, true)).toEqual({ [nom]: true });
  });

  it('FAJCO-IND-01: one projected objective at least', () => {
    expect(() => lireSeul(champsCandidature, 'objectifs', [])).toThrow(/au moins 1/);
  });

  it('FAJCO-QUAL-03, AMB-008: innovation is appreciated, and never required', () => {
    expect(champsCandidature.innovation.options.regle).toBe('FAJCO-QUAL-03');
    expect(lireSeul(champsCandidature, 'innovation', null)).toEqual({ innovation: null });
  });
});

it('FAJCO-TERR-01, FAJCO-CAL-02: the whole département, deposited then validated in the window', () => {
  expect(fajCo.candidature).toMatchObject({ regleTerritoires: 'FAJCO-TERR-01', regleFenetre: 'FAJCO-CAL-02' });
});

describe('The pieces', () => {
  const attendues = (quand: 'DEPOT' | 'CONVENTION' | 'BILAN', depensesPrevues: object[], ...fournies: string[]) =>
    deciderPieces(fajCo.pieces, quand, { depensesPrevues }, new Set(fournies))
      .flatMap(({ decision }) => decision.motifs)
      .map(({ code, regle, chemin }) => `${code} ${regle} ${chemin?.join('.')}`);
  const prestation = { nature: 'PRESTATIONS', devis: 'D-1' };
  const annexe = 'PIECE_MANQUANTE FAJCO-PIECE-02 pieces.FAJCO_ANNEXE';
  const devis = 'PIECE_MANQUANTE FAJCO-PIECE-03 pieces.FAJCO_DEVIS';
  const slai = 'PIECE_MANQUANTE FAJCO-PIECE-06 pieces.FAJCO_CONTACT_SLAI';

  it('FAJCO-PIECE-02, FAJCO-PIECE-03, FAJCO-PIECE-06: with the request, the annex, the signed quotes, the trace of the SLAI', () => {
    expect(attendues('DEPOT', [prestation])).toEqual([annexe, devis, slai]);
    expect(attendues('DEPOT', [prestation], 'FAJCO_ANNEXE', 'FAJCO_DEVIS', 'FAJCO_CONTACT_SLAI')).toEqual([]);
  });

  it('FAJCO-PIECE-03, AMB-087: no quote for personnel, nor for a line that the siège may do without', () => {
    expect(attendues('DEPOT', [{ nature: 'PERSONNEL_DEDIE', devis: 'D-1' }])).toEqual([annexe, slai]);
    expect(attendues('DEPOT', [{ nature: 'FONCTIONNEMENT', devis: null }])).toEqual([annexe, slai]);
  });

  it('FAJCO-PIECE-06, FAJCO-WF-06: the validation of the DPID before the signature, once a post is asked for', () => {
    expect(attendues('CONVENTION', [prestation])).toEqual([]);
    expect(attendues('CONVENTION', [prestation, { nature: 'POSTE', devis: null }])).toEqual([
      'PIECE_MANQUANTE FAJCO-PIECE-06 pieces.FAJCO_VALIDATION_DPID',
    ]);
  });

  it('FAJCO-PIECE-04, FAJCO-PIECE-05: the sheets and the paid invoices with the bilan', () => {
    expect(attendues('BILAN', [])).toEqual([
      'PIECE_MANQUANTE FAJCO-PIECE-04 pieces.FAJCO_EMARGEMENTS',
      'PIECE_MANQUANTE FAJCO-PIECE-05 pieces.FAJCO_FACTURES',
    ]);
    expect(fajCo.pieces?.find(({ code }) => code === 'FAJCO_EMARGEMENTS')?.nominative).toBe(true);
  });
});

describe('The bilan', () => {
  it.each([
    ['FAJCO-BIL-01', 'objectifs', []],
    ['FAJCO-BIL-02', 'deroulement', ''],
    ['FAJCO-BIL-02', 'suitesDeParcours', null],
    ['FAJCO-BIL-02', 'partenaires', null],
    ['FAJCO-PIECE-04', 'emargements', null],
    ['FAJCO-WF-05', 'restitution', null],
    ['FAJCO-IND-02', 'participants', [{ territoire: 'LENS_LIEVIN', commune: 'Lens', jeunes: 1, presences: 1 }]],
    ['FAJCO-IND-03', 'suites', [{ suite: 'VACANCES', jeunes: 1 }]],
  ] as const)('%s: refuses %s as %j', (regle, nom, valeur) => {
    expect(champsBilan[nom].options.regle).toBe(regle);
    expect(() => lireSeul(champsBilan, nom, valeur)).toThrow();
  });

  it('FAJCO-BIL-04: is the only report, without a committee before it', () => {
    expect(fajCo.suivis).toBeUndefined();
  });
});
