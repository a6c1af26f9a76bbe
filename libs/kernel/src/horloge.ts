import { Temporal } from 'temporal-polyfill';
import { jourDe, lireInstant } from './dates.js';
import type { DateCivile } from './dates.js';

/** Where the present comes from: injected, so that a test or a demonstration chooses it. */
export interface Horloge {
  maintenant(): Temporal.Instant;
}

/** A clock that stands still until it is moved. */
export interface HorlogeFixe extends Horloge {
  avancerA(instant: Temporal.Instant | string): void;
}

export const horlogeSysteme: Horloge = { maintenant: () => Temporal.Now.instant() };

/** @throws ErreurValeur when the text is not an ISO instant with its offset. */
export function horlogeFixe(depart: Temporal.Instant | string): HorlogeFixe {
  let present = enInstant(depart);
  return {
    maintenant: () => present,
    avancerA: (instant) => {
      present = enInstant(instant);
    },
  };
}

/** The demonstration clock: it starts at an instant of the past (or future) and runs at the pace of `reelle`. @throws ErreurValeur */
export function horlogeDepuis(depart: Temporal.Instant | string, reelle: Horloge = horlogeSysteme): Horloge {
  const ecart = reelle.maintenant().until(enInstant(depart));
  return { maintenant: () => reelle.maintenant().add(ecart) };
}

/** Today's civil date, in Paris. */
export function aujourdhui(horloge: Horloge): DateCivile {
  return jourDe(horloge.maintenant());
}

function enInstant(instant: Temporal.Instant | string): Temporal.Instant {
  return typeof instant === 'string' ? lireInstant(instant) : instant;
}
