import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { avecClient } from '../../support/base-essai.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../../support/gateway-essai.js';
import { noterAttaque } from '../bilan.js';
import { codesDe, type Compteur, compterUnites, EN_PRODUCTION, faute, type Rendue } from './jugement.js';
import { CORPS, JETON, MUTATION, OCTETS } from './octets.js';
import { parler, sansType } from './prise.js';

let gateway: GatewayEssai;
let unites: Compteur;
let jeton = '';
beforeAll(async () => {
  gateway = await demarrerGatewayEssai(EN_PRODUCTION);
  jeton = (await gateway.entetes('administrateur'))['authorization']!;
  const connu = await fetch(gateway.url, poste('{"query":"{ __typename }"}'));
  expect(connu.status).toBe(200);
  unites = compterUnites(gateway);
});
afterAll(() => gateway?.arreter());
beforeEach(() => void unites.releve());

const poste = (
  body: NonNullable<RequestInit['body']>,
  entetes: Record<string, string> = {},
  method = 'POST',
): RequestInit => ({
  method,
  headers: { authorization: jeton, 'content-type': 'application/json', ...entetes },
  body,
});

async function rendre(reponse: Response): Promise<Rendue> {
  return { statut: reponse.status, texte: await reponse.text() };
}

/** Refused without a 5xx, in our words, and nothing was begun in the database. */
function exigerRefus(rendue: Rendue, statuts: readonly number[]): void {
  expect(faute(rendue)).toBeUndefined();
  expect(statuts).toContain(rendue.statut);
  expect(unites.releve()).toBe(0);
}

it('la mutation de ces attaques, bien envoyée, ouvre une transaction', async () => {
  const reponse = await fetch(gateway.url, poste(CORPS));
  expect([reponse.status, await reponse.json()]).toEqual([200, { data: { communeRattacher: { errors: [] } } }]);
  expect(unites.releve()).toBeGreaterThan(0);
});

describe('Formes de requête', () => {
  const formes: [string, (url: string) => Promise<Response>, number[]][] = [
    [
      'mutation en GET',
      (url) => fetch(`${url}?query=${encodeURIComponent(MUTATION)}`, { headers: { authorization: jeton } }),
      [400],
    ],
    [
      'mutation en GET, avec la permission du navigateur',
      (url) =>
        fetch(`${url}?query=${encodeURIComponent(MUTATION)}`, {
          headers: { authorization: jeton, 'apollo-require-preflight': '1' },
        }),
      [405],
    ],
    [
      'mutation en GET derrière une lecture, par operationName',
      (url) =>
        fetch(
          `${url}?${String(new URLSearchParams({ query: `query Lire { __typename } ${MUTATION.replace('mutation', 'mutation Ecrire')}`, operationName: 'Ecrire' }))}`,
          { headers: { authorization: jeton, 'apollo-require-preflight': '1' } },
        ),
      [405],
    ],
    ...[
      'text/plain',
      'text/plain; charset=application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/graphql',
      'application/jsonx',
      'text/json',
      'application/xml',
      'application/json, text/plain',
      ' ',
    ].map((type): [string, (url: string) => Promise<Response>, number[]] => [
      `type « ${type} »`,
      (url) => fetch(url, poste(CORPS, { 'content-type': type })),
      [400, 415],
    ]),
    [
      'formulaire',
      (url) =>
        fetch(url, {
          method: 'POST',
          headers: { authorization: jeton },
          body: new URLSearchParams({ query: MUTATION }),
        }),
      [415],
    ],
    [
      'multipart de dépôt de fichiers (graphql-multipart-request)',
      (url) => {
        const formulaire = new FormData();
        formulaire.set('operations', CORPS);
        formulaire.set('map', '{}');
        return fetch(url, { method: 'POST', headers: { authorization: jeton }, body: formulaire });
      },
      [415],
    ],
    ['corps sans type', (url) => sansType(url, jeton, CORPS), [400, 415]],
    ...[
      '[]',
      `[${CORPS}]`,
      `[${CORPS},${CORPS}]`,
      `[[${CORPS}]]`,
      'null',
      '1',
      '"mutation"',
      'true',
      '{}',
      '',
      ' ',
      '{"query":',
      '\u0000',
      `${CORPS}${CORPS}`,
      CORPS.replaceAll('"', "'"),
    ].map((corps): [string, (url: string) => Promise<Response>, number[]] => [
      `corps « ${corps.slice(0, 30)} »`,
      (url) => fetch(url, poste(corps)),
      [400],
    ]),
    ...[
      { query: [MUTATION] },
      { query: { texte: MUTATION } },
      { query: MUTATION, variables: [1] },
      { query: MUTATION, variables: 'x' },
      { query: MUTATION, operationName: { a: 1 } },
      { query: MUTATION, operationName: 'Autre' },
      { query: MUTATION, extensions: 'x' },
      { query: MUTATION, extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } },
      { extensions: { persistedQuery: { version: 1, sha256Hash: '../../etc/passwd' } } },
    ].map((corps): [string, (url: string) => Promise<Response>, number[]] => [
      `champs « ${JSON.stringify(corps).slice(0, 40)}… »`,
      (url) => fetch(url, poste(JSON.stringify(corps))),
      // Apollo's clients read no body but a 200's for what is said of persisted queries.
      'extensions' in corps ? [200, 400] : [400],
    ]),
    [
      'prototype dans le corps',
      (url) => fetch(url, poste(`{"__proto__":{"admin":true},"query":${JSON.stringify(MUTATION)}}`)),
      [400],
    ],
    [
      'constructeur dans le corps',
      (url) => fetch(url, poste(`{"constructor":{"prototype":{"admin":true}},"query":${JSON.stringify(MUTATION)}}`)),
      [400],
    ],
    ['corps comprimé', (url) => fetch(url, poste(gzipSync(CORPS), { 'content-encoding': 'gzip' })), [400, 415]],
    [
      'corps en UTF-16',
      (url) => fetch(url, poste(Buffer.from(CORPS, 'utf16le'), { 'content-type': 'application/json; charset=utf-16' })),
      [400, 415],
    ],
    [
      'UTF-8 brisé',
      (url) =>
        fetch(
          url,
          poste(
            Buffer.concat([
              Buffer.from('{"query":"{ \xc3\x28'),
              Buffer.from([0xff, 0xfe, 0xc0, 0xaf]),
              Buffer.from('}"}'),
            ]),
          ),
        ),
      [400],
    ],
    [
      'corps au-delà de la limite',
      (url) => fetch(url, poste(JSON.stringify({ query: MUTATION, variables: { x: 'a'.repeat(300_000) } }))),
      [413],
    ],
    ...['PUT', 'PATCH', 'DELETE'].map((methode): [string, (url: string) => Promise<Response>, number[]] => [
      methode,
      (url) => fetch(url, poste(CORPS, {}, methode)),
      [400, 404, 405],
    ]),
    [
      'méthode imposée par un en-tête',
      (url) =>
        fetch(`${url}?query=${encodeURIComponent(MUTATION)}`, {
          headers: { authorization: jeton, 'apollo-require-preflight': '1', 'x-http-method-override': 'POST' },
        }),
      [405],
    ],
    ['réponse demandée en HTML', (url) => fetch(url, poste(CORPS, { accept: 'text/html' })), [400, 406]],
    ['réponse demandée en flux', (url) => fetch(url, poste(CORPS, { accept: 'text/event-stream' })), [400, 406]],
    [
      'réponse demandée en JSON, mais d’une autre sorte',
      (url) => fetch(url, poste(CORPS, { accept: 'application/json;profile=x' })),
      [400, 406],
    ],
    ['réponse refusée d’avance', (url) => fetch(url, poste(CORPS, { accept: 'application/json;q=0' })), [400, 406]],
    ['un autre chemin', (url) => fetch(`${url}/..%2fgraphql`, poste(CORPS)), [400, 404]],
    ['chemin mal codé', (url) => fetch(`${url}%`, poste(CORPS)), [400, 404]],
  ];

  it.each(formes)('%s : refusé, rien n’est exécuté', async (nom, envoyer, statuts) => {
    exigerRefus(await rendre(await envoyer(gateway.url)), statuts);
    noterAttaque({ attaque: 'formes de requête HTTP', tentatives: 1, tenues: 1 });
    void nom;
  });
});

describe('Octets qu’aucun client n’envoie', () => {
  /** Node answers these itself, without a word. */
  const SANS_CORPS = ['sans Host', 'CONNECT'];

  it.each(OCTETS)('%s', async (nom, morceaux, attendus) => {
    const { texte, statuts } = await parler(
      gateway.url,
      morceaux.map((morceau) => morceau.replaceAll(JETON, jeton)),
    );
    const execute = unites.releve();
    const [statut = null] = statuts;
    expect([nom, attendus.includes(statut) || `${statut} : ${texte.slice(0, 300)}`]).toEqual([nom, true]);
    // Whatever was hidden behind the first request: refused, or somebody anonymous's.
    expect(statuts.slice(1).every((suivant) => suivant >= 400)).toBe(true);
    if (statut !== 200) expect(execute).toBe(0);
    const [, corps = ''] = texte.split('\r\n\r\n');
    if (statut !== null && !SANS_CORPS.includes(nom))
      expect(faute({ statut, texte: corps.split('HTTP/1.1')[0]! })).toBeUndefined();
    noterAttaque({ attaque: 'octets qui ne sont pas du HTTP', tentatives: 1, tenues: 1 });
  });

  it('deux requêtes dans un même envoi ont chacune leur identité', async () => {
    const question = JSON.stringify({ query: '{ moi { libelle } }' });
    const suite = (autorisation: string): string =>
      `POST /graphql HTTP/1.1\r\nhost: essai\r\n${autorisation}content-type: application/json\r\ncontent-length: ${question.length}\r\n\r\n${question}`;
    const { statuts } = await parler(gateway.url, [
      suite(`authorization: ${jeton}\r\n`) + suite('') + suite('authorization: Bearer x\r\n'),
    ]);
    expect(statuts).toEqual([200, 401, 401]);
  });

  it.each(['authorization', 'x-departement', 'content-type'])(
    'un en-tête %s en double ne fait passer personne',
    async (nom) => {
      const bon: Record<string, string> = {
        authorization: jeton,
        'x-departement': '62',
        'content-type': 'application/json',
      };
      const mauvais: Record<string, string> = {
        authorization: 'Bearer x',
        'x-departement': '99',
        'content-type': 'text/plain',
      };
      for (const [premier, second] of [
        [bon, mauvais],
        [mauvais, bon],
      ] as const) {
        const autres = Object.entries(bon).filter(([cle]) => cle !== nom);
        const lignes = [...autres, [nom, premier[nom]!], [nom, second[nom]!]].map(
          ([cle, valeur]) => `${cle}: ${valeur}`,
        );
        const texte = [
          'POST /graphql HTTP/1.1',
          'host: essai',
          ...lignes,
          `content-length: ${CORPS.length}`,
          'connection: close',
          '',
          CORPS,
        ].join('\r\n');
        const { statuts } = await parler(gateway.url, [texte]);
        // Node keeps the first of two: what comes first decides, and a second one never adds to it.
        expect(statuts[0]).toBeGreaterThanOrEqual(premier === bon && nom !== 'x-departement' ? 200 : 400);
        if (premier === mauvais) expect(unites.releve()).toBe(0);
        else unites.releve();
      }
    },
  );
});

describe('Un client lent', () => {
  const DELAI_MS = 1_000;
  const debut = 'POST /graphql HTTP/1.1\r\nhost: essai\r\ncontent-type: application/json\r\n';

  it.each([
    ['dans ses en-têtes', '', `${debut}x-a: ${'a'.repeat(100)}`],
    ['dans son corps', `${debut}content-length: 100\r\n\r\n`, '{'.repeat(100)],
    ['dans ses morceaux', `${debut}transfer-encoding: chunked\r\n\r\n`, '1\r\na\r\n'.repeat(20)],
  ])('%s est déconnecté', async (_nom, dUnCoup, goutteAGoutte) => {
    const morceaux = [dUnCoup, ...goutteAGoutte].filter((morceau) => morceau !== '');
    const { raccroche, dureeMs, statuts } = await parler(gateway.url, morceaux, { pauseMs: 100, delaiMs: 8_000 });
    expect({ raccroche, statuts }).toEqual({ raccroche: true, statuts: [408] });
    expect(dureeMs).toBeGreaterThan(DELAI_MS * 0.9);
    expect(dureeMs).toBeLessThan(5_000);
    noterAttaque({ attaque: 'clients lents', tentatives: 1, tenues: 1 });
  });

  it('et cent autres n’empêchent pas de servir', async () => {
    const lents = Array.from({ length: 100 }, () =>
      parler(gateway.url, [debut, 'x', 'y'], { pauseMs: 300, delaiMs: 8_000 }),
    );
    const sert = await fetch(gateway.url, poste('{"query":"{ __typename }"}'));
    expect(sert.status).toBe(200);
    expect((await Promise.all(lents)).every(({ raccroche }) => raccroche)).toBe(true);
  });

  it('la base coupe ce qui dure, requête ou transaction', async () => {
    const reglages = await avecClient(gateway.base.urlApp, async (client) => {
      const { rows } = await client.query<{ requete: string; transaction: string }>(
        `select current_setting('statement_timeout') as requete, current_setting('idle_in_transaction_session_timeout') as transaction`,
      );
      return rows[0];
    });
    expect(reglages).toEqual({ requete: '30s', transaction: '1min' });
  });
});

describe('En production, le schéma ne se devine pas', () => {
  const anonyme = async (query: string): Promise<Rendue> => rendre(await gateway.poster(null, { query }));
  const connue = async (query: string, variables = {}): Promise<Rendue> =>
    rendre(await fetch(gateway.url, poste(JSON.stringify({ query, variables }))));

  it.each([
    '{ __schema { types { name } } }',
    '{ a: __schema { queryType { name } } }',
    '{ ...f } fragment f on Query { __schema { queryType { name } } }',
    '{ ... on Query { __schema { queryType { name } } } }',
    '{ __typename ...f } fragment f on Query { ...g } fragment g on Query { b: __type(name: "Query") { fields { name } } }',
    'query ($n: String!) { __type(name: $n) { name } }',
    '{ __schema @include(if: true) { directives { name } } }',
    'mutation { __schema { queryType { name } } }',
    'query A { __typename } query B { __schema { queryType { name } } }',
  ])('introspection : %s', async (query) => {
    const refusee = await connue(query, { n: 'Query' });
    exigerRefus(refusee, [400]);
    expect(refusee.texte).not.toContain('"data":{');
    expect((await anonyme(query)).statut).toBe(401);
    unites.releve();
    noterAttaque({ attaque: 'introspection en production', tentatives: 2, tenues: 2 });
  });

  it.each([
    ['un champ', '{ candidatur { id } }', {}],
    ['un sous-champ', '{ candidatures { nodes { numer } } }', {}],
    ['un argument', '{ candidatures(firs: 1) { nodes { id } } }', {}],
    ['un type de fragment', '{ ...f } fragment f on Quer { __typename }', {}],
    ['un type de variable', 'query ($x: Strin) { communes(recherche: $x) { nodes { code } } }', {}],
    ['une valeur d’énumération', '{ structures(nature: ASSOCIATIO) { nodes { id } } }', {}],
    ['une directive', '{ __typename @inclu(if: true) }', {}],
    [
      'un champ d’entrée, dans le texte',
      'mutation { candidatureDeposer(input: { candidatureI: "x" }) { errors { code } } }',
      {},
    ],
    [
      'un champ d’entrée, dans une variable',
      'mutation ($i: CandidatureDeposerInput!) { candidatureDeposer(input: $i) { errors { code } } }',
      { i: { candidatureId: 'x', clientMutationI: 'y' } },
    ],
    [
      'une valeur d’énumération, dans une variable',
      'query ($s: [EtatCandidature!]) { candidatures(etats: $s) { nodes { id } } }',
      { s: ['BROUILLO'] },
    ],
  ])('%s mal écrit ne se corrige pas', async (_nom, query, variables) => {
    const rendue = await connue(query, variables);
    exigerRefus(rendue, [400]);
    expect(rendue.texte).not.toMatch(/did you mean|\bcandidature"|numero|"first"|BROUILLON|clientMutationId/i);
    noterAttaque({ attaque: 'suggestions du schéma', tentatives: 1, tenues: 1 });
  });

  it('les outils de développement n’y sont pas', async () => {
    for (const chemin of [
      '/graphiql',
      '/graphiql/',
      '/playground',
      '/.well-known/apollo/server-health',
      '/sandbox',
      '/schema.graphql',
      '/',
    ]) {
      const reponse = await fetch(gateway.racine + chemin, { headers: { accept: 'text/html' } });
      expect([chemin, reponse.status]).toEqual([chemin, 404]);
      expect(codesDe(await reponse.json())).toEqual(['BAD_REQUEST']);
    }
  });
});
