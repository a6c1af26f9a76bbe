import { describe, expect, it, jest } from '@jest/globals';
import { type Acteur, construireDroits, type ContexteActeur } from '@sillage/access';
import { dateCivile, Refus, type Role } from '@sillage/kernel';
import { buildSchema, type FieldNode, getVariableValues, type OperationDefinitionNode, parse } from 'graphql';
import { colonne } from './champs.js';
import type { RacinePage, TypeLu } from './declaration.js';
import { egal } from './filtres-usuels.js';
import { type Instruction, Instructions } from './instructions.js';
import { RegistreLectures } from './registre.js';
import type { Operation } from './selection.js';

const schema = buildSchema(`
  type Query { suivis(first: Int, after: String, last: Int, before: String, ville: String): SuiviConnection! }
  type SuiviConnection { nodes: [Suivi!]!, totalCount: Int! }
  type Suivi { id: ID!, nom: String, ville: String }`);

const suiviLu: TypeLu = {
  nom: 'Suivi',
  description: 'Un suivi.',
  table: 't.suivi',
  droits: {
    sujet: 'Accompagnement',
    champs: (l) => ({
      dispositif: { colonne: `${l}.dispositif` },
      etat: { colonne: `${l}.etat` },
      structureId: { colonne: `${l}.structure_id`, type: 'uuid' },
      territoireIds: { colonne: `${l}.territoire_id`, type: 'uuid' },
    }),
  },
  champs: { nom: colonne(() => String, 'nom', { nominatif: true }), ville: colonne(() => String, 'ville') },
};
const suivis: RacinePage = {
  genre: 'page',
  nom: 'suivis',
  type: suiviLu,
  description: 'Les suivis.',
  ordre: { sens: 'asc', colonnes: [{ nom: 'ville', type: 'text' }] },
  filtres: { ville: egal(() => String, 'ville') },
};
const registre = new RegistreLectures([suivis], []);
const horloge = { maintenant: () => ({ toString: () => '2026-02-02T08:00:00Z' }) };

function appelant(role: Role, territoireIds: readonly string[] = []): ContexteActeur {
  const habilitation = {
    id: 'h',
    role,
    structureId: null,
    territoireIds,
    dispositifs: [],
    du: dateCivile('2026-01-01'),
    au: null,
  };
  const acteur: Acteur = { departementId: '62', utilisateurId: 'u', iss: 'i', sub: 's', habilitations: [habilitation] };
  return { departementId: '62', acteur, droits: construireDroits(acteur), requeteId: 'r' };
}

const champ = ({ selectionSet }: OperationDefinitionNode): FieldNode => selectionSet.selections[0] as FieldNode;

/** A document as Apollo's store would hand it out: one object for one text. */
function demander(
  texte: string,
): (i: Instructions, c: ContexteActeur, variables?: Record<string, unknown>) => Instruction {
  const operation = parse(texte).definitions[0] as OperationDefinitionNode;
  return (instructions, contexte, variables = {}) => {
    const { coerced = {} } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
    const op: Operation = { schema, operation, fragments: {}, variables: coerced };
    return instructions.preparer({ registre, op, contexte, marquer: false }, suivis, [champ(operation)]);
  };
}

const PAGE =
  'query ($first: Int, $after: String, $ville: String, $oui: Boolean = false) { suivis(first: $first, after: $after, ville: $ville) { nodes { id nom @skip(if: $oui) ville } } }';
const SIEGE = appelant('SIEGE');

describe('Statements kept', () => {
  it('are one text, and one name, for all the values of one shape; the values are each request’s own', () => {
    const instructions = new Instructions(horloge);
    const page = demander(PAGE);
    const [a, b] = [page(instructions, SIEGE, { ville: 'Lens' }), page(instructions, SIEGE, { ville: 'Arras' })];
    expect([b.nom, b.texte]).toEqual([a.nom, a.texte]);
    expect(a.nom).toMatch(/^lecture_/);
    expect(a.valeurs).toContain('Lens');
    expect(b.valeurs).toContain('Arras');
    expect(b.valeurs).not.toContain('Lens');
    expect(a.texte).not.toContain('Lens');
  });

  it('have one name wherever the same text comes from, and another for another text', () => {
    const instructions = new Instructions(horloge);
    const noms = [PAGE, `${PAGE} `, PAGE.replace('ville }', '}')].map(
      (texte) => demander(texte)(instructions, SIEGE, { first: 5 }).nom,
    );
    expect(noms[0]).toBe(noms[1]);
    expect(noms[2]).not.toBe(noms[0]);
    expect(noms[0]!.length).toBeLessThan(63);
  });

  it('follow the variables that decide which fields are asked', () => {
    const instructions = new Instructions(horloge);
    const page = demander(PAGE);
    const avecNom = (oui: boolean): boolean => page(instructions, SIEGE, { oui }).texte.includes('"nom"');
    expect([avecNom(false), avecNom(true), avecNom(false), avecNom(true)]).toEqual([true, false, true, false]);
  });

  it('serve nobody else’s rights: not the rows, not the names', () => {
    const instructions = new Instructions(horloge);
    const page = demander(PAGE);
    const lus = [
      SIEGE,
      appelant('SLAI', ['t1']),
      appelant('SLAI', ['t2']),
      appelant('SLISL', ['t1']),
      appelant('MDS', ['t1']),
      SIEGE,
    ].map((contexte) => page(instructions, contexte));
    const [siege, slai1, slai2, slisl, mds, encore] = lus.map(({ texte, valeurs }) => ({ texte, valeurs }));
    expect(encore).toEqual(siege);
    expect([siege!.valeurs, slai1!.valeurs, slai2!.valeurs]).toEqual([[], ['t1'], ['t2']]);
    // The same text for all who have the same kind of rights: it is prepared once.
    expect(slai2!.texte).toBe(slai1!.texte);
    expect(slisl!.texte).toContain('"nom":null,');
    expect(slai1!.texte).toContain('then l2.nom end)');
    expect(mds!.texte).toContain('where false');
  });

  it('keep no request’s refusal, nor serve where there is one', () => {
    const instructions = new Instructions(horloge);
    const page = demander(PAGE);
    expect(page(instructions, SIEGE, { first: 5 }).texte).toContain('limit 5');
    expect(() => page(instructions, SIEGE, { first: 101 })).toThrow(Refus);
    expect(() => page(instructions, SIEGE, { first: 5, after: 'faux' })).toThrow(Refus);
    expect(page(instructions, SIEGE, { first: 6 }).texte).toContain('limit 6');
  });
});

describe('What is kept', () => {
  it('a name for each text, as many as there are', () => {
    const instructions = new Instructions(horloge);
    const page = (rang: number): Instruction =>
      demander(`{ suivis(first: ${1 + (rang % 100)}) { nodes { c${Math.floor(rang / 100)}: id } } }`)(
        instructions,
        SIEGE,
      );
    const noms = Array.from({ length: 600 }, (_, rang) => page(rang).nom);
    // A connection that has prepared too many ends: no caller takes names from another.
    expect(new Set(noms).size).toBe(600);
    expect(page(550)).toMatchObject({ texte: expect.stringContaining('"c5"') });
    expect(page(3).nom).toBe(noms[3]);
  });

  /** Whether a request had its statement written anew. */
  const estEcrite = (faire: () => unknown): boolean => {
    const ecriture = jest.spyOn(registre, 'variantes');
    faire();
    const ecrite = ecriture.mock.calls.length > 0;
    ecriture.mockRestore();
    return ecrite;
  };

  it('beyond a hundred places of one operation, and a hundred shapes of one place, they are written anew, and are right', () => {
    const instructions = new Instructions(horloge);
    const variables = Array.from({ length: 8 }, (_, n) => `$v${n}: Boolean!`).join(' ');
    const champs = Array.from({ length: 8 }, (_, n) => `c${n}: id @include(if: $v${n})`).join(' ');
    const page = demander(`query (${variables}) { suivis { nodes { id ${champs} } } }`);
    const choix = (rang: number): Record<string, boolean> =>
      Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`v${n}`, (rang >> n) % 2 === 1]));
    for (let rang = 0; rang < 256; rang += 1) {
      const { texte } = page(instructions, SIEGE, choix(rang));
      for (const [v, oui] of Object.entries(choix(rang))) expect(texte.includes(`"c${v.slice(1)}"`)).toBe(oui);
    }
    expect([99, 100].map((rang) => estEcrite(() => page(instructions, SIEGE, choix(rang))))).toEqual([false, true]);

    const parTaille = demander(PAGE);
    const demandes = [{}, { after: curseur() }].flatMap((borne) =>
      Array.from({ length: 100 }, (_, n) => ({ ...borne, first: n + 1 })),
    );
    for (const demande of demandes) {
      expect(parTaille(instructions, SIEGE, demande).texte).toContain(`limit ${demande.first})`);
    }
    expect([99, 100].map((rang) => estEcrite(() => parTaille(instructions, SIEGE, demandes[rang])))).toEqual([
      false,
      true,
    ]);
  });
});

function curseur(): string {
  return Buffer.from(JSON.stringify(['suivis', 'Lens', '01980000-0000-7000-8000-000000000000'])).toString('base64url');
}
