/** The place where pieces are kept cannot be used for now: nothing was half written, and the same may be tried again later. */
export class DepotIndisponible extends Error {
  override readonly name = 'DepotIndisponible';

  constructor(precision: string, options?: ErrorOptions) {
    super(`Le magasin des pièces est indisponible : ${precision}.`, options);
  }
}
