/** A column (bytea) whose values `Coffre` seals: what a rotation of keys goes through. */
export interface ColonneChiffree {
  /** With its schema: `sillage.jeune_coordonnees`. */
  readonly table: string;
  readonly colonne: string;
  /** The uuid column that, with `departement_id`, names a row. */
  readonly cle: string;
}

const TABLE = /^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$/;
const COLONNE = /^[a-z_][a-z0-9_]*$/;

/**
 * Declares a sealed column: whoever owns the table exports the list of its own. The application's role needs `update` on the
 * table, since a rotation writes its values anew. A column that is not declared cannot be sealed.
 */
export function colonneChiffree(table: string, colonne: string, { cle = 'id' } = {}): ColonneChiffree {
  if (!TABLE.test(table) || !COLONNE.test(colonne) || !COLONNE.test(cle)) {
    throw new TypeError(
      `Colonne chiffrée « ${table}.${colonne} » : écrivez schema.table, la colonne et la clé sans guillemets.`,
    );
  }
  return { table, colonne, cle };
}

/** `sillage.jeune_coordonnees.telephone` */
export function nomDeColonne({ table, colonne }: Pick<ColonneChiffree, 'table' | 'colonne'>): string {
  return `${table}.${colonne}`;
}
