import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import { buildSchema } from 'graphql';
import { demarrerGatewayEssai, environnementEssai, type GatewayEssai } from '../../support/gateway-essai.js';
import { lancerApplication, type ProcessusEssai } from '../../support/processus-essai.js';
import { combien, noterAttaque } from '../bilan.js';
import { Alea } from './alea.js';
import { type Attaque, attaquer, GENRES } from './documents-hostiles.js';
import { type Compteur, compterUnites, EN_PRODUCTION, faute, type Rendue } from './jugement.js';

const NOMBRE = combien(400, 10_000);
const GRAINE = Number(process.env['SILLAGE_ATTAQUES_GRAINE'] ?? 20_261_127);
const COMPTES = ['siege', 'administrateur', 'association', 'slai-lens', 'machine-association', 'siege-99'];
/** At once, as a browser would. */
const LOT = 8;
/** What a process that has served one may hold more than one that has served none, whatever their number. */
const CROISSANCE_MAX_MO = 200;

const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../../schema.graphql'), 'utf8'));

let gateway: GatewayEssai;
let unites: Compteur;
let processus: ProcessusEssai;
let url = '';
const entetes = new Map<string, Record<string, string>>();

beforeAll(async () => {
  const env = { LIMITE_POINTS_PAR_MINUTE: '999999999', LIMITE_ECHECS_PAR_MINUTE: '1000000' };
  gateway = await demarrerGatewayEssai({ ...EN_PRODUCTION, dispositifs, env: { ...EN_PRODUCTION.env, ...env } });
  processus = lancerApplication('gateway', {
    ...environnementEssai(gateway.base, gateway.emetteur),
    ...env,
    HABILITATIONS_TTL_SECONDES: '60',
    HORLOGE_DEMO: '2026-02-02T09:00:00+01:00',
  });
  url = `${await processus.url}/graphql`;
  for (const compte of COMPTES) entetes.set(compte, await gateway.entetes(compte));
  unites = compterUnites(gateway);
}, 120_000);
afterAll(async () => {
  processus?.enfant.kill('SIGTERM');
  await processus?.fin;
  await gateway?.arreter();
});

async function envoyer(vers: string, { corps }: Attaque, compte: string): Promise<Rendue> {
  const headers = { 'content-type': 'application/json', ...entetes.get(compte) };
  const reponse = await fetch(vers, { method: 'POST', headers, body: corps });
  return { statut: reponse.status, texte: await reponse.text() };
}

function decrire({ genre, corps }: Attaque, motif: string): string {
  return `[${genre}] ${motif}\n  ${corps.toString().slice(0, 1_500)}`;
}

/** Resident memory of the other process, in megabytes. */
function memoire(): number {
  const statut = readFileSync(`/proc/${processus.enfant.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(statut)?.[1]) / 1024;
}

it(`${NOMBRE} requêtes hostiles : ni 5xx, ni erreur interne, ni détail du dedans, ni arrêt, ni fuite de mémoire`, async () => {
  const alea = new Alea(GRAINE);
  const echecs: string[] = [];
  const parGenre = new Map<string, { tentatives: number; tenues: number }>();
  await chauffer(alea);
  const avant = memoire();
  for (let fait = 0; fait < NOMBRE; fait += LOT) {
    const lot = Array.from({ length: Math.min(LOT, NOMBRE - fait) }, () => attaquer(alea, schema));
    await Promise.all(
      lot.map(async (attaque, i) => {
        const rendue = await envoyer(url, attaque, COMPTES[(fait + i) % COMPTES.length]!);
        const motif =
          faute(rendue, { suggestions: true }) ??
          (attaque.refusee && rendue.statut < 400 ? `admise (${rendue.statut})` : undefined);
        if (motif !== undefined) echecs.push(decrire(attaque, motif));
        const ligne = parGenre.get(attaque.genre) ?? { tentatives: 0, tenues: 0 };
        parGenre.set(attaque.genre, {
          tentatives: ligne.tentatives + 1,
          tenues: ligne.tenues + (motif === undefined ? 1 : 0),
        });
      }),
    );
  }
  for (const [genre, compte] of parGenre) noterAttaque({ attaque: `fuzz : ${genre}`, ...compte });
  expect(echecs.slice(0, 5)).toEqual([]);
  expect(parGenre.size).toBe(Object.keys(GENRES).length);
  expect(memoire() - avant).toBeLessThan(CROISSANCE_MAX_MO);
  // Still there, and it has met nothing that it did not expect.
  expect([processus.enfant.exitCode, processus.enfant.signalCode, processus.erreurs()]).toEqual([null, null, '']);
  expect(processus.journal.filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
  const juste = await envoyer(url, { genre: '', corps: '{"query":"{ moi { libelle } }"}', refusee: false }, 'siege');
  expect(juste.statut).toBe(200);
}, 1_800_000);

/** What is loaded, compiled and remembered once is no growth. */
async function chauffer(alea: Alea): Promise<void> {
  for (let i = 0; i < combien(40, 400); i += 1)
    await envoyer(url, attaquer(alea, schema), COMPTES[i % COMPTES.length]!);
}

it('ce qui doit être refusé l’est avant qu’une transaction ne s’ouvre', async () => {
  const alea = new Alea(GRAINE + 1);
  for (const compte of COMPTES)
    await envoyer(gateway.url, { genre: '', corps: '{"query":"{ __typename }"}', refusee: false }, compte);
  unites.releve();
  const nombre = combien(60, 2_000);
  const echecs: string[] = [];
  let tentatives = 0;
  while (tentatives < nombre) {
    const attaque = attaquer(alea, schema);
    if (!attaque.refusee) continue;
    const rendue = await envoyer(gateway.url, attaque, COMPTES[tentatives % COMPTES.length]!);
    tentatives += 1;
    const ouvertes = unites.releve();
    const motif = faute(rendue) ?? (ouvertes > 0 ? `${ouvertes} transaction(s) ouverte(s)` : undefined);
    if (motif !== undefined || rendue.statut < 400) echecs.push(decrire(attaque, motif ?? `admise (${rendue.statut})`));
  }
  noterAttaque({ attaque: 'fuzz : refus sans rien ouvrir', tentatives, tenues: tentatives - echecs.length });
  expect(echecs.slice(0, 5)).toEqual([]);
}, 1_800_000);
