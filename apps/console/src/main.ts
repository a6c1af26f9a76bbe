import { parseArgs } from 'node:util';
import { ClesInaccessibles, RenouvellementInacheve } from '@sillage/access';
import { ConfigurationInvalide } from '@sillage/configuration';
import { ErreurPostgres } from '@sillage/persistence';
import { type Commande, RefusConsole } from './commande.js';
import { clesReenvelopper } from './commandes/cles-reenvelopper.js';
import { clesRenouveler } from './commandes/cles-renouveler.js';
import { demarrer } from './commandes/demarrer.js';
import { generer } from './commandes/generer.js';
import { jeton } from './commandes/jeton.js';
import { journalVerifier } from './commandes/journal-verifier.js';
import { migrerBase } from './commandes/migrer.js';
import { semer } from './commandes/semer.js';

const COMMANDES: readonly Commande[] = [
  demarrer,
  migrerBase,
  semer,
  jeton,
  generer,
  journalVerifier,
  clesReenvelopper,
  clesRenouveler,
];

process.exitCode = await executer(process.argv.slice(2));

async function executer([nom, ...reste]: string[]): Promise<number> {
  const commande = COMMANDES.find((c) => c.nom === nom);
  if (commande === undefined) {
    console.error(aide(nom));
    return 2;
  }
  try {
    const { values, positionals } = parseArgs({ args: reste, options: commande.options ?? {}, allowPositionals: true });
    await commande.executer({ arguments: positionals, options: values });
    return 0;
  } catch (erreur) {
    console.error(expliquer(erreur, commande));
    return 1;
  }
}

function aide(nom: string | undefined): string {
  return [
    ...(nom === undefined ? [] : [`Commande inconnue : ${nom}.`]),
    'Commandes de la console Sillage :',
    ...COMMANDES.map((c) => `  ${`${c.nom} ${c.usage}`.padEnd(40)}${c.resume}`),
  ].join('\n');
}

function expliquer(erreur: unknown, commande: Commande): string {
  if (erreur instanceof RefusConsole || erreur instanceof ErreurPostgres) return `✘ ${erreur.message}`;
  if (erreur instanceof ClesInaccessibles || erreur instanceof RenouvellementInacheve) return `✘ ${erreur.message}`;
  if (erreur instanceof ConfigurationInvalide) return ['✘ Configuration refusée :', ...erreur.lignes].join('\n  ');
  if (erreur instanceof TypeError && 'code' in erreur && String(erreur.code).startsWith('ERR_PARSE_ARGS')) {
    return `✘ ${erreur.message}\nUsage : ${commande.nom} ${commande.usage}`;
  }
  return `✘ ${erreur instanceof Error ? (erreur.stack ?? erreur.message) : String(erreur)}`;
}
