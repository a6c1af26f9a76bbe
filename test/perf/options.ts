import { parseArgs } from 'node:util';
import { REQUETES, type NomRequete } from './requetes.js';

/** What is measured, how often and how hard. */
export interface Options {
  /** Young people in the data set; it holds 1.5 accompagnements and 10 actes for each. */
  readonly taille: number;
  /** A second size, measured in turn with the first one. */
  readonly croissance: number | undefined;
  readonly requetes: readonly NomRequete[];
  readonly serveurs: readonly NomServeur[];
  readonly repetitions: number;
  /** Of one measure. */
  readonly secondes: number;
  /** Open at once, each with one request in flight. */
  readonly connexions: number;
  /** Connections of each server to PostgreSQL. */
  readonly pool: number;
  /** A PostgreSQL of one's own, by its superuser's address, in the place of the embedded one. */
  readonly base: string | undefined;
  /** Where the raw figures go. */
  readonly json: string | undefined;
  /** Print the plans of the limit's queries, and measure nothing. */
  readonly expliquer: boolean;
  /** Compare the answers, and measure nothing. */
  readonly verifier: boolean;
}

export const SERVEURS = ['limite', 'sillage', 'postgraphile', 'ordinaire'] as const;
export type NomServeur = (typeof SERVEURS)[number];

export const AIDE = `npm run perf [-- options] : mesure Sillage et ses pairs sur les mêmes données
  --size N         jeunes dans le jeu de données (60000 par défaut ; 600000 pour un grand département)
  --growth N       mesure en alternance une seconde taille, et dit ce que PostgreSQL met de plus
  --only A,B       seulement ces requêtes (${REQUETES.join(', ')}) ou ces serveurs (${SERVEURS.join(', ')})
  --reps N         répétitions entrelacées (3)
  --seconds N      durée d’une mesure, en secondes (5)
  --connections N  connexions simultanées (16)
  --pool N         connexions de chaque serveur à PostgreSQL (3)
  --database URL   un autre PostgreSQL que celui qui est fourni, par l’adresse de son administrateur
  --json FICHIER   écrit tous les chiffres bruts
  --check          compare les réponses sans rien mesurer
  --explain        montre les plans PostgreSQL des requêtes de la limite, sans rien mesurer
  --help           cette aide`;

/** The command line is not usable: the message is French and says what to write. */
export class OptionRefusee extends Error {}

/** @throws OptionRefusee */
export function lireOptions(args: readonly string[]): Options {
  const { values } = analyser(args);
  const noms = (values.only ?? '').split(',').filter((nom) => nom !== '');
  const inconnu = noms.find((nom) => !est(REQUETES, nom) && !est(SERVEURS, nom));
  if (inconnu !== undefined) {
    throw new OptionRefusee(`--only ${inconnu} : choisissez parmi ${[...REQUETES, ...SERVEURS].join(', ')}.`);
  }
  return {
    taille: entier('size', values.size, 900),
    croissance: values.growth === undefined ? undefined : entier('growth', values.growth, 900),
    requetes: choisis(REQUETES, noms),
    serveurs: choisis(SERVEURS, noms),
    repetitions: entier('reps', values.reps, 1),
    secondes: entier('seconds', values.seconds, 1),
    connexions: entier('connections', values.connections, 1),
    pool: entier('pool', values.pool, 1),
    base: values.database,
    json: values.json,
    expliquer: values.explain,
    verifier: values.check,
  };
}

function analyser(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        size: { type: 'string', default: '60000' },
        growth: { type: 'string' },
        only: { type: 'string' },
        reps: { type: 'string', default: '3' },
        seconds: { type: 'string', default: '5' },
        connections: { type: 'string', default: '16' },
        pool: { type: 'string', default: '3' },
        database: { type: 'string' },
        json: { type: 'string' },
        check: { type: 'boolean', default: false },
        explain: { type: 'boolean', default: false },
      },
    });
  } catch (erreur) {
    throw new OptionRefusee(`${(erreur as Error).message}\n${AIDE}`);
  }
}

function entier(option: string, texte: string, min: number): number {
  const valeur = /^\d{1,9}$/.test(texte) ? Number(texte) : Number.NaN;
  if (valeur >= min) return valeur;
  throw new OptionRefusee(`--${option} ${texte} : indiquez un nombre entier, ${min} au moins.`);
}

/** Those named or, when none of that kind is, all of them. */
function choisis<N extends string>(tous: readonly N[], noms: readonly string[]): readonly N[] {
  const retenus = tous.filter((nom) => noms.includes(nom));
  return retenus.length > 0 ? retenus : tous;
}

function est<N extends string>(liste: readonly N[], nom: string): nom is N {
  return (liste as readonly string[]).includes(nom);
}
