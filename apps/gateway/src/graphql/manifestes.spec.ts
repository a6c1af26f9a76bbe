import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigurationInvalide } from '@sillage/configuration';
import { empreinte, lireManifestes } from './manifestes.js';

const FORMAT = { format: 'apollo-persisted-query-manifest', version: 1 };
const operation = (name: string, body = `query ${name} { __typename }`): Record<string, unknown> => ({
  id: empreinte(body),
  name,
  type: 'query',
  body,
});

describe('lireManifestes', () => {
  let dossier: string;
  beforeEach(() => {
    dossier = mkdtempSync(join(tmpdir(), 'sillage-manifestes-'));
  });
  afterEach(() => rmSync(dossier, { recursive: true }));

  function ecrire(nom: string, contenu: unknown): string {
    const chemin = join(dossier, nom);
    writeFileSync(chemin, typeof contenu === 'string' ? contenu : JSON.stringify(contenu));
    return chemin;
  }
  function fautes(...chemins: string[]): readonly string[] {
    try {
      lireManifestes(chemins);
      return [];
    } catch (erreur) {
      if (erreur instanceof ConfigurationInvalide) return erreur.lignes.map((l) => l.replace(`${dossier}/`, ''));
      throw erreur;
    }
  }

  it('gathers the operations of all; what two share is one', () => {
    const a = ecrire('a.json', { ...FORMAT, operations: [operation('A'), operation('Commune')] });
    const b = ecrire('b.json', { ...FORMAT, operations: [operation('Commune'), operation('B')] });
    const lues = lireManifestes([a, b]);
    expect([...lues.values()]).toEqual([
      { nom: 'A', texte: 'query A { __typename }', manifeste: a },
      { nom: 'Commune', texte: 'query Commune { __typename }', manifeste: a },
      { nom: 'B', texte: 'query B { __typename }', manifeste: b },
    ]);
    expect(lues.get(empreinte('query B { __typename }'))?.nom).toBe('B');
    expect(lireManifestes([]).size).toBe(0);
  });

  it('keeps a text to the letter, and leaves what tools add', () => {
    const texte = '\r\n query É_ # accentué\n{__typename}  ';
    const chemin = ecrire('a.json', {
      ...FORMAT,
      outil: 'x',
      operations: [{ ...operation('E', texte), clientName: null }],
    });
    expect(lireManifestes([chemin]).get(empreinte(texte))?.texte).toBe(texte);
  });

  const AUTRE_FORMAT = /^OPERATIONS_MANIFESTES : a\.json : ce n’est pas un manifeste ; il faut "format"/;
  it.each<[string, unknown, RegExp]>([
    ['an empty file', '', /^OPERATIONS_MANIFESTES : a\.json : le fichier n’est pas du JSON\./],
    ['half a file', '{"format": "apollo', /le fichier n’est pas du JSON\./],
    ['null', 'null', AUTRE_FORMAT],
    ['a list', [operation('A')], AUTRE_FORMAT],
    ['another format', { ...FORMAT, format: 'relay', operations: [operation('A')] }, AUTRE_FORMAT],
    ['another version', { ...FORMAT, version: 2, operations: [operation('A')] }, AUTRE_FORMAT],
    ['no operation', { ...FORMAT, operations: [] }, AUTRE_FORMAT],
    ['ids as keys', { ...FORMAT, operations: { [empreinte('x')]: 'x' } }, AUTRE_FORMAT],
    [
      'operations without a text',
      { ...FORMAT, operations: [operation('A'), { ...operation('B'), body: '' }] },
      /l’opération n° 2 est mal formée \(body\)/,
    ],
    [
      'texts alone',
      { ...FORMAT, operations: ['query A { __typename }'] },
      /n° 1 est mal formée \(id, name, type, body\)/,
    ],
    [
      'an id of another kind',
      { ...FORMAT, operations: [{ ...operation('A'), id: 'A'.repeat(64) }] },
      /n° 1 est mal formée \(id\)/,
    ],
    [
      'a name that would break the line',
      { ...FORMAT, operations: [{ ...operation('A'), name: 'A\nPORT_GATEWAY : x' }] },
      /n° 1 est mal formée \(name\)/,
    ],
    [
      'a text that was changed',
      { ...FORMAT, operations: [{ ...operation('A'), body: 'query A { __typename } ' }] },
      /l’identifiant de l’opération A n’est pas le SHA-256 de son texte/,
    ],
  ])('refuses %s in one line', (_, contenu, ligne) => {
    expect(fautes(ecrire('a.json', contenu))).toEqual([expect.stringMatching(ligne)]);
  });

  it('refuses what it cannot read', () => {
    expect(fautes(join(dossier, 'absent.json'), dossier)).toEqual([
      'OPERATIONS_MANIFESTES : absent.json : le fichier ne se lit pas (ENOENT). Vérifiez le chemin et les droits.',
      expect.stringContaining('le fichier ne se lit pas (EISDIR)'),
    ]);
  });

  it('tells every fault of every manifest, each with its file', () => {
    const bon = ecrire('bon.json', { ...FORMAT, operations: [operation('A')] });
    const deux = {
      ...FORMAT,
      operations: [{ ...operation('B'), body: 'x' }, operation('C'), { ...operation('D'), type: 'x' }],
    };
    expect(fautes(ecrire('un.json', '{'), bon, ecrire('deux.json', deux)).map((l) => l.split(' : ')[1])).toEqual([
      'un.json',
      'deux.json',
      'deux.json',
    ]);
  });
});
