import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import type { Alea } from './alea.js';
import { hostile, type Json, nImporteQuoi } from './valeurs-hostiles.js';

/** What is sent, and whether it must be refused before anything runs. */
export interface Attaque {
  readonly genre: string;
  readonly corps: string | Buffer;
  readonly refusee: boolean;
}

type Champ = GraphQLField<unknown, unknown>;
type Genre = (alea: Alea, schema: GraphQLSchema) => Omit<Attaque, 'genre'>;

const corps = (query: string, variables: Json = '{}'): string =>
  `{"query":${JSON.stringify(query)},"variables":${variables}}`;
const refus = (envoye: string | Buffer): Omit<Attaque, 'genre'> => ({ corps: envoye, refusee: true });
const repeter = (nombre: number, ecrire: (i: number) => string): string =>
  Array.from({ length: nombre }, (_, i) => ecrire(i)).join(' ');

/** Every kind of attack, by its name in the table; what each sends is drawn from the schema, so that a new field is attacked at once. */
export const GENRES: Readonly<Record<string, Genre>> = {
  'variables hostiles, lecture': (alea, schema) => libre(operation(alea, schema.getQueryType()!)),
  'variables hostiles, mutation': (alea, schema) => libre(operation(alea, schema.getMutationType()!)),
  'littéraux hostiles': (alea, schema) => libre(operation(alea, racine(alea, schema), true)),
  'variables qui n’en sont pas': (alea, schema) => {
    const { query } = operation(alea, racine(alea, schema));
    return libre({ query, variables: nImporteQuoi(alea) });
  },
  'noms de prototype': (alea, schema) => {
    const champ = alea.un(avecArguments(schema.getQueryType()!));
    const [argument] = champ.args;
    const nom = alea.un(['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'prototype', '__typename']);
    const query = `query ($${nom}: ${String(argument!.type)}) { ${nom}: ${champ.name}(${argument!.name}: $${nom}) ${corpsDe(alea, champ.type, 2)} }`;
    return libre({ query, variables: alea.un(['{}', `{"${nom}":${hostile(alea, argument!.type)}}`]) });
  },
  'champ inconnu': (alea, schema) => {
    const { query, variables } = operation(alea, racine(alea, schema));
    const noms = [...query.matchAll(/\b[a-z]\w{3,}(?= ?[({ ])/g)].slice(1);
    const vise = alea.un(noms.length > 0 ? noms : [...query.matchAll(/\w+/g)]);
    const place = vise.index + vise[0].length;
    return refus(corps(`${query.slice(0, place)}${alea.un(['s', 'X', '_', '9'])}zzz${query.slice(place)}`, variables));
  },
  'mauvais type littéral': (alea, schema) => {
    const champ = alea.un(avecArguments(racine(alea, schema)));
    const argument = alea.un(champ.args);
    return refus(corps(`{ ${champ.name}(${argument.name}: {zzz: [[1]]}) ${corpsDe(alea, champ.type, 1)} }`));
  },
  'page trop grande, littérale': (alea, schema) => {
    const champ = alea.un(pages(schema));
    const taille = alea.un(['101', '1000', '2147483647']);
    return refus(corps(`{ ${champ.name}(${alea.un(['first', 'last'])}: ${taille}) { nodes { __typename } } }`));
  },
  'page trop grande, par variable': (alea, schema) => {
    const champ = alea.un(pages(schema));
    const taille = alea.un(['101', '1000', '2147483647', '9007199254740993']);
    return refus(corps(`query ($n: Int) { ${champ.name}(first: $n) { nodes { __typename } } }`, `{"n":${taille}}`));
  },
  'réponse trop grande': (alea, schema) => {
    const champs = pages(schema).filter(({ args }) => !args.some(isRequiredArgument));
    return refus(
      corps(
        `{ ${repeter(52, (i) => `${i < 29 ? `a${i}: ` : ''}${alea.un(champs).name}(first: 100) { nodes { __typename } }`)} }`,
      ),
    );
  },
  'trop profond': (alea) => {
    const niveaux = 13 + alea.entier(200);
    const imbrique = `${'lignes { '.repeat(niveaux)}libelle${' }'.repeat(niveaux)}`;
    return refus(corps(`{ versements { nodes { explication { ${imbrique} } } } }`));
  },
  'trop large': (alea, schema) => {
    const champ = alea.un(sansArgumentRequis(schema.getQueryType()!));
    const nombre = 31 + alea.entier(600);
    return refus(corps(`{ ${repeter(nombre, (i) => `a${i}: ${champ.name} ${corpsDe(alea, champ.type, 1)}`)} }`));
  },
  'fragments en cycle': (alea) => {
    const nombre = 1 + alea.entier(6);
    const cycle = repeter(nombre, (i) => `fragment f${i} on Query { __typename ...f${(i + 1) % nombre} }`);
    return refus(corps(`{ ...f0 } ${cycle}`));
  },
  'fragments qui se multiplient': (alea) => {
    const etages = 12 + alea.entier(8);
    const fois = 2 + alea.entier(3);
    const bombe = repeter(etages, (i) => `fragment f${i} on Query { ${repeter(fois, () => `...f${i + 1}`)} }`);
    return refus(corps(`{ ...f0 } ${bombe} fragment f${etages} on Query { __typename }`));
  },
  'directives en nombre': (alea) =>
    refus(corps(`{ ${repeter(51 + alea.entier(300), () => '__typename @include(if: true)')} }`)),
  'texte interminable': (alea) =>
    refus(
      corps(`{ ${alea.un([`__typename ${'#'.repeat(300_000)}`, '__typename '.repeat(2_100), '{ '.repeat(3_000)])}`),
    ),
  'corps au-delà de la limite': (alea) =>
    refus(corps('{ __typename }', `{"x":"${'a'.repeat(262_144 + alea.entier(200_000))}"}`)),
  'JSON brisé': (alea, schema) => {
    const { query, variables } = operation(alea, racine(alea, schema));
    const entier = corps(query, variables);
    return refus(entier.slice(0, 1 + alea.entier(entier.length - 1)));
  },
  'octets brisés': (alea, schema) => {
    const { query, variables } = operation(alea, racine(alea, schema));
    const octets = Buffer.from(corps(query, variables));
    for (let i = 0; i < 3; i += 1) octets[alea.entier(octets.length)] = alea.un([0xff, 0xc0, 0x80, 0xed, 0x00, 0xf8]);
    return { corps: octets, refusee: false };
  },
  'GraphQL brisé': (alea, schema) => {
    const { query, variables } = operation(alea, racine(alea, schema));
    const place = alea.entier(query.length);
    const bruit = alea.un([
      '\u0000',
      '"',
      '"""',
      '}',
      '{',
      '$',
      '@',
      '...',
      '\ud800',
      '\ufeff',
      '&',
      '0x',
      '1e',
      '\u2028',
    ]);
    return { corps: corps(query.slice(0, place) + bruit + query.slice(place), variables), refusee: false };
  },
};

/** One attack, of a kind drawn at random. */
export function attaquer(alea: Alea, schema: GraphQLSchema): Attaque {
  const genre = alea.un(Object.keys(GENRES));
  return { genre, ...GENRES[genre]!(alea, schema) };
}

function libre({ query, variables }: { query: string; variables: Json }): Omit<Attaque, 'genre'> {
  return { corps: corps(query, variables), refusee: false };
}

function racine(alea: Alea, schema: GraphQLSchema): GraphQLObjectType {
  return alea.chance(2) ? schema.getQueryType()! : schema.getMutationType()!;
}

/** One to three fields of the root with all that they take, by variables or in the text. */
function operation(alea: Alea, type: GraphQLObjectType, litteral = false): { query: string; variables: Json } {
  const declarations: string[] = [];
  const valeurs: string[] = [];
  const donner = (argument: GraphQLArgument): string => {
    const valeur = hostile(alea, argument.type);
    if (litteral) return `${argument.name}: ${enGraphql(valeur)}`;
    const nom = `v${declarations.length}`;
    declarations.push(`$${nom}: ${String(argument.type)}`);
    valeurs.push(`"${nom}":${valeur}`);
    return `${argument.name}: $${nom}`;
  };
  const choisis = alea.quelquesUns(Object.values(type.getFields()), type.name === 'Query' ? 3 : 1);
  const champs = choisis.map((champ, i) => {
    const donnes = champ.args.filter((argument) => isRequiredArgument(argument) || alea.chance(2)).map(donner);
    return `c${i}: ${champ.name}${donnes.length > 0 ? `(${donnes.join(', ')})` : ''} ${corpsDe(alea, champ.type, 3)}`;
  });
  const genre = type.name === 'Mutation' ? 'mutation' : 'query';
  const entete = declarations.length > 0 ? `${genre} (${declarations.join(', ')})` : genre;
  return { query: `${entete} { ${champs.join(' ')} }`, variables: `{${valeurs.join()}}` };
}

/** JSON's values are GraphQL's, but for the quotes around keys; what has no such name is left to be refused. */
function enGraphql(json: Json): string {
  return json.replaceAll(/"((?:[^"\\]|\\.)*)":/g, '$1: ').replaceAll('\\ud800', '\\u{d800}');
}

/** A selection of some fields that ask for nothing, so deep at most. */
function corpsDe(alea: Alea, type: GraphQLOutputType, profondeur: number): string {
  const nomme = getNamedType(type);
  if (!isCompositeType(nomme)) return '';
  if (profondeur === 0 || isAbstractType(nomme)) return '{ __typename }';
  const choisis = new Set(alea.quelquesUns(sansArgumentRequis(nomme as GraphQLObjectType), 4));
  return `{ ${[...choisis].map((champ) => `${champ.name} ${corpsDe(alea, champ.type, profondeur - 1)}`).join(' ')} }`;
}

function sansArgumentRequis(type: GraphQLObjectType): Champ[] {
  return Object.values(type.getFields()).filter(({ args }) => !args.some(isRequiredArgument));
}

function avecArguments(type: GraphQLObjectType): Champ[] {
  return Object.values(type.getFields()).filter(({ args }) => args.length > 0);
}

/** Lists of the root that come by pages. */
function pages(schema: GraphQLSchema): Champ[] {
  return avecArguments(schema.getQueryType()!).filter(
    ({ args, type }) =>
      args.some(({ name }) => name === 'first') && !args.some(isRequiredArgument) && isObjectType(getNamedType(type)),
  );
}
