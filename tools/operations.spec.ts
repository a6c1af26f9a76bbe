import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Kind, parse } from 'graphql';

const OUTIL = join(import.meta.dirname, 'operations.mjs');

interface Operation {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly body: string;
}

describe('npm run operations', () => {
  let dossier: string;
  beforeEach(() => {
    dossier = mkdtempSync(join(tmpdir(), 'sillage-operations-'));
  });
  afterEach(() => rmSync(dossier, { recursive: true }));

  function ecrire(fichiers: Record<string, string>): void {
    for (const [nom, texte] of Object.entries(fichiers)) {
      mkdirSync(dirname(join(dossier, nom)), { recursive: true });
      writeFileSync(join(dossier, nom), texte);
    }
  }
  /** Asked from the folder, as a team does from its own. */
  function lancer(...args: string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(process.execPath, [OUTIL, ...args], { cwd: dossier, encoding: 'utf8' });
  }
  const manifeste = (): { operations: Operation[] } =>
    JSON.parse(readFileSync(join(dossier, 'm.json'), 'utf8')) as { operations: Operation[] };

  const FRAGMENTS = 'fragment Ligne on Candidature { id numero }\nfragment SansEmploi on Candidature { id }';
  const LISTE = 'query Liste($n: Int) { candidatures(first: $n) { nodes { ...Ligne } } }';
  const VALIDER = 'mutation Valider($id: ID!) { versementLiquider(input: { versementId: $id }) { errors { code } } }';

  it('writes each operation with the fragments that it takes, whatever file they are in', () => {
    ecrire({ 'src/liste.graphql': LISTE, 'src/versement/valider.gql': VALIDER, 'fragments.graphql': FRAGMENTS });
    writeFileSync(join(dossier, 'src/page.ts'), 'not GraphQL');
    expect(lancer('src', 'fragments.graphql', '--sortie', 'm.json')).toMatchObject({
      status: 0,
      stdout: '2 opération(s) dans m.json, lue(s) dans 3 fichier(s).\n',
    });
    expect(manifeste()).toMatchObject({ format: 'apollo-persisted-query-manifest', version: 1 });
    const [liste, valider, ...autres] = manifeste().operations;
    expect(autres).toEqual([]);
    expect(liste).toMatchObject({ name: 'Liste', type: 'query' });
    expect(valider).toMatchObject({ name: 'Valider', type: 'mutation' });
    expect(liste!.body).toContain('fragment Ligne on Candidature');
    expect(liste!.body).not.toContain('SansEmploi');
    for (const { id, body } of [liste!, valider!]) {
      expect(id).toBe(createHash('sha256').update(body).digest('hex'));
      expect(parse(body).definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)).toHaveLength(1);
    }
  });

  it('writes the same manifest from the same files, in whatever order they are given', () => {
    ecrire({ 'a.graphql': VALIDER, 'b.graphql': LISTE, 'c.graphql': FRAGMENTS });
    lancer('.', '--sortie', 'm.json');
    const premier = readFileSync(join(dossier, 'm.json'), 'utf8');
    lancer('c.graphql', 'b.graphql', 'a.graphql', 'b.graphql', '--sortie', 'm.json');
    expect(readFileSync(join(dossier, 'm.json'), 'utf8')).toBe(premier);
  });

  it('takes another schema', () => {
    ecrire({ 's.graphqls': 'type Query { bonjour: String }', 'a.graphql': 'query A { bonjour }' });
    expect(lancer('a.graphql', '--sortie', 'm.json')).toMatchObject({ status: 1 });
    expect(lancer('a.graphql', '--sortie', 'm.json', '--schema', 's.graphqls')).toMatchObject({ status: 0 });
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['a syntax error', { 'a.graphql': 'query A {\n  moi {\n' }, ['a.graphql:3:1 : ce n’est pas du GraphQL. Détail : ']],
    [
      'two fields that do not exist',
      { 'src/a.graphql': 'query A {\n  candidatures { nodes { inconnu } }\n  rien\n}' },
      [
        'src/a.graphql:2:26 : le schéma refuse cette opération. Détail : Cannot query field "inconnu"',
        'src/a.graphql:3:3 : le schéma refuse cette opération. Détail : Cannot query field "rien"',
      ],
    ],
    ['a fragment that is nowhere', { 'a.graphql': LISTE }, ['a.graphql:1:61 : le schéma refuse cette opération.']],
    [
      'a name used twice',
      { 'a.graphql': 'query A { __typename }', 'b.graphql': 'query A { __typename }' },
      ['a.graphql:1:7, b.graphql:1:7 : le schéma refuse cette opération. Détail : There can be only one'],
    ],
    ['no name', { 'a.graphql': '\n{ __typename }' }, ['a.graphql:2:1 : donnez un nom à l’opération.']],
    ['fragments alone', { 'a.graphql': FRAGMENTS }, ['Aucune opération : ']],
    [
      'a schema',
      { 's.graphql': 'type A { a: Int }\ntype B { b: Int }' },
      ['s.graphql:1:1 : ce fichier décrit un schéma'],
    ],
    ['no file', { 'a.txt': '' }, ['Aucun fichier .graphql ou .gql']],
  ])('refuses %s: where, why, and writes nothing', (_, fichiers, attendues) => {
    ecrire(fichiers);
    const { status, stderr } = lancer('.', '--sortie', 'm.json');
    expect(status).toBe(1);
    const lignes = stderr.trimEnd().split('\n');
    expect(lignes).toEqual(attendues.map((debut) => expect.stringContaining(debut)));
    expect(existsSync(join(dossier, 'm.json'))).toBe(false);
  });

  it.each([[['.']], [['--sortie', 'm.json']], [['.', '--sortie', 'm.json', '--autre']]])(
    'says how to call it: %j',
    (args) => {
      expect(lancer(...args)).toMatchObject({
        status: 1,
        stderr: expect.stringMatching(/^Usage : npm run operations/),
      });
    },
  );

  it('says which path leads nowhere', () => {
    expect(lancer('ailleurs', '--sortie', 'm.json')).toMatchObject({ status: 1, stderr: 'ailleurs : introuvable.\n' });
  });
});
