import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type BancDispositif, monterBanc } from '../support/banc-dispositif.js';
import { faire, refusCites } from '../support/chaine-de-paiement.js';
import { dossierFajCo } from '../support/dossier-faj-co.js';
import {
  deposerEtValider,
  type DossierType,
  instruire,
  preparer,
  retenir,
  signer,
  tenterDecision,
  tenterDepot,
} from '../support/dossier-signe.js';
import type { GatewayEssai } from '../support/gateway-essai.js';
import { lire, muter } from '../support/parcours-coordo-ase.js';

// One action across the years (FAJCO-ELIG-11, AMB-045): 24 months in all or two years of grant, the first reached.

let banc: BancDispositif;
let gateway: GatewayEssai;

const DEPOT = '2026-06-01T09:00:00+02:00';
const SIGNATURE = '2026-06-15T09:00:00+02:00';
const EN_2027 = '2027-03-01T09:00:00+01:00';
const EN_2028 = '2028-03-01T09:00:00+01:00';
const DOUZE = { du: '2026-07-01', au: '2027-06-30' };
const SUIVANTS = { du: '2027-07-01', au: '2028-06-30' };

beforeAll(async () => {
  banc = await monterBanc('faj-co', { depuis: DEPOT, pieces: true });
  ({ gateway } = banc);
});
afterAll(() => banc?.arreter());
beforeEach(() => gateway.horloge.avancerA(DEPOT));

async function numeroDe(candidatureId: string): Promise<string> {
  const document = `{ candidature(id: "${candidatureId}") { numero } }`;
  return (await lire<{ candidature: { numero: string } }>(gateway, 'siege', document)).candidature.numero;
}

let rang = 0;
function dossier(champs: object = {}, convention: object = {}): DossierType {
  rang += 1;
  return dossierFajCo({ champs: { intitule: `Action ${rang}`, ...champs }, convention });
}
const suite = (suiteDe: string, convention: object): DossierType =>
  dossier({ suiteDe, cofinancements: 'Caf et commune.' }, convention);

/** A convention of a first year; returns its id and the number that a sequel names. */
async function commencee(convention: object = DOUZE): Promise<{ conventionId: string; numero: string }> {
  const premiere = dossier({}, convention);
  const id = await retenir(gateway, premiere);
  gateway.horloge.avancerA(SIGNATURE);
  const { conventionId, refus } = await signer(gateway, premiere, id);
  expect(refus).toEqual([]);
  return { conventionId, numero: await numeroDe(id) };
}

/** A sequel deposited in the window, and decided on another day. */
async function poursuivre(numero: string, convention: object, decideeLe: string): Promise<string[]> {
  gateway.horloge.avancerA(DEPOT);
  const celleCi = suite(numero, convention);
  const id = await deposerEtValider(gateway, celleCi);
  gateway.horloge.avancerA(decideeLe);
  await instruire(gateway, celleCi, id);
  return (await preparer(gateway, celleCi, id)).refus;
}

describe('24 months in all', () => {
  it('twelve months, then twelve, then not a day; an avenant does not make more of them', async () => {
    const { conventionId, numero } = await commencee();
    expect(await poursuivre(numero, { ...SUIVANTS, au: '2028-07-01' }, EN_2027)).toEqual([
      'FAJCO-ELIG-11 DUREE_SUPERIEURE_AU_MAXIMUM input.au',
    ]);
    expect(await poursuivre(numero, SUIVANTS, EN_2027)).toEqual([]);
    gateway.horloge.avancerA(SIGNATURE);
    const { errors } = await muter(gateway, 'siege', 'avenantFajCoPreparer', 'convention { id }', {
      conventionId,
      effetLe: '2027-01-01',
      au: '2027-07-01',
      motif: 'Une restitution plus tardive.',
    });
    expect(refusCites(errors)).toEqual(['FAJCO-ELIG-11 DUREE_SUPERIEURE_AU_MAXIMUM input.au']);
    // Nothing is left: another sequel is not even received, whichever of the two it names.
    gateway.horloge.avancerA(DEPOT);
    expect(await tenterDepot(gateway, suite(numero, {}))).toContain(
      'FAJCO-ELIG-11 DUREE_SUPERIEURE_AU_MAXIMUM champs.suiteDe',
    );
  });

  it('two sequels of one action count together; prepared at once, exactly one passes', async () => {
    const { numero } = await commencee();
    gateway.horloge.avancerA(DEPOT);
    const suites = [suite(numero, SUIVANTS), suite(numero, SUIVANTS), suite(numero, SUIVANTS)];
    const ids: string[] = [];
    for (const celleCi of suites) ids.push(await retenir(gateway, celleCi));
    const refus = await Promise.all(suites.map((celleCi, n) => preparer(gateway, celleCi, ids[n]!)));
    expect(refus.map((r) => r.refus.join()).sort()).toEqual([
      '',
      ...Array.from({ length: 2 }, () => 'FAJCO-ELIG-11 DUREE_SUPERIEURE_AU_MAXIMUM input.au'),
    ]);
  });

  it('an avenant cannot say that the action goes on from another', async () => {
    const [une, autre] = [await commencee(), await (gateway.horloge.avancerA(DEPOT), commencee())];
    const { errors } = await muter(gateway, 'siege', 'avenantFajCoPreparer', 'convention { id }', {
      conventionId: une.conventionId,
      effetLe: '2026-08-01',
      champs: { suiteDe: autre.numero, cofinancements: 'Caf.' },
      motif: 'Rattachement.',
    });
    expect(refusCites(errors)).toEqual(['FAJCO-ELIG-11 REGLE_NON_RESPECTEE input.champs.suiteDe']);
  });
});

describe('Two years of grant', () => {
  it('short conventions granted in 2026 and 2027 leave nothing to 2028', async () => {
    const { numero } = await commencee({ du: '2026-07-01', au: '2026-08-31' });
    expect(await poursuivre(numero, { du: '2027-04-01', au: '2027-05-31' }, EN_2027)).toEqual([]);
    expect(await poursuivre(numero, { du: '2027-07-01', au: '2027-08-31' }, EN_2027)).toEqual([]);
    expect(await poursuivre(numero, { du: '2028-04-01', au: '2028-05-31' }, EN_2028)).toEqual([
      'FAJCO-ELIG-11 REGLE_NON_RESPECTEE input.candidatureId',
    ]);
  });
});

describe('Which action it is', () => {
  const deposer = (porteur: string, champs: object) => tenterDepot(gateway, { ...dossier(champs), porteur });

  it('is said by a candidature of the same structure that a convention followed', async () => {
    const { numero } = await commencee();
    gateway.horloge.avancerA(DEPOT);
    const sansConvention = await numeroDe(await deposerEtValider(gateway, dossier()));
    const champs = { cofinancements: 'Caf.' };
    const refus = ['FAJCO-ELIG-11 REGLE_NON_RESPECTEE champs.suiteDe'];
    expect(await deposer('association', { ...champs, suiteDe: sansConvention })).toEqual(refus);
    expect(await deposer('association-2', { ...champs, suiteDe: numero })).toEqual(refus);
    expect(await deposer('association', { ...champs, suiteDe: numero })).toEqual([]);
    // AMB-047: the second year shows what else pays for it.
    expect(await deposer('association', { suiteDe: numero })).toEqual([
      'FAJCO-PORT-06 REGLE_NON_RESPECTEE champs.cofinancements',
    ]);
  });

  it('the same title, not said to be a sequel, is an alert that the siège settles by name', async () => {
    const titre = { intitule: 'Un film de quartier' };
    const premiere = dossier(titre);
    await signer(gateway, premiere, await retenirPuisSigner(premiere));
    gateway.horloge.avancerA(DEPOT);
    const seconde = dossier({ intitule: ' un FILM de quartier ' });
    const candidatureId = await deposerEtValider(gateway, seconde);
    expect(await tenterDecision(gateway, seconde, candidatureId)).toEqual([
      'FAJCO-ELIG-11 A_CONFIRMER input.confirmations',
    ]);
    const decision = { candidatureId, sens: 'RETENUE', motif: 'Un autre quartier.', confirmations: ['FAJCO-ELIG-11'] };
    await faire(gateway, 'siege', 'candidatureDecider', 'candidature { etat }', decision);
  });

  async function retenirPuisSigner(celleCi: DossierType): Promise<string> {
    const id = await retenir(gateway, celleCi);
    gateway.horloge.avancerA(SIGNATURE);
    return id;
  }
});
