import {
  getNamedType,
  getNullableType,
  type GraphQLInputType,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

/** What a generated value may be told: by the path of the field in the input, `champs.etapes.contact`. */
export interface OptionsSaisie {
  /** Goes into every free text. */
  readonly texte: string;
  /** Values that the generator cannot guess: ids, codes, dates that must follow each other. */
  readonly valeurs?: Readonly<Record<string, unknown>>;
  /** True: optional fields too. */
  readonly complete?: boolean;
}

const SCALAIRES: Readonly<Record<string, (texte: string) => unknown>> = {
  String: (texte) => texte,
  ID: () => 'Rien-00000000-0000-7000-8000-000000000000',
  Int: () => 1,
  Float: () => 1,
  Boolean: () => true,
  Montant: () => '10.00',
  Decimal: () => '1',
  DateCivile: () => '2026-02-02',
  Horodatage: () => '2026-02-02T08:00:00Z',
  Json: () => '1.00',
};

/**
 * A value of an input type, made from the schema alone: a new field gets one the day it appears.
 * @throws Error on a scalar that nobody has taught it
 */
export function saisir(type: GraphQLInputType, options: OptionsSaisie, chemin: readonly string[] = []): unknown {
  const cle = chemin.join('.');
  if (options.valeurs !== undefined && Object.hasOwn(options.valeurs, cle)) return options.valeurs[cle];
  const nu = getNullableType(type);
  if (isListType(nu)) return [saisir(nu.ofType, options, chemin)];
  if (isInputObjectType(nu)) {
    const champs = Object.values(nu.getFields()).filter(
      (champ) =>
        champ.name !== 'clientMutationId' &&
        (options.complete === true ||
          isNonNullType(champ.type) ||
          Object.hasOwn(options.valeurs ?? {}, [...chemin, champ.name].join('.'))),
    );
    return Object.fromEntries(
      champs.map((champ) => [champ.name, saisir(champ.type, options, [...chemin, champ.name])]),
    );
  }
  if (isEnumType(nu)) return nu.getValues()[0]?.name;
  const nom = (getNamedType(nu) as GraphQLNamedType).name;
  const faire = SCALAIRES[nom];
  if (faire === undefined) throw new Error(`Aucune valeur d’attaque pour le scalaire ${nom} : ajoutez-la à SCALAIRES.`);
  return faire(/courriel/i.test(chemin.at(-1) ?? '') ? `${options.texte}@exemple.test` : options.texte);
}

/** The paths of the arguments of type ID in an input: `candidatureId`, `champs.x`. */
export function cheminsDIds(type: GraphQLInputType, chemin: readonly string[] = []): string[] {
  const nu = getNullableType(type);
  if (isListType(nu)) return cheminsDIds(nu.ofType, chemin);
  if (isInputObjectType(nu)) {
    return Object.values(nu.getFields()).flatMap((champ) => cheminsDIds(champ.type, [...chemin, champ.name]));
  }
  return (getNamedType(nu) as GraphQLNamedType).name === 'ID' ? [chemin.join('.')] : [];
}
