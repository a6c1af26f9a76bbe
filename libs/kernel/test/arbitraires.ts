import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { DateCivile } from '../src/dates.js';

const DEPART = Temporal.PlainDate.from('1950-01-01');
const unJour = fc.nat(365 * 120).map((jours) => DEPART.add({ days: jours }));
const finDeMois = unJour.map((d) => d.with({ day: d.daysInMonth }));
const bissextile = fc.nat(29).map((n) => Temporal.PlainDate.from({ year: 1952 + 4 * n, month: 2, day: 29 }));

/** A date of 1950 to 2069, often an end of month or a 29 February, where arithmetic goes wrong. */
export const uneDate: fc.Arbitrary<DateCivile> = fc.oneof(unJour, finDeMois, bissextile);
