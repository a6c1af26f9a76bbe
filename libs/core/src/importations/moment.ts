import { ErreurValeur, FUSEAU, lireInstant, Temporal } from '@sillage/kernel';

const FRANCAIS = /^(\d{2})\/(\d{2})\/(\d{4})[ T,à]+(\d{1,2})[:h](\d{2})(?::(\d{2}))?$/;
const ISO_LOCAL = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/**
 * The day and the hour that a deposit software writes: `15/02/2026 23:59:59`, `2026-02-15 23:59:59`, in Paris, or an instant with its offset.
 * The hour that comes twice in October is the first of the two.
 * @throws ErreurValeur
 */
export function lireMoment(texte: string): Temporal.Instant {
  const francais = FRANCAIS.exec(texte);
  const [, annee, mois, jour, heure, minute, seconde] = francais
    ? [null, francais[3], francais[2], francais[1], ...francais.slice(4)]
    : (ISO_LOCAL.exec(texte) ?? []);
  if (annee === undefined) {
    if (/[Zz]$|[+-]\d{2}:?\d{2}$/.test(texte)) return lireInstant(texte);
    throw new ErreurValeur('Écrivez le jour et l’heure, par exemple 15/02/2026 23:59:59.');
  }
  try {
    const ici = {
      year: Number(annee),
      month: Number(mois),
      day: Number(jour),
      hour: Number(heure),
      minute: Number(minute),
    };
    const moment = Temporal.PlainDateTime.from({ ...ici, second: Number(seconde ?? 0) }, { overflow: 'reject' });
    return moment.toZonedDateTime(FUSEAU).toInstant();
  } catch {
    throw new ErreurValeur('Ce jour ou cette heure n’existe pas.');
  }
}
