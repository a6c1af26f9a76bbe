import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { avecClient, type BaseEssai, creerBaseEssai } from '../../../../test/support/index.js';
import { ParametresEnTexte1763800000023 } from './1763800000023-parametres-en-texte.js';

let base: BaseEssai;
let proprietaire: DataSource;

beforeAll(async () => {
  base = await creerBaseEssai({ departements: ['62', '99'] });
  proprietaire = await new DataSource({ type: 'postgres', url: base.urlProprietaire }).initialize();
});
afterAll(async () => {
  await proprietaire?.destroy();
  await base?.supprimer();
});

test('numbers with decimals become texts, to the digit, in every département; all else stays', async () => {
  const valeurs = ['60.5', '51999.99', '1000000.10', '60', '12', 'true', '"62.5"'];
  await avecClient(base.urlAdmin, async (admin) => {
    await admin.query(
      `set session_replication_role = replica;
       insert into sillage.parametre_surcharge
         (departement_id, id, dispositif, cle, portee, portee_id, du, valeur, motif, decide_par, decide_le)
       select d, gen_random_uuid(), 'essai', 'cle', 'APPEL', gen_random_uuid(), '2026-01-01', v.valeur::jsonb, 'Essai', gen_random_uuid(),
         '2026-01-01T00:00:00Z'::timestamptz + v.rang * interval '1 second'
       from unnest(array['62', '99']) d, unnest(array['${valeurs.join("','")}']) with ordinality v (valeur, rang)`,
    );
  });
  await proprietaire.transaction((em) => new ParametresEnTexte1763800000023().up(em.queryRunner!));
  const { rows } = await avecClient(base.urlAdmin, (admin) =>
    admin.query<{ departement_id: string; valeurs: string[] }>(
      `select departement_id, array_agg(valeur::text order by decide_le) as valeurs from sillage.parametre_surcharge group by 1 order by 1`,
    ),
  );
  const attendues = ['"60.5"', '"51999.99"', '"1000000.10"', '60', '12', 'true', '"62.5"'];
  expect(rows).toEqual(['62', '99'].map((departement_id) => ({ departement_id, valeurs: attendues })));
});
