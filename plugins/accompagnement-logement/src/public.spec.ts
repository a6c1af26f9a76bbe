import { describe, expect, it } from '@jest/globals';
import {
  calculerEcheance,
  deciderAgeDeclare,
  deciderEligibilite,
  lireValeurs,
  resoudreTous,
  suivisAttendus,
} from '@sillage/dispositif-kit';
import { dateCivile, type Decision, Periode } from '@sillage/kernel';
import { accompagnementLogement } from './index.js';

const { parametres, eligibilite, age } = accompagnementLogement;
const complet = {
  naissance: '2008-02-10',
  orientation: 'MDS',
  volet: 'ACCES',
  logement: 'TIERS',
  besoin: true,
  amont: false,
  autreAccompagnement: false,
};
const maintien = { volet: 'MAINTIEN', logement: 'TITULAIRE' };

function valider(changements: object = {}, jour = '2026-11-15'): Decision {
  const le = dateCivile(jour);
  const resolus = resoudreTous(parametres, le, []);
  return deciderEligibilite(eligibilite!, { ...complet, ...changements }, { le, parametres: resolus });
}

describe('Who may have a measure', () => {
  it.each([
    ['the eve of 18', '2026-02-09', 'NON'],
    ['18', '2026-02-10', 'OUI'],
    ['the eve of 25', '2033-02-09', 'OUI'],
    ['25', '2033-02-10', 'NON'],
  ])('ASGL-ELIG-01, ASGL-ELIG-02: %s at the validation, on %s -> %s (AMB-002)', (_, le, issue) => {
    expect(valider({}, le).issue).toBe(issue);
    expect(valider(maintien, le).issue).toBe(issue);
    const dates = { naissance: dateCivile(complet.naissance), le: dateCivile(le) };
    expect(deciderAgeDeclare(age!, parametres, dates, []).issue).toBe(issue);
  });

  it('ASGL-ELIG-01: to reach a home, for who holds no lease and needs to be accompanied (AMB-027)', () => {
    expect(['RUE', 'TIERS', 'HEBERGEMENT', 'INSTITUTION'].map((logement) => valider({ logement }).issue)).toEqual(
      Array.from({ length: 4 }, () => 'OUI'),
    );
    expect(valider({ logement: 'TITULAIRE' })).toMatchObject({
      issue: 'NON',
      motifs: [{ regle: 'ASGL-ELIG-01', chemin: ['personne', 'logement'] }],
    });
    expect(valider({ besoin: false }).motifs[0]).toMatchObject({
      regle: 'ASGL-ELIG-01',
      chemin: ['personne', 'besoin'],
    });
  });

  it('ASGL-ELIG-02: to keep it, for who holds one', () => {
    expect(valider(maintien).issue).toBe('OUI');
    expect(valider({ volet: 'MAINTIEN' }).motifs.map(({ regle }) => regle)).toEqual(['ASGL-ELIG-02']);
    expect(valider({ ...maintien, besoin: false }).motifs.map(({ regle }) => regle)).toEqual(['ASGL-ELIG-02']);
  });

  it('ASGL-ELIG-03: no other accompaniment before the home; after, a person weighs it (AMB-132)', () => {
    const autreAccompagnement = true;
    expect(valider({ amont: true }).issue).toBe('OUI');
    expect(valider({ amont: true, autreAccompagnement }).motifs.map(({ regle }) => regle)).toEqual(['ASGL-ELIG-03']);
    expect(valider({ autreAccompagnement }).issue).toBe('A_CONFIRMER');
  });

  it('ASGL-WF-01, ASGL-WF-07: whoever spotted them; before the home, only to reach one', () => {
    expect(valider({ orientation: 'AUTRE' }).issue).toBe('OUI');
    expect(() => valider({ orientation: null })).toThrow(/Repéré/);
    expect(valider({ ...maintien, amont: true }).motifs.map(({ regle }) => regle)).toEqual(['ASGL-WF-07']);
  });
});

describe('The days of a measure', () => {
  const echeance = (code: string, depart: string): string => {
    const declaree = accompagnementLogement.echeances?.find((e) => e.code === code);
    return calculerEcheance(declaree!, parametres, dateCivile(depart), []).date.toString();
  };

  it.each([
    ['2026-11-01', '2026-12-01'],
    ['2026-11-30', '2026-12-01'],
    ['2026-12-15', '2027-01-01'],
  ])('14.3 #12, ASGL-CAL-03: validated by the commission on %s, it begins on %s (AMB-068)', (validation, debut) => {
    expect(echeance('DEBUT_DE_MESURE', validation)).toBe(debut);
  });

  it('14.3 #13, ASGL-WF-05: from 1 December 2026 to 30 November 2027, prolonged to 31 May 2028', () => {
    const fin = echeance('FIN_DE_MESURE', '2026-12-01');
    expect(fin).toBe('2027-11-30');
    expect(echeance('FIN_DE_PROLONGATION', dateCivile(fin).add({ days: 1 }).toString())).toBe('2028-05-31');
  });

  it('ASGL-BIL-01: the first bilan made with the young person, at six months (AMB-070)', () => {
    expect(echeance('BILAN_SEMESTRIEL', '2026-12-01')).toBe('2027-06-01');
  });
});

describe('What each half-year says', () => {
  const operation = Periode.de(dateCivile('2026-10-01'), dateCivile('2027-09-30'));
  const { semestre } = accompagnementLogement.suivis!;
  const bilan = {
    mesure: 'M-1',
    debut: '2026-11-01',
    faitLe: '2027-03-20',
    avecLeJeune: true,
    auSlisl: '2027-03-21',
    auSpslh: '2027-03-21',
  };
  const rupture = { mesure: 'M-2', le: '2027-02-01', auSlisl: '2027-02-01', auSpslh: '2027-02-03' };
  const lire = (changements: object) =>
    lireValeurs(
      semestre!.champs,
      { bilans: [bilan], axes: 'Budget.', progression: 'Nette.', ruptures: [rupture], ...changements },
      [],
    );
  const refus = (a: string, changements: object = {}) =>
    semestre!
      .controles!.filter((c) => c.a === a)
      .flatMap(
        (c) => c.decider({ suivi: lire(changements), periode: operation, le: operation.au ?? operation.du }).motifs,
      )
      .map(({ regle, chemin }) => `${regle} ${chemin?.join('.')}`);

  it('is due at the end of each half-year of the operation (AMB-171)', () => {
    const attendus = suivisAttendus(semestre!, operation, parametres, resoudreTous(parametres, operation.du, []));
    expect(attendus.map(({ du, echeance }) => `${du.toString()} ${echeance.toString()}`)).toEqual([
      '2026-10-01 2027-03-31',
      '2027-04-01 2027-09-30',
    ]);
  });

  it('ASGL-BIL-01: bilans made with the young people, then sent to the SLISL and the SPSLH', () => {
    expect(refus('REMISE')).toEqual([]);
    expect(refus('CONFIRMATION')).toEqual([]);
    expect(refus('CONFIRMATION', { bilans: [bilan, { ...bilan, avecLeJeune: false }] })).toEqual([
      'ASGL-BIL-01 suivi.bilans.1',
    ]);
    for (const faux of [{ debut: '2027-03-21' }, { auSlisl: '2027-03-19' }, { auSpslh: '2027-03-19' }]) {
      expect(refus('REMISE', { bilans: [{ ...bilan, ...faux }] })).toEqual(['ASGL-BIL-01 suivi.bilans.0']);
    }
    expect(() => lire({ progression: '' })).toThrow();
  });

  it('ASGL-BIL-02: both services are told of each break, whenever they are', () => {
    expect(() => lire({ ruptures: [{ ...rupture, auSpslh: null }] })).toThrow(/SPSLH/);
    expect(refus('REMISE', { ruptures: [{ ...rupture, auSlisl: '2027-01-31' }] })).toEqual([
      'ASGL-BIL-02 suivi.ruptures.0',
    ]);
  });
});

it('ASGL-PIECE-01: contracts and referrals during the convention, half-yearly bilans with the bilan, for who may see names', () => {
  expect(
    accompagnementLogement.pieces?.map(({ code, regle, quand, nominative }) => [code, regle, quand, nominative]),
  ).toEqual([
    ['ASGL_CONTRATS', 'ASGL-PIECE-01', 'CONVENTION', true],
    ['ASGL_BILANS_SEMESTRIELS', 'ASGL-PIECE-01', 'BILAN', true],
  ]);
});
