import { describe, expect, it } from '@jest/globals';
import { deciderEligibilite, resoudreTous } from '@sillage/dispositif-kit';
import { dateCivile, type Decision } from '@sillage/kernel';
import { primoLocataires } from './index.js';

const complet = {
  naissance: '2000-07-14',
  composition: 'SEUL',
  enfants: 0,
  rechercheUnLogement: true,
  premiereDemande: true,
};
const couple = { composition: 'COUPLE', naissanceConjoint: '2001-01-01' };

function demander(changements: object = {}, jour = '2026-11-02'): Decision {
  const le = dateCivile(jour);
  const parametres = resoudreTous(primoLocataires.parametres, le, []);
  return deciderEligibilite(primoLocataires.eligibilite!, { ...complet, ...changements }, { le, parametres });
}

describe('PRIMO-ELIG-01: under 30 on the day of the request', () => {
  it('14.3 #7, PRIMO-ELIG-01: the day of the 30th birthday is too late, its eve is not', () => {
    expect(demander({}, '2030-07-13').issue).toBe('OUI');
    expect(demander({}, '2030-07-14')).toMatchObject({
      issue: 'NON',
      motifs: [
        { regle: 'PRIMO-ELIG-01', chemin: ['personne', 'naissance'], message: expect.stringContaining('30 ans') },
      ],
    });
  });

  it('both members of a couple (AMB-025)', () => {
    expect(demander(couple).issue).toBe('OUI');
    expect(demander({ ...couple, naissanceConjoint: '1996-11-02' })).toMatchObject({
      issue: 'NON',
      motifs: [{ chemin: ['personne', 'naissanceConjoint'] }],
    });
    expect(demander({ composition: 'COUPLE' }).issue).toBe('NON');
    expect(demander({ naissanceConjoint: '1990-01-01' }).issue).toBe('OUI');
  });

  it('an adult; an emancipated minor is a borderline case (AMB-023)', () => {
    const naissance = '2008-11-03';
    expect(demander({ naissance }).issue).toBe('NON');
    expect(demander({ naissance, emancipe: true }).issue).toBe('A_CONFIRMER');
    expect(demander({ naissance }, '2026-11-03').issue).toBe('OUI');
  });
});

describe('The household and what it looks for', () => {
  it('PRIMO-ELIG-02: no child; shared custody and a child to come are for a person to decide (AMB-025)', () => {
    expect(demander({ enfants: 1 })).toMatchObject({ issue: 'NON', motifs: [{ regle: 'PRIMO-ELIG-02' }] });
    expect(demander({ enfants: 1, gardeAlternee: true }).issue).toBe('A_CONFIRMER');
    expect(demander({ enfantANaitre: true }).issue).toBe('A_CONFIRMER');
    expect(() => demander({ composition: 'COLOCATION' })).toThrow();
  });

  it('PRIMO-ELIG-03: who looks for a home', () => {
    expect(demander({ rechercheUnLogement: false }).motifs.map(({ regle }) => regle)).toEqual(['PRIMO-ELIG-03']);
  });

  it('PRIMO-ELIG-04: a first request for social housing; a lease held before bars nothing (AMB-024)', () => {
    expect(demander({ premiereDemande: false }).motifs.map(({ regle }) => regle)).toEqual(['PRIMO-ELIG-04']);
    expect(demander({ dejaTitulaire: true }).issue).toBe('OUI');
  });
});

describe('The pieces', () => {
  it('PRIMO-PIECE-01, PRIMO-BIL-01: visits with the bilan, the table of names on demand, both for who may see names (AMB-163)', () => {
    expect(
      primoLocataires.pieces?.map(({ code, regle, quand, nominative }) => [code, regle, quand, nominative]),
    ).toEqual([
      ['PRIMO_REPORTING', 'PRIMO-BIL-01', 'CONVENTION', true],
      ['PRIMO_VISITES', 'PRIMO-PIECE-01', 'BILAN', true],
    ]);
    expect(primoLocataires.pieces?.some(({ obligatoire }) => obligatoire)).toBe(false);
  });
});
