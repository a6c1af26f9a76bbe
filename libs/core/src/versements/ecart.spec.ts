import { describe, expect, it } from '@jest/globals';
import { Fraction, Montant, dateCivile } from '@sillage/kernel';
import fc from 'fast-check';
import { type ContexteDeCalcul, type Due, ecarts, enSens, type Vivant, valeur } from './ecart.js';

const DATE = dateCivile('2026-02-02');

/** An advance of 60 % and a balance of what is due, as a dispositif would declare them. */
function dues(du: bigint): Due[] {
  const explique = (montant: Montant) => ({ montant, explication: { libelle: 'x', resultat: montant.toString() } });
  return [
    {
      date: DATE,
      declaration: {
        tranche: 'AVANCE',
        libelle: 'Avance',
        a: 'CONVENTION_SIGNEE',
        regle: 'TRANS-12',
        calculer: ({ montantConventionne }) =>
          explique(Montant.arrondir(montantConventionne.enFraction().fois(Fraction.de(3n, 5n)))),
      },
    },
    {
      date: DATE,
      declaration: {
        tranche: 'SOLDE',
        libelle: 'Solde',
        a: 'BILAN_CONFIRME',
        regle: 'TRANS-12',
        calculer: ({ dejaVerse }) => explique(Montant.centimes(du).moins(dejaVerse)),
      },
    },
  ];
}

const contexte = (centimes: bigint) =>
  ({ montantConventionne: Montant.centimes(centimes) }) as unknown as ContexteDeCalcul;

/** What the convention's payments become once the differences are applied. */
function appliquer(vivants: readonly Vivant[], trouves: ReturnType<typeof ecarts>): Vivant[] {
  const partis = new Set(trouves.flatMap((e) => e.remplaces.map((v) => v.id)));
  const nouveaux = trouves.flatMap(({ tranche, aProposer }, rang): Vivant[] =>
    aProposer
      ? [{ id: `${vivants.length + rang}-${tranche}`, tranche, etat: 'PROPOSE', ...enSens(aProposer.montant) }]
      : [],
  );
  return [...vivants.filter((v) => !partis.has(v.id)), ...nouveaux];
}

const centimes = fc.bigInt({ min: 1n, max: 10n ** 10n });

describe('TRANS-12: what is proposed makes each tranche worth what it should', () => {
  it('advance + balance = due, to the cent; computed again, nothing changes', () => {
    fc.assert(
      fc.property(centimes, centimes, (montant, du) => {
        const apres = appliquer([], ecarts(dues(du), contexte(montant), []));
        expect(valeur(apres).centimes).toBe(du);
        expect(ecarts(dues(du), contexte(montant), apres)).toEqual([]);
      }),
    );
  });

  it('whatever was liquidated before, a change is proposed as a difference, and never touches it', () => {
    const etats = fc.constantFrom('PROPOSE' as const, 'LIQUIDE' as const, 'ORDONNE' as const, 'PAYE' as const);
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ montant: centimes, du: centimes, etats: fc.array(etats, { minLength: 8, maxLength: 8 }) }),
          {
            minLength: 1,
            maxLength: 5,
          },
        ),
        (changements) => {
          let vivants: Vivant[] = [];
          for (const { montant, du, etats: suivants } of changements) {
            const avant = vivants;
            vivants = appliquer(vivants, ecarts(dues(du), contexte(montant), vivants));
            expect(valeur(vivants).centimes).toBe(du);
            for (const acquis of avant.filter((v) => v.etat !== 'PROPOSE')) expect(vivants).toContain(acquis);
            const tranches = vivants.map((v) => v.tranche);
            expect(new Set(tranches).size).toBe(tranches.length);
            expect(vivants.every((v) => v.montant.centimes >= 0n)).toBe(true);
            expect(ecarts(dues(du), contexte(montant), vivants)).toEqual([]);
            vivants = vivants.map((v, rang) =>
              v.etat === 'PROPOSE' ? { ...v, etat: suivants[rang % suivants.length]! } : v,
            );
          }
        },
      ),
    );
  });

  it('says what it does: proposes, replaces what nobody has liquidated, makes up the difference otherwise', () => {
    const [avance] = ecarts(dues(100n).slice(0, 1), contexte(100n), []);
    expect(avance).toMatchObject({ action: 'PROPOSER', tranche: 'AVANCE' });
    const propose: Vivant = { id: '1', tranche: 'AVANCE', etat: 'PROPOSE', ...enSens(Montant.centimes(60n)) };
    const [remplace] = ecarts(dues(100n).slice(0, 1), contexte(200n), [propose]);
    expect(remplace).toMatchObject({ action: 'REMPLACER', tranche: 'AVANCE', remplaces: [propose] });
    expect(remplace?.aProposer?.montant.centimes).toBe(120n);
    const [regularise] = ecarts(dues(100n).slice(0, 1), contexte(50n), [{ ...propose, etat: 'PAYE' }]);
    expect(regularise).toMatchObject({ action: 'REGULARISER', tranche: 'AVANCE-R1', remplaces: [] });
    expect(regularise?.aProposer?.montant.centimes).toBe(-30n);
    expect(regularise?.aProposer?.explication).toMatchObject({ libelle: 'Régularisation', lignes: [{ libelle: 'x' }] });
    const trop: Vivant = { id: '2', tranche: 'AVANCE-R1', etat: 'PROPOSE', ...enSens(Montant.centimes(-30n)) };
    const [retire] = ecarts(dues(100n).slice(0, 1), contexte(100n), [{ ...propose, etat: 'PAYE' }, trop]);
    expect(retire).toMatchObject({ action: 'RETIRER', aProposer: null, remplaces: [trop] });
  });
});
