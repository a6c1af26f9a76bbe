import type { Action, ContexteActeur } from '@sillage/access';
import { conditionDesDroits } from '@sillage/access';
import type { Ligne, TypeLu } from './declaration.js';
import type { RechercheEcrite } from './filtres.js';

/** What changes from one request to the next, for a statement that does not. */
export interface Demande {
  /** Arguments of the fields that have some, in the order in which the statement met them. */
  readonly args: readonly Readonly<Record<string, unknown>>[];
  readonly maintenant: string;
}

export type Valeur = (demande: Demande) => unknown;

/** One statement being written: its values, its aliases, the rights of its rows. */
export class Redaction {
  readonly valeurs: Valeur[] = [];
  readonly recherches: RechercheEcrite[] = [];
  readonly #fixes = new Map<string, string>();
  readonly #arguments = new Map<string, string>();
  #alias = 0;
  #maintenant: string | undefined;

  constructor(readonly contexte: ContexteActeur) {}

  /** A value that is the same as long as the caller is: statements are kept by `Droits`, of which each person has their own. */
  fixer(valeur: unknown, type: string): string {
    const cle = JSON.stringify([type, valeur]);
    const connu = this.#fixes.get(cle);
    if (connu !== undefined) return connu;
    const place = this.deLaDemande(() => valeur, type);
    this.#fixes.set(cle, place);
    return place;
  }

  /** A value that each request brings. */
  deLaDemande(valeur: Valeur, type: string): string {
    this.valeurs.push(valeur);
    return `$${this.valeurs.length}::${type}`;
  }

  /** What must be found for there to be an answer, and what it is, as SQL. */
  chercher(recherche: RechercheEcrite): string {
    this.recherches.push(recherche);
    return trouvee(this.recherches.length - 1);
  }

  /** Makes the value of an argument known to the fields that depend on it. */
  donner(nom: string, valeur: string): void {
    this.#arguments.set(nom, valeur);
  }

  argument(nom: string): string | null {
    return this.#arguments.get(nom) ?? null;
  }

  get maintenant(): string {
    return (this.#maintenant ??= this.deLaDemande(({ maintenant }) => maintenant, 'timestamptz'));
  }

  /** A row of a type, under a name of its own. `parent` answers for its rights when it has none. */
  ligne(type: TypeLu, parent: Ligne | null): Ligne {
    this.#alias += 1;
    return new LigneRedigee(this, `l${this.#alias}`, type, parent);
  }

  /** A part of a row: same name, same rights. */
  partie(parent: Ligne, type: TypeLu): Ligne {
    return new LigneRedigee(this, parent.alias, type, parent);
  }
}

class LigneRedigee implements Ligne {
  readonly #peut = new Map<string, string>();

  constructor(
    private readonly redaction: Redaction,
    readonly alias: string,
    private readonly type: TypeLu,
    private readonly parent: Ligne | null,
  ) {}

  get contexte(): ContexteActeur {
    return this.redaction.contexte;
  }

  get maintenant(): string {
    return this.redaction.maintenant;
  }

  get personne(): string | null {
    return this.type.personne?.(this) ?? this.parent?.personne ?? null;
  }

  colonne(nom: string, annexe?: string): string {
    return annexe === undefined ? `${this.alias}.${nom}` : `${this.alias}_${annexe}.${nom}`;
  }

  lier(valeur: unknown, type: string): string {
    return this.redaction.fixer(valeur, type);
  }

  argument(nom: string): string | null {
    return this.redaction.argument(nom);
  }

  peut(action: Action): string {
    const { droits } = this.type;
    if (!droits) {
      const permis = this.parent?.peut(action) ?? 'false';
      return action === 'lireNominatif' ? saufReserve(permis, this.type.reserve?.(this)) : permis;
    }
    let condition = this.#peut.get(action);
    if (condition === undefined) {
      // The rights write the type of a value themselves, by a cast.
      const lier = (valeur: unknown): string => this.lier(valeur, Array.isArray(valeur) ? 'text[]' : 'text');
      const droit = conditionDesDroits(this.contexte.droits, action, droits.sujet, droits.champs(this.alias), lier);
      condition = droit === 'true' ? droit : ouBien(droits.aussi?.(this) ?? 'false', droit);
      this.#peut.set(action, condition);
    }
    return condition;
  }
}

/** The statement looks for it in a query of its own, `enonce` says where. */
export function trouvee(rang: number): string {
  return `(select r${rang}.trouvee from r${rang})`;
}

function saufReserve(permis: string, reserve: string | undefined): string {
  if (reserve === undefined || permis === 'false') return permis;
  return permis === 'true' ? `not (${reserve})` : `(${permis} and not (${reserve}))`;
}

function ouBien(une: string, autre: string): string {
  if (une === 'false') return autre;
  return autre === 'false' ? `(${une})` : `(${une} or ${autre})`;
}

/**
 * A condition may be written for rows that the selection does not ask: PostgreSQL refuses a value that nothing uses. It is judged
 * all the same, and stays behind.
 */
export function sansValeurInutile(
  texte: string,
  valeurs: readonly Valeur[],
): { readonly texte: string; readonly valeurs: readonly Valeur[]; readonly rangs: readonly number[] } {
  const rangs: number[] = [];
  const serre = texte.replace(/\$(\d+)::/g, (_, numero: string) => {
    const rang = Number(numero) - 1;
    if (!rangs.includes(rang)) rangs.push(rang);
    return `$${rangs.indexOf(rang) + 1}::`;
  });
  return { texte: serre, valeurs, rangs };
}
