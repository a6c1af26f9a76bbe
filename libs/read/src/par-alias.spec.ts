import { describe, expect, it } from '@jest/globals';
import { buildSchema, execute, parse } from 'graphql';
import { ParAlias, resolveurParDefaut } from './par-alias.js';
import { MARQUE } from './suite.js';

const schema = buildSchema('type Query { acte: Acte, charge: Acte } type Acte { nature: String, acte: Acte }');

const repondre = (document: string, rootValue: unknown): unknown => {
  const { data, errors } = execute({
    schema,
    document: parse(document),
    rootValue,
    fieldResolver: resolveurParDefaut,
  }) as { data: unknown; errors?: unknown };
  expect(errors).toBeUndefined();
  return JSON.parse(JSON.stringify(data));
};

describe('graphql-js finds', () => {
  it('the fields of a row under the keys of the answer', () => {
    const acte = { [MARQUE]: 'Acte', a: 'ENTRETIEN', b: 'VISITE', nature: 'jamais lue' };
    expect(repondre('{ acte { a: nature b: nature } }', { acte })).toEqual({ acte: { a: 'ENTRETIEN', b: 'VISITE' } });
  });

  it('the fields of any other object under their names, whatever their aliases', () => {
    expect(repondre('{ acte { a: nature nature } }', { acte: { nature: 'APPEL', a: 'non' } })).toEqual({
      acte: { a: 'APPEL', nature: 'APPEL' },
    });
  });

  it('what was read once for each alias, and null under an alias that was not', () => {
    const acte = new ParAlias(
      new Map([
        ['x', { [MARQUE]: 'Acte', nature: 'APPEL' }],
        ['y', { [MARQUE]: 'Acte', n: 'BILAN' }],
      ]),
    );
    expect(repondre('{ x: acte { nature } y: acte { n: nature } z: acte { nature } }', { acte })).toEqual({
      x: { nature: 'APPEL' },
      y: { n: 'BILAN' },
      z: null,
    });
  });

  it('nothing in nothing', () => {
    expect(repondre('{ acte { nature } }', {})).toEqual({ acte: null });
  });
});
