import { Temporal } from 'temporal-polyfill';
import { debutDuJour, jourDe, lireInstant } from './dates.js';
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

/** The last day that was asked, with its bounds in milliseconds: the calendar is asked once a day, not once a request. */
let dernier: { readonly jour: DateCivile; readonly debut: number; readonly fin: number } | undefined;

/** Today's civil date, in Paris. */
export function aujourdhui(horloge: Horloge): DateCivile {
  const maintenant = horloge.maintenant();
  const { epochMilliseconds } = maintenant;
  if (dernier !== undefined && epochMilliseconds >= dernier.debut && epochMilliseconds < dernier.fin)
    return dernier.jour;
  const jour = jourDe(maintenant);
  dernier = {
    jour,
    debut: debutDuJour(jour).epochMilliseconds,
    fin: debutDuJour(jour.add({ days: 1 })).epochMilliseconds,
  };
  return jour;
}

function enInstant(instant: Temporal.Instant | string): Temporal.Instant {
  return typeof instant === 'string' ? lireInstant(instant) : instant;
}
