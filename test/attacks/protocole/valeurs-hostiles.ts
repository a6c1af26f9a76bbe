import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';
import type { Alea } from './alea.js';

/** Written as JSON by who asks: it can be what no value of JavaScript is. */
export type Json = string;

const TEXTES: readonly Json[] = [
  '""',
  '"x"',
  '"\\u0000"',
  '"a\\u0000b"',
  '"\\ud800"',
  '"\\udc00x"',
  '"\\ud83d"',
  '"\\ud83c\\udf0a"',
  '"\\u0001\\u0007\\u001b[2J\\u007f"',
  '"\\r\\nset-cookie: a=b"',
  '"\\u202e\\u2066\\ufeff\\ufffe\\uffff"',
  '"%"',
  '"%_%\\\\"',
  '"\\\\"',
  `"' or 1=1 --"`,
  `"'; drop table candidature; --"`,
  '"$1"',
  '"{{7*7}}${7*7}"',
  '"=cmd|\' /C calc\'!A0"',
  '"../../etc/passwd"',
  '"<script>"',
  '"__proto__"',
  '"constructor"',
  '"null"',
  '"NaN"',
  '"-0"',
  '"2026-02-30"',
  '"0000-00-00"',
  '"+275760-09-13"',
  '"9999-12-31"',
  '"2026-01-01T24:60:60Z"',
  '"999999999999999999999999.99"',
  '"1e400"',
  '"-1.005"',
  '"12,5"',
  '"Convention-00000000-0000-0000-0000-000000000000"',
  '"Convention-00000000-0000-7000-8000-00000000000"',
  '"Candidature-ffffffff-ffff-ffff-ffff-ffffffffffff"',
  '"Candidature-\\u0000"',
  '"Appel-Appel-Appel"',
  '"WyJhIl0="',
  '"eyJ2IjoxfQ"',
  JSON.stringify('é'.repeat(5_000)),
  JSON.stringify('a\u0301'.repeat(200)),
  JSON.stringify('9'.repeat(1_000)),
];
const NOMBRES: readonly Json[] = [
  '0',
  '-1',
  '1',
  '101',
  '2147483647',
  '2147483648',
  '-2147483649',
  '9007199254740993',
  '99999999999999999999999999',
  '1e309',
  '-1e309',
  '5e-324',
  '0.1',
  '-0',
];
const AUTRES: readonly Json[] = [
  'null',
  'true',
  'false',
  '[]',
  '{}',
  '[[[[]]]]',
  '["x"]',
  '[null]',
  '{"__typename":"Query"}',
  '{"$ne":null}',
  '{"toString":"x","valueOf":1}',
  '{"length":1e9}',
  `${'['.repeat(500)}${']'.repeat(500)}`,
];
/** Keys that every object has, or that none of ours has. */
const CLES: readonly Json[] = [
  '"__proto__":{"admin":true}',
  '"constructor":{"prototype":{"admin":true}}',
  '"constructor":1',
  '"prototype":{}',
  '"hasOwnProperty":1',
  '"toString":null',
  '"inconnu":1',
  '"":0',
  '"\\u0000":1',
];

/** Whatever, whether or not somebody expects it. */
export function nImporteQuoi(alea: Alea): Json {
  return alea.un([alea.un(TEXTES), alea.un(NOMBRES), alea.un(AUTRES)]);
}

/** A value that may pass for one of that type, and is seldom one to be had. */
export function hostile(alea: Alea, type: GraphQLInputType, profondeur = 0): Json {
  if (isNonNullType(type)) return alea.chance(20) ? 'null' : hostile(alea, type.ofType, profondeur);
  if (alea.chance(12)) return nImporteQuoi(alea);
  if (isListType(type)) {
    if (alea.chance(6)) return hostile(alea, type.ofType, profondeur);
    const nombre = alea.un([0, 1, 2, 3, 50]);
    return `[${Array.from({ length: nombre }, () => hostile(alea, type.ofType, profondeur + 1)).join()}]`;
  }
  if (isEnumType(type)) {
    return alea.chance(4) ? alea.un(TEXTES) : JSON.stringify(alea.un(type.getValues()).name);
  }
  if (isInputObjectType(type)) return objet(alea, type, profondeur);
  switch (type.name) {
    case 'Int':
    case 'Float':
      return alea.un(NOMBRES);
    case 'Boolean':
      return alea.un(['true', 'false', '"true"', '1']);
    default:
      return alea.chance(5) ? alea.un(NOMBRES) : alea.un(TEXTES);
  }
}

function objet(alea: Alea, type: Extract<GraphQLInputType, { getFields: unknown }>, profondeur: number): Json {
  if (profondeur > 5) return '{}';
  const champs = Object.values(type.getFields())
    .filter((champ) => (isRequiredInputField(champ) ? !alea.chance(30) : alea.chance(2)))
    .map((champ) => `${JSON.stringify(champ.name)}:${hostile(alea, champ.type, profondeur + 1)}`);
  if (alea.chance(6)) champs.push(alea.un(CLES));
  return `{${champs.join()}}`;
}
