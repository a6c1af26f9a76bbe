import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { creerGateway, imprimerSchema } from '@sillage/gateway';
import { creerJournal } from '@sillage/socle';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, printSchema } from 'graphql';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import { avecClient } from '../support/index.js';
import { ouvrirRelais, type RelaisTcp } from '../support/relais-tcp.js';

type Ligne = Record<string, unknown>;

/** What must never be found in a line of log. */
const CANARI = 'Camille-Canari';
const COMPTE_CANARI = {
  sub: `${CANARI}-sub`,
  libelle: `${CANARI} Libelle`,
  departementId: '62',
  role: 'SIEGE',
} as const;

let relais: RelaisTcp;
let gateway: GatewayEssai;
beforeAll(async () => {
  relais = await ouvrirRelais();
  gateway = await demarrerGatewayEssai({
    comptes: [COMPTE_CANARI],
    env: { NIVEAU_TRACES: 'trace' },
    changer: (lue) => ({ ...lue, baseDeDonnees: { ...lue.baseDeDonnees, url: relais.vers(lue.baseDeDonnees.url) } }),
  });
});
afterAll(async () => {
  await gateway?.arreter();
  await relais.couper();
});

const LISTE = 'query Candidatures { candidatures(first: 1) { nodes { id } } }';

async function metriques(): Promise<string> {
  return (await fetch(`${gateway.racine}/metriques`)).text();
}

describe('Sondes', () => {
  it('le processus vit, et il est prêt', async () => {
    expect((await fetch(`${gateway.racine}/sante/vie`)).status).toBe(200);
    const pret = await fetch(`${gateway.racine}/sante/pret`);
    expect([pret.status, await pret.json()]).toEqual([
      200,
      { pret: true, controles: { base: 'ok', migrations: 'ok' } },
    ]);
  });

  it('quand la base ne répond plus : plus prêt, le dit aux clients, et sert de nouveau quand elle revient', async () => {
    await relais.couper();
    const pret = await fetch(`${gateway.racine}/sante/pret`);
    expect([pret.status, await pret.json()]).toEqual([
      503,
      { pret: false, controles: { base: 'ko', migrations: 'ok' } },
    ]);
    expect((await fetch(`${gateway.racine}/sante/vie`)).status).toBe(200);

    const reponse = await gateway.poster('siege', { query: LISTE });
    expect([reponse.status, reponse.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await reponse.json()).toMatchObject({ errors: [{ extensions: { code: 'SERVICE_INDISPONIBLE' } }] });

    await relais.retablir();
    expect((await fetch(`${gateway.racine}/sante/pret`)).status).toBe(200);
    expect(await gateway.requete('siege', LISTE)).toEqual({ data: { candidatures: { nodes: [] } } });
  });
});

describe('Identifiant de requête', () => {
  it.each([
    ['6f1c2a4e-9d1b-4f60-8a55-0c3f2b7e9d10', true],
    ['0af7651916cd43dd8448eb211c80319c', true],
    ['Jean Dupont', false],
    ['jean.dupont@exemple.fr', false],
    ['abc', false],
  ])('« %s » est repris : %s', async (propose, repris) => {
    const reponse = await gateway.poster('siege', { query: LISTE }, { 'x-request-id': propose });
    const rendu = reponse.headers.get('x-request-id');
    expect(rendu === propose).toBe(repris);
    expect(rendu).toMatch(/^[0-9a-f-]{32,36}$/);
  });

  it('est dit avec une erreur imprévue, et retrouve sa ligne dans le journal', async () => {
    const reponse = await sansCommunes(() =>
      gateway.poster('siege', { query: ERREUR_IMPREVUE, variables: { texte: CANARI } }),
    );
    const requeteId = reponse.headers.get('x-request-id');
    expect(await reponse.json()).toMatchObject({ errors: [{ extensions: { code: 'ERREUR_INTERNE', requeteId } }] });
    const ligne = lignes().find((l) => l['requeteId'] === requeteId && l['level'] === 'error');
    expect(ligne?.['err']).toMatchObject({ type: 'DatabaseError', code: '42P01' });
  });
});

/** Without its table, PostgreSQL refuses it and quotes nothing; TypeORM's error carries the parameters. */
const ERREUR_IMPREVUE = 'query ($texte: String) { communes(recherche: $texte) { nodes { nom } } }';

/** Takes a table away while something is asked: a fault that no input explains. */
async function sansCommunes<T>(demander: () => Promise<T>): Promise<T> {
  const renommer = (de: string, en: string): Promise<unknown> =>
    avecClient(gateway.base.urlProprietaire, (client) => client.query(`alter table referentiel.${de} rename to ${en}`));
  await renommer('commune', 'commune_ailleurs');
  try {
    return await demander();
  } finally {
    await renommer('commune_ailleurs', 'commune');
  }
}

function lignes(): Ligne[] {
  return gateway.journal.map((ligne) => JSON.parse(ligne) as Ligne);
}

describe('Journal', () => {
  it('écrit une ligne par requête : qui, quoi, combien de temps, avec quelle issue', async () => {
    const reponse = await gateway.poster('siege', { query: LISTE });
    const [ligne, ...autres] = await lignesDe(reponse);
    expect(autres).toEqual([]);
    expect(ligne).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      service: 'gateway',
      message: 'requête',
      requeteId: reponse.headers.get('x-request-id'),
      methode: 'POST',
      route: '/graphql',
      statut: 200,
      dureeMs: expect.any(Number),
      acteurId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      departementId: '62',
      operation: 'Candidatures',
      genre: 'query',
      points: 2,
      codes: [],
    });
  });

  it('dit les codes des fautes et des refus', async () => {
    const mutation = `mutation Refusee { versementLiquider(input: { versementId: "x" }) { errors { code } } }`;
    const refus = await lignesDe(await gateway.poster('siege', { query: mutation }));
    expect(refus).toMatchObject([{ operation: 'Refusee', genre: 'mutation', codes: ['INTROUVABLE'] }]);
    const anonyme = await lignesDe(await gateway.poster(null, { query: LISTE }));
    expect(anonyme).toMatchObject([{ statut: 401, codes: ['NON_AUTHENTIFIE'] }]);
    expect(await lignesDe(await gateway.poster('siege', '{'))).toMatchObject([{ statut: 400, codes: ['BAD_REQUEST'] }]);
  });

  it('rattache à la requête ce que les services écrivent pendant qu’ils la servent', async () => {
    const reponse = await gateway.poster(null, { query: LISTE }, { authorization: 'Bearer xxx' });
    expect(await lignesDe(reponse)).toMatchObject([
      { level: 'warn', context: 'VerificateurDeJeton' },
      { level: 'info', codes: ['JETON_INVALIDE'] },
    ]);
  });

  it('ne dit jamais ce qui a été saisi, ni qui, ni sous quel jeton', async () => {
    const jeton = await gateway.emetteur.jeton(COMPTE_CANARI.sub);
    const entetes = { authorization: `Bearer ${jeton}`, 'user-agent': CANARI, 'x-request-id': CANARI };
    const poster = (corps: unknown, autres = {}): Promise<Response> =>
      gateway.poster(null, corps, { ...entetes, ...autres });
    await poster({ query: '{ moi { libelle } }' });
    await poster({
      query: 'query ($r: String) { structures(recherche: $r) { nodes { raisonSociale } } }',
      variables: { r: CANARI },
    });
    await poster({ query: `{ structures(recherche: "${CANARI}") { nodes { raisonSociale } } }` });
    await sansCommunes(() => poster({ query: ERREUR_IMPREVUE, variables: { texte: CANARI } }));
    await poster({
      query: `mutation { structureEnregistrer(input: { siret: "${CANARI}", raisonSociale: "${CANARI}", nature: ASSOCIATION, territoires: ["${CANARI}"] }) { errors { message } } }`,
    });
    await poster({ query: `{ candidature(id: "${CANARI}") { id } }` });
    await poster({ query: `{ structures(recherche: ${CANARI}) { nodes { id } } }` });
    await poster({ query: 'query ($n: Int) { structures(first: $n) { nodes { id } } }', variables: { n: CANARI } });
    await poster({ query: `query ${CANARI.replace('-', '_')}_x { inconnu }` });
    await poster(`{ "query": "${CANARI}`);
    await poster({ query: '{ __typename }' }, { authorization: `Bearer ${CANARI}` });
    await poster({ query: '{ __typename }' }, { 'x-departement': CANARI });
    const url = `${gateway.url}?query=${encodeURIComponent('query ($r: String) { structures(recherche: $r) { nodes { id } } }')}`;
    await fetch(`${url}&variables=${encodeURIComponent(JSON.stringify({ r: CANARI }))}`, {
      headers: { ...entetes, 'apollo-require-preflight': '1' },
    });
    await fetch(`${gateway.racine}/${CANARI}?nom=${CANARI}`, { headers: entetes });

    const journal = gateway.journal.join('').toLowerCase();
    for (const indice of ['camille', 'canari', jeton.slice(-20).toLowerCase(), 'bearer', 'select ', 'insert ']) {
      expect(journal).not.toContain(indice);
    }
  });
});

/** The lines of a request, once it is closed on the server's side too. */
async function lignesDe(reponse: Response): Promise<Ligne[]> {
  await reponse.text();
  await new Promise((suite) => setTimeout(suite, 20));
  const requeteId = reponse.headers.get('x-request-id');
  return lignes().filter((ligne) => ligne['requeteId'] === requeteId);
}

describe('Mesures', () => {
  /** The value of a series, whatever the order of its labels. */
  async function valeur(nom: string, etiquettes: Record<string, string>): Promise<number | undefined> {
    const series = (await metriques()).matchAll(/^(\w+)\{(.*)\} (.*)$/gm);
    const attendues = Object.entries({ ...etiquettes, service: 'gateway' }).map(([cle, v]) => `${cle}="${v}"`);
    const serie = [...series].find(([, n, l]) => n === nom && l!.split(',').sort().join() === attendues.sort().join());
    return serie && Number(serie[3]);
  }

  it('compte les requêtes par opération et par issue', async () => {
    await gateway.requete('siege', 'query MesureUne { territoires { code } }');
    await gateway.requete('siege', 'query MesureUne { territoires { code } }');
    await gateway.requete('siege', 'query MesureDeux { inconnu }');
    const une = { operation: 'MesureUne', genre: 'query' };
    expect(await valeur('sillage_requetes_total', { ...une, code: 'OK' })).toBe(2);
    expect(await valeur('sillage_requetes_duree_secondes_count', une)).toBe(2);
    const faute = { operation: 'anonyme', genre: 'inconnu', code: 'GRAPHQL_VALIDATION_FAILED' };
    expect(await valeur('sillage_requetes_total', faute)).toBeGreaterThanOrEqual(1);
    expect(await valeur('sillage_pg_connexions', { etat: 'ouvertes' })).toBeGreaterThanOrEqual(1);
    expect(await valeur('process_cpu_seconds_total', {})).toBeGreaterThan(0);
    expect((await metriques()).includes('MesureDeux')).toBe(false);
  });

  it('ne laisse pas les appelants multiplier les séries', async () => {
    for (let i = 0; i < 120; i++) await gateway.requete('siege', `query Serie${i} { __typename }`);
    const operations = new Set(
      [...(await metriques()).matchAll(/sillage_requetes_total\{operation="([^"]*)"/g)].map((m) => m[1]),
    );
    expect(operations.size).toBeLessThanOrEqual(102);
    expect(operations).toContain('autre');
  });
});

describe('Deux instances dans un même processus', () => {
  it('ne partagent ni mesures, ni journal, ni arrêt', async () => {
    const siennes: string[] = [];
    const journal = creerJournal({
      service: 'gateway',
      niveau: 'info',
      destination: { write: (l) => void siennes.push(l) },
    });
    const autre = await creerGateway({
      configuration: gateway.configuration,
      dispositifs: [],
      horloge: gateway.horloge,
      journal,
    });
    try {
      const avant = gateway.journal.length;
      const reponse = await autre.inject({
        method: 'POST',
        url: '/graphql',
        headers: await gateway.entetes('siege'),
        payload: { query: 'query AutreInstance { territoires { code } }' },
      });
      expect(reponse.statusCode).toBe(200);
      expect(siennes.join('')).toContain('AutreInstance');
      expect(gateway.journal.slice(avant).join('')).not.toContain('AutreInstance');
      expect(await metriques()).not.toContain('AutreInstance');
    } finally {
      await autre.close();
    }
    expect(await gateway.requete('siege', LISTE)).toEqual({ data: { candidatures: { nodes: [] } } });
  });
});

describe('Schéma', () => {
  it('s’imprime sans base, tel qu’il est servi', async () => {
    const { data } = await gateway.requete<IntrospectionQuery & Record<string, unknown>>(
      'siege',
      getIntrospectionQuery(),
    );
    expect(await imprimerSchema({ dispositifs: [] })).toBe(`${printSchema(buildClientSchema(data!))}\n`);
  });
});
