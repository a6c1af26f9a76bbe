import { describe, expect, it } from '@jest/globals';
import {
  calculerEcheance,
  deciderEligibilite,
  deciderPieces,
  resoudreTous,
  suivisAttendus,
} from '@sillage/dispositif-kit';
import { anniversaire, dateCivile, type Decision, Periode, Temporal } from '@sillage/kernel';
import fc from 'fast-check';
import { coordoAse } from './coordo-ase.js';

const complet = {
  naissance: '2010-05-10',
  statut: 'CONFIE',
  mineurNonAccompagne: false,
  rsa: 'AUCUN',
  scolaires: true,
  professionnelles: false,
  sociales: true,
  educatives: false,
  personnelles: false,
};
const { eligibilite, parametres, suivis } = coordoAse;

function entrer(
  changements: object = {},
  jour = '2026-06-01',
  surcharges: Readonly<Record<string, unknown>> = {},
): Decision {
  const le = dateCivile(jour);
  const lignes = Object.entries(surcharges).map(([cle, valeur]) => ({
    cle,
    valeur,
    portee: 'APPEL' as const,
    porteeId: 'x',
    du: dateCivile('2026-01-12'),
    au: null,
  }));
  return deciderEligibilite(
    eligibilite!,
    { ...complet, ...changements },
    { le, parametres: resoudreTous(parametres, le, lignes) },
  );
}

const regleDe = ({ motifs }: Decision) => motifs.map(({ regle }) => regle);

describe('Who may enter', () => {
  it('ASE-ELIG-01: confided, now or in the past; to have come alone is not enough (AMB-015)', () => {
    expect(['CONFIE', 'CONTRAT_JEUNE_MAJEUR', 'SORTI'].map((statut) => entrer({ statut }).issue)).toEqual([
      'OUI',
      'OUI',
      'OUI',
    ]);
    const seul = { statut: 'JAMAIS_CONFIE', mineurNonAccompagne: true };
    expect(entrer(seul)).toMatchObject({
      issue: 'NON',
      motifs: [{ regle: 'ASE-ELIG-01', chemin: ['personne', 'statut'] }],
    });
    expect(entrer(seul, '2026-06-01', { mnaSansStatut: true }).issue).toBe('OUI');
    expect(entrer({ statut: 'JAMAIS_CONFIE' }, '2026-06-01', { mnaSansStatut: true }).issue).toBe('NON');
  });

  it('ASE-ELIG-02: no RSA, whichever département pays it, unless somebody decides otherwise (AMB-017)', () => {
    expect(regleDe(entrer({ rsa: 'PAS_DE_CALAIS' }))).toEqual(['ASE-ELIG-02']);
    expect(entrer({ rsa: 'AUTRE_DEPARTEMENT' }).issue).toBe('NON');
    expect(entrer({ rsa: 'AUTRE_DEPARTEMENT' }, '2026-06-01', { rsaExclu: 'DEPARTEMENT' }).issue).toBe('OUI');
    expect(entrer({ rsa: 'PAS_DE_CALAIS' }, '2026-06-01', { rsaExclu: 'DEPARTEMENT' }).issue).toBe('NON');
  });

  it.each([
    ['the eve of 16', 'CONFIE', '2026-05-09', 'NON'],
    ['16', 'CONFIE', '2026-05-10', 'OUI'],
    ['the 21st birthday', 'CONFIE', '2031-05-10', 'OUI'],
    ['the day after', 'CONFIE', '2031-05-11', 'NON'],
    ['the day after, under a contract', 'CONTRAT_JEUNE_MAJEUR', '2031-05-11', 'NON'],
    ['the 21st birthday, out of the ASE', 'SORTI', '2031-05-10', 'OUI'],
    ['the day after, out of the ASE', 'SORTI', '2031-05-11', 'A_CONFIRMER'],
    ['the eve of 25, out of the ASE', 'SORTI', '2035-05-09', 'A_CONFIRMER'],
    ['25', 'SORTI', '2035-05-10', 'NON'],
  ])('ASE-ELIG-03: %s, %s, on %s -> %s (AMB-014)', (_, statut, jour, issue) => {
    expect(entrer({ statut }, jour).issue).toBe(issue);
  });

  it('ASE-ELIG-03: who is confided enters from 16 to the 21st birthday, whenever born', () => {
    const naissances = fc.integer({ min: 0, max: 6000 }).map((n) => dateCivile('2004-01-01').add({ days: n }));
    fc.assert(
      fc.property(naissances, fc.integer({ min: 0, max: 9500 }), (naissance, jours) => {
        const le = naissance.add({ days: jours });
        if (Temporal.PlainDate.compare(le, dateCivile('2026-01-12')) < 0) return;
        const admis =
          Temporal.PlainDate.compare(anniversaire(naissance, 16), le) <= 0 &&
          Temporal.PlainDate.compare(le, anniversaire(naissance, 21)) <= 0;
        expect(entrer({ naissance: naissance.toString() }, le.toString()).issue === 'OUI').toBe(admis);
      }),
    );
  });

  it('ASE-ELIG-04: difficulties add up, or a person confirms; they never bar (AMB-018)', () => {
    expect(entrer({ scolaires: false, professionnelles: true, sociales: false, personnelles: true }).issue).toBe('OUI');
    expect(entrer({ scolaires: false })).toMatchObject({
      issue: 'A_CONFIRMER',
      motifs: [{ chemin: ['personne', 'scolaires'] }],
    });
    expect(entrer({ sociales: false })).toMatchObject({
      issue: 'A_CONFIRMER',
      motifs: [{ chemin: ['personne', 'sociales'] }],
    });
  });
});

describe('The days that count', () => {
  const echeance = (code: string, depart: string, le = depart): string => {
    const declaree = coordoAse.echeances?.find((e) => e.code === code);
    return calculerEcheance(declaree!, parametres, dateCivile(depart), [], dateCivile(le)).date.toString();
  };
  const enRetard = (code: string, depart: string, jour: string) => jour > echeance(code, depart);

  it('14.3 #8, ASE-DEL-01: contact on 2 March, the appointment held on the 17th is in time, on the 18th is not (AMB-057)', () => {
    expect(enRetard('RDV_TRIPARTITE', '2026-03-02', '2026-03-17')).toBe(false);
    expect(enRetard('RDV_TRIPARTITE', '2026-03-02', '2026-03-18')).toBe(true);
  });

  it('14.3 #24, ASE-WF-11: 28 days of absence trigger nothing, the 29th does (AMB-067)', () => {
    const debut = dateCivile('2026-06-01');
    const information = echeance('INFORMATION_D_ABSENCE', debut.toString());
    const dernier = (jours: number) => debut.add({ days: jours - 1 }).toString();
    expect([28, 29].map((jours) => dernier(jours) >= information)).toEqual([false, true]);
  });

  it('ASE-WF-06, ASE-WF-07, ASE-WF-03: 17, 21 and 25, counted from the birth', () => {
    const le = '2026-06-01';
    expect(echeance('ENTRETIEN_LEGAL', '2009-09-14', le)).toBe('2026-09-14');
    expect(echeance('FIN_DU_CONTRAT_JEUNE_MAJEUR', '2005-03-01', le)).toBe('2026-03-01');
    expect(echeance('FIN_D_ACCOMPAGNEMENT', '2004-02-29', le)).toBe('2029-03-01');
  });
});

describe('What is handed in during the operation', () => {
  const operation = Periode.de(dateCivile('2026-03-01'), dateCivile('2027-02-28'));
  const attendus = (nom: string, periode = operation) =>
    suivisAttendus(suivis![nom]!, periode, parametres, resoudreTous(parametres, periode.du, []));
  const controle = (nom: string, a: string, libelle: RegExp) =>
    suivis![nom]!.controles!.find((c) => c.a === a && libelle.test(c.libelle))!;

  it('14.3 #23, ASE-DEL-02: the table of December is due on Sunday 10 January, without postponement (AMB-058)', () => {
    const tableaux = attendus('tableauMensuel');
    expect(tableaux).toHaveLength(12);
    const decembre = tableaux.find(({ du }) => du.toString() === '2026-12-01');
    expect(decembre?.echeance.toString()).toBe('2027-01-10');
    expect(decembre?.echeance.dayOfWeek).toBe(7);
  });

  it('AMB-172: a month has no more days than its young people have together, and nobody has none', () => {
    const possibles = controle('tableauMensuel', 'REMISE', /jours/);
    const fevrier = Periode.de(dateCivile('2027-02-01'), dateCivile('2027-02-28'));
    const decider = (joursAccompagnement: number, jeunes: number) =>
      possibles.decider({
        suivi: { joursAccompagnement, jeunes, observations: null },
        periode: fevrier,
        le: fevrier.du,
      });
    expect([decider(0, 0).issue, decider(840, 30).issue]).toEqual(['OUI', 'OUI']);
    for (const refusee of [decider(200, 0), decider(841, 30)])
      expect(refusee.motifs).toMatchObject([{ regle: 'AMB-172', chemin: ['suivi', 'joursAccompagnement'] }]);
  });

  it('ASE-BIL-01: four committees for twelve months, none valid without the SLAI and the ASE (AMB-060, AMB-061)', () => {
    expect(attendus('comiteTrimestriel').map(({ echeance }) => echeance.toString())).toEqual([
      '2026-05-31',
      '2026-08-31',
      '2026-11-30',
      '2027-02-28',
    ]);
    const presents = controle('comiteTrimestriel', 'CONFIRMATION', /deux services/);
    expect(presents.regle).toBe('ASE-BIL-01');
    expect(presents.libelle).toContain('l’ASE');
    const decider = (premierPresent: boolean, secondPresent: boolean) =>
      presents.decider({
        suivi: { premierPresent, secondPresent },
        periode: operation,
        le: operation.au ?? operation.du,
      }).issue;
    expect([decider(true, true), decider(true, false), decider(false, true)]).toEqual(['OUI', 'NON', 'NON']);
  });

  it('ASE-BIL-02: one steering committee a year, led by the porteur, partners present', () => {
    expect(attendus('comiteDePilotage').map(({ du, au }) => [du.toString(), au.toString()])).toEqual([
      ['2026-03-01', '2027-02-28'],
    ]);
    const anime = controle('comiteDePilotage', 'CONFIRMATION', /anime/);
    const tenir = (animeParLePorteur: boolean, partenairesPresents: number) =>
      anime.decider({
        suivi: { animeParLePorteur, partenairesPresents },
        periode: operation,
        le: operation.au ?? operation.du,
      });
    expect(anime.regle).toBe('ASE-BIL-02');
    expect(tenir(true, 1).issue).toBe('OUI');
    expect(tenir(false, 4).motifs[0]?.chemin).toEqual(['suivi', 'animeParLePorteur']);
    expect(tenir(true, 0).motifs[0]?.chemin).toEqual(['suivi', 'partenairesPresents']);
    const avant = controle('comiteDePilotage', 'REMISE', /avant/);
    const tenu = (jour: string) =>
      avant.decider({ suivi: { tenuLe: dateCivile(jour) }, periode: operation, le: operation.au ?? operation.du })
        .issue;
    expect([tenu('2026-02-28'), tenu('2026-03-01')]).toEqual(['NON', 'OUI']);
  });
});

describe('The pieces', () => {
  it('ASE-PIECE-01, ASE-WF-08: each is asked at its step, and none bars it', () => {
    const demandees = (quand: 'DEPOT' | 'CONVENTION' | 'BILAN') =>
      (coordoAse.pieces ?? []).filter((p) => p.quand === quand).map((p) => `${p.regle} ${p.code}`);
    expect(demandees('DEPOT')).toEqual([]);
    expect(demandees('CONVENTION')).toEqual([
      'ASE-PIECE-01 ASE_ANNEXE_NOTATION',
      'ASE-WF-08 ASE_PRESCRIPTIONS',
      'ASE-WF-10 ASE_CV',
    ]);
    expect(demandees('BILAN')).toEqual(['ASE-PIECE-01 ASE_COMMUNICATION', 'ASE-PIECE-01 ASE_PARTENAIRES']);
    const decisions = deciderPieces(coordoAse.pieces, 'BILAN', {}, new Set(['ASE_COMMUNICATION']));
    expect(decisions).toEqual([{ regle: 'ASE-PIECE-01', decision: { issue: 'OUI', motifs: [] } }]);
  });
});
