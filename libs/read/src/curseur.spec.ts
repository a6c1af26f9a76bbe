import { describe, expect, it } from '@jest/globals';
import { Refus } from '@sillage/kernel';
import fc from 'fast-check';
import { lireCurseur } from './curseur.js';
import type { TypeDOrdre } from './declaration.js';

const UUID = '01980000-0000-7000-8000-0000000000ff';
const TYPES = ['text', 'date', 'timestamptz', 'integer', 'uuid'] as const;

const ecrire = (valeur: unknown): string => Buffer.from(JSON.stringify(valeur)).toString('base64url');
const lire = (types: readonly TypeDOrdre[], cles: readonly unknown[], liste = 'essais'): string[] =>
  lireCurseur(liste, types, ecrire(['essais', ...cles]), 'after');

/** What became of a cursor: its keys, or its refusal; any other exception is the spec's failure. */
function juger(types: readonly TypeDOrdre[], curseur: string): 'LU' | 'REFUSE' {
  try {
    lireCurseur('essais', types, curseur, 'after');
    return 'LU';
  } catch (erreur) {
    expect(erreur).toBeInstanceOf(Refus);
    expect((erreur as Refus).erreurs).toMatchObject([{ code: 'CURSEUR_INVALIDE', path: ['after'] }]);
    return 'REFUSE';
  }
}

describe('A cursor', () => {
  it.each<[TypeDOrdre, string[]]>([
    ['text', ['', 'Éric', '"; drop table', '😀', 'x'.repeat(100_000)]],
    ['date', ['2026-02-28', '2024-02-29', '0001-01-01', '9999-12-31']],
    ['timestamptz', ['2026-02-02 08:00:00+00', '2026-02-02 08:00:00.123456+01', '1900-01-01 00:00:00+00:09:21']],
    ['integer', ['0', '-7', '2147483647', '-2147483648']],
    ['uuid', [UUID]],
  ])('of a %s is read as PostgreSQL wrote it', (type, cles) => {
    for (const cle of cles) expect(lire([type, 'uuid'], [cle, UUID])).toEqual([cle, UUID]);
  });

  it.each<[TypeDOrdre, string[]]>([
    ['text', ['a\0b', '\ud800', 'a\udc00']],
    ['date', ['', '2026-02-29', '2026-13-01', '0000-01-01', '2026-1-1', '26-01-01', '2026-01-01 ', 'infinity', 'now']],
    ['timestamptz', ['2026-02-02', '2026-02-30 08:00:00+00', '2026-02-02 24:00:00+00', '2026-02-02 08:00:00', 'epoch']],
    ['integer', ['', '1.5', '1e3', '2147483648', '-2147483649', '99999999999', '٣', ' 1']],
    ['uuid', ['', UUID.toUpperCase(), UUID.slice(1), `${UUID}0`, `{${UUID}}`]],
  ])('with a %s that PostgreSQL would refuse, or not give back, is refused', (type, cles) => {
    for (const cle of cles) expect([cle, juger([type], ecrire(['essais', cle]))]).toEqual([cle, 'REFUSE']);
  });

  it('serves its own list alone, with as many keys as it has', () => {
    expect(() => lire(['uuid'], [UUID], 'autres')).toThrow(Refus);
    for (const cles of [[], [UUID, UUID], [[UUID]], [null], [1], [{ toString: UUID }]]) {
      expect(juger(['uuid'], ecrire(['essais', ...cles]))).toBe('REFUSE');
    }
    for (const valeur of [null, 1, 'essais', {}, { 0: 'essais', 1: UUID, length: 2 }]) {
      expect(juger(['uuid'], ecrire(valeur))).toBe('REFUSE');
    }
  });

  it('whatever is sent in its place, is read or refused', () => {
    const types = fc.array(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 3 });
    const envoi = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.base64String(),
      fc.json().map((json) => Buffer.from(json).toString('base64url')),
      fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constant(UUID))).map((cles) => ecrire(['essais', ...cles])),
    );
    fc.assert(
      fc.property(types, envoi, (t, curseur) => void juger(t, curseur)),
      { numRuns: 1000 },
    );
    expect(juger(['uuid'], ecrire(['essais', 'x'.repeat(1_000_000)]))).toBe('REFUSE');
    expect(juger(['uuid'], Buffer.from('['.repeat(500_000)).toString('base64url'))).toBe('REFUSE');
  });
});
