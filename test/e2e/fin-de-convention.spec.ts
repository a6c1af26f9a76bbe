import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import type { Worker } from '@sillage/worker';
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
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import {
  activer,
  jusquALaDerniereSignature,
  lire,
  muter,
  type ReponseLue,
  signerPourLeDepartement,
} from '../support/parcours-coordo-ase.js';

// How a signed convention ends: by its last day, for a yearly term (CONV-DEL-01), or for a fault (CONV-DEL-02).

let gateway: GatewayEssai;
let worker: Worker;

const SIGNATURE = '2026-02-02T09:00:00+01:00';
/** From June to May: a letter of January ends it in March. */
const DE_JUIN = { du: '2026-06-01', au: '2027-05-31' };

beforeAll(async () => {
  gateway = await demarrerGatewayEssai({ dispositifs });
  worker = await demarrerWorker(gateway, dispositifs);
  await activer(gateway);
});
afterAll(async () => {
  await worker?.arreter();
  await gateway?.arreter();
});
beforeEach(() => gateway.horloge.avancerA(SIGNATURE));

async function signee(periode?: { du: string; au: string }): Promise<string> {
  const { conventionId } = await jusquALaDerniereSignature(gateway, '52000.00', periode);
  expect((await signerPourLeDepartement(gateway, conventionId)).errors).toEqual([]);
  return conventionId;
}

function resilier(conventionId: string, input: object, compte = 'siege'): Promise<ReponseLue> {
  const selection = 'convention { etat du au montant fins { nature partie envoyeeLe effetLe auAvant motif } }';
  const defaut = { partie: 'DEPARTEMENT', nature: 'RESILIATION', motif: 'Courrier resté sans effet.' };
  return muter(gateway, compte, 'conventionResilier', selection, { conventionId, ...defaut, ...input });
}

interface ConventionLue {
  etat: string;
  au: string;
  vie: { etape: string; bilanDu: boolean };
  avenants: { id: string; etat: string }[];
  actionsPossibles: { action: string; possible: boolean }[];
}

async function relire(conventionId: string, compte = 'siege'): Promise<ConventionLue> {
  const document = `query ($id: ID!) { convention(id: $id) { etat au vie { etape bilanDu } avenants { id etat }
    actionsPossibles { action possible } } }`;
  const { convention } = await lire<{ convention: ConventionLue }>(gateway, compte, document, { id: conventionId });
  return convention;
}

async function possibles(conventionId: string, compte = 'siege'): Promise<string[]> {
  const { actionsPossibles } = await relire(conventionId, compte);
  return actionsPossibles.flatMap(({ action, possible }) => (possible ? [action] : []));
}

const refus = ({ errors }: ReponseLue): string[] => errors.map((e) => `${e.code} ${e.path.join('.')} ${e.regle}`);

describe('A dénonciation, for a yearly term', () => {
  it('14.3 #20, CONV-DEL-01: for the term of 2026-12-31, the letter is sent by 2026-10-31', async () => {
    const conventionId = await signee();
    gateway.horloge.avancerA('2026-11-05T09:00:00+01:00');
    const denoncer = (envoyeeLe: string, effetLe?: string) =>
      resilier(conventionId, { nature: 'DENONCIATION', envoyeeLe, effetLe, motif: 'Un autre porteur est choisi.' });
    const trop = await denoncer('2026-11-01', '2026-12-31');
    // The next term, 2027-12-31, is past the last day of the convention.
    expect(refus(trop)).toEqual(['PERIODE_INVALIDE input.envoyeeLe CONV-DEL-01']);
    expect(refus(await denoncer('2026-10-31', '2026-12-30'))).toContain('PERIODE_INVALIDE input.effetLe CONV-DEL-01');
    expect(refus(await denoncer('2026-11-06'))).toEqual(['PERIODE_INVALIDE input.envoyeeLe CONV-DEL-01']);
    const { convention, errors } = await denoncer('2026-10-31');
    expect(errors).toEqual([]);
    expect(convention).toMatchObject({
      etat: 'DENONCEE',
      du: '2026-03-01',
      au: '2026-12-31',
      montant: '52000.00',
      fins: [{ nature: 'DENONCIATION', envoyeeLe: '2026-10-31', effetLe: '2026-12-31', auAvant: '2027-02-28' }],
    });
  });

  it('it is in force until then; its bilan and its balance are of what was done until then', async () => {
    const conventionId = await signee();
    const avance = await attendreVersement(gateway, conventionId, 'AVANCE');
    await ordonner(gateway, 'slai-lens', avance.id);
    await payer(gateway, '2026-02-02');
    gateway.horloge.avancerA('2026-10-20T09:00:00+02:00');
    const denonciation = { nature: 'DENONCIATION', partie: 'PORTEUR', envoyeeLe: '2026-10-15' };
    expect((await resilier(conventionId, denonciation, 'association')).errors).toEqual([]);
    expect((await relire(conventionId)).vie).toEqual({ etape: 'EN_VIGUEUR', bilanDu: false });
    const avenant = await muter(gateway, 'siege', 'avenantCoordoAsePreparer', 'convention { id }', {
      conventionId,
      effetLe: '2026-12-01',
      montant: '40000.00',
      motif: 'Trop tard.',
    });
    expect(refus(avenant)).toEqual(['ETAT_INCOMPATIBLE input.conventionId CONV-WF-01']);
    const encore = await resilier(conventionId, denonciation, 'association');
    expect(refus(encore)).toEqual(['ETAT_INCOMPATIBLE input.conventionId CONV-WF-01']);
    expect(await possibles(conventionId)).toEqual(['RESILIER_DEPARTEMENT']);
    expect(await possibles(conventionId, 'association')).toEqual(['RESILIER_PORTEUR']);

    const bilan = bilanCoordoAse(30, 100);
    const remise = { conventionId, champs: { ...bilan, fileActive: bilan.fileActive.slice(0, 10) } };
    const remettre = () => muter(gateway, 'association', 'bilanCoordoAseRemettre', 'bilan { id version }', remise);
    expect(codes((await remettre()).errors)).toEqual(['ETAT_INCOMPATIBLE input.conventionId']);
    gateway.horloge.avancerA('2027-01-04T09:00:00+01:00');
    expect((await relire(conventionId)).vie).toEqual({ etape: 'DENONCEE', bilanDu: true });
    const { bilan: remis, errors } = await remettre();
    expect(errors).toEqual([]);
    expect((await relire(conventionId)).vie).toEqual({ etape: 'DENONCEE', bilanDu: false });
    const { id: bilanId, version } = remis as { id: string; version: number };
    await faire(gateway, 'slai-lens', 'bilanCoordoAseConfirmer', 'bilan { etat }', { bilanId, version });
    // Ten months of twelve: 52 000 x 10/12 = 43 333,33, of which 31 200 are the advance.
    const solde = await attendreVersement(gateway, conventionId, 'SOLDE');
    expect(solde).toMatchObject({ sens: 'A_PAYER', montant: '12133.33' });
    expect((await versementsDe(gateway, conventionId)).map(({ tranche }) => tranche)).toEqual(['AVANCE', 'SOLDE']);
  });
});

describe('A résiliation, for a fault', () => {
  it('14.3 #21, CONV-DEL-02: a letter sent on 2027-01-15 takes effect from 2027-03-15, by the word of a person', async () => {
    const conventionId = await signee(DE_JUIN);
    gateway.horloge.avancerA('2027-03-14T09:00:00+01:00');
    const envoi = { envoyeeLe: '2027-01-15' };
    expect(refus(await resilier(conventionId, envoi))).toEqual(['ETAT_INCOMPATIBLE input.envoyeeLe AMB-035']);
    gateway.horloge.avancerA('2027-03-15T09:00:00+01:00');
    expect(refus(await resilier(conventionId, { ...envoi, effetLe: '2027-03-14' }))).toEqual([
      'PERIODE_INVALIDE input.effetLe CONV-DEL-02',
    ]);
    expect(refus(await resilier(conventionId, { ...envoi, effetLe: '2027-06-01' }))).toEqual([
      'PERIODE_INVALIDE input.effetLe CONV-DEL-02',
    ]);
    expect(codes((await resilier(conventionId, { ...envoi, effetLe: '' })).errors)).toEqual([
      'VALEUR_INVALIDE input.effetLe',
    ]);
    expect(codes((await resilier(conventionId, { ...envoi, motif: ' ' })).errors)).toEqual([
      'CHAMP_OBLIGATOIRE input.motif',
    ]);
    const cle = { ...envoi, clientMutationId: 'fin-pour-manquement' };
    const reponses = await Promise.all([1, 2, 3].map(() => resilier(conventionId, cle)));
    for (const { convention, errors } of reponses) {
      expect(errors).toEqual([]);
      expect(convention).toMatchObject({
        etat: 'RESILIEE',
        au: '2027-03-15',
        fins: [{ nature: 'RESILIATION', partie: 'DEPARTEMENT', effetLe: '2027-03-15', auAvant: '2027-05-31' }],
      });
    }
    expect((await relire(conventionId)).vie.etape).toBe('EN_VIGUEUR');
    gateway.horloge.avancerA('2027-03-16T09:00:00+01:00');
    expect((await relire(conventionId)).vie).toEqual({ etape: 'RESILIEE', bilanDu: true });
    expect(await possibles(conventionId)).toEqual([]);
  });

  it('each party ends it for itself; a stranger and another territory know nothing of it', async () => {
    const conventionId = await signee(DE_JUIN);
    gateway.horloge.avancerA('2027-03-15T09:00:00+01:00');
    const envoi = { envoyeeLe: '2027-01-15' };
    const essayer = async (compte: string, partie: string) =>
      codes((await resilier(conventionId, { ...envoi, partie }, compte)).errors);
    expect(await essayer('association', 'DEPARTEMENT')).toEqual(['ACTION_INTERDITE input.partie']);
    expect(await essayer('siege', 'PORTEUR')).toEqual(['ACTION_INTERDITE input.partie']);
    expect(await essayer('slai-lens', 'DEPARTEMENT')).toEqual(['ACTION_INTERDITE input.conventionId']);
    expect(await essayer('slai-arras', 'DEPARTEMENT')).toEqual(['INTROUVABLE input.conventionId']);
    expect(await essayer('association-2', 'PORTEUR')).toEqual(['INTROUVABLE input.conventionId']);
    expect(await essayer('association', 'PORTEUR')).toEqual([]);
    expect(await possibles(conventionId, 'slai-lens')).toEqual([]);
  });

  it('a fault may be found while a notice runs', async () => {
    const conventionId = await signee({ du: '2026-03-01', au: '2027-02-28' });
    gateway.horloge.avancerA('2026-09-01T09:00:00+02:00');
    const denonciation = { nature: 'DENONCIATION', envoyeeLe: '2026-09-01' };
    expect((await resilier(conventionId, denonciation)).errors).toEqual([]);
    expect((await resilier(conventionId, { envoyeeLe: '2026-06-30' })).convention).toMatchObject({
      etat: 'RESILIEE',
      au: '2026-08-30',
      fins: [{ nature: 'DENONCIATION' }, { nature: 'RESILIATION', auAvant: '2026-12-31' }],
    });
  });
});

describe('At once', () => {
  it('an end, and the last signature of an avenant that ends it sooner: exactly one wins', async () => {
    for (let tour = 0; tour < 3; tour += 1) {
      gateway.horloge.avancerA(SIGNATURE);
      const conventionId = await signee();
      gateway.horloge.avancerA('2026-10-20T09:00:00+02:00');
      await faire(gateway, 'siege', 'avenantCoordoAsePreparer', 'convention { id }', {
        conventionId,
        effetLe: '2026-11-01',
        au: '2026-11-30',
        montant: '30000.00',
        motif: 'Le poste s’arrête.',
      });
      const avenantId = (await relire(conventionId)).avenants[0]!.id;
      const signature = { avenantId, signeeLe: '2026-10-20', qualite: 'direction' };
      const signer = (compte: string, partie: string) =>
        muter(gateway, compte, 'avenantSigner', 'convention { etat }', { ...signature, partie });
      expect((await signer('association', 'PORTEUR')).errors).toEqual([]);
      const [avenant, fin] = await Promise.all([
        signer('siege', 'DEPARTEMENT'),
        resilier(conventionId, { nature: 'DENONCIATION', envoyeeLe: '2026-10-15' }, 'siege-2'),
      ]);
      const { etat, au, avenants } = await relire(conventionId);
      if (fin.errors.length === 0) {
        expect(codes(avenant.errors)).toEqual(['ETAT_INCOMPATIBLE input.avenantId']);
        expect({ etat, au, avenant: avenants[0]!.etat }).toEqual({
          etat: 'DENONCEE',
          au: '2026-12-31',
          avenant: 'ABANDONNE',
        });
      } else {
        expect(codes(fin.errors)).toEqual(['PERIODE_INVALIDE input.envoyeeLe']);
        expect(avenant.errors).toEqual([]);
        expect({ etat, au, avenant: avenants[0]!.etat }).toEqual({
          etat: 'SIGNEE',
          au: '2026-11-30',
          avenant: 'SIGNE',
        });
      }
    }
  });
});

describe('By its last day', () => {
  it('is to come, in force, then over; its bilan is due from the day after', async () => {
    const conventionId = await signee();
    const le = async (instant: string) => {
      gateway.horloge.avancerA(instant);
      return (await relire(conventionId)).vie;
    };
    expect(await le('2026-02-28T23:59:59+01:00')).toEqual({ etape: 'A_VENIR', bilanDu: false });
    expect(await le('2026-03-01T00:00:00+01:00')).toEqual({ etape: 'EN_VIGUEUR', bilanDu: false });
    expect(await le('2027-02-28T23:59:59+01:00')).toEqual({ etape: 'EN_VIGUEUR', bilanDu: false });
    expect(await le('2027-03-01T00:00:00+01:00')).toEqual({ etape: 'ECHUE', bilanDu: true });
    await faire(gateway, 'association', 'bilanCoordoAseRemettre', 'bilan { id }', {
      conventionId,
      champs: bilanCoordoAse(30, 100),
    });
    expect((await relire(conventionId)).vie).toEqual({ etape: 'ECHUE', bilanDu: false });
    const tard = await resilier(conventionId, { envoyeeLe: '2026-06-30' });
    expect(refus(tard)).toEqual(['ETAT_INCOMPATIBLE input.conventionId TRANS-25']);
  });
});
