import { describe, expect, it } from '@jest/globals';
import { dateCivile, Fraction, Montant, Periode, texteExplication } from '@sillage/kernel';
import type { Champ } from '../champ.js';
import type { ContexteBilan, ContexteVersement, MontantExplique } from '../dispositif.js';
import { parametre, type ParametreResolu, resoudre, resoudreTous } from '../parametre.js';
import { avance, solde, versementUnique } from '../versements.js';
import { arrondir, enChiffre } from './chiffre.js';
import { type Bareme, parametreBareme, partager } from './parts.js';
import { exerciceDe, resteAnnuel } from './plafond-annuel.js';
import { parametreProrataDuPlafond, plafondConventionne, plafondParUnite, plafonner } from './plafonds.js';

const DU = '2026-01-12';
const DATE = dateCivile('2026-06-01');
const euros = (texte: string): Montant => Montant.euros(texte);
const taux = (valeur: string): ParametreResolu<Fraction> =>
  resoudre('taux', parametre.taux([{ du: DU, valeur }], { libelle: 'Taux', regle: 'TRANS-12' }), DATE, []);
const parAn = (valeur: string): ParametreResolu<Montant> =>
  resoudre('parAn', parametre.montant([{ du: DU, valeur }], { libelle: 'Par an', regle: 'CLLAJ-FIN-01' }), DATE, []);

const parametres = {
  tauxUnique: parametre.taux([{ du: DU, valeur: 100 }], { libelle: 'Taux', regle: 'PRIMO-PAY-01' }),
};
type Vide = Readonly<Record<never, Champ>>;
type Contexte = ContexteVersement<Vide, Vide, typeof parametres, Vide>;

function contexte(dejaVerse: string, bilan: Vide | null = {}): Contexte {
  return {
    champs: {},
    termes: {},
    termesSuccessifs: [{ du: DATE, termes: {} }],
    montantConventionne: euros('1000.01'),
    periode: Periode.de(DATE, null),
    date: DATE,
    parametres: resoudreTous(parametres, DATE, []),
    bilan,
    quantites: {},
    dejaVerse: euros(dejaVerse),
  };
}

describe('The kinds of payment (TRANS-12)', () => {
  const du =
    (montant: string) =>
    (_: ContexteBilan<Vide, Vide, typeof parametres, Vide>): MontantExplique =>
      arrondir(enChiffre(euros(montant), 'Montant dû', 'ASE-PAY-02'));
  const declarer = (montant: string) => solde({ a: 'BILAN_CONFIRME', regle: 'ASE-PAY-02', du: du(montant) });

  it('UNIQUE is the whole of the convention’s amount, at once', () => {
    const versement = versementUnique({ taux: 'tauxUnique', a: 'CONVENTION_SIGNEE', regle: 'PRIMO-PAY-01' });
    expect(versement).toMatchObject({ tranche: 'UNIQUE', a: 'CONVENTION_SIGNEE', regle: 'PRIMO-PAY-01' });
    const { montant, explication } = versement.calculer(contexte('0.00'));
    expect(montant.toString()).toBe('1000.01');
    expect(explication.parametres?.[0]).toMatchObject({ cle: 'tauxUnique', valeur: '100 %' });
    expect(avance({ taux: 'tauxUnique', a: 'CONVENTION_SIGNEE', regle: 'x' }).tranche).toBe('AVANCE');
  });

  it('SOLDE is what is due minus what was paid, with the due as its child', () => {
    const { montant, explication } = declarer('700.00').calculer(contexte('600.01'));
    expect(montant.toString()).toBe('99.99');
    expect(explication).toMatchObject({ libelle: 'Solde', regle: 'ASE-PAY-02', lignes: [{ libelle: 'Montant dû' }] });
    expect(explication.interpretation).toBeUndefined();
  });

  it('SOLDE below zero proposes a trop-perçu and recovers nothing (AMB-098)', () => {
    const { montant, explication } = declarer('500.00').calculer(contexte('600.01'));
    expect(montant.toString()).toBe('-100.01');
    expect(explication.interpretation).toBe('AMB-098');
    expect(texteExplication(explication)).toContain('Trop-perçu proposé, sans titre de recette automatique');
  });

  it('SOLDE has no meaning without a bilan', () => {
    expect(() => declarer('500.00').calculer(contexte('0.00', null))).toThrow(/BILAN_CONFIRME/);
  });
});

describe('Caps (TRANS-10)', () => {
  const prorata = resoudre(
    'prorata',
    parametreProrataDuPlafond(DU, { regle: 'ASE-FIN-01', interpretation: 'AMB-082' }),
    DATE,
    [],
  );
  const parEtp = (etp: Fraction, au: string, sansProrata = false): string =>
    arrondir(
      plafondParUnite({
        libelle: 'Plafond',
        parUnite: parAn('52000.00'),
        quantite: { valeur: etp, explication: { libelle: 'ETP', resultat: etp.toString() } },
        unite: 'ETP',
        periode: Periode.de(dateCivile('2026-03-01'), dateCivile(au)),
        prorata: sansProrata ? { ...prorata, valeur: 'AUCUN' } : prorata,
        regle: 'ASE-FIN-01',
        interpretation: 'AMB-082',
      }),
    ).montant.toString();

  it('by unit, and by month below twelve', () => {
    expect(parEtp(Fraction.UN, '2027-02-28')).toBe('52000.00');
    expect(parEtp(Fraction.UN, '2026-08-31')).toBe('26000.00');
    expect(parEtp(Fraction.UN, '2026-08-31', true)).toBe('52000.00');
    expect(parEtp(Fraction.UN, '2027-08-31')).toBe('52000.00');
    expect(parEtp(Fraction.de(1n, 3n), '2027-02-28')).toBe('17333.33');
  });

  it('CLLAJ-FIN-01, 14.3 #25: by structure and year, never below zero', () => {
    const reste = (dejaEngage: string): string =>
      arrondir(
        resteAnnuel({
          parAn: parAn('20000.00'),
          dejaEngage: euros(dejaEngage),
          annee: exerciceDe(DATE),
          regle: 'CLLAJ-FIN-01',
        }),
      ).montant.toString();
    expect([reste('12000.00'), reste('20000.00'), reste('21000.00')]).toEqual(['8000.00', '0.00', '0.00']);
  });

  it('the least of several, which says who held', () => {
    const conventionne = plafondConventionne(euros('100.00'));
    const depenses = enChiffre(euros('90.00'), 'Dépenses retenues');
    const { valeur, explication } = plafonner({ libelle: 'Base', regle: 'ASE-FIN-08' }, conventionne, depenses);
    expect(valeur.toString()).toBe('90');
    expect(explication).toMatchObject({
      formule: 'le plus petit de : montant conventionné ; dépenses retenues',
      entrees: [{ nom: 'Retenu', valeur: 'dépenses retenues' }],
    });
  });
});

describe('Conditional parts (TRANS-13, AMB-074)', () => {
  const bareme = (valeur: Bareme): ParametreResolu<Bareme> => {
    const options = { libelle: 'Barème', regle: 'ASE-FIN-05', interpretation: 'AMB-074' };
    return { ...resoudre('bareme', parametreBareme(DU, options), DATE, []), valeur };
  };
  const part = (realise: bigint, poids: string, b: Bareme) => ({
    libelle: 'Part',
    realise: { valeur: Fraction.de(realise), explication: { libelle: 'Réalisé', resultat: `${realise}` } },
    attendu: { valeur: Fraction.de(30n), explication: { libelle: 'Attendu', resultat: '30' } },
    poids: taux(poids),
    bareme: bareme(b),
    seuil: taux('80'),
    pas: taux('25'),
    regle: 'ASE-FIN-05',
    interpretation: 'AMB-074',
  });
  const due = (premiere: bigint, seconde: bigint, b: Bareme = 'LINEAIRE'): string =>
    arrondir(
      partager({ libelle: 'Dû', regle: 'ASE-FIN-09' }, plafondConventionne(euros('1000.00')), [
        part(premiere, '50', b),
        part(seconde, '50', b),
      ]),
    ).montant.toString();

  it('follow what was done, in proportion', () => {
    expect(due(30n, 30n)).toBe('1000.00');
    expect(due(15n, 30n)).toBe('750.00');
    expect(due(0n, 0n)).toBe('0.00');
  });

  it('never make up for each other, nor go below nothing', () => {
    expect(due(3000n, 15n)).toBe('750.00');
    expect(due(-30n, 30n)).toBe('500.00');
  });

  it('may be all or nothing, or by steps, by parameter', () => {
    expect([due(24n, 23n, 'SEUIL'), due(30n, 30n, 'SEUIL')]).toEqual(['500.00', '1000.00']);
    expect([due(24n, 30n, 'PALIERS'), due(7n, 30n, 'PALIERS')]).toEqual(['875.00', '500.00']);
  });

  it('are refused when their weights do not make 100 %', () => {
    const parts = [part(30n, '50', 'LINEAIRE'), part(30n, '60', 'LINEAIRE')];
    expect(() => partager({ libelle: 'Dû', regle: 'ASE-FIN-09' }, plafondConventionne(euros('1.00')), parts)).toThrow(
      /110 % au lieu de 100 %/,
    );
  });
});
