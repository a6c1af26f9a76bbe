/**
 * A bounded memory whose entries expire: the oldest goes when it is full. It holds what is already true elsewhere (a
 * verified token, a row of the database), so that losing an entry costs a verification and nothing else.
 */
export class Memoire<V> {
  readonly #entrees = new Map<string, { readonly valeur: V; readonly depuis: number; readonly jusqua: number }>();

  constructor(
    private readonly capacite: number,
    /** Milliseconds since the epoch. */
    private readonly maintenant: () => number,
  ) {}

  lire(cle: string, present = this.maintenant()): V | undefined {
    const entree = this.#entrees.get(cle);
    if (!entree) return undefined;
    // A clock that went back would keep an entry for longer than it was meant to last.
    if (present < entree.jusqua && present >= entree.depuis) return entree.valeur;
    this.#entrees.delete(cle);
    return undefined;
  }

  retenir(cle: string, valeur: V, jusqua: number): void {
    this.#entrees.delete(cle);
    const depuis = this.maintenant();
    if (jusqua <= depuis) return;
    this.#entrees.set(cle, { valeur, depuis, jusqua });
    if (this.#entrees.size <= this.capacite) return;
    for (const doyenne of this.#entrees.keys()) {
      this.#entrees.delete(doyenne);
      return;
    }
  }

  get taille(): number {
    return this.#entrees.size;
  }
}
