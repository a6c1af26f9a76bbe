import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CHEMIN_GRAPHQL, creerGateway } from '@sillage/gateway';
import { creerJournal } from '@sillage/socle';
import { demarrerGatewayEssai, type GatewayEssai, type ReponseGraphql } from '../../support/gateway-essai.js';
import { combien, noterAttaque } from '../bilan.js';
import { avoirDevantSoi } from './minute.js';

const BUDGET = 3_000;
const ECHECS = 20;
/** Hundred points: the page, its ninety-eight rows, the request. */
const CENT_POINTS = { query: 'query Cent { candidatures(first: 98) { nodes { id } } }' };
const UN_POINT = { query: '{ __typename }' };
/** Long enough for a test to end within one minute of the clock. */
const LE_TEMPS_DU_TEST = 5_000;

interface Issue {
  readonly statut: number;
  readonly code: unknown;
  readonly attendre: string | null;
}

async function issue(reponse: Response): Promise<Issue> {
  const { errors } = (await reponse.json()) as ReponseGraphql;
  const attendre = reponse.headers.get('retry-after');
  return { statut: reponse.status, code: errors?.[0]?.extensions?.['code'], attendre };
}

const TROP = { statut: 429, code: 'TROP_DE_REQUETES' };

describe('Le budget d’une personne', () => {
  let premier: GatewayEssai;
  let autre: NestFastifyApplication;
  let urls: readonly string[];

  beforeAll(async () => {
    premier = await demarrerGatewayEssai({
      env: { LIMITE_POINTS_PAR_MINUTE: `${BUDGET}`, LIMITE_ECHECS_PAR_MINUTE: '3' },
    });
    const { configuration, horloge } = premier;
    const journal = creerJournal({ service: 'gateway', niveau: 'silent' });
    autre = await creerGateway({ configuration, dispositifs: [], horloge, journal });
    await autre.listen(0, '127.0.0.1');
    const { port } = autre.getHttpServer().address() as AddressInfo;
    urls = [premier.url, `http://127.0.0.1:${port}${CHEMIN_GRAPHQL}`];
  });
  afterAll(async () => {
    await autre?.close();
    await premier?.arreter();
  });

  const poser = async (compte: string, url: string, corps: object): Promise<Issue> => {
    const headers = { 'content-type': 'application/json', ...(await premier.entetes(compte)) };
    return issue(await fetch(url, { method: 'POST', headers, body: JSON.stringify(corps) }));
  };

  async function admisesAvantLeRefus(compte: string, corps: object): Promise<{ admises: number; refus: Issue }> {
    await avoirDevantSoi(LE_TEMPS_DU_TEST);
    for (let admises = 0; admises <= 5 * BUDGET; admises += 1) {
      const rendue = await poser(compte, urls[admises % 2]!, corps);
      if (rendue.statut !== 200) return { admises, refus: rendue };
    }
    throw new Error('rien n’a été refusé');
  }

  it('est le même sur deux gateways, à une part du budget chacun', async () => {
    const { admises, refus } = await admisesAvantLeRefus('siege', CENT_POINTS);
    // Thirty would be the budget; each gateway may keep one part, two requests, to itself.
    expect(admises).toBeGreaterThanOrEqual(30);
    expect(admises).toBeLessThanOrEqual(30 + 4);
    expect(refus).toMatchObject(TROP);
    expect(Number(refus.attendre)).toBeGreaterThanOrEqual(1);
    expect(Number(refus.attendre)).toBeLessThanOrEqual(60);
    // Whatever is asked next, on the gateway that knows, and by the short way as by Apollo.
    expect(await poser('siege', urls[admises % 2]!, UN_POINT)).toMatchObject(TROP);
    expect(await poser('siege', urls[admises % 2]!, { query: '{ inconnu' })).toMatchObject(TROP);
    // Somebody else has theirs.
    for (const url of urls) expect(await poser('siege-2', url, CENT_POINTS)).toMatchObject({ statut: 200 });
  });

  it('compte une mutation pour plus que sa réponse', async () => {
    const deposer = 'candidatureDeposer(input: { candidatureId: "x" }) { errors { code } }';
    const { admises, refus } = await admisesAvantLeRefus('slai-lens', {
      query: `mutation { a: ${deposer} b: ${deposer} }`,
    });
    expect(refus).toMatchObject(TROP);
    // A hundred for the two of them, and what they answer.
    expect(admises).toBeGreaterThanOrEqual(20);
    expect(admises).toBeLessThanOrEqual(30 + 4);
  });

  it('se voit au journal, requête par requête', () => {
    const lignes = premier.journal.map((ligne) => JSON.parse(ligne) as { points?: number; operation?: string });
    const cent = lignes.filter(({ operation }) => operation === 'Cent');
    expect(new Set(cent.map(({ points }) => points))).toEqual(new Set([99]));
  });

  it('tient sous une rafale', async () => {
    await avoirDevantSoi(LE_TEMPS_DU_TEST);
    const nombre = combien(150, 1500);
    const minute = (): number => Math.floor(Date.now() / 60_000);
    const debut = minute();
    let admises = 0;
    for (let lot = 0; lot < nombre; lot += 50) {
      const rendues = await Promise.all(
        Array.from({ length: 50 }, (_, i) => poser('slisl-lens', urls[i % 2]!, CENT_POINTS)),
      );
      for (const rendue of rendues) if (rendue.statut !== 200) expect(rendue).toMatchObject(TROP);
      admises += rendues.filter(({ statut }) => statut === 200).length;
    }
    // A new budget each minute of the clock; what was being served when one ran out is served: fifty at most here.
    const minutes = minute() - debut + 1;
    const admissibles = minutes * (30 + 54);
    noterAttaque({
      attaque: 'rafale au-delà du budget',
      tentatives: nombre,
      tenues: admises <= admissibles ? nombre : 0,
    });
    expect(admises).toBeLessThanOrEqual(admissibles);
  });

  it('personne ne choisit son adresse, sans mandataire de confiance', async () => {
    await avoirDevantSoi(LE_TEMPS_DU_TEST);
    const statuts: number[] = [];
    for (let i = 0; i < 6; i += 1) {
      const entetes = { authorization: 'Bearer faux', 'x-forwarded-for': `192.0.2.${i}` };
      statuts.push((await premier.poster(null, UN_POINT, entetes)).status);
    }
    expect(statuts).toEqual([401, 401, 401, 429, 429, 429]);
  });
});

describe('Les échecs d’une adresse', () => {
  let gateway: GatewayEssai;
  beforeAll(async () => {
    const env = { LIMITE_ECHECS_PAR_MINUTE: `${ECHECS}`, LIMITE_POINTS_PAR_MINUTE: '100', MANDATAIRES: '127.0.0.1' };
    gateway = await demarrerGatewayEssai({ env });
  });
  afterAll(() => gateway?.arreter());

  const depuis = async (adresse: string, jeton: string | null): Promise<Issue> =>
    issue(
      await gateway.poster(null, UN_POINT, {
        'x-forwarded-for': adresse,
        ...(jeton !== null && { authorization: `Bearer ${jeton}` }),
      }),
    );

  it('ferment la porte aux inconnus de cette adresse, pas à ses voisins déjà connus ni aux autres adresses', async () => {
    const connu = await gateway.emetteur.jeton('siege');
    expect(await depuis('192.0.2.1', connu)).toMatchObject({ statut: 200 });
    await avoirDevantSoi(LE_TEMPS_DU_TEST);
    const faux = [
      async () => 'xxx',
      () => gateway.emetteur.jeton('personne'),
      () => gateway.emetteur.jeton('siege', { audience: 'autre' }),
    ];
    for (let i = 0; i < ECHECS; i += 1) {
      const { statut } = await depuis('192.0.2.1', await faux[i % faux.length]!());
      expect(statut).toBe(i % faux.length === 1 ? 403 : 401);
    }
    const apres = await Promise.all(faux.map(async (fabriquer) => depuis('192.0.2.1', await fabriquer())));
    for (const refus of apres) expect(refus).toMatchObject(TROP);
    expect(await depuis('192.0.2.1', await gateway.emetteur.jeton('siege-2'))).toMatchObject(TROP);
    expect(await depuis('192.0.2.1', connu)).toMatchObject({ statut: 200 });
    expect(await depuis('192.0.2.2', await gateway.emetteur.jeton('siege-2'))).toMatchObject({ statut: 200 });
    noterAttaque({ attaque: 'essais de jetons en nombre', tentatives: ECHECS + 4, tenues: ECHECS + 4 });
  });

  it('ce qui est refusé se paie aussi', async () => {
    await avoirDevantSoi(LE_TEMPS_DU_TEST);
    const statuts = new Map<number, number>();
    for (let i = 0; i < 110; i += 1) {
      const { status } = await gateway.poster('association', { query: i % 2 ? '{ inconnu }' : '{' });
      statuts.set(status, (statuts.get(status) ?? 0) + 1);
    }
    expect([...statuts]).toEqual([
      [400, 100],
      [429, 10],
    ]);
  });
});
