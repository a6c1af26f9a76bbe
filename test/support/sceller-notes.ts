import { Coffre } from '@sillage/access';
import { UniteDeTravail } from '@sillage/persistence';
import type { GatewayEssai } from './gateway-essai.js';

/** Writes the free texts of every acte of a département, sealed as the application seals them. */
export async function scellerNotes(
  { app }: Pick<GatewayEssai, 'app'>,
  departementId: string,
  notes: { readonly lieu?: string; readonly commentaire?: string },
): Promise<void> {
  const coffre = app.get(Coffre);
  await app.get(UniteDeTravail).executer(departementId, async (em) => {
    const actes = await em.query<{ id: string }[]>('select id from sillage.acte order by id');
    for (const [colonne, texte] of Object.entries(notes)) {
      const places = actes.map(({ id }) => ({ place: { table: 'sillage.acte', colonne, id }, texte }));
      const octets = await coffre.chiffrerTous(em, departementId, places);
      await em.query(
        `update sillage.acte a set ${colonne} = n.octets
           from unnest($1::uuid[], $2::bytea[]) n (id, octets) where a.id = n.id`,
        [actes.map(({ id }) => id), octets],
      );
    }
  });
}

/** Writes the contact details of every young person of a département, sealed as the application seals them. */
export async function scellerCoordonnees(
  { app }: Pick<GatewayEssai, 'app'>,
  departementId: string,
  coordonnees: Readonly<Record<'telephone' | 'courriel' | 'adresse' | 'representants', string>>,
): Promise<void> {
  const coffre = app.get(Coffre);
  await app.get(UniteDeTravail).executer(departementId, async (em) => {
    const jeunes = await em.query<{ id: string }[]>('select id from sillage.jeune order by id');
    await em.query(
      `insert into sillage.jeune_coordonnees (departement_id, id, modifie_le)
       select departement_id, id, modifie_le from sillage.jeune on conflict do nothing`,
    );
    for (const [colonne, texte] of Object.entries(coordonnees)) {
      const places = jeunes.map(({ id }) => ({ place: { table: 'sillage.jeune_coordonnees', colonne, id }, texte }));
      const octets = await coffre.chiffrerTous(em, departementId, places);
      await em.query(
        `update sillage.jeune_coordonnees c set ${colonne} = n.octets
           from unnest($1::uuid[], $2::bytea[]) n (id, octets) where c.id = n.id`,
        [jeunes.map(({ id }) => id), octets],
      );
    }
  });
}
