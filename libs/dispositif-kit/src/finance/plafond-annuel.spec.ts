import { describe, expect, it } from '@jest/globals';
import { dateCivile, Montant, texteExplication } from '@sillage/kernel';
import fc from 'fast-check';
import { parametre, resoudre } from '../parametre.js';
import type { exerciceDe } from './plafond-annuel.js';
import { anneeDuPlafond, parametreAnneeDuPlafond, resteAnnuel } from './plafond-annuel.js';

const DU = '2026-04-01';
const DATE = dateCivile('2026-07-01');
const bornes = ({ du, au }: ReturnType<typeof exerciceDe>) => [du.toString(), au?.toString()];
const lecture = resoudre('anneePlafond', parametreAnneeDuPlafond(DU, 'CLLAJ-FIN-01'), DATE, []);
const parAn = resoudre(
  'plafondAnnuel',
  parametre.montant([{ du: DU, valeur: '20000.00' }], { libelle: 'Plafond', regle: 'CLLAJ-FIN-01' }),
  DATE,
  [],
);
const reste = (dejaEngage: Montant, exercice?: { annee: number; montant: Montant }) =>
  resteAnnuel({
    parAn,
    dejaEngage,
    annee: anneeDuPlafond(DATE, 'OPERATION', dateCivile('2026-09-01')),
    lecture,
    ...(exercice ? { exercice } : {}),
    regle: 'CLLAJ-FIN-01',
  });

describe('AMB-050: what a year is', () => {
  const annee = (jour: string) => bornes(anneeDuPlafond(dateCivile(jour), 'OPERATION', dateCivile('2026-09-01')));

  it('is that of the operation by default, from September to August', () => {
    expect(lecture.valeur).toBe('OPERATION');
    expect(annee('2026-09-01')).toEqual(['2026-09-01', '2027-08-31']);
    expect(annee('2027-08-31')).toEqual(['2026-09-01', '2027-08-31']);
    expect(annee('2027-09-01')).toEqual(['2027-09-01', '2028-08-31']);
    expect(annee('2026-08-31')).toEqual(['2025-09-01', '2026-08-31']);
  });

  it('or the civil year', () => {
    expect(bornes(anneeDuPlafond(dateCivile('2027-03-01'), 'CIVILE', dateCivile('2026-09-01')))).toEqual([
      '2027-01-01',
      '2027-12-31',
    ]);
  });

  it('every day has one year, which the next one follows, whatever the first day (AMB-171)', () => {
    const jour = fc.integer({ min: 0, max: 20_000 }).map((jours) => dateCivile('2020-01-01').add({ days: jours }));
    fc.assert(
      fc.property(jour, jour, (depuis, un) => {
        const sienne = anneeDuPlafond(un, 'OPERATION', depuis);
        expect(sienne.contient(un)).toBe(true);
        const suivante = anneeDuPlafond(sienne.au!.add({ days: 1 }), 'OPERATION', depuis);
        expect(suivante.du.toString()).toBe(sienne.au!.add({ days: 1 }).toString());
        expect(bornes(anneeDuPlafond(sienne.du, 'OPERATION', depuis))).toEqual(bornes(sienne));
      }),
    );
  });
});

describe('CLLAJ-FIN-01: what is left of the year', () => {
  it('14.3 #25: after 12 000, 8 000 are left and 9 000 are too many', () => {
    const { valeur, explication } = reste(Montant.euros('12000.00'));
    expect(valeur.comparer(Montant.euros('9000.00').enFraction())).toBe(-1);
    const texte = texteExplication(explication).replaceAll(/[\u00A0\u202F]/g, ' ');
    expect(texte).toContain('8 000,00 €');
    expect(texte).toContain('AMB-050');
    expect(texte).not.toContain('Alerte');
  });

  it('the civil year is looked at too, and says so beyond the cap', () => {
    const texte = (montant: string) =>
      texteExplication(reste(Montant.ZERO, { annee: 2027, montant: Montant.euros(montant) }).explication);
    expect(texte('20000.00')).not.toContain('Alerte');
    expect(texte('20000.01')).toContain('Alerte : exercice 2027');
  });

  it('whatever is asked for in turn, what is granted never goes beyond the cap', () => {
    const demandes = fc.array(fc.bigInt({ min: 1n, max: 2_500_000n }), { maxLength: 20 });
    fc.assert(
      fc.property(demandes, (centimes) => {
        const accorde = centimes
          .map((n) => Montant.centimes(n))
          .reduce(
            (total, demande) => (demande.enFraction().comparer(reste(total).valeur) <= 0 ? total.plus(demande) : total),
            Montant.ZERO,
          );
        expect(accorde.comparer(parAn.valeur)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
