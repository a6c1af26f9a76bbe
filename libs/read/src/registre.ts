import type { Champ, ChampChiffre, Racine, TypeLu } from './declaration.js';

/** Every root field and type that an application reads. Says at boot what is declared twice, or open to everybody. */
export class RegistreLectures {
  readonly #racines = new Map<string, Racine>();
  readonly #variantes = new Map<string, TypeLu[]>();
  readonly #types = new Map<string, TypeLu>();

  /**
   * @param types those that no root field names: the types of an interface
   * @throws Error when two declarations claim the same root field, the same type or the same row of an interface, and when a
   * root field reads a type that has no rights of its own
   */
  constructor(racines: readonly Racine[], types: readonly TypeLu[]) {
    for (const racine of racines) {
      if (this.#racines.has(racine.nom)) throw new Error(`Deux lectures portent le nom « ${racine.nom} ».`);
      exigerDroits(racine);
      this.#racines.set(racine.nom, racine);
    }
    for (const type of [...racines.map((racine) => racine.type), ...types]) exigerNomsUniques(type, this.#types);
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

  /** Every type that a read may reach. */
  get types(): readonly TypeLu[] {
    return [...this.#types.values()];
  }

  racine(nom: string): Racine | undefined {
    return this.#racines.get(nom);
  }

  /** The types of an interface; the type itself when it is none. */
  variantes(type: TypeLu): readonly TypeLu[] {
    return type.selon === undefined ? [type] : (this.#variantes.get(type.nom) ?? []);
  }
}

/** What is reached through nothing has no parent to share the rights of. A grouping applies them itself. */
function exigerDroits(racine: Racine): void {
  if (racine.type.droits || (racine.genre === 'liste' && racine.depuis)) return;
  throw new Error(
    `« ${racine.nom} » lit ${racine.type.nom}, qui ne dit pas qui peut le lire : donnez-lui des « droits ».`,
  );
}

function exigerNomsUniques(type: TypeLu, connus: Map<string, TypeLu>): void {
  const connu = connus.get(type.nom);
  if (connu === type) return;
  if (connu) throw new Error(`Deux types lus portent le nom « ${type.nom} ».`);
  connus.set(type.nom, type);
  for (const champ of Object.values(type.champs)) if ('vers' in champ) exigerNomsUniques(champ.vers(), connus);
  if (type.implemente) exigerNomsUniques(type.implemente.interface, connus);
}

/** A field of a type, its interface's included. */
export function champDe(type: TypeLu, nom: string): Champ | undefined {
  return type.champs[nom] ?? type.implemente?.interface.champs[nom];
}

/** Whether a field names a person. */
export function estNominatif(champ: Champ | undefined): boolean {
  return champ !== undefined && 'nominatif' in champ && champ.nominatif === true;
}

/** A table, not a query in the place of one. */
const NOM_DE_TABLE = /^\w+\.\w+$/;

/** The column of the type's own table that a field says is never null: the boot holds it to its word. */
export function colonneSure(type: TypeLu, champ: Champ): string | undefined {
  if (champ.genre !== 'sql' || champ.nullable === true || champ.annexe !== undefined || type.implemente)
    return undefined;
  return tableDe(type) && champ.colonne;
}

/** The table of a type; undefined for a part, or where a query stands in the place of one. */
export function tableDe({ table }: TypeLu): string | undefined {
  return table !== undefined && NOM_DE_TABLE.test(table) ? table : undefined;
}

/** Where a sealed text is written: the type's table, or that of one of its annexes. */
export function tableDuChiffre({ table, annexes = {} }: TypeLu, { annexe }: ChampChiffre): string {
  return (annexe === undefined ? table : annexes[annexe]?.table) ?? '';
}
