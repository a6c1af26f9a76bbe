import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { cpuFamilleMs, cpuMs, rssMio } from './compteurs.js';
import type { NomServeur } from './options.js';
import type { Corps, NomRequete } from './requetes.js';
import type { Serveur } from './serveurs.js';

/** What one run of the load showed. Times are milliseconds; what the system does not tell is undefined. */
export interface Mesure {
  readonly serveur: NomServeur;
  readonly requete: NomRequete;
  readonly repetition: number;
  /** 0 for a server that gave no answer in the time of a measure: its other figures are then undefined. */
  readonly requetesParSeconde: number;
  readonly p50: number | undefined;
  readonly p99: number | undefined;
  readonly max: number | undefined;
  /** Answers other than 200, and broken connections. */
  readonly echecs: number;
  readonly octetsParReponse: number | undefined;
  /** CPU of the server, of PostgreSQL, of the load, for one request. */
  readonly nodeMs: number | undefined;
  readonly pgMs: number | undefined;
  readonly chargeMs: number | undefined;
  readonly rssMio: number | undefined;
  readonly demarrageMs: number;
}

export interface Charge {
  readonly url: string;
  readonly entetes: Readonly<Record<string, string>>;
  readonly corps: readonly Corps[];
  readonly connexions: number;
  readonly secondes: number;
}

/** Loads a warm server, and counts. */
export async function mesurer(
  serveur: Serveur,
  pidPostgres: number,
  quoi: { readonly requete: NomRequete; readonly repetition: number },
  charge: Charge,
): Promise<Mesure> {
  const [nodeAvant, pgAvant] = [cpuMs(serveur.pid), cpuFamilleMs(pidPostgres)];
  const vu = await lancerCharge(charge);
  const [nodeApres, pgApres] = [cpuMs(serveur.pid), cpuFamilleMs(pidPostgres)];
  const parReponse = (avant: number | undefined, apres: number | undefined): number | undefined =>
    avant === undefined || apres === undefined || vu.reponses === 0 ? undefined : (apres - avant) / vu.reponses;
  return {
    serveur: serveur.nom,
    ...quoi,
    requetesParSeconde: (vu.reponses * 1000) / vu.dureeMs,
    p50: vu.p50,
    p99: vu.p99,
    max: vu.max,
    echecs: vu.echecs,
    octetsParReponse: parReponse(0, vu.octets),
    nodeMs: parReponse(nodeAvant, nodeApres),
    pgMs: parReponse(pgAvant, pgApres),
    chargeMs: parReponse(0, vu.cpuMs),
    rssMio: rssMio(serveur.pid),
    demarrageMs: serveur.demarrageMs,
  };
}

interface Vu {
  readonly reponses: number;
  readonly dureeMs: number;
  readonly p50?: number;
  readonly p99?: number;
  readonly max?: number;
  readonly octets: number;
  readonly echecs: number;
  readonly cpuMs: number;
}

/** Runs the load to its end. @throws Error when it fails */
export async function lancerCharge(charge: Charge): Promise<Vu> {
  const enfant = spawn(process.execPath, [join(import.meta.dirname, 'charge.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let sortie = '';
  enfant.stdout.setEncoding('utf8').on('data', (morceau: string) => (sortie += morceau));
  enfant.stdin.end(JSON.stringify({ ...charge, corps: charge.corps.map((un) => JSON.stringify(un)) }));
  const code = await new Promise((fin, echec) => enfant.on('error', echec).on('close', fin));
  if (code !== 0) throw new Error(`La charge s’est arrêtée (code ${String(code)}).`);
  return JSON.parse(sortie) as Vu;
}
