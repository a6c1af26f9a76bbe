import { describe, expect, it } from '@jest/globals';
import {
  fileActiveComplete,
  itemsDeGrille,
  lireQuantites,
  lireValeurs,
  type Notes,
  type Quantite,
  resoudreTous,
  type SuiviConfirme,
  type Surcharge,
} from '@sillage/dispositif-kit';
import { dateCivile, type Explication, Montant, Periode, texteExplication } from '@sillage/kernel';
import { champsBilan } from './bilan.champs.js';
import { termesConvention } from './candidature.champs.js';
import { charte } from './charte.js';
import { coordoAse } from './coordo-ase.js';
import type { ContexteDuBilan } from './file-active.js';
import { plafondConvention } from './plafond.js';

const DATE = dateCivile('2026-06-01');
const ANNEE = Periode.de(dateCivile('2026-03-01'), dateCivile('2027-02-28'));
const JOURS = [31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28];
const NOTES = [
  'Moyens',
  'Accompagnement',
  'PartenariatDepartement',
  'Procedures',
  'Communication',
  'PartenariatTerritorial',
];
const MAXIMUMS = [14, 30, 12, 16, 16, 12];

interface Cas {
  places?: number;
  charte?: number;
  prevu?: string;
  depenses?: readonly (readonly [nature: string, montant: string])[];
  conventionne?: string;
  etp?: string;
  /** Each from its day on, over 30 places and `etp`. */
  avenants?: readonly { du: string; accompagnements?: number; etp?: string }[];
  jeunes?: number;
  periode?: Periode;
  dejaVerse?: string;
  /** Final scores on the grid. */
  notes?: Notes;
  suivis?: readonly SuiviConfirme[];
  surcharges?: Readonly<Record<string, unknown>>;
}

/** The six parts of the charter that make a score, filled in order, bonuses on top. */
function notes(charte: number): Record<string, number> {
  let reste = charte;
  const points = MAXIMUMS.map((max, rang) => {
    const bonus = [0, 1, 4].includes(rang) && charte > 100 ? 3 : 0;
    const note = Math.min(reste, max + bonus);
    reste -= note;
    return note;
  });
  return Object.fromEntries(NOTES.map((nom, rang) => [`note${nom}`, points[rang] ?? 0]));
}

function fileActive(places: number): { mois: string; joursAccompagnement: number }[] {
  return JOURS.map((jours, rang) => ({
    mois: ANNEE.du.add({ months: rang }).toString(),
    joursAccompagnement: jours * places,
  }));
}

function surcharger(valeurs: Readonly<Record<string, unknown>>): Surcharge[] {
  return Object.entries(valeurs).map(([cle, valeur]) => ({
    cle,
    valeur,
    portee: 'ANNEXE',
    porteeId: 'x',
    du: dateCivile('2026-01-12'),
    au: null,
  }));
}

function bilanDe({ places = 30, charte = 100, depenses = [['SALAIRES', '43333.34']], jeunes = 40 }: Cas): object {
  const textes = ['publicAccompagne', 'resultats', 'retours', 'bonnesPratiques', 'perspectives'];
  return {
    fileActive: fileActive(places),
    jeunesAccompagnes: jeunes,
    depensesEncourues: depenses.map(([nature, montant]) => ({ nature, libelle: nature, montant, facture: 'F' })),
    ...notes(charte),
    ...Object.fromEntries(textes.map((nom) => [nom, 'Texte'])),
  };
}

function contexte(cas: Cas = {}): Parameters<(typeof coordoAse.versements)[number]['calculer']>[0] {
  const { prevu = '60000.00', conventionne = '52000.00', etp = '1', dejaVerse = '31200.00' } = cas;
  const depensesDirectes = ['SALAIRES', 'DEPLACEMENTS'].map((nature) => ({ nature, montant: Montant.euros(prevu) }));
  const periode = cas.periode ?? ANNEE;
  const parametres = resoudreTous(coordoAse.parametres, DATE, surcharger(cas.surcharges ?? {}));
  const bilan = lireValeurs(champsBilan, bilanDe(cas), []);
  const convenus = { etp, accompagnements: 30 };
  const termesSuccessifs = [{ du: periode.du.toString() }, ...(cas.avenants ?? [])].map(({ du, ...termes }) => ({
    du: dateCivile(du),
    termes: lireValeurs(termesConvention, { ...convenus, ...termes }, []),
  }));
  return {
    champs: { depensesDirectes },
    termes: termesSuccessifs.at(-1)!.termes,
    termesSuccessifs,
    montantConventionne: Montant.euros(conventionne),
    periode,
    date: DATE,
    parametres,
    bilan,
    quantites: lireQuantites(coordoAse.quantites, parametres, { bilan, suivis: cas.suivis ?? [] }),
    ...(cas.notes && { cotation: { version: charte.versions[0]!, notes: cas.notes } }),
    dejaVerse: Montant.euros(dejaVerse),
  };
}

function calculer(cas: Cas = {}): { du: string; solde: string; explication: Explication; texte: string } {
  const versement = coordoAse.versements.find(({ tranche }) => tranche === 'SOLDE');
  if (versement === undefined) throw new Error('Pas de solde.');
  expect(versement.a).toBe('BILAN_CONFIRME');
  const entree = contexte(cas);
  const { montant, explication } = versement.calculer(entree);
  return {
    du: montant.plus(entree.dejaVerse).toString(),
    solde: montant.toString(),
    explication,
    texte: texteExplication(explication).replaceAll(/[\u00A0\u202F]/g, ' '),
  };
}

describe('The balance of section 8.4: 1 ETP, twelve months, a base of 52 000', () => {
  it.each([
    ['everything held', 30, 100, '52000.00', '20800.00'],
    ['14.3 #18: 24/30 and 90/100', 24, 90, '44200.00', '13000.00'],
    ['15/30 and 70/100: nothing more', 15, 70, '31200.00', '0.00'],
    ['15/30 and 50/100: a trop-perçu', 15, 50, '26000.00', '-5200.00'],
    ['nothing done', 0, 0, '0.00', '-31200.00'],
    ['a missing place costs 866,67', 29, 100, '51133.33', '19933.33'],
    ['a missing point costs 260', 30, 99, '51740.00', '20540.00'],
    ['14.3 #19: 100 and 9 of bonus are 100', 30, 109, '52000.00', '20800.00'],
  ])('%s', (_, places, charte, du, solde) => {
    expect(calculer({ places, charte })).toMatchObject({ du, solde });
  });

  it('saturates at 43 333,33 of direct expenses: with the flat rate, 52 000 to the cent', () => {
    expect(calculer({ depenses: [['SALAIRES', '43333.33']] }).du).toBe('52000.00');
    expect(calculer({ depenses: [['SALAIRES', '43333.32']] }).du).toBe('51999.98');
    expect(calculer({ depenses: [['SALAIRES', '50000.00']] }).du).toBe('52000.00');
  });

  it('reads as a treasurer needs it', () => {
    const { texte } = calculer({ places: 24, charte: 90, depenses: [['SALAIRES', '45000.00']] });
    for (const ligne of [
      'Solde : 13 000,00 €',
      'Calcul : montant dû − déjà versé',
      'Montant dû au titre de l’année : 44 200,00 €',
      'Arrondi : Au centime, demi-supérieur, une seule fois (AMB-104, AMB-169)',
      'Base du financement : 52 000,00 €',
      'Donnée : Retenu = montant conventionné',
      'Part des accompagnements : 20 800,00 €',
      'Donnée : Taux obtenu = 80 %',
      'Part de la charte qualité : 23 400,00 €',
      'File active moyenne : 24 places',
      'Score de la charte qualité : 90 points',
    ])
      expect(texte).toContain(ligne);
  });
});

describe('AMB-190: an avenant holds from its day on', () => {
  const riche = { conventionne: '99999.00', prevu: '90000.00', depenses: [['SALAIRES', '90000.00']] as const };

  it('30 -> 15 places on the last day: the year is still owed 30', () => {
    const avenants = [{ du: '2027-02-28', accompagnements: 15 }];
    const { du, texte } = calculer({ places: 15, avenants });
    expect(du).toBe(calculer({ places: 15 }).du);
    for (const ligne of [
      'Donnée : Attendu = 30 places',
      'Accompagnements engagés, en moyenne : 30 places',
      'Donnée : Depuis le 1er mars 2026 = 30 places, pour 12 mois',
      'Donnée : Depuis le 28 février 2027 = 15 places, pour 0 mois',
    ])
      expect(texte).toContain(ligne);
  });

  it('30 -> 40 places at mid-year: 35 are owed', () => {
    const avenants = [{ du: '2026-09-01', accompagnements: 40 }];
    expect(calculer({ places: 35, avenants }).du).toBe('52000.00');
    expect(calculer({ places: 28, avenants })).toMatchObject({ du: '46800.00' });
    expect(calculer({ places: 28, avenants }).texte).toContain('Donnée : Attendu = 35 places');
  });

  it('1 -> 0,5 ETP at mid-year: the cap is that of 0,75; on the last day, that of 1', () => {
    const { du, texte } = calculer({ ...riche, avenants: [{ du: '2026-09-01', etp: '0.5' }] });
    expect(du).toBe('39000.00');
    expect(texte).toContain('ETP conventionnés, en moyenne : 0,75 ETP');
    expect(calculer({ ...riche, avenants: [{ du: '2027-02-28', etp: '0.5' }] }).du).toBe('52000.00');
  });

  it('explains nothing more where the terms did not change', () => {
    const memes = { avenants: [{ du: '2026-09-01' }] };
    expect(calculer(memes).explication).toEqual(calculer().explication);
    expect(calculer().texte).not.toContain('AMB-190');
  });
});

describe('One test a rule', () => {
  it('ASE-FIN-01: never above 52 000 by ETP, by month below twelve (AMB-082)', () => {
    const riche = { conventionne: '99999.00', prevu: '90000.00', depenses: [['SALAIRES', '90000.00']] as const };
    expect(calculer(riche).du).toBe('52000.00');
    expect(calculer({ ...riche, etp: '0.5' }).du).toBe('26000.00');
    expect(calculer({ ...riche, etp: '0.5' }).texte).toContain('Retenu = plafond de la participation du Département');
    const termes = lireValeurs(termesConvention, { etp: '0.5', accompagnements: 15 }, []);
    const parametres = resoudreTous(coordoAse.parametres, DATE, []) as ContexteDuBilan['parametres'];
    expect(plafondConvention({ termes, periode: ANNEE, parametres }).montant.toString()).toBe('26000.00');
  });

  it('ASE-FIN-02: support functions are set aside, with the rule', () => {
    const { du, texte } = calculer({
      depenses: [
        ['FONCTIONS_SUPPORTS', '30000.00'],
        ['SALAIRES', '10000.00'],
      ],
    });
    expect(du).toBe('12000.00');
    expect(texte).toContain('30 000,00 € : les fonctions supports ne sont pas éligibles');
  });

  it('ASE-FIN-03: travel counts; a computer (AMB-083) and any other expense do not', () => {
    const depenses = [
      ['DEPLACEMENTS', '1000.00'],
      ['ORDINATEUR', '900.00'],
      ['AUTRE', '800.00'],
    ] as const;
    expect(calculer({ depenses }).du).toBe('1200.00');
  });

  it('ASE-FIN-04: the flat 20 % follows the direct expenses really retained (AMB-084)', () => {
    expect(calculer({ depenses: [['SALAIRES', '10000.00']] }).du).toBe('12000.00');
    expect(calculer({ depenses: [['SALAIRES', '10000.00']], surcharges: { forfaitIndirect: 10 } }).du).toBe('11000.00');
  });

  it('ASE-FIN-05: half hangs on the accompaniments, without compensation (AMB-074)', () => {
    expect(calculer({ places: 0 }).du).toBe('26000.00');
    expect(calculer({ places: 90, charte: 50 }).du).toBe('39000.00');
  });

  it('ASE-FIN-06: half hangs on the charter', () => {
    expect(calculer({ charte: 0 }).du).toBe('26000.00');
    expect(calculer({ surcharges: { partAccompagnements: 40, partCharte: 60 }, charte: 0 }).du).toBe('20800.00');
  });

  it('AMB-076: bonuses only make up for points lost, under a cap that is a parameter', () => {
    expect(calculer({ charte: 109 }).texte).toContain('Score de la charte qualité : 100 points');
    expect(calculer({ charte: 109, surcharges: { plafondScore: 90 } }).du).toBe('49400.00');
  });

  it('ASE-FIN-07: the engagement is the convention’s, not the target of 30 places by ETP (AMB-081)', () => {
    expect(calculer({ etp: '2', conventionne: '52000.00', places: 30 }).du).toBe('52000.00');
  });

  it('ASE-FIN-08: foreseen AND incurred, by nature at most what was foreseen (AMB-178)', () => {
    expect(calculer({ prevu: '5000.00', depenses: [['SALAIRES', '8000.00']] }).du).toBe('6000.00');
    expect(calculer({ depenses: [['TELEPHONE', '8000.00']] }).du).toBe('0.00');
    expect(calculer({ depenses: [] }).du).toBe('0.00');
  });

  it('ASE-FIN-09: linear by default; all or nothing, or by steps, when the annex says so', () => {
    expect(calculer({ places: 24 }).du).toBe('46800.00');
    expect(calculer({ places: 24, surcharges: { baremeQuantite: 'SEUIL' } }).du).toBe('26000.00');
    expect(calculer({ places: 24, surcharges: { baremeQuantite: 'SEUIL', seuilBareme: 80 } }).du).toBe('52000.00');
    expect(calculer({ charte: 95, surcharges: { baremeQualite: 'PALIERS' } }).du).toBe('49400.00');
  });

  it('ASE-PAY-01: the advance is 60 %, whatever comes after', () => {
    const avance = coordoAse.versements.find(({ tranche }) => tranche === 'AVANCE');
    expect(avance?.calculer({ ...contexte(), bilan: null }).montant.toString()).toBe('31200.00');
  });

  it('ASE-PAY-02: the balance is the due minus what was paid; below zero, a trop-perçu is proposed (AMB-098)', () => {
    expect(calculer({ dejaVerse: '0.00' }).solde).toBe('52000.00');
    const { explication } = calculer({ places: 15, charte: 50 });
    expect(explication).toMatchObject({
      resultat: '-5\u202F200,00\u00A0€',
      interpretation: 'AMB-098',
      regle: 'ASE-PAY-02',
    });
  });

  it('AMB-080, AMB-172: the mean active file, exact, or the young people in all, by parameter', () => {
    const cumul = { mesureQuantite: 'CUMUL' };
    expect(calculer({ places: 15, jeunes: 40 }).du).toBe('39000.00');
    expect(calculer({ places: 15, jeunes: 40, surcharges: cumul }).du).toBe('52000.00');
    expect(calculer({ places: 15, jeunes: 20, surcharges: cumul }).du).toBe('43333.33');
  });

  it('ASE-DEL-02: the same balance from the confirmed monthly tables, by parameter, whatever the bilan says', () => {
    const suivis = JOURS.map((jours, rang) => ({
      nom: 'tableauMensuel',
      du: ANNEE.du.add({ months: rang }),
      champs: { joursAccompagnement: jours * 24 },
    }));
    const surcharges = { sourceFileActive: 'SUIVIS' };
    expect(calculer({ places: 30, charte: 90, suivis, surcharges }).du).toBe('44200.00');
    expect(calculer({ places: 30, charte: 90, suivis: [], surcharges }).du).toBe('23400.00');
    expect(calculer({ places: 24, charte: 90, suivis: [] }).du).toBe('44200.00');
  });

  it('AMB-180: a month left out, or told twice, is refused', () => {
    const decider = (changer: (lignes: Quantite[]) => Quantite[]) => {
      const { quantites, ...reste } = contexte() as unknown as ContexteDuBilan;
      const joursAccompagnement = changer([...(quantites['joursAccompagnement'] ?? [])]);
      return fileActiveComplete('ASE-IND-01').decider({ ...reste, quantites: { joursAccompagnement } });
    };
    expect(decider((lignes) => lignes.reverse()).issue).toBe('OUI');
    expect(decider((lignes) => lignes.slice(1))).toMatchObject({
      issue: 'NON',
      motifs: [{ regle: 'ASE-IND-01', chemin: ['bilan', 'fileActive'] }],
    });
    expect(decider((lignes) => lignes.slice(0, -1)).issue).toBe('NON');
    expect(decider((lignes) => [...lignes.slice(1), lignes[1]!]).issue).toBe('NON');
  });
});

it('A tree is a function of its inputs: the same, whatever the order of the lines', () => {
  const depenses = [
    ['SALAIRES', '100.00'],
    ['DEPLACEMENTS', '50.00'],
    ['ORDINATEUR', '9.00'],
  ] as const;
  expect(calculer({ depenses }).explication).toEqual(calculer({ depenses: [...depenses].reverse() }).explication);
});

describe('The final grid makes the score of the charter', () => {
  const items = itemsDeGrille(charte.versions[0]!);
  /** All points, bonuses apart, less those of some items. */
  const notes = (moins: Readonly<Record<string, number>>): Notes =>
    Object.fromEntries(
      items.map(({ code, max, drapeau }) => [code, { points: (drapeau === 'BONUS' ? 0 : max) - (moins[code] ?? 0) }]),
    );

  it('14.3 #18: 24/30 and 90/100 are due 44 200, a balance of 13 000, whatever notes the bilan holds', () => {
    const { du, solde, texte } = calculer({ places: 24, charte: 12, notes: notes({ B1: 5, E3: 5 }) });
    expect([du, solde]).toEqual(['44200.00', '13000.00']);
    for (const ligne of ['Score de la charte qualité : 90 points', 'B. Accompagner autrement : 25 points sur 30'])
      expect(texte).toContain(ligne);
  });

  it('14.3 #19: 100 and 9 of bonus are 100; a bonus makes up for points lost in the charter (AMB-076)', () => {
    const bonus = { A6: -3, B5: -3, E4: -3 };
    expect(calculer({ notes: notes(bonus) }).du).toBe('52000.00');
    expect(calculer({ notes: notes({ ...bonus, B1: 9 }) }).du).toBe('52000.00');
    expect(calculer({ notes: notes({ ...bonus, B1: 10 }) }).du).toBe('51740.00');
  });

  it('AMB-075: a malus loses its points, or as many more when the parameter says so', () => {
    const sansTelephone = notes({ A4: 2 });
    expect(calculer({ notes: sansTelephone }).texte).toContain('Score de la charte qualité : 98 points');
    expect(calculer({ notes: sansTelephone, surcharges: { penaliteMalus: 2 } }).texte).toContain(
      'Score de la charte qualité : 96 points',
    );
  });

  it('AMB-074: and its half follows the rate by the parameter', () => {
    const surcharges = { baremeQualite: 'PALIERS' };
    expect(calculer({ notes: notes({ B1: 5 }), surcharges }).du).toBe('49400.00');
  });
});

describe('ASE-BIL-03: the bilan is the porteur’s', () => {
  it.each(['publicAccompagne', 'resultats', 'retours', 'bonnesPratiques', 'perspectives'])(
    'ASE-BIL-04, ASE-QUAL-04: without « %s » it is not one',
    (nom) => {
      expect(coordoAse.bilan?.regle).toBe('ASE-BIL-03');
      expect(() => lireValeurs(champsBilan, { ...bilanDe({}), [nom]: null }, [])).toThrow();
    },
  );

  it('ASE-IND-02: the score adds the six parts, and says each', () => {
    const { texte } = calculer({ charte: 90 });
    expect(texte).toContain('Score de la charte qualité : 90 points');
    expect(texte).toContain('Donnée : A. Moyens humains et matériels = 14 points');
  });
});
