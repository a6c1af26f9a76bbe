/** What `demarrer` says while it works: one line a step. The clock is that of `npm start`, which has installed and built before. */
export class Progres {
  readonly #debut = Number(process.env['SILLAGE_DEBUT'] ?? Date.now());

  annoncer(ligne: string): void {
    console.log(`  ${ligne}`);
  }

  async etape<T>(libelle: string, travail: () => Promise<T>): Promise<T> {
    const depart = Date.now();
    try {
      const resultat = await travail();
      this.annoncer(`✔ ${libelle} (${secondes(depart)})`);
      return resultat;
    } catch (erreur) {
      this.annoncer(`✘ ${libelle} (${secondes(depart)})`);
      throw erreur;
    }
  }

  /** Since `npm start` was typed. */
  total(): string {
    return secondes(this.#debut);
  }
}

function secondes(depuis: number): string {
  return `${((Date.now() - depuis) / 1000).toFixed(1).replace('.', ',')} s`;
}
