import { FUSEAU } from '@sillage/kernel';
import type { Ligne } from '@sillage/read';

/** The civil day of the request, in Paris, as SQL. */
export function jourSql({ maintenant }: Pick<Ligne, 'maintenant'>): string {
  return `(${maintenant} at time zone '${FUSEAU}')::date`;
}
