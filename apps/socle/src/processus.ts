import { ClesInaccessibles } from '@sillage/access';
import { chargerConfiguration, type Configuration, ConfigurationInvalide } from '@sillage/configuration';
import { DeclarationsIncompatibles } from '@sillage/dispositif-kit';
import { BaseDangereuse } from '@sillage/persistence';
import type { Journal } from './journal.js';
import { codeDePanne, decrirePanne } from './panne.js';

/** An application that runs. */
export interface Application {
  readonly journal: Journal;
  /** Finishes what is in hand, then closes everything. */
  arreter(): Promise<void>;
}

/** Shorter than the patience of whoever stops us, who kills after that. */
const DELAI_ARRET_MS = 12_000;

const PARENT_DISPARU = 'le processus parent a disparu';

/**
 * The life of a process, from its environment to its exit code. Faults of boot go to standard error, one a line, with exit
 * code 1. It stops, within a bounded time, on SIGTERM, SIGINT, or when the process that started it with a channel disappears.
 * Says `pret` on that channel.
 */
export async function lancerProcessus(demarrer: (configuration: Configuration) => Promise<Application>): Promise<void> {
  const accompagne = process.connected;
  let application: Application;
  try {
    application = await demarrer(chargerConfiguration(process.env));
  } catch (erreur) {
    process.stderr.write(`${fautesDeDemarrage(erreur).join('\n')}\n`);
    process.exit(1);
  }
  const arreter = surveillerArret(application);
  if (process.connected) process.send?.('pret', () => undefined);
  else if (accompagne) arreter(PARENT_DISPARU, 0);
}

type Arret = (raison: string, code: number) => void;

function surveillerArret(application: Application): Arret {
  const { journal } = application;
  let arretDemande = false;
  const finir: Arret = (raison, code) => {
    // Signals come in groups: the terminal's, npm's, the parent's. One stop is enough.
    if (arretDemande) return;
    arretDemande = true;
    journal.info({ raison }, 'arrêt demandé');
    const limite = setTimeout(() => {
      journal.error({ delaiMs: DELAI_ARRET_MS }, 'arrêt forcé : tout n’était pas terminé');
      process.exit(1);
    }, DELAI_ARRET_MS);
    limite.unref();
    application.arreter().then(
      () => {
        journal.info('arrêt terminé');
        process.exit(code);
      },
      (erreur: unknown) => {
        journal.error({ err: erreur }, 'arrêt incomplet');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => finir('SIGTERM', 0));
  process.on('SIGINT', () => finir('SIGINT', 0));
  process.on('disconnect', () => finir(PARENT_DISPARU, 0));
  // Node would print the error itself, message included.
  for (const evenement of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(evenement, (erreur: unknown) => {
      journal.fatal({ err: erreur }, 'erreur sans secours');
      finir(evenement, 1);
    });
  }
  return finir;
}

const INJOIGNABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'ECONNRESET', '57P03']);
const REFUSE = new Set(['28P01', '28000', '3D000']);

/** One French line a fault. No request has come yet, so an error may speak for itself; passwords of addresses are hidden. */
export function fautesDeDemarrage(erreur: unknown): readonly string[] {
  if (erreur instanceof ConfigurationInvalide || erreur instanceof DeclarationsIncompatibles) return erreur.lignes;
  if (erreur instanceof BaseDangereuse || erreur instanceof ClesInaccessibles) return erreur.lignes;
  const code = codeDePanne(erreur) ?? '';
  if (code === 'EADDRINUSE')
    return ['Le port demandé est déjà pris : libérez-le, ou changez PORT_GATEWAY ou PORT_WORKER.'];
  if (INJOIGNABLE.has(code)) {
    return [
      `Une base ou une file ne répond pas (${code}) : vérifiez DATABASE_URL, REDIS_URL et que ces serveurs tournent.`,
    ];
  }
  if (REFUSE.has(code)) {
    return [
      `PostgreSQL refuse la connexion (${code}) : vérifiez le rôle, le mot de passe et le nom de la base de DATABASE_URL.`,
    ];
  }
  const texte = erreur instanceof Error ? erreur.message : String(erreur);
  const { type, lieu } = decrirePanne(erreur);
  return [
    `Démarrage impossible : ${texte.replace(/:\/\/[^\s@/]*@/g, '://***@')} (${type}, ${lieu[0] ?? 'lieu inconnu'})`,
  ];
}
