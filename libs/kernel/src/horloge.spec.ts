import { describe, expect, it } from '@jest/globals';
import { lireInstant, Temporal } from './dates.js';
import { ErreurValeur } from './erreurs.js';
import { aujourdhui, horlogeDepuis, horlogeFixe, horlogeSysteme } from './horloge.js';

describe('clocks', () => {
  it('the fixed clock stands still until it is moved', () => {
    const horloge = horlogeFixe('2026-02-15T23:59:59+01:00');
    expect(horloge.maintenant().toString()).toBe('2026-02-15T22:59:59Z');
    expect(aujourdhui(horloge).toString()).toBe('2026-02-15');
    horloge.avancerA('2026-02-16T00:00:00+01:00');
    expect(aujourdhui(horloge).toString()).toBe('2026-02-16');
    horloge.avancerA(lireInstant('2026-03-01T12:00:00Z'));
    expect(aujourdhui(horloge).toString()).toBe('2026-03-01');
  });

  it('today is the day of Paris, not of UTC', () => {
    expect(aujourdhui(horlogeFixe('2026-07-14T22:00:00Z')).toString()).toBe('2026-07-15');
    expect(aujourdhui(horlogeFixe('2026-12-31T22:59:59Z')).toString()).toBe('2026-12-31');
  });

  it('the demonstration clock starts where it is told and runs at the real pace', () => {
    const reelle = horlogeFixe('2026-11-22T08:00:00Z');
    const demo = horlogeDepuis('2026-02-15T23:59:58+01:00', reelle);
    expect(demo.maintenant().toString()).toBe('2026-02-15T22:59:58Z');
    reelle.avancerA('2026-11-22T08:00:01.5Z');
    expect(demo.maintenant().toString()).toBe('2026-02-15T22:59:59.5Z');
    reelle.avancerA('2026-11-22T08:00:02Z');
    expect(aujourdhui(demo).toString()).toBe('2026-02-16');
  });

  it('the demonstration clock follows the system clock unless told otherwise', () => {
    const ecart = horlogeDepuis(Temporal.Now.instant().add({ hours: 24 }))
      .maintenant()
      .since(horlogeSysteme.maintenant());
    expect(Math.abs(ecart.total('hours') - 24)).toBeLessThan(0.1);
  });

  it('the system clock agrees with the machine', () => {
    expect(Math.abs(horlogeSysteme.maintenant().epochMilliseconds - Date.now())).toBeLessThan(60_000);
  });

  it('refuses a start without an offset', () => {
    expect(() => horlogeFixe('2026-02-15T23:59:59')).toThrow(ErreurValeur);
    expect(() => horlogeDepuis('2026-02-15')).toThrow(/décalage/);
  });
});
