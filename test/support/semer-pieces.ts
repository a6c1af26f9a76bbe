import { Coffre } from '@sillage/access';
import { UniteDeTravail } from '@sillage/persistence';
import type { GatewayEssai } from './gateway-essai.js';

/** A piece for every other candidature of a département, in quarantine or released, its name sealed as the application seals it. */
export async function semerPieces(
  { app }: Pick<GatewayEssai, 'app'>,
  departementId: string,
  { mot, auteur }: { readonly mot: string; readonly auteur: string },
): Promise<void> {
  const coffre = app.get(Coffre);
  await app.get(UniteDeTravail).executer(departementId, async (em) => {
    const choisies = await em.query<{ id: string; piece: string; rang: number }[]>(
      `select id, md5('piece ' || id)::uuid as piece, rang::int
         from (select id, row_number() over (order by id) as rang from sillage.candidature) c where rang % 2 = 0`,
    );
    const sceller = (colonne: 'nom' | 'cle', texte: string): Promise<Buffer[]> =>
      coffre.chiffrerTous(
        em,
        departementId,
        choisies.map(({ piece }) => ({ place: { table: 'sillage.piece', colonne, id: piece }, texte })),
      );
    await em.query(
      `insert into sillage.piece (departement_id, id, candidature_id, quand, code, nom, type, taille, empreinte, stockage, cle,
           etat, verdict, recue_le, recue_par, analysee_le)
       select $1, p.id, p.candidature_id, 'DEPOT', 'PIECE', p.nom, 'PDF', 10, repeat('0', 64), p.id, p.cle,
           case when p.rang % 4 = 0 then 'LIBEREE' else 'NON_ANALYSEE' end,
           case when p.rang % 4 = 0 then 'SAINE' else 'NON_ANALYSEE' end, now(), $2, now()
         from unnest($3::uuid[], $4::uuid[], $5::int[], $6::bytea[], $7::bytea[]) p (id, candidature_id, rang, nom, cle)`,
      [
        departementId,
        auteur,
        choisies.map(({ piece }) => piece),
        choisies.map(({ id }) => id),
        choisies.map(({ rang }) => rang),
        await sceller('nom', `${mot} pièce.pdf`),
        await sceller('cle', Buffer.alloc(32).toString('base64')),
      ],
    );
  });
}
