import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import { avecClient } from '../support/base-essai.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import { activer, jusquALaDerniereSignature, signerPourLeDepartement } from '../support/parcours-coordo-ase.js';

let gateway: GatewayEssai;
beforeAll(async () => {
  gateway = await demarrerGatewayEssai({ dispositifs });
});
afterAll(() => gateway?.arreter());

it('each step of a dossier, from its draft to its last signature, leaves one line, in the name of who did it', async () => {
  await activer(gateway);
  const { conventionId } = await jusquALaDerniereSignature(gateway);
  await signerPourLeDepartement(gateway, conventionId);
  const lignes = await avecClient(gateway.base.urlAdmin, async (client) => {
    const { rows } = await client.query<{ ligne: string }>(
      `select concat_ws(' ', u.sub, j.action, j.details ->> 'partie') as ligne
         from sillage.journal j join sillage.utilisateur u on u.departement_id = j.departement_id and u.id = j.acteur_id
        where j.objet_type in ('Candidature', 'Convention') order by j.id`,
    );
    return rows.map(({ ligne }) => ligne);
  });
  expect(lignes).toEqual([
    'association candidatureCreer',
    'association candidatureDeposer',
    'association candidatureValider',
    'slai-lens candidatureDonnerAvis',
    'siege candidatureDecider',
    'siege candidatureConventionner',
    'siege conventionCoordoAsePreparer',
    'association conventionSigner PORTEUR',
    'siege conventionSigner DEPARTEMENT',
  ]);
});
