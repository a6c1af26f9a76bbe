import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demarrerGatewayEssai, type GatewayEssai, type ReponseGraphql } from '../support/gateway-essai.js';

/** A candidature list of one field, under any name. */
const LISTE = (taille: number | string): string => `candidatures(first: ${taille}) { nodes { id } }`;

interface Issue {
  readonly statut: number;
  readonly code: unknown;
  readonly message: string;
}

async function issue(reponse: Response): Promise<Issue> {
  const { errors } = (await reponse.json()) as ReponseGraphql;
  return { statut: reponse.status, code: errors?.[0]?.extensions?.['code'], message: errors?.[0]?.message ?? '' };
}

describe('Limites des requêtes', () => {
  let gateway: GatewayEssai;
  beforeAll(async () => {
    gateway = await demarrerGatewayEssai();
  });
  afterAll(() => gateway?.arreter());

  const demander = async (query: string, variables = {}): Promise<Issue> =>
    issue(await gateway.poster('siege', { query, variables }));
  const TROP_GRANDE = { statut: 400, code: 'REQUETE_TROP_GRANDE' };

  it('refuse un corps trop gros, avant de le lire', async () => {
    const corps = { query: '{ __typename }', variables: { x: 'a'.repeat(gateway.configuration.limites.corpsOctets) } };
    expect(await issue(await gateway.poster('siege', corps))).toMatchObject({
      statut: 413,
      code: 'REQUETE_TROP_GRANDE',
    });
  });

  it('refuse une requête trop profonde, par champs ou par fragments', async () => {
    const profondeur = 13;
    const lignes = 'lignes { '.repeat(profondeur) + 'libelle' + ' }'.repeat(profondeur);
    const champs = `{ versements { nodes { explication { ${lignes} } } } }`;
    const fragments = Array.from(
      { length: profondeur },
      (_, i) => `fragment f${i} on Explication { lignes { ...f${i + 1} } }`,
    );
    const parFragments = `{ versements { nodes { explication { ...f0 } } } } ${fragments.join(' ')} fragment f13 on Explication { libelle }`;
    for (const requete of [champs, parFragments]) {
      expect(await demander(requete)).toEqual({
        ...TROP_GRANDE,
        message: 'La requête est trop grande : elle compte plus de 12 niveaux.',
      });
    }
  });

  it('refuse trop d’alias', async () => {
    const alias = Array.from({ length: 31 }, (_, i) => `a${i}: ${LISTE(1)}`).join(' ');
    expect(await demander(`{ ${alias} }`)).toMatchObject({
      ...TROP_GRANDE,
      message: expect.stringContaining('30 alias'),
    });
  });

  it('refuse trop de directives', async () => {
    expect(await demander(`{ __typename ${'@include(if: true) '.repeat(51)} }`)).toMatchObject({ statut: 400 });
    const champs = Array.from({ length: 51 }, () => '__typename @include(if: true)').join(' ');
    expect(await demander(`{ ${champs} }`)).toMatchObject(TROP_GRANDE);
  });

  it('refuse trop de mots et de signes, sans aller au bout du texte', async () => {
    expect(await demander(`{ ${'__typename '.repeat(2000)} }`)).toEqual({
      ...TROP_GRANDE,
      message: 'La requête est trop grande : elle compte plus de 2000 mots et signes.',
    });
  });

  it('refuse des fragments qui se multiplient', async () => {
    const fragments = Array.from(
      { length: 20 },
      (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`,
    ).join(' ');
    expect(await demander(`{ ...f0 } ${fragments} fragment f20 on Query { __typename }`)).toEqual({
      ...TROP_GRANDE,
      message: 'La requête est trop grande : ses fragments répètent trop de champs.',
    });
  });

  it('refuse une réponse trop grande, quelles que soient les tailles de page', async () => {
    const requete = (n: number): string =>
      `{ candidatures(first: 100) { nodes { ${Array.from({ length: n }, (_, i) => `t${i}: territoires { code }`).join(' ')} } } }`;
    expect(await demander(requete(2))).toMatchObject({ code: undefined });
    expect(await demander(requete(20))).toMatchObject({
      ...TROP_GRANDE,
      message: expect.stringContaining('6101 objets'),
    });
  });

  describe('pages', () => {
    const PAGE = { statut: 400, code: 'PAGE_TROP_GRANDE' };

    it('admet cent éléments, en refuse un de plus', async () => {
      expect(await demander(`{ ${LISTE(100)} }`)).toMatchObject({ statut: 200, code: undefined });
      expect(await demander(`{ ${LISTE(101)} }`)).toMatchObject(PAGE);
    });

    it('voit la taille dans les variables, aussi quand le texte est déjà connu', async () => {
      const requete = `query ($n: Int) { ${LISTE('$n')} }`;
      expect(await demander(requete, { n: 100 })).toMatchObject({ statut: 200, code: undefined });
      expect(await demander(requete, { n: 101 })).toMatchObject(PAGE);
      expect(await demander(requete, { n: 100 })).toMatchObject({ statut: 200, code: undefined });
    });

    it('voit la valeur par défaut d’une variable, « last », et les fragments', async () => {
      expect(await demander(`query ($n: Int = 500) { ${LISTE('$n')} }`)).toMatchObject(PAGE);
      expect(await demander('{ candidatures(last: 500) { nodes { id } } }')).toMatchObject(PAGE);
      expect(await demander(`{ ...f } fragment f on Query { ${LISTE(500)} }`)).toMatchObject(PAGE);
    });
  });

  describe('formes de requête', () => {
    it('refuse les lots', async () => {
      const lot = [{ query: '{ __typename }' }, { query: '{ __typename }' }];
      expect(await issue(await gateway.poster('siege', lot))).toMatchObject({ statut: 400, code: 'BAD_REQUEST' });
    });

    it('refuse une mutation en GET', async () => {
      const url = `${gateway.url}?query=${encodeURIComponent('mutation { __typename }')}`;
      const entetes = { ...(await gateway.entetes('siege')), 'apollo-require-preflight': '1' };
      expect(await issue(await fetch(url, { headers: entetes }))).toMatchObject({ statut: 405, code: 'BAD_REQUEST' });
    });

    it('refuse ce qu’une page d’un autre site peut envoyer sans permission', async () => {
      const entetes = await gateway.entetes('siege');
      const url = `${gateway.url}?query=${encodeURIComponent('{ __typename }')}`;
      expect(await issue(await fetch(url, { headers: entetes }))).toMatchObject({ statut: 400, code: 'BAD_REQUEST' });
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
        const reponse = await gateway.poster('siege', '{"query":"{ __typename }"}', { 'content-type': type });
        expect(await issue(reponse)).toMatchObject({ statut: 415, code: 'BAD_REQUEST' });
      }
    });

    it('refuse un en-tête Host qui n’en est pas un', async () => {
      const statut = await new Promise((rendu, echec) => {
        request(
          gateway.url,
          { method: 'POST', headers: { host: '[', 'content-type': 'application/json' } },
          (reponse) => {
            reponse.resume();
            rendu(reponse.statusCode);
          },
        )
          .on('error', echec)
          .end('{"query":"{ __typename }"}');
      });
      expect(statut).toBe(400);
    });

    it('n’est gardé par aucun cache', async () => {
      const reponse = await gateway.poster('siege', { query: '{ __typename }' });
      expect(reponse.headers.get('cache-control')).toBe('no-store');
    });

    it('refuse les requêtes enregistrées', async () => {
      const extensions = { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } };
      const reponse = await gateway.poster('siege', { query: '{ __typename }', extensions });
      expect(await issue(reponse)).toMatchObject({ code: 'BAD_REQUEST' });
    });

    it('dit en français ce qui ne va pas, avec le détail à corriger', async () => {
      expect(await demander('{ inconnu }')).toMatchObject({
        statut: 400,
        code: 'GRAPHQL_VALIDATION_FAILED',
        message: expect.stringMatching(/^La requête ne correspond pas au schéma.* Détail : .*"inconnu"/),
      });
      expect(await demander('{')).toMatchObject({ statut: 400, code: 'GRAPHQL_PARSE_FAILED' });
      expect(await demander(`query ($n: Int!) { ${LISTE('$n')} }`)).toMatchObject({
        statut: 400,
        code: 'BAD_USER_INPUT',
      });
      expect(await issue(await gateway.poster('siege', '{ "pas du JSON'))).toEqual({
        statut: 400,
        code: 'BAD_REQUEST',
        message: 'Le corps de la requête n’est pas du JSON.',
      });
      expect(await issue(await fetch(`${gateway.racine}/ailleurs`))).toMatchObject({
        statut: 404,
        code: 'BAD_REQUEST',
      });
    });
  });

  describe('valeurs qui n’ont pas le type du schéma', () => {
    const OUVRIR = 'mutation ($input: CreditsOuvrirInput!) { creditsOuvrir(input: $input) { errors { code } } }';
    const MODIFIER = 'mutation ($i: AppelModifierInput!) { appelModifier(input: $i) { errors { code } } }';
    const DESACTIVER =
      'mutation ($input: DispositifDesactiverInput!) { dispositifDesactiver(input: $input) { errors { code } } }';
    const credits = { appelId: 'x', montant: '1.00', motif: 'Essai.' };

    it.each<[string, string, Record<string, unknown>, string[][]]>([
      ['un nombre pour un montant', OUVRIR, { input: { ...credits, montant: 52 } }, [['input', 'montant']]],
      ['un texte pour un objet', OUVRIR, { input: 'x' }, [['input']]],
      ['un champ absent', OUVRIR, { input: { appelId: 'x', motif: 'Essai.' } }, [['input', 'montant']]],
      ['un champ nul', OUVRIR, { input: { ...credits, motif: null } }, [['input', 'motif']]],
      ['un champ inconnu', OUVRIR, { input: { ...credits, devise: 'EUR' } }, [['input', 'devise']]],
      ['un champ inconnu au nom mal formé', OUVRIR, { input: { ...credits, '" at "x.y"; ': 1 } }, [['input']]],
      ['une variable absente', OUVRIR, {}, [['input']]],
      ['une variable nulle', OUVRIR, { input: null }, [['input']]],
      ['un élément d’une liste', MODIFIER, { i: { id: 'x', territoires: ['ARTOIS', 2] } }, [['i', 'territoires', '1']]],
      [
        'plusieurs à la fois, une valeur inconnue comprise',
        DESACTIVER,
        { input: { dispositif: 1, territoires: [], enCours: 'PERDU' } },
        [
          ['input', 'dispositif'],
          ['input', 'enCours'],
        ],
      ],
    ])('montre le champ et le dit en français : %s', async (_, query, variables, champs) => {
      const reponse = await gateway.poster('siege', { query, variables });
      const { errors = [] } = (await reponse.json()) as ReponseGraphql;
      expect([reponse.status, errors.map((e) => e.extensions)]).toEqual([
        400,
        champs.map((champ) => ({ code: 'BAD_USER_INPUT', champ })),
      ]);
      for (const [rang, { message }] of errors.entries()) {
        expect(message).toMatch(
          new RegExp(
            `^La valeur de « ${champs[rang]!.join('\\.')} » n’est pas de celles que le schéma admet. Détail : .+`,
          ),
        );
      }
    });

    it('ne compte pas les fautes au-delà de cinquante, et n’y voit pas une panne', async () => {
      const territoires = Array.from({ length: 60 }, () => 1);
      const reponse = await gateway.poster('siege', { query: MODIFIER, variables: { i: { id: 'x', territoires } } });
      const { errors = [] } = (await reponse.json()) as ReponseGraphql;
      expect([reponse.status, errors.length]).toEqual([400, 51]);
      expect(errors[49]?.extensions).toEqual({ code: 'BAD_USER_INPUT', champ: ['i', 'territoires', '49'] });
      expect(errors[50]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
    });
  });

  describe('caractères que la base ne sait pas garder', () => {
    const refus = async (query: string, variables = {}): Promise<unknown> => {
      const reponse = await gateway.poster('siege', { query, variables });
      const { errors } = (await reponse.json()) as ReponseGraphql;
      return [reponse.status, errors?.[0]?.extensions?.['code'], errors?.[0]?.extensions?.['champ']];
    };
    const APPEL = 'mutation ($input: AppelCreerInput!) { appelCreer(input: $input) { errors { code } } }';

    it.each(['a\0b', 'a\ud800b', '\udc00'])('les refuse où qu’ils soient dans les variables (%j)', async (texte) => {
      const requete = 'query ($recherche: String) { communes(recherche: $recherche) { nodes { code } } }';
      const attendu = [400, 'BAD_USER_INPUT'];
      expect(await refus(requete, { recherche: texte })).toEqual([...attendu, ['$recherche']]);
      const input = { clientMutationId: texte, territoires: ['ARTOIS'] };
      expect(await refus(APPEL, { input })).toEqual([...attendu, ['$input', 'clientMutationId']]);
      expect(await refus(APPEL, { input: { territoires: ['ARTOIS', texte] } })).toEqual([
        ...attendu,
        ['$input', 'territoires', '1'],
      ]);
      expect(await refus(APPEL, { input: { [texte]: 1 } })).toEqual([...attendu, ['$input']]);
    });

    it('les refuse dans le texte de la requête, et dit où', async () => {
      expect(await demander('{ c: communes(recherche: "a\\u0000b") { nodes { code } } }')).toEqual({
        statut: 400,
        code: 'BAD_USER_INPUT',
        message:
          'Le texte de « c.recherche » porte un caractère interdit (U+0000, ou une moitié de caractère) : retirez-le.',
      });
      expect(await refus('query ($r: String = "\\u0000") { communes(recherche: $r) { nodes { code } } }')).toEqual([
        400,
        'BAD_USER_INPUT',
        ['$r'],
      ]);
      expect(await demander('{ communes(recherche: "\\ud800") { nodes { code } } }')).toMatchObject({
        statut: 400,
        code: 'GRAPHQL_PARSE_FAILED',
      });
    });

    it('admet tout le reste, jusqu’aux caractères en deux moitiés', async () => {
      const requete = 'query ($r: String) { communes(recherche: $r) { nodes { code } } }';
      expect(await demander(requete, { r: 'é🌊\u{10ffff}' })).toMatchObject({ statut: 200, code: undefined });
    });
  });

  describe('identité', () => {
    const QUESTION = { query: `{ ${LISTE(1)} }` };

    it('demande un jeton, et dit comment', async () => {
      const reponse = await gateway.poster(null, QUESTION);
      expect(reponse.headers.get('www-authenticate')).toBe('Bearer realm="sillage"');
      expect(await issue(reponse)).toMatchObject({ statut: 401, code: 'NON_AUTHENTIFIE' });
    });

    it('refuse un jeton d’un autre émetteur, d’une autre API, expiré ou illisible', async () => {
      const { emetteur } = gateway;
      const jetons = [
        await emetteur.jeton('siege', { emetteur: 'https://autre.invalid' }),
        await emetteur.jeton('siege', { audience: 'autre' }),
        await emetteur.jeton('siege', { exp: '-1m' }),
        'xxx',
      ];
      for (const mauvais of jetons) {
        const reponse = await gateway.poster(null, QUESTION, { authorization: `Bearer ${mauvais}` });
        expect(reponse.headers.get('www-authenticate')).toContain('error="invalid_token"');
        expect(await issue(reponse)).toMatchObject({ statut: 401, code: 'JETON_INVALIDE' });
      }
    });

    it('ne sert que les départements où l’on est habilité', async () => {
      const ailleurs = await gateway.poster('siege', QUESTION, { 'x-departement': '99' });
      expect(await issue(ailleurs)).toMatchObject({ statut: 403, code: 'NON_HABILITE' });
      const nullePart = await gateway.poster('siege', QUESTION, { 'x-departement': 'Pas-de-Calais' });
      expect(await issue(nullePart)).toMatchObject({ statut: 400, code: 'DEPARTEMENT_INCONNU' });
      const inconnu = await gateway.poster(null, QUESTION, {
        authorization: `Bearer ${await gateway.emetteur.jeton('x')}`,
      });
      expect(await issue(inconnu)).toMatchObject({ statut: 403, code: 'NON_HABILITE' });
    });

    it('sert le département par défaut à qui n’en nomme pas', async () => {
      const entetes = { authorization: `Bearer ${await gateway.emetteur.jeton('siege')}` };
      expect(await issue(await gateway.poster(null, QUESTION, entetes))).toMatchObject({
        statut: 200,
        code: undefined,
      });
    });
  });
});

describe.each([
  ['développement', 'development', { statut: 200, code: undefined }, true],
  ['production', 'production', { statut: 400, code: 'GRAPHQL_VALIDATION_FAILED' }, false],
] as const)('En %s', (_nom, environnement, introspection, ouvert) => {
  let gateway: GatewayEssai;
  beforeAll(async () => {
    const production = environnement === 'production';
    gateway = await demarrerGatewayEssai({ changer: (lue) => ({ ...lue, environnement, production }) });
  });
  afterAll(() => gateway?.arreter());

  it(`l’introspection est ${ouvert ? 'ouverte' : 'fermée'}`, async () => {
    for (const query of ['{ __schema { types { name } } }', '{ __type(name: "Query") { name } }']) {
      expect(await issue(await gateway.poster('siege', { query }))).toMatchObject(introspection);
    }
  });

  it(`le schéma ${ouvert ? 'se lit' : 'ne se lit pas'} sans jeton, les données jamais`, async () => {
    const schema = await issue(await gateway.poster(null, { query: '{ __typename __schema { types { name } } }' }));
    expect(schema.statut).toBe(ouvert ? 200 : 401);
    for (const query of [`{ ${LISTE(1)} }`, `{ __typename ...f } fragment f on Query { ${LISTE(1)} }`]) {
      expect(await issue(await gateway.poster(null, { query }))).toMatchObject({
        statut: 401,
        code: 'NON_AUTHENTIFIE',
      });
    }
  });

  it(`un nom de champ mal écrit ${ouvert ? 'est corrigé' : 'n’apprend rien du schéma'}`, async () => {
    const { message } = await issue(
      await gateway.poster('siege', { query: '{ candidature { id } candidatur { id } }' }),
    );
    expect(message.includes('Did you mean')).toBe(false);
    const autre = await issue(await gateway.poster('siege', { query: '{ candidatur { id } }' }));
    expect(autre.message.includes('Did you mean "candidature"')).toBe(ouvert);
  });

  it(`GraphiQL ${ouvert ? 'est servi par la maison, sous une politique stricte' : 'n’existe pas'}`, async () => {
    const page = await fetch(`${gateway.racine}/graphiql`);
    expect(page.status).toBe(ouvert ? 200 : 404);
    if (!ouvert) return;
    const politique = page.headers.get('content-security-policy') ?? '';
    expect(politique).toMatch(/default-src 'none'; script-src 'self'; worker-src 'self'/);
    const html = await page.text();
    expect(html).not.toMatch(/https?:\/\/|<script>|onload=/);
    for (const [, chemin] of html.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
      const fichier = await fetch(gateway.racine + chemin);
      expect([chemin, fichier.status]).toEqual([chemin, 200]);
      expect(fichier.headers.get('content-type')).toMatch(/^text\/(javascript|css); charset=utf-8$/);
    }
  });

  it('aucune réponse ne porte de pile', async () => {
    const textes = await Promise.all(
      ['{', '{ inconnu }', `{ candidature(id: "x") { id } }`].map(async (query) =>
        (await gateway.poster('siege', { query })).text(),
      ),
    );
    expect(textes.join()).not.toMatch(/stacktrace|node_modules|\.ts:\d+/);
  });
});
