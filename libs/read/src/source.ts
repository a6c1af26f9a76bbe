import type { Ligne, TypeLu } from './declaration.js';

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
