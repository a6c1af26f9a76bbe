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
import { type Corps, compteDe, concerne, type NomRequete, preparerCorps, type Territoire } from './requetes.js';
import { type Conditions, demander, demarrerServeur, type Serveur, ServeurMuet } from './serveurs.js';

/**
 * The whole of `npm run perf`, once `perf.mjs` has prepared what it needs: the data set, the comparison of the answers,
 * then the measures, the servers one at a time and interleaved, so that what drifts on the machine drifts for all.
 */
const CHAUFFE_MAX_SECONDES = 8;
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
  const base = await ouvrirBase(options.taille, dire);
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
  try {
    const conditions: Conditions = { urls: base, emetteur, prefixe };
    const corps = await comparer(options, base, conditions);
    if (options.verifier) return [];
    const pidPostgres = await base.pidPostgres();
    const mesures: Mesure[] = [];
    for (let repetition = 1; repetition <= options.repetitions; repetition++) {
      for (const nom of options.serveurs) {
        await avecServeur(nom, conditions, async (serveur) => {
          for (const requete of requetesDe(options, nom)) {
            const charge = await chargeDe(serveur, requete, options, corps(nom, requete));
            await lancerCharge({ ...charge, secondes: Math.min(charge.secondes, CHAUFFE_MAX_SECONDES) });
            const mesure = await mesurer(serveur, pidPostgres, { requete, repetition }, charge);
            mesures.push(mesure);
            dire(
              `${repetition}/${options.repetitions} ${nom} ${requete} : ${mesure.requetesParSeconde.toFixed(0)} req/s`,
            );
          }
        });
      }
    }
    return mesures;
  } finally {
    await emetteur.arreter();
  }
}

type CorpsPrepares = (serveur: NomServeur, requete: NomRequete) => readonly Corps[];

/** Every server answers every body, and says the same as the others. @throws ReponsesDifferentes */
async function comparer(options: Options, base: BaseDeMesure, conditions: Conditions): Promise<CorpsPrepares> {
  const prepares = new Map<string, readonly Corps[]>();
  const comparaison = new Comparaison();
  const jeu = { departement: DEPARTEMENT, territoires: await lireTerritoires(base.urlApp) };
  for (const nom of options.serveurs) {
    await avecServeur(nom, conditions, async (serveur) => {
      for (const requete of requetesDe(options, nom)) {
        const entetes = await serveur.entetes(compteDe(requete));
        const poser = (un: Corps): Promise<Record<string, unknown>> => demander(serveur.url, entetes, un);
        const corps = await preparerCorps(nom, requete, jeu, poser);
        await comparaison.verifier(nom, requete, corps, poser);
        prepares.set(`${nom} ${requete}`, corps);
        dire(`${nom} répond à ${requete} : ${corps.length} demande(s), mêmes faits`);
      }
    });
  }
  return (serveur, requete) => prepares.get(`${serveur} ${requete}`) ?? [];
}

function requetesDe({ requetes }: Options, serveur: NomServeur): NomRequete[] {
  return requetes.filter((requete) => concerne(serveur, requete));
}

async function chargeDe(
  serveur: Serveur,
  requete: NomRequete,
  { connexions, secondes }: Options,
  corps: readonly Corps[],
): Promise<Charge> {
  return { url: serveur.url, entetes: await serveur.entetes(compteDe(requete)), corps, connexions, secondes };
}

async function avecServeur(
  nom: NomServeur,
  conditions: Conditions,
  travail: (serveur: Serveur) => Promise<void>,
): Promise<void> {
  await adapterBase(nom, conditions.urls.urlProprietaire);
  const serveur = await demarrerServeur(nom, conditions, compteDe('Q1'));
  try {
    await travail(serveur);
  } finally {
    await serveur.arreter();
  }
}

/** What PostGraphile wants in the database is there for it alone: Sillage refuses to start beside a table that it does not know. */
async function adapterBase(nom: NomServeur, urlProprietaire: string): Promise<void> {
  await avecClient(urlProprietaire, async (client) => {
    await client.query('drop schema if exists postgraphile cascade');
    if (nom !== 'postgraphile') return;
    await client.query(readFileSync(join(import.meta.dirname, 'serveurs/postgraphile.sql'), 'utf8'));
  });
}

async function lireTerritoires(urlApp: string): Promise<Territoire[]> {
  return avecClient(urlApp, async (client) => {
    await client.query(`select set_config('sillage.departement', $1, false)`, [DEPARTEMENT]);
    return (await client.query<Territoire>('select code, id from sillage.territoire order by code')).rows;
  });
}

function enTete({ taille, repetitions, secondes, connexions }: Options, { phrase }: Coeurs): string {
  return [
    `${taille} jeunes, ${connexions} connexions, ${repetitions} répétition(s) de ${secondes} s, médianes. ${cpus().length} cœurs (${cpus()[0]?.model ?? 'inconnus'}).`,
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
