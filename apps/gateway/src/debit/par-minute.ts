const MINUTE_MS = 60_000;

/** One entry a key, begun afresh each minute of the clock; the oldest goes when there are too many. */
export class ParMinute<V> {
  readonly #entrees = new Map<string, { readonly minute: number; readonly valeur: V }>();

  constructor(
    private readonly capacite: number,
    private readonly commencer: (minute: number) => V,
    /** Milliseconds since the epoch. */
    private readonly maintenant: () => number = Date.now,
  ) {}

  lire(cle: string): V {
    const minute = Math.floor(this.maintenant() / MINUTE_MS);
    const connue = this.#entrees.get(cle);
    if (connue?.minute === minute) return connue.valeur;
    const valeur = this.commencer(minute);
    this.#entrees.delete(cle);
    this.#entrees.set(cle, { minute, valeur });
    if (this.#entrees.size > this.capacite) {
      const [doyenne = ''] = this.#entrees.keys();
      this.#entrees.delete(doyenne);
    }
    return valeur;
  }

  /** Seconds until the next minute, at least one. */
  reste(): number {
    return Math.ceil((MINUTE_MS - (this.maintenant() % MINUTE_MS)) / 1000);
  }
}
