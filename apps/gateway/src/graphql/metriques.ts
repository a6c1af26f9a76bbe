import { Counter, Histogram, type Registry } from 'prom-client';
import type { Trace } from '../http/trace.js';

/** Operations that get a label of their own; callers choose names, so there must be an end to them. */
const OPERATIONS_MAX = 100;
const SECONDES = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counts and durations of GraphQL requests, by name and kind of operation and by outcome. */
export class MetriquesGraphql {
  readonly #operations = new Set<string>();
  readonly #nombre: Counter;
  readonly #duree: Histogram;

  constructor(registre: Registry) {
    this.#nombre = new Counter({
      name: 'sillage_requetes_total',
      help: 'Requêtes GraphQL, par opération, genre et issue (OK, ou le premier code d’erreur ou de refus)',
      labelNames: ['operation', 'genre', 'code'],
      registers: [registre],
    });
    this.#duree = new Histogram({
      name: 'sillage_requetes_duree_secondes',
      help: 'Durée des requêtes GraphQL',
      labelNames: ['operation', 'genre'],
      buckets: SECONDES,
      registers: [registre],
    });
  }

  observer(trace: Trace, secondes: number): void {
    const [code = 'OK'] = trace.codes;
    const etiquettes = { operation: this.#nommer(trace), genre: trace.genre ?? 'inconnu' };
    this.#nombre.inc({ ...etiquettes, code });
    this.#duree.observe(etiquettes, secondes);
  }

  /** Only who is identified may add a name, and only the first ones do. */
  #nommer({ operation, acteurId }: Trace): string {
    if (operation === undefined) return 'anonyme';
    if (this.#operations.has(operation)) return operation;
    if (acteurId === undefined || this.#operations.size >= OPERATIONS_MAX) return 'autre';
    this.#operations.add(operation);
    return operation;
  }
}
