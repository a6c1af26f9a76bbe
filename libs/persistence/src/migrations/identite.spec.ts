import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { v7 as uuidV7 } from 'uuid';
import { type BaseEssai, creerBaseEssai } from '../../../../test/support/index.js';
import { Identite1763800000014 } from './1763800000014-identite.js';

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

test('names already recorded move to their table, in every département, and leave the record', async () => {
  await proprietaire.transaction(async (em) => {
    await em.query(`
      drop table sillage.identite;
      alter table sillage.jeune add column prenom text not null, add column nom text not null`);
    for (const departement of ['62', '99']) {
      await em.query(`select set_config('sillage.departement', $1, true)`, [departement]);
      const [territoire, utilisateur] = [uuidV7(), uuidV7()];
      await em.query(
        `insert into sillage.territoire (departement_id, id, code, libelle) values ($1, $2, 'T', 'Territoire')`,
        [departement, territoire],
      );
      await em.query(
        `insert into sillage.utilisateur (departement_id, id, iss, sub, libelle, cree_le) values ($1, $2, 'i', 's', 'Essai', now())`,
        [departement, utilisateur],
      );
      await em.query(
        `insert into sillage.jeune (departement_id, id, numero, prenom, nom, date_naissance, territoire_id, cree_le, cree_par, modifie_le)
         values ($1, $2, 'J-1', 'Prénom', $1, '2005-01-01', $3, now(), $4, now())`,
        [departement, uuidV7(), territoire, utilisateur],
      );
    }
    await em.query(`select set_config('sillage.departement', '', true)`);
    await new Identite1763800000014().up(em.queryRunner!);
  });

  for (const departement of ['62', '99']) {
    const lues = await proprietaire.transaction(async (em) => {
      await em.query(`select set_config('sillage.departement', $1, true)`, [departement]);
      return em.query<object[]>(`
        select i.prenom, i.nom, to_jsonb(j) ?| array['prenom', 'nom'] as reste
          from sillage.jeune j join sillage.identite i on i.jeune_id = j.id`);
    });
    expect(lues).toEqual([{ prenom: 'Prénom', nom: departement, reste: false }]);
  }
  const [{ forcee } = { forcee: false }] = await proprietaire.query<{ forcee: boolean }[]>(
    `select relforcerowsecurity as forcee from pg_class where oid = 'sillage.jeune'::regclass`,
  );
  expect(forcee).toBe(true);
});
