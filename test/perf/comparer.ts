import type { NomServeur } from './options.js';
import { difference, normaliser } from './normaliser.js';
import type { Corps, Demander, NomRequete } from './requetes.js';

/** Two servers do not say the same: what follows would compare different work. The message shows where. */
export class ReponsesDifferentes extends Error {}

/** The answers of the first server that was asked, for the others to be held against. */
export class Comparaison {
  readonly #attendues = new Map<NomRequete, { readonly par: NomServeur; readonly faits: readonly unknown[] }>();

  /**
   * Asks every body of a request and compares what it says.
   * @throws ReponsesDifferentes at the first difference
   */
  async verifier(serveur: NomServeur, requete: NomRequete, corps: readonly Corps[], demander: Demander): Promise<void> {
    const faits: unknown[] = [];
    for (const un of corps) faits.push(normaliser(requete, await demander(un)));
    if (requete === 'Q5') refuserAutresStructures(faits as PageNormalisee[]);
    const reference = this.#attendues.get(requete);
    if (reference === undefined) {
      this.#attendues.set(requete, { par: serveur, faits });
      return;
    }
    if (faits.length !== reference.faits.length) {
      throw new ReponsesDifferentes(
        `${requete} : ${reference.par} a ${reference.faits.length} réponses, ${serveur} en a ${faits.length}.`,
      );
    }
    for (const [rang, fait] of faits.entries()) {
      const ecart = difference(reference.faits[rang], fait);
      if (ecart === undefined) continue;
      throw new ReponsesDifferentes(
        `${requete}, demande ${rang + 1} : ${serveur} ne répond pas comme ${reference.par}.\n${ecart}\n${JSON.stringify(corps[rang]?.variables)}`,
      );
    }
  }
}

interface PageNormalisee {
  readonly nodes: readonly { readonly structure: string }[];
}

/** Nobody to compare Q5 with: a mission locale must see something, and nothing of another's. */
function refuserAutresStructures(pages: readonly PageNormalisee[]): void {
  const structures = new Set(pages.flatMap(({ nodes }) => nodes.map(({ structure }) => structure)));
  if (structures.size === 1 && structures.has('Mission locale')) return;
  throw new ReponsesDifferentes(`Q5 : la mission locale voit ${[...structures].join(', ') || 'rien'}.`);
}
