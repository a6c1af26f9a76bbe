import type { Champ, Racine, TypeLu } from './declaration.js';

/** Every root field and type that an application reads. Says at boot what is declared twice. */
export class RegistreLectures {
  readonly #racines = new Map<string, Racine>();
  readonly #variantes = new Map<string, TypeLu[]>();

  /**
   * @param types those that no root field names: the types of an interface
   * @throws Error when two declarations claim the same root field, or the same row of an interface
   */
  constructor(racines: readonly Racine[], types: readonly TypeLu[]) {
    for (const racine of racines) {
      if (this.#racines.has(racine.nom)) throw new Error(`Deux lectures portent le nom « ${racine.nom} ».`);
      this.#racines.set(racine.nom, racine);
    }
    for (const type of types) {
      if (!type.implemente) continue;
      const { interface: commune, valeur } = type.implemente;
      const autres = this.#variantes.get(commune.nom) ?? [];
      if (autres.some(({ implemente }) => implemente?.valeur === valeur)) {
        throw new Error(`Deux types se disent ${commune.nom} pour « ${valeur} ».`);
      }
      this.#variantes.set(commune.nom, [...autres, type]);
    }
  }

  get racines(): readonly Racine[] {
    return [...this.#racines.values()];
  }

  racine(nom: string): Racine | undefined {
    return this.#racines.get(nom);
  }

  /** The types of an interface; the type itself when it is none. */
  variantes(type: TypeLu): readonly TypeLu[] {
    return type.selon === undefined ? [type] : (this.#variantes.get(type.nom) ?? []);
  }
}

/** A field of a type, its interface's included. */
export function champDe(type: TypeLu, nom: string): Champ | undefined {
  return type.champs[nom] ?? type.implemente?.interface.champs[nom];
}
