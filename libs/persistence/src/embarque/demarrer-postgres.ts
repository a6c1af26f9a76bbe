import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:fs';
import { access, mkdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { setTimeout as attendre } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { MotsDePasse } from '../mots-de-passe.js';
import { type Binaires, preparerBinaires } from './binaires.js';
import { type Compte, compteDePostgres, environnement, identite } from './compte.js';
import { choisirLieu, effacerLieux, lieuxConnus } from './emplacement.js';
import { AVEC_SA_PROPRE_BASE, ErreurPostgres } from './erreur-postgres.js';
import type { ConsigneGardien } from './gardien.js';
import { estInitialise, initialiser } from './initialiser.js';
import { dossierDonnees, fichierEtat, libererDonnees } from './occupant.js';
import { premierPortLibre } from './port.js';
import { creerSecrets, lireSecrets } from './secrets.js';

export interface OptionsPostgres {
  /** The clone's ignored folder, `.sillage`; created if it is not there. */
  readonly dossier: string;
  /** Wanted port of 127.0.0.1; the next free one is taken if somebody listens there. */
  readonly port?: number;
  /** Receives one French line a step. */
  readonly journal: (ligne: string) => void;
  /** Data that may be lost: no wait for the disk, ever. */
  readonly essais?: boolean;
}

export interface PostgresEmbarque {
  /** Superuser's address, on the database `postgres`. */
  readonly url: string;
  readonly port: number;
  /** Passwords kept for the three roles, to be given to `preparerBase`. */
  readonly motsDePasse: MotsDePasse;
  /** Settles when the server has ended, asked or not; its journal says why. */
  readonly fin: Promise<void>;
  /** Where the server writes. */
  readonly fichierJournal: string;
  /** Stops the server and waits for its end. Idempotent. */
  readonly arreter: () => Promise<void>;
}

const PORT_HABITUEL = 54_320;
const DELAI_DEMARRAGE_MS = 60_000;
const TAILLE_JOURNAL = 5 * 1024 * 1024;
/** A refused statement is logged without its text, its parameters, its row (DETAIL) nor what it was reading (CONTEXT). */
const JOURNAL_SANS_DONNEES = [
  'log_error_verbosity=terse',
  'log_min_error_statement=panic',
  'log_parameter_max_length_on_error=0',
];

/**
 * Starts the embedded PostgreSQL on the data of `dossier`, created if need be, and waits until it answers. It listens on 127.0.0.1
 * only, and stops with this process, however this process ends.
 * @throws ErreurPostgres saying what to do.
 */
export async function demarrerPostgres(options: OptionsPostgres): Promise<PostgresEmbarque> {
  const { journal, essais = false } = options;
  const compte = await compteDePostgres();
  const dossier = await preparerDossier(options.dossier);
  const { lieu, premierDepart } = await choisirLieu(dossier, compte);
  await libererDonnees(lieu, journal);
  // Whoever deletes the ignored folder, or clones again at the same place, means to begin afresh.
  if (premierDepart) await rm(dossierDonnees(lieu), { recursive: true, force: true });
  const binaires = await preparerBinaires(compte, lieu, journal);

  let secrets = await lireSecrets(lieu);
  if (!(await estInitialise(lieu, binaires))) {
    journal(`initialisation de la base de données dans ${lieu}`);
    secrets = await creerSecrets(lieu);
    await initialiser(lieu, binaires, compte, { motDePasse: secrets.administrateur, essais });
  }
  if (secrets === null) {
    throw new ErreurPostgres(
      `Le fichier des mots de passe a disparu de ${lieu}, et les données ne s’ouvrent pas sans lui. ` +
        'Repartez de zéro par « npm start -- --reset ».',
    );
  }

  const serveur = await lancer({ lieu, binaires, compte, essais, journal, port: options.port ?? PORT_HABITUEL });
  const url = `postgres://postgres:${encodeURIComponent(secrets.administrateur)}@127.0.0.1:${serveur.port}/postgres`;
  const { administrateur: _tu, ...motsDePasse } = secrets;
  return { url, motsDePasse, ...serveur };
}

/** Stops what may still run and removes the data, the programs copied, the passwords: the next start begins afresh. */
export async function effacerPostgres(options: Pick<OptionsPostgres, 'dossier' | 'journal'>): Promise<void> {
  const dossier = await preparerDossier(options.dossier);
  for (const lieu of await lieuxConnus(dossier)) await libererDonnees(lieu, options.journal);
  await effacerLieux(dossier);
}

async function preparerDossier(dossier: string): Promise<string> {
  try {
    await mkdir(dossier, { recursive: true });
    await access(dossier, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new ErreurPostgres(
      `Le dossier ${dossier} n’est pas accessible en écriture (créé sous un autre compte ?) : ` +
        `rendez-le à votre compte ou supprimez-le, ${AVEC_SA_PROPRE_BASE}`,
      { cause },
    );
  }
  return realpath(dossier);
}

interface Lancement {
  readonly lieu: string;
  readonly binaires: Binaires;
  readonly compte: Compte | null;
  readonly essais: boolean;
  readonly journal: (ligne: string) => void;
  readonly port: number;
}

type Serveur = Pick<PostgresEmbarque, 'port' | 'fin' | 'fichierJournal' | 'arreter'>;

async function lancer(lancement: Lancement): Promise<Serveur> {
  const { lieu, journal } = lancement;
  const fichierJournal = join(lieu, 'postgres.log');
  const taille = await stat(fichierJournal).then(
    (etat) => etat.size,
    () => 0,
  );
  if (taille > TAILLE_JOURNAL) await writeFile(fichierJournal, '');

  for (let souhaite = lancement.port; ;) {
    const port = await premierPortLibre(souhaite);
    if (port !== lancement.port) journal(`port ${lancement.port} occupé : PostgreSQL prend le ${port}`);
    const gardien = lancerGardien(lancement, port, fichierJournal);
    if (await estPret(gardien, lieu)) {
      journal(`PostgreSQL écoute sur 127.0.0.1:${port}`);
      return { port, fichierJournal, fin: fini(gardien), arreter: () => arreter(gardien) };
    }
    const fin = await dernieresLignes(fichierJournal);
    // Somebody took the port between our look and PostgreSQL's.
    if (fin.includes('could not bind')) souhaite = port + 1;
    else {
      throw new ErreurPostgres(
        `PostgreSQL n’a pas démarré. Fin de son journal (${fichierJournal}) :\n${fin}\n` +
          'Si ses données sont abîmées, repartez de zéro par « npm start -- --reset ».',
      );
    }
  }
}

function lancerGardien({ lieu, binaires, compte, essais }: Lancement, port: number, journal: string): ChildProcess {
  const reglages = [
    `listen_addresses=127.0.0.1`,
    `port=${port}`,
    'unix_socket_directories=',
    'log_checkpoints=off',
    ...JOURNAL_SANS_DONNEES,
  ];
  if (essais) {
    reglages.push(
      'fsync=off',
      'full_page_writes=off',
      'synchronous_commit=off',
      'wal_level=minimal',
      'max_wal_senders=0',
    );
    reglages.push('max_connections=200', 'checkpoint_timeout=1h', 'max_wal_size=2GB');
  }
  const consigne: ConsigneGardien = {
    programme: binaires.postgres,
    args: ['-D', dossierDonnees(lieu), ...reglages.flatMap((reglage) => ['-c', reglage])],
    identite: identite(compte),
    cwd: lieu,
    journal,
    etat: fichierEtat(lieu),
  };
  // The guardian is next to this file, and in the same state: compiled, or source.
  const programme = fileURLToPath(new URL(`gardien${extname(import.meta.url)}`, import.meta.url));
  const gardien = fork(programme, [JSON.stringify(consigne)], {
    cwd: lieu,
    execArgv: [],
    env: environnement(),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    detached: true,
  });
  // Whoever forgets to stop it may still end: the channel closes, and the guardian does the rest.
  gardien.unref();
  gardien.channel?.unref();
  gardien.once('exit', () => void acheverPostmaster(lieu));
  return gardien;
}

/** True once the server accepts connections; false when it ended before. */
async function estPret(gardien: ChildProcess, lieu: string): Promise<boolean> {
  const fichier = join(dossierDonnees(lieu), 'postmaster.pid');
  for (const fin = Date.now() + DELAI_DEMARRAGE_MS; Date.now() < fin; await attendre(15)) {
    if (gardien.exitCode !== null || gardien.signalCode !== null) return false;
    // Last line of this file: 'starting', 'stopping', 'ready' or 'standby'.
    const etat = (await readFile(fichier, 'utf8').catch(() => '')).split('\n')[7];
    if (etat?.trim() === 'ready') return true;
  }
  await arreter(gardien);
  return false;
}

async function fini(gardien: ChildProcess): Promise<void> {
  if (gardien.exitCode === null && gardien.signalCode === null) await once(gardien, 'exit');
}

async function arreter(gardien: ChildProcess): Promise<void> {
  if (gardien.exitCode !== null || gardien.signalCode !== null) return;
  gardien.ref();
  const fin = once(gardien, 'exit');
  if (gardien.connected) gardien.disconnect();
  await fin;
}

/** The guardian removes its state last: if the file is still there, it was killed, and PostgreSQL goes on without it. */
async function acheverPostmaster(lieu: string): Promise<void> {
  const etat = await readFile(fichierEtat(lieu), 'utf8').catch(() => null);
  if (etat === null) return;
  await libererDonnees(lieu, () => undefined).catch(() => undefined);
}

async function dernieresLignes(fichier: string): Promise<string> {
  const texte = await readFile(fichier, 'utf8').catch(() => '');
  return texte.trim().split('\n').slice(-8).join('\n');
}
