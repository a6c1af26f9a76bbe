import { dateCivile, type DateCivile, Montant, Temporal } from '@sillage/kernel';
import type { ValueTransformer } from 'typeorm';

/** bigint cents <-> `Montant`. */
export const colonneMontant: ValueTransformer = {
  from: (centimes: string | null) => (centimes === null ? null : Montant.centimes(BigInt(centimes))),
  to: (montant: Montant | null | undefined) => montant?.centimes.toString() ?? montant,
};

/** PostgreSQL `date` <-> civil date. */
export const colonneDate: ValueTransformer = {
  from: (texte: string | null) => (texte === null ? null : dateCivile(texte)),
  to: (date: DateCivile | null | undefined) => date?.toString() ?? date,
};

/** PostgreSQL `timestamptz` <-> instant (to the millisecond). */
export const colonneInstant: ValueTransformer = {
  from: (date: Date | null) => (date === null ? null : Temporal.Instant.fromEpochMilliseconds(date.getTime())),
  to: (instant: Temporal.Instant | null | undefined) => (instant ? new Date(instant.epochMilliseconds) : instant),
};
