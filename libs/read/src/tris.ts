import { registerEnumType } from '@nestjs/graphql';
import type { Ordre, RacinePage, Tris } from './declaration.js';

/** The orders of a list that callers choose from, as the GraphQL enumeration `nom`. Each needs an index that begins so. */
export function tris(nom: string, choix: Readonly<Record<string, { libelle: string; ordre: Ordre }>>): Tris {
  const noms = Object.keys(choix);
  const enumeration = Object.fromEntries(noms.map((cle) => [cle, cle]));
  registerEnumType(enumeration, {
    name: nom,
    description: 'Dans quel ordre.',
    valuesMap: Object.fromEntries(Object.entries(choix).map(([cle, { libelle }]) => [cle, { description: libelle }])),
  });
  return { enumeration, ordres: Object.fromEntries(Object.entries(choix).map(([cle, { ordre }]) => [cle, ordre])) };
}

/** The order of a page, and the name that its cursors bear: those of one order are not another's. */
export function trier(
  { nom, ordre, tris: offerts }: Pick<RacinePage, 'nom' | 'ordre' | 'tris'>,
  args: Readonly<Record<string, unknown>>,
): { readonly nom: string; readonly ordre: Ordre } {
  const tri = formeDuTri(args);
  const choisi = offerts?.ordres[tri];
  return choisi ? { nom: `${nom}.${tri}`, ordre: choisi } : { nom, ordre };
}

export function formeDuTri({ tri }: Readonly<Record<string, unknown>>): string {
  return typeof tri === 'string' ? tri : '';
}
