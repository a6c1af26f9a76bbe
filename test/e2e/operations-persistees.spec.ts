import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigurationInvalide } from '@sillage/configuration';
import { creerGateway } from '@sillage/gateway';
import { creerJournal } from '@sillage/socle';
import { demarrerGatewayEssai, type GatewayEssai, type ReponseGraphql } from '../support/gateway-essai.js';

const TERRITOIRES = 'query Territoires { territoires { code } }';
const LISTE = 'query Liste($n: Int) { candidatures(first: $n) { nodes { id } } }';
const VALIDER = 'mutation Valider($id: ID!) { versementLiquider(input: { versementId: $id }) { errors { code } } }';
const INCONNUE = 'query Inconnue { structures { nodes { id } } }';

const empreinte = (texte: string): string => createHash('sha256').update(texte).digest('hex');
const parId = (texte: string): Record<string, unknown> => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: empreinte(texte) } },
});
const NON_DECLAREE = { statut: 400, code: 'OPERATION_NON_DECLAREE' };

let dossier: string;
beforeAll(() => {
  dossier = mkdtempSync(join(tmpdir(), 'sillage-operations-'));
});
afterAll(() => rmSync(dossier, { recursive: true }));

function ecrireManifeste(nom: string, ...textes: string[]): string {
  const operations = textes.map((body) => ({
    id: empreinte(body),
    name: /\w+ (\w+)/.exec(body)?.[1] ?? 'A',
    type: body.startsWith('mutation') ? 'mutation' : 'query',
    body,
  }));
  const chemin = join(dossier, nom);
  writeFileSync(chemin, JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }));
  return chemin;
}

interface Issue extends ReponseGraphql {
  readonly statut: number;
  readonly code: unknown;
}

async function issue(reponse: Response): Promise<Issue> {
  const corps = (await reponse.json()) as ReponseGraphql;
  return { ...corps, statut: reponse.status, code: corps.errors?.[0]?.extensions?.['code'] };
}

describe('Opérations déclarées seulement, en production', () => {
  let gateway: GatewayEssai;
  beforeAll(async () => {
    const a = ecrireManifeste('mission-locale.json', TERRITOIRES, LISTE);
    const b = ecrireManifeste('bailleur.json', TERRITOIRES, VALIDER, 'query Vie { __typename }');
    gateway = await demarrerGatewayEssai({
      env: { OPERATIONS_MANIFESTES: `${a},${b}`, OPERATIONS_LIBRES: 'non' },
      changer: (lue) => ({ ...lue, environnement: 'production', production: true }),
    });
  });
  afterAll(() => gateway?.arreter());

  const demander = async (corps: unknown, compte: string | null = 'siege'): Promise<Issue> =>
    issue(await gateway.poster(compte, corps));
  const lire = async (parametres: Record<string, string>): Promise<Issue> => {
    const entetes = { ...(await gateway.entetes('siege')), 'apollo-require-preflight': '1' };
    return issue(await fetch(`${gateway.url}?${new URLSearchParams(parametres).toString()}`, { headers: entetes }));
  };

  it('se demandent par leur identifiant, à la manière d’Apollo ou de GraphQL over HTTP', async () => {
    const attendu = { statut: 200, data: { territoires: { length: 9 } } };
    expect(await demander(parId(TERRITOIRES))).toMatchObject(attendu);
    expect(await demander({ documentId: `sha256:${empreinte(TERRITOIRES)}` })).toMatchObject(attendu);
    expect(await demander({ documentId: empreinte(TERRITOIRES) })).toMatchObject(attendu);
    expect(await demander({ operationName: 'Territoires', ...parId(TERRITOIRES) })).toMatchObject(attendu);
  });

  it('se demandent par leur texte exact, avec ou sans identifiant', async () => {
    const liste = { statut: 200, data: { candidatures: { nodes: [] } } };
    expect(await demander({ query: LISTE, variables: { n: 2 } })).toMatchObject(liste);
    expect(await demander({ query: LISTE, ...parId(LISTE) })).toMatchObject(liste);
  });

  it('se demandent en GET, sauf les mutations', async () => {
    const variables = JSON.stringify({ n: 1 });
    const extensions = JSON.stringify(parId(LISTE)['extensions']);
    expect(await lire({ extensions, variables })).toMatchObject({ statut: 200, data: { candidatures: { nodes: [] } } });
    expect(await lire({ documentId: `sha256:${empreinte(LISTE)}`, variables })).toMatchObject({ statut: 200 });
    expect(await lire({ query: INCONNUE })).toMatchObject(NON_DECLAREE);
    expect(await lire({ documentId: empreinte(VALIDER), variables: '{"id":"x"}' })).toMatchObject({ statut: 405 });
  });

  it('peuvent être des mutations, avec leurs refus', async () => {
    expect(await demander({ ...parId(VALIDER), variables: { id: 'x' } })).toMatchObject({
      statut: 200,
      data: { versementLiquider: { errors: [{ code: 'INTROUVABLE' }] } },
    });
  });

  it('restent sous les limites et sous les droits de chacun', async () => {
    expect(await demander({ ...parId(LISTE), variables: { n: 101 } })).toMatchObject({
      statut: 400,
      code: 'PAGE_TROP_GRANDE',
    });
    expect(await demander({ ...parId(LISTE), variables: { n: 'x' } })).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(await demander(parId(LISTE), null)).toMatchObject({ statut: 401, code: 'NON_AUTHENTIFIE' });
    expect(await demander(parId(INCONNUE), null)).toMatchObject({ statut: 401, code: 'NON_AUTHENTIFIE' });
  });

  it.each<[string, Record<string, unknown>]>([
    ['un identifiant inconnu', parId(INCONNUE)],
    ['un texte inconnu', { query: INCONNUE }],
    ['un texte inconnu avec son identifiant', { query: INCONNUE, ...parId(INCONNUE) }],
    ['un texte déclaré à une espace près', { query: `${TERRITOIRES} ` }],
    ['un texte déclaré suivi d’un autre', { query: `${TERRITOIRES} ${INCONNUE}`, operationName: 'Inconnue' }],
    ['un texte qui n’est pas du GraphQL', { query: 'query {' }],
    ['un champ qui n’existe pas', { query: '{ inconnu }' }],
    ['l’introspection, fermée', { query: '{ __schema { types { name } } }' }],
    ['un fragment à côté de __typename', { query: '{ __typename } fragment f on Query { inconnu }' }],
    ['un identifiant vide', { documentId: '' }],
    ['un identifiant en majuscules', { documentId: empreinte(TERRITOIRES).toUpperCase() }],
    ['un identifiant d’un autre genre', { documentId: `md5:${empreinte(TERRITOIRES)}` }],
    ['le nom d’une propriété', { documentId: 'constructor' }],
  ])('refuse %s, en disant que faire et rien du schéma', async (_quoi, corps) => {
    const refus = await demander(corps);
    expect(refus).toMatchObject(NON_DECLAREE);
    expect(refus.errors).toEqual([
      {
        message: expect.stringMatching(
          /n’est dans aucun manifeste\. Ajoutez l’opération au manifeste de votre application/,
        ),
        extensions: { code: 'OPERATION_NON_DECLAREE' },
      },
    ]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['l’identifiant d’une autre opération que le texte', { query: TERRITOIRES, ...parId(LISTE) }],
    ['un texte vide avec un identifiant', { query: '', ...parId(LISTE) }],
    ['deux identifiants', { documentId: empreinte(LISTE), ...parId(TERRITOIRES) }],
    ['un identifiant qui n’est pas un texte', { documentId: [empreinte(LISTE)] }],
    ['une autre version', { extensions: { persistedQuery: { version: 2, sha256Hash: empreinte(LISTE) } } }],
    ['une extension qui n’est pas un objet', { extensions: { persistedQuery: empreinte(LISTE) } }],
    ['rien', { variables: {} }],
  ])('refuse %s : requête mal formée', async (_quoi, corps) => {
    const refus = await demander(corps);
    expect(refus).toMatchObject({ statut: 400, code: 'BAD_REQUEST' });
    expect(refus.errors).toHaveLength(1);
  });

  it('laisse passer la sonde `{ __typename }`, et ce qu’un manifeste déclare de même', async () => {
    for (const query of [
      '{ __typename }',
      '{__typename}',
      'query Sonde {\n  __typename\n}',
      'query Vie { __typename }',
    ]) {
      expect(await demander({ query })).toMatchObject({ statut: 200, data: { __typename: 'Query' } });
    }
    expect((await fetch(`${gateway.racine}/sante/pret`)).status).toBe(200);
  });

  it('se retrouvent sous leur nom dans le journal, et les refus sous leur code', async () => {
    const debut = gateway.journal.length;
    await demander(parId(TERRITOIRES));
    await demander({ query: INCONNUE });
    await new Promise((suite) => setTimeout(suite, 20));
    const lignes = gateway.journal.slice(debut).map((ligne) => JSON.parse(ligne) as Record<string, unknown>);
    expect(lignes).toMatchObject([
      { operation: 'Territoires', genre: 'query', statut: 200, codes: [] },
      { statut: 400, codes: ['OPERATION_NON_DECLAREE'] },
    ]);
  });
});

describe('Opérations libres, hors production', () => {
  let gateway: GatewayEssai;
  beforeAll(async () => {
    const env = { OPERATIONS_MANIFESTES: ecrireManifeste('libres.json', LISTE) };
    gateway = await demarrerGatewayEssai({ env });
  });
  afterAll(() => gateway?.arreter());

  const demander = async (corps: unknown): Promise<Issue> => issue(await gateway.poster('siege', corps));

  it('tout s’exécute, et les identifiants des manifestes aussi', async () => {
    expect(await demander({ query: TERRITOIRES })).toMatchObject({ statut: 200, code: undefined });
    expect(await demander({ query: TERRITOIRES, ...parId(TERRITOIRES) })).toMatchObject({
      statut: 200,
      code: undefined,
    });
    expect(await demander(parId(LISTE))).toMatchObject({ statut: 200, code: undefined });
    expect(await demander({ query: '{ __schema { types { name } } }' })).toMatchObject({
      statut: 200,
      code: undefined,
    });
  });

  it('un identifiant inconnu se répond comme les clients d’Apollo l’attendent : ils envoient alors le texte', async () => {
    expect(await demander(parId(TERRITOIRES))).toMatchObject({ statut: 200, code: 'PERSISTED_QUERY_NOT_FOUND' });
    expect(await demander({ query: INCONNUE, ...parId(TERRITOIRES) })).toMatchObject({
      statut: 400,
      code: 'BAD_REQUEST',
    });
  });

  describe('au démarrage', () => {
    async function fautes(manifestes: string[], limites = gateway.configuration.limites): Promise<readonly string[]> {
      const journal = creerJournal({ service: 'gateway', niveau: 'silent' });
      const configuration = { ...gateway.configuration, limites, operations: { manifestes, libres: false } };
      const { horloge } = gateway;
      try {
        await (await creerGateway({ configuration, dispositifs: [], horloge, journal })).close();
        return [];
      } catch (erreur) {
        if (erreur instanceof ConfigurationInvalide) return erreur.lignes;
        throw erreur;
      }
    }

    it('prend le manifeste que l’outil écrit', async () => {
      const [source, sortie] = [join(dossier, 'app.graphql'), join(dossier, 'app.json')];
      writeFileSync(source, `${LISTE}\n${VALIDER}\nquery Moi { moi { ...M } }\nfragment M on Utilisateur { libelle }`);
      const outil = join(import.meta.dirname, '../../tools/operations.mjs');
      const { status, stderr } = spawnSync(process.execPath, [outil, source, '--sortie', sortie], { encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, '']);
      expect(readFileSync(sortie, 'utf8')).toContain('"name": "Moi"');
      expect(await fautes([sortie])).toEqual([]);
    });

    it('refuse ce que le schéma ne connaît plus et ce qui passe les limites, une ligne par faute', async () => {
      const large = `query Large { ${Array.from({ length: 31 }, (_, i) => `t${i}: territoires { code }`).join(' ')} }`;
      const profonde = 'query Profonde { candidatures { nodes { territoires { code } } } }';
      const ancienne = 'query Ancienne { ancien territoires { code perdu } }';
      const manifeste = ecrireManifeste('ancien.json', ancienne, LISTE, large, 'query Coupee { ');
      expect(
        await fautes([manifeste, ecrireManifeste('profond.json', profonde)], {
          ...gateway.configuration.limites,
          profondeur: 3,
        }),
      ).toEqual([
        expect.stringMatching(/ancien\.json : l’opération Ancienne serait refusée\. .*"ancien"/),
        expect.stringMatching(/ancien\.json : l’opération Ancienne serait refusée\. .*"perdu"/),
        expect.stringMatching(/ancien\.json : l’opération Large serait refusée\. .*30 alias/),
        expect.stringMatching(/ancien\.json : l’opération Coupee serait refusée\. .*Syntax Error/),
        expect.stringMatching(/profond\.json : l’opération Profonde serait refusée\. .*3 niveaux/),
      ]);
    });

    it('refuse un manifeste absent ou abîmé avant toute autre chose', async () => {
      const abime = ecrireManifeste('abime.json', LISTE);
      writeFileSync(abime, readFileSync(abime, 'utf8').replace('first: $n', 'last: $n'));
      expect(await fautes([join(dossier, 'absent.json'), abime])).toEqual([
        expect.stringMatching(/absent\.json : le fichier ne se lit pas \(ENOENT\)/),
        expect.stringMatching(/abime\.json : l’identifiant de l’opération Liste n’est pas le SHA-256 de son texte/),
      ]);
    });
  });
});
