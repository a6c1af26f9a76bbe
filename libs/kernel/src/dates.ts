import { Temporal } from 'temporal-polyfill';
import { ErreurValeur } from './erreurs.js';
import { memoriser } from './memoriser.js';

export { Temporal };

/** A date without a time, as texts write them: it means the same day for everybody. */
export type DateCivile = Temporal.PlainDate;

/** The time zone in which a day of the rules begins and ends (AMB-043). */
export const FUSEAU = 'Europe/Paris';

/**
 * Reads 'AAAA-MM-JJ' from 1900 to 2099, nothing else: a year 0026 or 9999 is a typing error.
 * @throws ErreurValeur on another form, another century or a day that does not exist
 */
export const dateCivile = memoriser(4096, (texte): DateCivile => {
  if (!/^(19|20)\d{2}-\d{2}-\d{2}$/.test(texte)) throw dateInvalide(texte);
  try {
    return Temporal.PlainDate.from(texte);
  } catch {
    throw dateInvalide(texte);
  }
});

/** Reads an ISO instant with its offset ('2026-02-15T23:59:59+01:00', or Z). @throws ErreurValeur when the offset is missing. */
export function lireInstant(texte: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(texte);
  } catch {
    throw new ErreurValeur(
      `« ${texte.slice(0, 40)} » n’est pas un instant : écrivez la date, l’heure et le décalage, par exemple 2026-02-15T23:59:59+01:00.`,
    );
  }
}

/** The same day `mois` months later (earlier when negative), brought back to the last day of the month if it has no such day (AMB-055). */
export function ajouterMois(date: DateCivile, mois: number): DateCivile {
  return date.add({ months: mois }, { overflow: 'constrain' });
}

/**
 * Completed years at a date. Somebody born on 29 February turns a year older on 1 March in common years (AMB-030).
 * @throws ErreurValeur when the date precedes the birth.
 */
export function ageRevolu(naissance: DateCivile, a: DateCivile): number {
  if (Temporal.PlainDate.compare(a, naissance) < 0) {
    throw new ErreurValeur(
      `La date de naissance (${dateEnFrancais(naissance)}) est postérieure au ${dateEnFrancais(a)} : vérifiez la date de naissance.`,
    );
  }
  const annees = a.year - naissance.year;
  return Temporal.PlainDate.compare(a, anniversaire(naissance, annees)) < 0 ? annees - 1 : annees;
}

/** The day on which somebody turns `ans` years old; for 29 February, 1 March in common years (AMB-030). */
export function anniversaire(naissance: DateCivile, ans: number): DateCivile {
  const jour = naissance.with({ year: naissance.year + ans });
  return jour.day === naissance.day ? jour : jour.add({ days: 1 });
}

/** The last day that was asked, from its first millisecond to the next one's: most questions are about today. */
let dernierJour: { readonly jour: DateCivile; readonly debut: number; readonly fin: number } | undefined;

/** The civil day of an instant, in Paris. */
export function jourDe(instant: Temporal.Instant): DateCivile {
  const { epochMilliseconds } = instant;
  if (dernierJour && epochMilliseconds >= dernierJour.debut && epochMilliseconds < dernierJour.fin) {
    return dernierJour.jour;
  }
  const jour = instant.toZonedDateTimeISO(FUSEAU).toPlainDate();
  dernierJour = {
    jour,
    debut: debutDuJour(jour).epochMilliseconds,
    fin: finDuJour(jour).epochMilliseconds,
  };
  return jour;
}

/** The first instant of a day, in Paris. */
export function debutDuJour(date: DateCivile): Temporal.Instant {
  return date.toZonedDateTime(FUSEAU).toInstant();
}

/** The end of a day, EXCLUSIVE: the first instant of the next one, in Paris. A date "included" runs until just before it (AMB-043). */
export function finDuJour(date: DateCivile): Temporal.Instant {
  return debutDuJour(date.add({ days: 1 }));
}

/** '15 février 2026', '1er mars 2026'. */
export function dateEnFrancais(date: DateCivile): string {
  const jour = date.day === 1 ? '1er' : `${date.day}`;
  return `${jour} ${MOIS[date.month - 1]} ${date.year}`;
}

const MOIS = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
] as const;

function dateInvalide(texte: string): ErreurValeur {
  return new ErreurValeur(
    `« ${texte.slice(0, 40)} » n’est pas une date : écrivez un jour du calendrier, de 1900 à 2099, sous la forme AAAA-MM-JJ, par exemple 2026-02-15.`,
  );
}
