import { Temporal } from 'temporal-polyfill';
import type { DateCivile } from './dates.js';
import { ErreurValeur } from './erreurs.js';

/** How a delay counts its days; `calendaires` unless a text says otherwise (AMB-056). */
export type UniteJours = 'calendaires' | 'ouvrables' | 'ouvres';

/** A legal holiday in France (code du travail, L. 3133-1); Alsace-Moselle's two more are not counted. */
export function estFerie(date: DateCivile): boolean {
  if (FERIES_FIXES.has(date.toString().slice(5))) return true;
  const depuisPaques = paques(date.year).until(date).days;
  return FERIES_DEPUIS_PAQUES.has(depuisPaques);
}

/** Monday to Friday, holidays excepted. */
export function estOuvre(date: DateCivile): boolean {
  return date.dayOfWeek <= 5 && !estFerie(date);
}

/** Monday to Saturday, holidays excepted. */
export function estOuvrable(date: DateCivile): boolean {
  return date.dayOfWeek <= 6 && !estFerie(date);
}

/**
 * The date `jours` days later (earlier when negative), the day of departure not counted.
 * @throws ErreurValeur when `jours` is not a whole number.
 */
export function ajouterJours(date: DateCivile, jours: number, unite: UniteJours): DateCivile {
  if (!Number.isSafeInteger(jours))
    throw new ErreurValeur('Un délai en jours est un nombre entier : corrigez le nombre de jours.');
  if (unite === 'calendaires') return date.add({ days: jours });
  const compte = unite === 'ouvres' ? estOuvre : estOuvrable;
  const pas = Math.sign(jours);
  let arrivee = date;
  for (let restants = Math.abs(jours); restants > 0;) {
    arrivee = arrivee.add({ days: pas });
    if (compte(arrivee)) restants -= 1;
  }
  return arrivee;
}

const FERIES_FIXES: ReadonlySet<string> = new Set([
  '01-01',
  '05-01',
  '05-08',
  '07-14',
  '08-15',
  '11-01',
  '11-11',
  '12-25',
]);

/** Easter Monday, Ascension Day, Whit Monday. */
const FERIES_DEPUIS_PAQUES: ReadonlySet<number> = new Set([1, 39, 50]);

/** Easter Sunday in the Gregorian calendar (Meeus/Jones/Butcher). */
function paques(annee: number): DateCivile {
  const a = annee % 19;
  const b = quotient(annee, 100);
  const c = annee % 100;
  const d = quotient(b, 4);
  const e = b % 4;
  const f = quotient(b + 8, 25);
  const g = quotient(b - f + 1, 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = quotient(c, 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = quotient(a + 11 * h + 22 * l, 451);
  const n = h + l - 7 * m + 114;
  return Temporal.PlainDate.from({ year: annee, month: quotient(n, 31), day: (n % 31) + 1 });
}

/** The whole quotient of two counts, zero or more. */
function quotient(nombre: number, diviseur: number): number {
  // eslint-disable-next-line no-restricted-syntax -- counts of days: what is divided is a multiple of the divisor
  return (nombre - (nombre % diviseur)) / diviseur;
}
