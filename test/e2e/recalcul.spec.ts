import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import type { Worker } from '@sillage/worker';
import { avecClient } from '../support/base-essai.js';
import { bilanCoordoAse } from '../support/bilan-coordo-ase.js';
import {
  attendreVersement,
  codes,
  demarrerWorker,
  faire,
  ordonner,
  payer,
  versementsDe,
} from '../support/chaine-de-paiement.js';
import { multiplierConvention } from '../support/conventions-en-nombre.js';
import { demarrerGatewayEssai, environnementEssai, type GatewayEssai } from '../support/gateway-essai.js';
import {
  activer,
  idsDeBase,
  jusquALaDerniereSignature,
  lire,
  muter,
  signerPourLeDepartement,
} from '../support/parcours-coordo-ase.js';

interface TacheLue {
  id: string;
  etat: string;
  total: number;
  faites: number;
  suspendues: number;
  ecart: string;
  ecarts: { totalCount: number; nodes: { tranche: string; action: string; actuel: string; attendu: string }[] };
}

const TACHE = `id etat total faites suspendues ecart
  ecarts(first: 5) { totalCount nodes { tranche action actuel attendu } }`;

/** What a dead worker held is taken up again at once. */
const PRESSE = { sondageMs: 50, republicationMs: 100, verrouMs: 1000, calageMs: 500 };

let gateway: GatewayEssai;
let worker: Worker | undefined;
let appelId = '';

beforeAll(async () => {
  gateway = await demarrerGatewayEssai({ dispositifs });
  worker = await demarrerWorker(gateway, dispositifs);
  await activer(gateway);
  ({ appelId } = await idsDeBase(gateway));
});
afterAll(async () => {
  await worker?.arreter();
  await gateway?.arreter();
});

const demander = (appliquer: boolean, compte = 'siege') =>
  muter(gateway, compte, 'versementsRecalculer', `tache { ${TACHE} }`, { appelId, appliquer });

async function tache(id: string): Promise<TacheLue> {
  const document = `query ($id: ID!) { tache(id: $id) { ${TACHE} } }`;
  return (await lire<{ tache: TacheLue }>(gateway, 'siege', document, { id })).tache;
}

async function finir(id: string, limite = 60_000): Promise<TacheLue> {
  const fin = performance.now() + limite;
  for (;;) {
    const lue = await tache(id);
    if (lue.etat === 'TERMINEE') return lue;
    if (performance.now() > fin) throw new Error(`La tâche n’a pas fini : ${JSON.stringify(lue)}`);
    await new Promise((r) => setTimeout(r, 50));
  }
}

async function recalculer(appliquer: boolean): Promise<TacheLue> {
  const { tache: demandee, errors } = await demander(appliquer);
  expect(errors).toEqual([]);
  return finir((demandee as TacheLue).id);
}

const fixerTaux = (valeur: number, du: string, au?: string) =>
  faire(gateway, 'administrateur', 'parametreSurcharger', 'clientMutationId', {
    dispositif: 'coordo-ase',
    cle: 'tauxAvance',
    portee: 'APPEL',
    porteeId: appelId,
    du,
    au,
    valeur,
    motif: 'Délibération.',
  });

describe('A recalculation of an appel', () => {
  let payee = '';
  let proposee = '';

  it('changes nothing where all is as computed', async () => {
    const dossier = async (): Promise<string> => {
      const { conventionId } = await jusquALaDerniereSignature(gateway);
      await signerPourLeDepartement(gateway, conventionId);
      return conventionId;
    };
    [payee, proposee] = [await dossier(), await dossier()];
    await ordonner(gateway, 'slai-lens', (await attendreVersement(gateway, payee, 'AVANCE')).id);
    await payer(gateway, '2026-02-02');
    await attendreVersement(gateway, proposee, 'AVANCE');
    for (const appliquer of [false, true]) {
      expect(await recalculer(appliquer)).toMatchObject({ total: 2, faites: 2, suspendues: 0, ecart: '0.00' });
    }
    expect((await versementsDe(gateway, payee)).map((v) => v.etat)).toEqual(['PAYE']);
  });

  it('says what would change before it is applied, then proposes it; what was paid stays', async () => {
    await fixerTaux(70, '2026-01-15', '2026-02-28');
    const vue = await recalculer(false);
    expect(vue).toMatchObject({ ecart: '10400.00', ecarts: { totalCount: 2 } });
    expect(vue.ecarts.nodes).toEqual([
      { tranche: 'AVANCE-R1', action: 'REGULARISER', actuel: '31200.00', attendu: '36400.00' },
      { tranche: 'AVANCE', action: 'REMPLACER', actuel: '31200.00', attendu: '36400.00' },
    ]);
    const etats = async (id: string) =>
      (await versementsDe(gateway, id)).map((v) => [v.tranche, v.etat, v.montant, v.sens]);
    expect(await etats(payee)).toEqual([['AVANCE', 'PAYE', '31200.00', 'A_PAYER']]);

    await recalculer(true);
    expect(await etats(payee)).toEqual([
      ['AVANCE', 'PAYE', '31200.00', 'A_PAYER'],
      ['AVANCE-R1', 'PROPOSE', '5200.00', 'A_PAYER'],
    ]);
    expect(await etats(proposee)).toEqual([
      ['AVANCE', 'REFUSE', '31200.00', 'A_PAYER'],
      ['AVANCE', 'PROPOSE', '36400.00', 'A_PAYER'],
    ]);
    expect(await recalculer(true)).toMatchObject({ ecart: '0.00', ecarts: { totalCount: 0 } });
  });

  it('leaves what was computed explaining itself word for word', async () => {
    const [avance] = await versementsDe(gateway, payee);
    const avant = avance!.explication.texte;
    expect(avant).toContain('60 %');
    await fixerTaux(80, '2026-03-01');
    await recalculer(true);
    const [relue, ...autres] = await versementsDe(gateway, payee);
    expect(relue!.explication.texte).toBe(avant);
    // Signed in February: what holds since March is for those signed since.
    expect(autres.map((v) => v.montant)).toEqual(['5200.00']);
  });

  it('tells that somebody had refused what it would propose again, and why', async () => {
    const { id: versementId } = await attendreVersement(gateway, proposee, 'AVANCE');
    await faire(gateway, 'siege', 'versementRefuser', 'versement { etat }', {
      versementId,
      motif: 'Doublon d’un autre financement.',
    });
    const { id } = await recalculer(false);
    const document = 'query ($id: ID!) { tache(id: $id) { ecarts { nodes { tranche action refus } } } }';
    expect(await lire(gateway, 'siege', document, { id })).toEqual({
      tache: {
        ecarts: { nodes: [{ tranche: 'AVANCE', action: 'PROPOSER', refus: 'Doublon d’un autre financement.' }] },
      },
    });
    await recalculer(true);
    await attendreVersement(gateway, proposee, 'AVANCE');
  });

  it('tells of what it cannot compute, and computes the others', async () => {
    const { conventionId } = await jusquALaDerniereSignature(gateway, '10000.00');
    await signerPourLeDepartement(gateway, conventionId);
    await attendreVersement(gateway, conventionId, 'AVANCE');
    await avecClient(gateway.base.urlAdmin, (client) =>
      client.query(`update sillage.convention set termes = '{}' where id = $1`, [
        conventionId.replace('Convention-', ''),
      ]),
    );
    const { id } = await recalculer(false);
    const document = 'query ($id: ID!) { tache(id: $id) { etat total faites refus { nodes { conventionId code } } } }';
    expect(await lire(gateway, 'siege', document, { id })).toEqual({
      tache: { etat: 'TERMINEE', total: 3, faites: 3, refus: { nodes: [{ conventionId, code: 'CHAMP_OBLIGATOIRE' }] } },
    });
    await avecClient(gateway.base.urlAdmin, (client) =>
      client.query(`update sillage.convention set termes = '{"etp": "1", "accompagnements": 30}' where id = $1`, [
        conventionId.replace('Convention-', ''),
      ]),
    );
  });

  it('is the siège’s, one at a time', async () => {
    expect(codes((await demander(true, 'association')).errors)).toEqual(['INTROUVABLE input.appelId']);
    expect(codes((await demander(true, 'administrateur')).errors)).toEqual(['ACTION_INTERDITE input.appelId']);
    await worker?.arreter();
    worker = undefined;
    const deux = await Promise.all([demander(false), demander(false, 'siege-2')]);
    expect(deux.map(({ errors }) => codes(errors).join()).sort()).toEqual(['', 'ETAT_INCOMPATIBLE input.appelId']);
    worker = await demarrerWorker(gateway, dispositifs);
    const [demandee] = deux.flatMap(({ tache: lue }) => (lue === null ? [] : [lue as TacheLue]));
    await finir(demandee!.id);
  });

  it('goes on after a kill -9, from where it was, and does nothing twice', async () => {
    const { conventionId } = await jusquALaDerniereSignature(gateway, '50000.00');
    await signerPourLeDepartement(gateway, conventionId);
    await attendreVersement(gateway, conventionId, 'AVANCE');
    gateway.horloge.avancerA('2027-03-01T09:00:00+01:00');
    const { bilan } = await faire(gateway, 'association', 'bilanCoordoAseRemettre', 'bilan { id version }', {
      conventionId,
      champs: bilanCoordoAse(24, 90),
    });
    const { id: bilanId, version } = bilan as { id: string; version: number };
    await faire(gateway, 'slai-lens', 'bilanCoordoAseConfirmer', 'bilan { etat }', { bilanId, version });
    await attendreVersement(gateway, conventionId, 'SOLDE');
    await worker?.arreter();
    worker = undefined;
    const COPIES = 2000;
    await avecClient(gateway.base.urlAdmin, async (client) => {
      await multiplierConvention(client, conventionId.replace('Convention-', ''), COPIES);
      await client.query(`update sillage.versement set montant_centimes = 1 where numero like 'SOLDE-COPIE-%'`);
    });
    const { tache: demandee } = await demander(true);
    const { id } = demandee as TacheLue;
    for (let mort = 0; mort < 3; mort += 1) {
      const avant = (await tache(id)).faites;
      const victime = lancer();
      while ((await tache(id)).faites === avant) await new Promise((r) => setTimeout(r, 10));
      victime.kill('SIGKILL');
      await once(victime, 'exit');
    }
    worker = await demarrerWorker(gateway, dispositifs, PRESSE);
    const finie = await finir(id, 120_000);
    expect(finie).toMatchObject({ total: COPIES + 4, faites: COPIES + 4, suspendues: 0 });
    const comptes = await avecClient(gateway.base.urlAdmin, async (client) => {
      const { rows } = await client.query<{ etat: string; montant: string; n: number }>(
        `select v.etat, v.montant_centimes::text as montant, count(*)::int as n from sillage.versement v
           join sillage.convention c on c.id = v.convention_id
          where c.numero like 'CONV-COPIE-%' and v.tranche = 'SOLDE' group by 1, 2 order by 1`,
      );
      return rows;
    });
    const solde = (await versementsDe(gateway, conventionId)).find((v) => v.tranche === 'SOLDE')!;
    expect(comptes).toEqual([
      { etat: 'PROPOSE', montant: solde.montant.replace('.', ''), n: COPIES },
      { etat: 'REFUSE', montant: '1', n: COPIES },
    ]);
  }, 300_000);
});

/** The worker as it is built, in a process that can be killed. */
function lancer(): ChildProcess {
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    ...environnementEssai(gateway.base, gateway.emetteur),
    DATABASE_URL: gateway.base.urlJobs,
    NIVEAU_TRACES: 'error',
    HORLOGE: '2027-03-01T09:00:00+01:00',
    REGLAGES: JSON.stringify(PRESSE),
  };
  return spawn(process.execPath, [join(import.meta.dirname, '../support/worker-enfant.mjs')], {
    env,
    stdio: 'inherit',
  });
}
