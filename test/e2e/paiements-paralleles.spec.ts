import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import type { Worker } from '@sillage/worker';
import { avecClient } from '../support/base-essai.js';
import { attendreVersement, codes, demarrerWorker, faire, type VersementSuivi } from '../support/chaine-de-paiement.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import { activer, jusquALaDerniereSignature, muter, signerPourLeDepartement } from '../support/parcours-coordo-ase.js';

const COMBIEN = 200;

let gateway: GatewayEssai;
let worker: Worker;
beforeAll(async () => {
  gateway = await demarrerGatewayEssai({ dispositifs });
  worker = await demarrerWorker(gateway, dispositifs);
  await activer(gateway);
});
afterAll(async () => {
  await worker?.arreter();
  await gateway?.arreter();
});

async function liquide(par = 'slai-lens'): Promise<VersementSuivi> {
  const { conventionId } = await jusquALaDerniereSignature(gateway);
  await signerPourLeDepartement(gateway, conventionId);
  const avance = await attendreVersement(gateway, conventionId, 'AVANCE');
  await faire(gateway, par, 'versementLiquider', 'versement { etat }', { versementId: avance.id });
  return avance;
}

const ordonner = (versementId: string, clientMutationId?: string, compte = 'siege') =>
  muter(gateway, compte, 'versementOrdonner', 'clientMutationId versement { id numero etat montant }', {
    versementId,
    clientMutationId,
  });

async function mandatements(versementId: string): Promise<{ n: number; centimes: string }> {
  return avecClient(gateway.base.urlAdmin, async (client) => {
    const { rows } = await client.query<{ n: number; centimes: string }>(
      `select count(*)::int as n, sum(centimes)::text as centimes from sillage.ecriture
        where nature = 'MANDATEMENT' and versement_id = $1`,
      [versementId.replace('Versement-', '')],
    );
    return rows[0]!;
  });
}

describe(`${COMBIEN} orders of the same payment at once`, () => {
  it('with one key: one payment, and the same answer for everybody', async () => {
    const { id } = await liquide();
    const reponses = await Promise.all(Array.from({ length: COMBIEN }, () => ordonner(id, 'un-seul-geste')));
    expect(new Set(reponses.map((reponse) => JSON.stringify(reponse))).size).toBe(1);
    expect(reponses[0]).toMatchObject({ errors: [], versement: { etat: 'ORDONNE', montant: '31200.00' } });
    expect(await mandatements(id)).toEqual({ n: 1, centimes: '3120000' });
  }, 60_000);

  it('with as many keys: one payment, the others are told that it is done', async () => {
    const { id } = await liquide();
    const reponses = await Promise.all(Array.from({ length: COMBIEN }, (_, rang) => ordonner(id, `geste-${rang}`)));
    const issues = reponses.map(({ errors }) => codes(errors).join());
    expect(issues.filter((issue) => issue === '')).toHaveLength(1);
    expect(new Set(issues)).toEqual(new Set(['', 'ETAT_INCOMPATIBLE input.versementId']));
    expect(await mandatements(id)).toEqual({ n: 1, centimes: '3120000' });
  }, 60_000);

  it('a key that served for another request is refused', async () => {
    const [un, deux] = [await liquide(), await liquide()];
    expect((await ordonner(un.id, 'ma-cle')).errors).toEqual([]);
    expect(codes((await ordonner(deux.id, 'ma-cle')).errors)).toEqual(['IDEMPOTENCE_CONFLIT input.clientMutationId']);
    expect(await mandatements(deux.id)).toMatchObject({ n: 0 });
  });
});

describe('TRANS-29: two persons', () => {
  it('who liquidates does not order, whatever their role', async () => {
    const { id } = await liquide('siege');
    expect(codes((await ordonner(id)).errors)).toEqual(['AUTEUR_VALIDEUR_IDENTIQUES input.versementId']);
    expect(await mandatements(id)).toMatchObject({ n: 0 });
    expect((await ordonner(id, undefined, 'siege-2')).errors).toEqual([]);
  });
});

describe(`${COMBIEN} announcements of the same event`, () => {
  it('propose one payment a tranche', async () => {
    const { conventionId } = await jusquALaDerniereSignature(gateway);
    await signerPourLeDepartement(gateway, conventionId);
    await attendreVersement(gateway, conventionId, 'AVANCE');
    const restants = await avecClient(gateway.base.urlAdmin, async (client) => {
      await client.query(
        `insert into sillage.outbox (departement_id, id, file, nom, charge)
         select departement_id, uuidv7(), file, nom, charge from
           (select * from sillage.outbox where nom = 'versements.calculer' order by cree_le desc limit 1) o, generate_series(1, ${COMBIEN})`,
      );
      await client.query(`select pg_notify('sillage_outbox', '62')`);
      for (let essai = 0; essai < 600; essai += 1) {
        const { rows } = await client.query<{ n: number }>(
          `select count(*)::int as n from sillage.outbox where etat = 'EN_ATTENTE'`,
        );
        if (rows[0]!.n === 0) break;
        await new Promise((r) => setTimeout(r, 50));
      }
      const { rows } = await client.query<{ etat: string; n: number }>(
        'select etat, count(*)::int as n from sillage.versement where convention_id = $1 group by 1',
        [conventionId.replace('Convention-', '')],
      );
      return rows;
    });
    expect(restants).toEqual([{ etat: 'PROPOSE', n: 1 }]);
  }, 60_000);
});
