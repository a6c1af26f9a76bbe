import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { ErreurPostgres } from '@sillage/persistence';
import { avecClient } from '../support/base-essai.js';
import { type BaseDeMesure, ouvrirBase } from './base.js';
import { type Coeurs, reserverUnCoeur } from './coeurs.js';
import { Comparaison, ReponsesDifferentes } from './comparer.js';
import { DEPARTEMENT } from './comptes.js';
import { expliquer } from './expliquer.js';
import { demarrerEmetteur } from './jetons.js';
import { type Charge, lancerCharge, type Mesure, mesurer } from './mesure.js';
import { AIDE, lireOptions, type NomServeur, OptionRefusee, type Options } from './options.js';
import { rapport, rapportDeCroissance } from './rapport.js';
import {
  type Corps,
  compteDe,
  concerne,
  type NomRequete,
  preparerCorps,
  REQUETES,
  type Territoire,
} from './requetes.js';
import { type Conditions, demander, demarrerServeur, type Serveur, ServeurMuet } from './serveurs.js';

/**
 * The whole of `npm run perf`, once `perf.mjs` has prepared what it needs: the data set, the servers, the comparison of
 * their answers, then the measures, one server at a time and interleaved.
 */
/** Of each query on each server, before anything is measured: node compiles what it runs often. */
const CHAUFFE_SECONDES = 8;
/** Before each measure: the caches are then those of the server and of the query that are measured. */
const REPRISE_SECONDES = 0.5;
/** Their message says all; of the others, the stack. */
const ATTENDUES = [OptionRefusee, ReponsesDifferentes, ServeurMuet, ErreurPostgres];
const DOSSIER = join(import.meta.dirname, '../../.sillage/perf');

process.exitCode = await commander(process.argv.slice(2));

/** Exit code: 2 for a command line that cannot be read, 1 when nothing could be measured. */
async function commander(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    console.log(AIDE);
    return 0;
  }
  try {
    await executer(lireOptions(args));
    return 0;
  } catch (erreur) {
    const attendue = ATTENDUES.some((classe) => erreur instanceof classe);
    console.error(`\n✘ ${attendue ? (erreur as Error).message : (erreur as Error).stack}`);
    return erreur instanceof OptionRefusee ? 2 : 1;
  }
}

async function executer(options: Options): Promise<void> {
  const coeurs = reserverUnCoeur();
  const base = await ouvrirBase(options.taille, dire, options.base);
  try {
    if (options.expliquer) {
      console.log(await expliquer(base.urlApp));
      return;
    }
    if (options.croissance !== undefined) {
      await comparerDeuxTailles({ ...options, croissance: options.croissance }, base, coeurs);
      return;
    }
    const mesures = await comparerEtMesurer(options, base, coeurs);
    if (mesures.length > 0) {
      console.log(`\n${enTete(options, coeurs)}\n\n${rapport(mesures)}\n`);
      if (options.json !== undefined) ecrireJson(options.json, options, mesures);
    }
  } finally {
    await base.arreter();
  }
}

/** Both sizes in turn, so that what drifts on the machine drifts for both. */
async function comparerDeuxTailles(
  options: Options & { readonly croissance: number },
  petite: BaseDeMesure,
  coeurs: Coeurs,
): Promise<void> {
  const bases = [petite, await petite.autre(options.croissance)];
  const mesures: Mesure[][] = [[], []];
  for (let repetition = 1; repetition <= options.repetitions; repetition++) {
    for (const [rang, base] of bases.entries()) {
      mesures[rang]?.push(...(await comparerEtMesurer({ ...options, repetitions: 1 }, base, coeurs)));
    }
  }
  const [petites = [], grandes = []] = mesures;
  console.log(`\n${enTete(options, coeurs)}\n\n${rapportDeCroissance(petites, grandes, options)}\n`);
  if (options.json !== undefined) ecrireJson(options.json, options, { petites, grandes });
}

async function comparerEtMesurer(options: Options, base: BaseDeMesure, { prefixe }: Coeurs): Promise<Mesure[]> {
  const emetteur = await demarrerEmetteur(DOSSIER);
  const serveurs: Serveur[] = [];
  try {
    const conditions: Conditions = { urls: base, emetteur, prefixe, pool: options.pool };
    for (const nom of options.serveurs) serveurs.push(await demarrer(nom, conditions));
    const epreuves = await comparer(options, base, serveurs);
    return options.verifier ? [] : await mesurerTout(options, await base.pidPostgres(), epreuves);
  } finally {
    await Promise.all(serveurs.map((serveur) => serveur.arreter()));
    await emetteur.arreter();
  }
}

/** One query of one server, with what to ask. */
interface Epreuve {
  readonly serveur: Serveur;
  readonly requete: NomRequete;
  readonly corps: readonly Corps[];
}

/** Servers in turn for each query, in slices of a few seconds: what drifts on the machine drifts for all. */
async function mesurerTout(options: Options, pidPostgres: number, epreuves: readonly Epreuve[]): Promise<Mesure[]> {
  for (const epreuve of epreuves) {
    dire(`${epreuve.serveur.nom} ${epreuve.requete} : mise en route`);
    await lancerCharge(await chargeDe(epreuve, options, Math.max(1, Math.min(CHAUFFE_SECONDES, options.secondes * 2))));
  }
  const mesures: Mesure[] = [];
  const parRequete = REQUETES.flatMap((requete) => epreuves.filter((epreuve) => epreuve.requete === requete));
  for (let repetition = 1; repetition <= options.repetitions; repetition++) {
    for (const epreuve of parRequete) {
      const { serveur, requete } = epreuve;
      await lancerCharge(await chargeDe(epreuve, options, REPRISE_SECONDES));
      const charge = await chargeDe(epreuve, options, options.secondes);
      const mesure = await mesurer(serveur, pidPostgres, { requete, repetition }, charge);
      mesures.push(mesure);
      dire(
        `${repetition}/${options.repetitions} ${serveur.nom} ${requete} : ${mesure.requetesParSeconde.toFixed(0)} req/s`,
      );
    }
  }
  return mesures;
}

/** Every server answers every body, and says the same as the others. @throws ReponsesDifferentes */
async function comparer(options: Options, base: BaseDeMesure, serveurs: readonly Serveur[]): Promise<Epreuve[]> {
  const epreuves: Epreuve[] = [];
  const comparaison = new Comparaison();
  const jeu = { departement: DEPARTEMENT, territoires: await lireTerritoires(base.urlApp) };
  for (const serveur of serveurs) {
    const { nom, url } = serveur;
    for (const requete of requetesDe(options, nom)) {
      const entetes = await serveur.entetes(compteDe(requete));
      const poser = (un: Corps): Promise<Record<string, unknown>> => demander(url, entetes, un);
      const corps = await preparerCorps(nom, requete, jeu, poser);
      await comparaison.verifier(nom, requete, corps, poser);
      epreuves.push({ serveur, requete, corps });
      dire(`${nom} répond à ${requete} : ${corps.length} demande(s), mêmes faits`);
    }
  }
  return epreuves;
}

function requetesDe({ requetes }: Options, serveur: NomServeur): NomRequete[] {
  return requetes.filter((requete) => concerne(serveur, requete));
}

async function chargeDe(
  { serveur, requete, corps }: Epreuve,
  { connexions }: Options,
  secondes: number,
): Promise<Charge> {
  return { url: serveur.url, entetes: await serveur.entetes(compteDe(requete)), corps, connexions, secondes };
}

async function demarrer(nom: NomServeur, conditions: Conditions): Promise<Serveur> {
  await adapterBase(nom, conditions.urls.urlProprietaire);
  return demarrerServeur(nom, conditions, compteDe('Q1'));
}

/** What PostGraphile wants in the database comes once Sillage is there, which refuses to start beside a table that it does not know. */
async function adapterBase(nom: NomServeur, urlProprietaire: string): Promise<void> {
  await avecClient(urlProprietaire, async (client) => {
    if (nom === 'sillage') await client.query('drop schema if exists postgraphile cascade');
    if (nom !== 'postgraphile') return;
    await client.query('drop schema if exists postgraphile cascade');
    await client.query(readFileSync(join(import.meta.dirname, 'serveurs/postgraphile.sql'), 'utf8'));
  });
}

async function lireTerritoires(urlApp: string): Promise<Territoire[]> {
  return avecClient(urlApp, async (client) => {
    await client.query(`select set_config('sillage.departement', $1, false)`, [DEPARTEMENT]);
    return (await client.query<Territoire>('select code, id from sillage.territoire order by code')).rows;
  });
}

function enTete({ taille, repetitions, secondes, connexions, pool }: Options, { phrase }: Coeurs): string {
  return [
    `${taille} jeunes, ${connexions} connexions, ${pool} de chaque serveur à PostgreSQL, ${repetitions} répétition(s) de ${secondes} s, médianes. ${cpus().length} cœurs (${cpus()[0]?.model ?? 'inconnus'}).`,
    phrase,
    'Ne comparez qu’à l’intérieur de cette exécution : d’une exécution ou d’une machine à l’autre, les figures dérivent ensemble.',
  ].join('\n');
}

function ecrireJson(fichier: string, options: Options, mesures: unknown): void {
  const machine = { coeurs: cpus().length, modele: cpus()[0]?.model, node: process.version };
  writeFileSync(fichier, `${JSON.stringify({ le: new Date().toISOString(), machine, options, mesures }, null, 2)}\n`);
  dire(`chiffres bruts dans ${fichier}`);
}

function dire(ligne: string): void {
  console.error(`  ${ligne}`);
}
