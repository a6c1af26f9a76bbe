import type { UniteDeTravail } from '@sillage/persistence';
import type { OptionsDebit } from './debit.js';

/** A gateway whose clock is late adds to the minute that the others have begun. */
const AJOUTER = `
  insert into sillage.debit as d (departement_id, utilisateur_id, minute, points) values ($1, $2, $3, $4)
  on conflict (departement_id, utilisateur_id) do update
    set points = case when d.minute >= excluded.minute then d.points else 0 end + excluded.points,
        minute = greatest(d.minute, excluded.minute)
  returning points`;

/** What the gateways of one database tell each other. */
export function depensePartagee(unites: UniteDeTravail): OptionsDebit['partager'] {
  return ({ departementId, utilisateurId }, minute, points) =>
    unites.executer(departementId, async (em) => {
      const [ligne] = await em.query<{ points: string }[]>(AJOUTER, [departementId, utilisateurId, minute, points]);
      return Number(ligne?.points);
    });
}
