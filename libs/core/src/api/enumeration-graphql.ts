import { registerEnumType } from '@nestjs/graphql';

/** A GraphQL enum from a table of French labels, which become the descriptions of its values. */
export function enumerationGraphql<T extends Readonly<Record<string, string>>>(
  libelles: T,
  name: string,
  description: string,
): { [K in keyof T]: K } {
  const valeurs = Object.fromEntries(Object.keys(libelles).map((cle) => [cle, cle])) as { [K in keyof T]: K };
  const descriptions = Object.entries(libelles).map(([cle, libelle]) => [cle, { description: libelle }] as const);
  const valuesMap = Object.fromEntries(descriptions) as { [K in keyof T]: { description: string } };
  registerEnumType<{ [K in keyof T]: K }>(valeurs, { name, description, valuesMap });
  return valeurs;
}
