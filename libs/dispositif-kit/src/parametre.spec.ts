import { describe, expect, it } from '@jest/globals';
import { dateCivile, type Refus } from '@sillage/kernel';
import fc from 'fast-check';
import { parametre, PORTEES, resoudre, resoudreTous, type Surcharge } from './parametre.js';

const plafond = parametre.montant(
  [
    { du: '2026-01-12', au: '2026-12-31', valeur: '52000.00' },
    { du: '2027-01-01', valeur: '53000.00' },
  ],
  { libelle: 'Plafond par ETP', regle: 'ASE-FIN-01' },
);

const surcharge = (portee: Surcharge['portee'], valeur: unknown, porteeId = 'x'): Surcharge => ({
  cle: 'plafond',
  portee,
  porteeId,
  du: dateCivile('2026-02-01'),
  au: null,
  valeur,
});

const codes = (essai: () => unknown): string[] => {
  try {
    essai();
  } catch (erreur) {
    return (erreur as Refus).erreurs.map((e) => e.code);
  }
  return [];
};

describe('A dated parameter (TRANS-02)', () => {
  it('has the value of its date, and cites where it comes from', () => {
    const resolu = resoudre('plafond', plafond, dateCivile('2026-12-31'), []);
    expect(resolu.valeur.toString()).toBe('52000.00');
    expect(resolu.cite).toMatchObject({
      du: '2026-01-12',
      au: '2026-12-31',
      origine: 'DISPOSITIF',
      regle: 'ASE-FIN-01',
    });
    expect(resoudre('plafond', plafond, dateCivile('2027-01-01'), []).valeur.toString()).toBe('53000.00');
  });

  it('gives way to a value that starts later, which changes nothing of what was cited before', () => {
    const [ancienne, nouvelle] = [
      { du: '2026-01-12', valeur: '52000.00' },
      { du: '2027-01-01', valeur: '53000.00' },
    ];
    const options = { libelle: 'Plafond par ETP', regle: 'ASE-FIN-01' };
    const avant = resoudre('plafond', parametre.montant([ancienne], options), dateCivile('2026-12-31'), []);
    for (const valeurs of [
      [ancienne, nouvelle],
      [nouvelle, ancienne],
    ]) {
      const declare = parametre.montant(valeurs, options);
      expect(resoudre('plafond', declare, dateCivile('2026-12-31'), [])).toEqual(avant);
      expect(resoudre('plafond', declare, dateCivile('2027-01-01'), []).valeur.toString()).toBe('53000.00');
    }
  });

  it('may be a day', () => {
    const jour = parametre.date([{ du: '2026-01-12', valeur: '2026-10-01' }], {
      libelle: 'Début',
      regle: 'ASGL-CAL-02',
    });
    const { valeur, cite } = resoudre('jour', jour, dateCivile('2026-02-01'), []);
    expect([valeur.toString(), cite.valeur]).toEqual(['2026-10-01', '1er octobre 2026']);
    expect(() => jour.lire('2026-02-30')).toThrow(/calendrier/);
  });

  it('has no value before its first date', () => {
    expect(codes(() => resoudre('plafond', plafond, dateCivile('2026-01-11'), []))).toEqual(['PARAMETRE_INCONNU']);
  });

  it('gives way to overrides by strength: annex, convention, territory, appel, declared (section 13)', () => {
    fc.assert(
      fc.property(fc.subarray([...PORTEES], { minLength: 1 }), (portees) => {
        const surcharges = portees.map((portee) => surcharge(portee, `${10_000 * (PORTEES.indexOf(portee) + 1)}.00`));
        const { valeur, cite } = resoudre('plafond', plafond, dateCivile('2026-03-01'), surcharges);
        const plusForte = PORTEES.filter((p) => portees.includes(p)).at(-1);
        expect(cite.origine).toBe(plusForte);
        expect(valeur.toString()).toBe(`${10_000 * (PORTEES.indexOf(plusForte ?? 'APPEL') + 1)}.00`);
      }),
    );
  });

  it('is no negative amount', () => {
    expect(() => plafond.lire('-1.00')).toThrow(/zéro euro ou plus/);
    expect(plafond.lire('0.00').toString()).toBe('0.00');
  });

  it('ignores an override outside its period', () => {
    const resolu = resoudre('plafond', plafond, dateCivile('2026-01-31'), [surcharge('CONVENTION', '1.00')]);
    expect(resolu.cite.origine).toBe('DISPOSITIF');
  });

  it('refuses to choose between territories that disagree, and is content when they agree', () => {
    const date = dateCivile('2026-03-01');
    const differents = [surcharge('TERRITOIRE', '1.00', 'a'), surcharge('TERRITOIRE', '2.00', 'b')];
    expect(codes(() => resoudre('plafond', plafond, date, differents))).toEqual(['PARAMETRE_AMBIGU']);
    const memes = [surcharge('TERRITOIRE', '1.00', 'a'), surcharge('TERRITOIRE', '1.00', 'b')];
    expect(resoudre('plafond', plafond, date, memes).valeur.toString()).toBe('1.00');
    const tranchee = [...differents, surcharge('CONVENTION', '3.00')];
    expect(resoudre('plafond', plafond, date, tranchee).valeur.toString()).toBe('3.00');
  });

  it('stops only whoever reads it when it has no value', () => {
    const resolus = resoudreTous({ plafond, tardif: plafond }, dateCivile('2026-01-01'), []);
    expect(codes(() => resolus.plafond.valeur)).toEqual(['PARAMETRE_INCONNU']);
  });

  it('refuses a value of another nature', () => {
    expect(() => parametre.taux([], { libelle: 'T', regle: 'X-Y-01' }).lire(101)).toThrow('100');
    expect(() => parametre.taux([], { libelle: 'T', regle: 'X-Y-01' }).lire(60.5)).toThrow('guillemets');
    expect(parametre.taux([], { libelle: 'T', regle: 'X-Y-01' }).lire('60.5').toString()).toBe('121/200');
    expect(parametre.taux([], { libelle: 'T', regle: 'X-Y-01' }).lire('0.5 %').toString()).toBe('1/200');
    // JSON has already rounded it, or lost how it was written.
    for (const nombre of [0.1 + 0.2, 60.5, 1e21]) expect(() => plafond.lire(nombre)).toThrow('guillemets');
    expect(() => plafond.lire('1e3')).toThrow();
    expect(() => parametre.mois([], { libelle: 'M', regle: 'X-Y-01' }).lire(1.5)).toThrow('entier');
    expect(() => parametre.booleen([], { libelle: 'B', regle: 'X-Y-01' }).lire('oui')).toThrow('true');
    const choix = parametre.choix({ A: 'a', B: 'b' }, [], { libelle: 'C', regle: 'X-Y-01' });
    expect(() => choix.lire('toString')).toThrow('a (A), b (B)');
  });
});

describe('A value that the text does not give (AMB-085)', () => {
  const aDecider = parametre.aDecider(
    '2026-04-01',
    parametre.montant([], { libelle: 'Plafond par place', regle: 'GRAINE-FIN-05', interpretation: 'AMB-085' }),
  );

  it('is nothing, and says so, until somebody decides one', () => {
    const lire = (surcharges: Surcharge[]) => resoudre('plafond', aDecider, dateCivile('2026-06-01'), surcharges);
    expect(lire([]).valeur).toBeNull();
    expect(lire([]).cite).toMatchObject({ valeur: 'non renseigné', du: '2026-04-01', origine: 'DISPOSITIF' });
    expect(lire([surcharge('APPEL', '1500.00')]).valeur?.toString()).toBe('1500.00');
    expect(lire([surcharge('APPEL', '1500.00'), surcharge('ANNEXE', null)]).valeur).toBeNull();
  });

  it('is read as strictly as any other', () => {
    expect(() => aDecider.lire('beaucoup')).toThrow();
  });
});
