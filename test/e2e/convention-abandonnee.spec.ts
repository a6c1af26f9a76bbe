import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import type { Worker } from '@sillage/worker';
import { avecClient } from '../support/base-essai.js';
import { codes, demarrerWorker, faire } from '../support/chaine-de-paiement.js';
import { dossierCllaj } from '../support/dossier-cllaj.js';
import { dossierFajCo } from '../support/dossier-faj-co.js';
import { activerDispositif, type DossierType, preparer, retenir, signer } from '../support/dossier-signe.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import { ouvrirDepotDePieces } from '../support/pieces-jointes.js';
import { lire, muter, type ReponseLue } from '../support/parcours-coordo-ase.js';

// A project of convention is given up: it counts in nothing any more (CONV-WF-01).

let depot: Awaited<ReturnType<typeof ouvrirDepotDePieces>>;
let gateway: GatewayEssai;
let worker: Worker;

const DEPOT_CLLAJ = '2026-04-15T09:00:00+02:00';
const DEPOT_FAJ_CO = '2026-06-01T09:00:00+02:00';
const SIGNATURE = '2026-07-01T09:00:00+02:00';

beforeAll(async () => {
  depot = await ouvrirDepotDePieces();
  gateway = await demarrerGatewayEssai({ dispositifs, env: depot.env });
  worker = await demarrerWorker(gateway, dispositifs);
  gateway.horloge.avancerA(DEPOT_CLLAJ);
  await activerDispositif(gateway, 'cllaj');
  await activerDispositif(gateway, 'faj-co');
});
afterAll(async () => {
  await worker?.arreter();
  await gateway?.arreter();
  await depot?.effacer();
});
beforeEach(() => gateway.horloge.avancerA(DEPOT_CLLAJ));

function abandonner(conventionId: string, compte = 'siege', autres: object = {}): Promise<ReponseLue> {
  const input = { conventionId, motif: 'Un montant erroné.', ...autres };
  return muter(gateway, compte, 'conventionAbandonner', 'convention { id etat montant }', input);
}

const signerPour = (conventionId: string, compte: string, partie: string): Promise<ReponseLue> =>
  muter(gateway, compte, 'conventionSigner', 'convention { etat }', {
    conventionId,
    partie,
    signeeLe: '2026-07-01',
    qualite: 'direction',
  });

/** A project of a CLLAJ's, on the day when conventions are prepared. */
async function projet(montant: string): Promise<{ dossier: DossierType; candidatureId: string; conventionId: string }> {
  gateway.horloge.avancerA(DEPOT_CLLAJ);
  const dossier = dossierCllaj(montant);
  const candidatureId = await retenir(gateway, dossier);
  gateway.horloge.avancerA(SIGNATURE);
  const { conventionId, refus } = await preparer(gateway, dossier, candidatureId);
  expect(refus).toEqual([]);
  return { dossier, candidatureId, conventionId };
}

async function candidature(id: string): Promise<{ etat: string; numero: string; convention: { id: string } | null }> {
  const document = `query ($id: ID!) { candidature(id: $id) { etat numero convention { id } } }`;
  const lue = await lire<{ candidature: { etat: string; numero: string; convention: { id: string } | null } }>(
    gateway,
    'siege',
    document,
    { id },
  );
  return lue.candidature;
}

describe('A project that is given up', () => {
  it('is so by the siège, with a motive, once under retry, and in the journal', async () => {
    const { candidatureId, conventionId } = await projet('1000.00');
    expect((await signerPour(conventionId, 'cllaj', 'PORTEUR')).errors).toEqual([]);
    expect(codes((await abandonner(conventionId, 'cllaj')).errors)).toEqual(['ACTION_INTERDITE input.conventionId']);
    expect(codes((await abandonner(conventionId, 'association')).errors)).toEqual(['INTROUVABLE input.conventionId']);
    expect(codes((await abandonner(conventionId, 'slai-arras')).errors)).toEqual(['INTROUVABLE input.conventionId']);
    expect(codes((await abandonner(conventionId, 'siege', { motif: ' ' })).errors)).toEqual([
      'CHAMP_OBLIGATOIRE input.motif',
    ]);
    const cle = { clientMutationId: 'abandon-du-projet' };
    const reponses = await Promise.all([1, 2, 3].map(() => abandonner(conventionId, 'siege', cle)));
    const attendue = { errors: [], convention: { id: conventionId, etat: 'ABANDONNEE', montant: '1000.00' } };
    for (const reponse of reponses) expect(reponse).toMatchObject(attendue);
    expect(codes((await abandonner(conventionId)).errors)).toEqual(['ETAT_INCOMPATIBLE input.conventionId']);
    expect(codes((await signerPour(conventionId, 'siege', 'DEPARTEMENT')).errors)).toEqual([
      'ETAT_INCOMPATIBLE input.conventionId',
    ]);
    const uuid = conventionId.replace('Convention-', '');
    const lignes = await avecClient(gateway.base.urlAdmin, async (client) => {
      const texte = `select details->>'motif' as motif from sillage.journal where action = 'conventionAbandonner' and objet_id = $1`;
      return (await client.query<{ motif: string }>(texte, [uuid])).rows;
    });
    expect(lignes).toEqual([{ motif: 'Un montant erroné.' }]);
    expect(await candidature(candidatureId)).toMatchObject({ etat: 'RETENUE', convention: null });
  });

  it('leaves its amount to the yearly cap, and its candidature is conventioned anew', async () => {
    const { dossier, candidatureId, conventionId } = await projet('18000.00');
    gateway.horloge.avancerA(DEPOT_CLLAJ);
    const autre = dossierCllaj('15000.00');
    const autreId = await retenir(gateway, autre);
    gateway.horloge.avancerA(SIGNATURE);
    expect((await preparer(gateway, autre, autreId)).refus).toEqual([
      'CLLAJ-FIN-01 MONTANT_SUPERIEUR_AU_PLAFOND input.montant',
    ]);
    expect((await abandonner(conventionId)).errors).toEqual([]);
    const seconde = await preparer(gateway, autre, autreId);
    expect(seconde.refus).toEqual([]);
    expect((await preparer(gateway, dossier, candidatureId)).refus).toEqual([
      'CLLAJ-FIN-01 MONTANT_SUPERIEUR_AU_PLAFOND input.montant',
    ]);
    const moindre = { ...dossier, convention: { ...dossier.convention, montant: '5000.00' } };
    const { conventionId: nouvelle, refus } = await preparer(gateway, moindre, candidatureId);
    expect(refus).toEqual([]);
    expect(await candidature(candidatureId)).toMatchObject({ etat: 'CONVENTIONNEE', convention: { id: nouvelle } });
    for (const id of [seconde.conventionId, nouvelle]) {
      expect((await signerPour(id, 'cllaj', 'PORTEUR')).errors).toEqual([]);
      expect((await signerPour(id, 'siege', 'DEPARTEMENT')).convention).toEqual({ etat: 'SIGNEE' });
      expect(codes((await abandonner(id)).errors)).toEqual(['ETAT_INCOMPATIBLE input.conventionId']);
    }
    const { enveloppes } = await lire<{ enveloppes: { nodes: { dispositif: string; soldes: { engage: string } }[] } }>(
      gateway,
      'siege',
      '{ enveloppes { nodes { dispositif soldes { engage } } } }',
    );
    expect(enveloppes.nodes.find(({ dispositif }) => dispositif === 'cllaj')?.soldes.engage).toBe('20000.00');
  });

  it('counts no more in how long an action goes on (FAJCO-ELIG-11)', async () => {
    gateway.horloge.avancerA(DEPOT_FAJ_CO);
    const premiere = dossierFajCo({ convention: { du: '2026-07-01', au: '2027-06-30' } });
    const id = await retenir(gateway, premiere);
    gateway.horloge.avancerA('2026-06-15T09:00:00+02:00');
    expect((await signer(gateway, premiere, id)).refus).toEqual([]);
    const { numero } = await candidature(id);
    gateway.horloge.avancerA(DEPOT_FAJ_CO);
    const suite = dossierFajCo({
      champs: { intitule: 'La suite', suiteDe: numero, cofinancements: 'Caf.' },
      convention: { du: '2027-07-01', au: '2028-06-30' },
    });
    const suites = [await retenir(gateway, suite), await retenir(gateway, suite)] as const;
    const { conventionId, refus } = await preparer(gateway, suite, suites[0]);
    expect(refus).toEqual([]);
    const trop = ['FAJCO-ELIG-11 DUREE_SUPERIEURE_AU_MAXIMUM input.au'];
    expect((await preparer(gateway, suite, suites[1])).refus).toEqual(trop);
    expect((await abandonner(conventionId)).errors).toEqual([]);
    expect((await preparer(gateway, suite, suites[1])).refus).toEqual([]);
    expect((await preparer(gateway, suite, suites[0])).refus).toEqual(trop);
  });

  it('at once with its last signature: exactly one wins, and what is committed follows', async () => {
    for (let tour = 0; tour < 3; tour += 1) {
      gateway.horloge.avancerA(DEPOT_FAJ_CO);
      const dossier = dossierFajCo({ champs: { intitule: `Ensemble ${tour}` } });
      const candidatureId = await retenir(gateway, dossier);
      gateway.horloge.avancerA('2026-07-01T09:00:00+02:00');
      const { conventionId } = await preparer(gateway, dossier, candidatureId);
      await faire(gateway, 'association', 'conventionSigner', 'convention { etat }', {
        conventionId,
        partie: 'PORTEUR',
        signeeLe: '2026-07-01',
        qualite: 'présidence',
      });
      const deux = await Promise.all([
        signerPour(conventionId, 'siege', 'DEPARTEMENT'),
        abandonner(conventionId, 'siege-2'),
      ]);
      expect(deux.map(({ errors }) => codes(errors).join()).sort()).toEqual([
        '',
        'ETAT_INCOMPATIBLE input.conventionId',
      ]);
      const abandonnee = deux[1].errors.length === 0;
      expect((await candidature(candidatureId)).etat).toBe(abandonnee ? 'RETENUE' : 'CONVENTIONNEE');
    }
  });
});
