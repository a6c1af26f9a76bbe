import type { ChampRelie, Ligne, Ordre, TypeLu } from './declaration.js';

/** FROM and WHERE of the rows of a type. */
export function depuis(type: TypeLu, ligne: Ligne, conditions: readonly string[] = []): string {
  return `${tableDeLigne(type, ligne)}${ouSql(conditions)}`;
}

export function ouSql(conditions: readonly string[]): string {
  return conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '';
}

/** What follows FROM for the rows of a type: its table, and its annexes. */
export function tableDeLigne(type: TypeLu, ligne: Ligne): string {
  return `${type.table ?? ''} ${ligne.alias}${annexesDe(type, ligne)}`;
}

/** PostgreSQL leaves out those of which nothing is read: each is unique by its key. */
export function annexesDe({ annexes = {} }: TypeLu, ligne: Ligne): string {
  const jointures = Object.entries(annexes).map(([nom, { table, par }]) => {
    const memeDepartement = `${ligne.colonne('departement_id', nom)} = ${ligne.colonne('departement_id')}`;
    return ` left join ${table} ${ligne.alias}_${nom} on ${memeDepartement} and ${ligne.colonne(par, nom)} = ${ligne.colonne('id')}`;
  });
  return jointures.join('');
}

/** ORDER BY of a list, or of the same list from its end; the id, where there is one, decides between equals. */
export function ordreSql(ligne: Ligne, { sens, colonnes }: Ordre, aRebours: boolean, avecId = true): string {
  const direction = (sens === 'desc') === aRebours ? 'asc' : 'desc';
  const noms = [...colonnes.map(({ nom }) => nom), ...(avecId ? ['id'] : [])];
  return noms.map((nom) => `${ligne.colonne(nom)} ${direction}`).join(', ');
}

export function exigerOrdre({ ordre }: ChampRelie): Ordre {
  if (ordre) return ordre;
  throw new Error('Une liste dit dans quel ordre elle vient.');
}
