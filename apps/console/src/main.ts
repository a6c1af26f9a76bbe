import { parseArgs } from 'node:util';
import { type Commande, RefusConsole } from './commande.js';

/** Each is loaded when it is asked for: a token must not wait for the whole house. */
const COMMANDES: Readonly<Record<string, () => Promise<Commande>>> = {
  demarrer: async () => (await import('./commandes/demarrer.js')).demarrer,
  migrer: async () => (await import('./commandes/migrer.js')).migrerBase,
  semer: async () => (await import('./commandes/semer.js')).semer,
  jeton: async () => (await import('./commandes/jeton.js')).jeton,
  generer: async () => (await import('./commandes/generer.js')).generer,
  'journal:verifier': async () => (await import('./commandes/journal-verifier.js')).journalVerifier,
  'cles:reenvelopper': async () => (await import('./commandes/cles-reenvelopper.js')).clesReenvelopper,
  'cles:renouveler': async () => (await import('./commandes/cles-renouveler.js')).clesRenouveler,
  'effacements:rejouer': async () => (await import('./commandes/effacements-rejouer.js')).effacementsRejouer,
};

/** Failures of the house whose message is all that the user needs: told by their names, so that none is loaded for it. */
const REFUS_ATTENDUS = new Set(['ErreurPostgres', 'ClesInaccessibles', 'RenouvellementInacheve']);

process.exitCode = await executer(process.argv.slice(2));

async function executer([nom, ...reste]: string[]): Promise<number> {
  const charger = nom !== undefined && Object.hasOwn(COMMANDES, nom) ? COMMANDES[nom] : undefined;
  if (charger === undefined) {
    console.error(await aide(nom));
    return 2;
  }
  const commande = await charger();
  try {
    const { values, positionals } = parseArgs({ args: reste, options: commande.options ?? {}, allowPositionals: true });
    await commande.executer({ arguments: positionals, options: values });
    return 0;
  } catch (erreur) {
    console.error(expliquer(erreur, commande));
    return 1;
  }
}

async function aide(nom: string | undefined): Promise<string> {
  const commandes = await Promise.all(Object.values(COMMANDES).map((charger) => charger()));
  return [
    ...(nom === undefined ? [] : [`Commande inconnue : ${nom}.`]),
    'Commandes de la console Sillage :',
    ...commandes.map((c) => `  ${`${c.nom} ${c.usage}`.padEnd(48)} ${c.resume}`),
  ].join('\n');
}

function expliquer(erreur: unknown, commande: Commande): string {
  if (erreur instanceof RefusConsole) return `✘ ${erreur.message}`;
  if (erreur instanceof Error && REFUS_ATTENDUS.has(erreur.name)) return `✘ ${erreur.message}`;
  if (erreur instanceof Error && erreur.name === 'ConfigurationInvalide' && 'lignes' in erreur) {
    return ['✘ Configuration refusée :', ...(erreur.lignes as readonly string[])].join('\n  ');
  }
  if (erreur instanceof TypeError && 'code' in erreur && String(erreur.code).startsWith('ERR_PARSE_ARGS')) {
    return `✘ ${erreur.message}\nUsage : ${commande.nom} ${commande.usage}`;
  }
  return `✘ ${erreur instanceof Error ? (erreur.stack ?? erreur.message) : String(erreur)}`;
}
