/** Cuts a request off when nothing has gone on for that long. To be ended by whoever began it. */
export class Veille {
  readonly #fin = new AbortController();
  #minuteur: NodeJS.Timeout;

  constructor(private readonly delaiMs: number) {
    this.#minuteur = this.#armer();
  }

  get signal(): AbortSignal {
    return this.#fin.signal;
  }

  /** The same bytes: each one that is asked for shows that the other end is alive. */
  async *suivre(octets: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const morceau of octets) {
      clearTimeout(this.#minuteur);
      this.#minuteur = this.#armer();
      yield morceau;
    }
  }

  finir(): void {
    clearTimeout(this.#minuteur);
  }

  #armer(): NodeJS.Timeout {
    return setTimeout(() => this.#fin.abort(new Error('délai dépassé')), this.delaiMs);
  }
}
