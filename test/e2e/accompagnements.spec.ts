import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { avecClient } from '../support/base-essai.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import { scellerNotes } from '../support/sceller-notes.js';
import { type AccompagnementSeme, semerAccompagnements } from '../support/semer-accompagnements.js';

const LIGNE = `id numero dispositif etat du au jeune { prenom } territoire { code }
  actes(first: 3) { totalCount totalCountExact pageInfo { hasNextPage } nodes { id date nature lieu } }`;
const PAGE = `query ($territoire: String, $dispositif: String, $etats: [EtatAccompagnement!], $first: Int, $after: String, $last: Int,
    $before: String, $tri: TriAccompagnements) {
  accompagnements(territoire: $territoire, dispositif: $dispositif, etats: $etats, first: $first, after: $after, last: $last,
      before: $before, tri: $tri) {
    totalCount totalCountExact pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { ${LIGNE} } }
}`;

interface PageLue {
  accompagnements: {
    totalCount: number;
    totalCountExact: boolean;
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
    nodes: { id: string; jeune: { prenom: string | null } }[];
  };
}

/** Who reads, which rows are theirs, and whether they see names. */
type Lecteur = {
  compte: string;
  departementId?: string;
  voit: (a: AccompagnementSeme) => boolean;
  nominatif: boolean;
};

let gateway: GatewayEssai;
let semes: AccompagnementSeme[];
let structureDe: Record<string, string>;
let lecteurs: Lecteur[];

beforeAll(async () => {
  // Rights remembered, as in production: statements are then kept from one request to the next.
  gateway = await demarrerGatewayEssai({ env: { HABILITATIONS_TTL_SECONDES: '30' } });
  semes = await avecClient(gateway.base.urlProprietaire, async (client) => {
    const du62 = await semerAccompagnements(client, '62', 300);
    const { rows } = await client.query<{ raison_sociale: string; id: string }>(
      'select raison_sociale, id from sillage.structure',
    );
    structureDe = Object.fromEntries(rows.map(({ raison_sociale, id }) => [raison_sociale, id]));
    return [...du62, ...(await semerAccompagnements(client, '99', 40))];
  });
  for (const departement of ['62', '99']) await scellerNotes(gateway, departement, { lieu: 'Accueil' });
  const horizon = structureDe['Association Horizon Jeunes'];
  lecteurs = [
    { compte: 'siege', voit: () => true, nominatif: true },
    { compte: 'siege-99', departementId: '99', voit: () => true, nominatif: true },
    { compte: 'administrateur', voit: () => true, nominatif: false },
    { compte: 'slai-lens', voit: (a) => a.territoire === 'LENS_LIEVIN', nominatif: true },
    { compte: 'slisl-lens', voit: (a) => a.territoire === 'LENS_LIEVIN', nominatif: false },
    { compte: 'association', voit: (a) => a.structureId === horizon, nominatif: true },
    { compte: 'mds-lens', voit: () => false, nominatif: false },
    { compte: 'dpd', voit: () => false, nominatif: false },
  ];
});
afterAll(() => gateway?.arreter());

const unLecteur = fc.nat(7).map((rang) => lecteurs[rang]!);
const filtre = fc.record(
  {
    territoire: fc.constantFrom('LENS_LIEVIN', 'Lens Liévin', 'ARRAGEOIS', 'CALAISIS'),
    dispositif: fc.constantFrom('coordo-ase', 'autre', 'inconnu'),
    etats: fc.subarray(['EN_ATTENTE', 'EN_COURS', 'TERMINE', 'ABANDONNE'], { minLength: 0 }),
    tri: fc.constantFrom('DEBUT_DESC', 'DEBUT_ASC'),
  },
  { requiredKeys: [] },
);
type Filtre = typeof filtre extends fc.Arbitrary<infer F> ? F : never;

/** A reader, and a filter by names that exist in the reader's département: an unknown territory is refused. */
const demande = fc
  .tuple(unLecteur, filtre)
  .map(([l, { territoire, ...f }]): [Lecteur, Filtre] => [
    l,
    l.departementId === undefined && territoire !== undefined ? { ...f, territoire } : f,
  ]);

function attendus({ voit, departementId = '62' }: Lecteur, f: Filtre): AccompagnementSeme[] {
  const code = f.territoire?.toUpperCase().replace(' ', '_').replace('É', 'E');
  const siens = semes
    .filter((a) => a.departementId === departementId && voit(a))
    .filter((a) => code === undefined || a.territoire === code)
    .filter((a) => f.dispositif === undefined || a.dispositif === f.dispositif)
    .filter((a) => f.etats === undefined || f.etats.includes(a.etat));
  return f.tri === 'DEBUT_ASC' ? siens.toReversed() : siens;
}

function montrer({ nominatif }: Lecteur, a: AccompagnementSeme): object {
  return {
    id: a.id,
    dispositif: a.dispositif,
    etat: a.etat,
    du: a.du,
    au: null,
    jeune: { prenom: nominatif ? a.prenom : null },
    territoire: { code: a.territoire },
    actes: {
      totalCount: a.actes.length,
      totalCountExact: true,
      pageInfo: { hasNextPage: a.actes.length > 3 },
      nodes: a.actes
        .slice(0, 3)
        .map(({ id, date }) => ({ id, date, nature: 'ENTRETIEN', lieu: nominatif ? 'Accueil' : null })),
    },
  };
}

/** A request with something else than reads is executed field by field: both ways must say the same. */
const PAR_CHAMPS = PAGE.replace('accompagnements(', '__typename accompagnements(');

async function lire(
  { compte }: Lecteur,
  variables: Record<string, unknown>,
  parChamps = false,
): Promise<PageLue['accompagnements']> {
  const { data, errors } = await gateway.requete<PageLue>(compte, parChamps ? PAR_CHAMPS : PAGE, variables);
  expect(errors).toBeUndefined();
  return data!.accompagnements;
}

describe('A page of accompagnements', () => {
  it('holds exactly the rows of the reader, in order, names masked, whatever the filters and the size', async () => {
    await fc.assert(
      fc.asyncProperty(demande, fc.integer({ min: 1, max: 60 }), fc.boolean(), async ([l, f], taille, debut) => {
        const tous = attendus(l, f);
        const variables = { ...f, ...(debut ? { first: taille } : { last: taille }) };
        const page = await lire(l, variables);
        expect(await lire(l, variables, true)).toEqual(page);
        const voulus = debut ? tous.slice(0, taille) : tous.slice(-taille);
        expect(page).toMatchObject({
          totalCount: tous.length,
          totalCountExact: true,
          nodes: voulus.map((a) => montrer(l, a)),
        });
        expect(page.nodes).toHaveLength(voulus.length);
        expect(page.pageInfo).toMatchObject({
          hasNextPage: debut && tous.length > taille,
          hasPreviousPage: !debut && tous.length > taille,
        });
      }),
      { numRuns: 60 },
    );
  });

  it('follows its cursors forward and backward over the whole list, each row once', async () => {
    await fc.assert(
      fc.asyncProperty(demande, fc.integer({ min: 7, max: 50 }), fc.boolean(), async ([l, f], taille, avant) => {
        const tous = attendus(l, f).map(({ id }) => id);
        const lus: string[] = [];
        let curseur: string | null = null;
        do {
          const page: PageLue['accompagnements'] = await lire(
            l,
            avant ? { ...f, first: taille, after: curseur } : { ...f, last: taille, before: curseur },
          );
          const ids = page.nodes.map(({ id }) => id);
          if (avant) lus.push(...ids);
          else lus.unshift(...ids);
          const { hasNextPage, endCursor, hasPreviousPage, startCursor } = page.pageInfo;
          curseur = avant ? (hasNextPage ? endCursor : null) : hasPreviousPage ? startCursor : null;
        } while (curseur !== null);
        expect(lus).toEqual(tous);
      }),
      { numRuns: 20 },
    );
  });
});

describe('The first acts and how many there are, in one walk', () => {
  it.each([1, 3, 40])('are those of each accompagnement (%i)', async (first) => {
    const document = `query ($first: Int) { accompagnements(first: 100) { nodes { id actes(first: $first) { nodes { id date lieu } totalCount } } } }`;
    const { data } = await gateway.requete<{ accompagnements: { nodes: object[] } }>('siege', document, { first });
    const tous = attendus(lecteurs[0]!, {}).slice(0, 100);
    expect(data!.accompagnements.nodes).toEqual(
      tous.map(({ id, actes }) => ({
        id,
        actes: { nodes: actes.slice(0, first).map((a) => ({ ...a, lieu: 'Accueil' })), totalCount: actes.length },
      })),
    );
  });
});

it.each([
  ['siege', 'accompagnements(territoire: "ARRAGEOIS", first: 1, after: $apres) { totalCount }'],
  ['association', 'accompagnements(first: 1, after: $apres) { totalCountExact }'],
  ['association', 'accompagnements(first: 1, before: $apres) { __typename }'],
  ['slai-lens', 'accompagnements(dispositif: "autre", etats: [EN_COURS, TERMINE]) { __typename }'],
  ['siege', 'accompagnements(first: 1) { pageInfo { __typename } nodes @skip(if: true) { id } }'],
  ['siege', 'communes(date: "2026-06-01", first: 1) { nodes { code } }'],
])('asks nothing of what a condition was written for: %s, %s', async (compte, champ) => {
  const { pageInfo } = await lire(lecteurs[0]!, { first: 1 });
  const declare = champ.includes('$apres') ? '($apres: String)' : '';
  const { data, errors } = await gateway.requete(compte, `query ${declare} { ${champ} }`, {
    apres: pageInfo.endCursor,
  });
  expect(errors).toBeUndefined();
  expect(data).toBeTruthy();
});

it('says that an operation must be named, among several', async () => {
  for (const operationName of [undefined, 'C']) {
    const query = 'query A { accompagnements { totalCount } } query B { accompagnementsParEtat { nombre } }';
    const reponse = await gateway.poster('siege', { query, operationName });
    const { errors } = (await reponse.json()) as { errors: { extensions: { code: string } }[] };
    expect(errors.map((e) => e.extensions.code)).toEqual(['OPERATION_RESOLUTION_FAILURE']);
  }
});

it('does not take the cursor of another order', async () => {
  const { pageInfo } = await lire(lecteurs[0]!, { first: 1 });
  const { errors } = await gateway.requete('siege', PAGE, { first: 1, after: pageInfo.endCursor, tri: 'DEBUT_ASC' });
  expect(errors?.map((e) => e.extensions?.['code'])).toEqual(['CURSEUR_INVALIDE']);
});

describe('One accompagnement', () => {
  it('a group of which nothing may be shown still has its number', async () => {
    const compter = (champs: string) =>
      `{ accompagnements(first: 100) { nodes { actes(first: 2) { totalCount nodes { ${champs} } } } } }`;
    for (const compte of ['siege', 'slai-lens', 'slisl-lens', 'administrateur', 'mds-lens']) {
      for (const champs of ['__typename', 'lieu commentaire', 'x: __typename lieu']) {
        const { data, errors } = await gateway.requete(compte, compter(champs));
        expect([compte, champs, errors, data === null]).toEqual([compte, champs, undefined, false]);
      }
    }
  });

  it('is null for whoever may not read it, as if it did not exist', async () => {
    const un = semes.find((a) => a.territoire === 'ARRAGEOIS' && a.departementId === '62')!;
    const lireUn = (compte: string, id = un.id) =>
      gateway.requete(compte, 'query ($id: ID!) { accompagnement(id: $id) { id jeune { prenom } } }', { id });
    expect(await lireUn('siege')).toEqual({ data: { accompagnement: { id: un.id, jeune: { prenom: un.prenom } } } });
    expect(await lireUn('administrateur')).toEqual({
      data: { accompagnement: { id: un.id, jeune: { prenom: null } } },
    });
    for (const compte of ['slai-lens', 'siege-99', 'mds-lens']) {
      expect(await lireUn(compte)).toEqual({ data: { accompagnement: null } });
    }
    for (const id of ['', 'x', un.id.replace('Accompagnement', 'Acte'), `${un.id} `]) {
      expect(await lireUn('siege', id)).toEqual({ data: { accompagnement: null } });
    }
  });
});

describe('Counts by territory, dispositif and state', () => {
  it('count what the reader sees', async () => {
    for (const l of lecteurs) {
      const { data } = await gateway.requete<{
        accompagnementsParEtat: { territoire: { code: string }; dispositif: string; etat: string; nombre: number }[];
      }>(l.compte, '{ accompagnementsParEtat { territoire { code } dispositif etat nombre } }');
      const comptes = new Map<string, number>();
      for (const a of attendus(l, {})) {
        const cle = [a.territoire, a.dispositif, a.etat].join(' ');
        comptes.set(cle, (comptes.get(cle) ?? 0) + 1);
      }
      const lus = data!.accompagnementsParEtat.map((c) => [
        [c.territoire.code, c.dispositif, c.etat].join(' '),
        c.nombre,
      ]);
      expect(Object.fromEntries(lus)).toEqual(Object.fromEntries(comptes));
    }
  });
});

/** A cursor of the list as somebody might forge it. */
function curseur(du: string): string {
  return Buffer.from(JSON.stringify(['accompagnements', du, '01980000-0000-7000-8000-000000000000'])).toString(
    'base64url',
  );
}

describe('Whatever the shape of a request', () => {
  const DEUX = { first: 2, territoire: 'ARRAGEOIS' };

  it.each([
    ['aliases', 'a: etat b: etat', (n: Record<string, unknown>) => n['a'] === n['b'] && n['a'] !== undefined],
    [
      'one relation under two aliases',
      'x: jeune { prenom } y: jeune { nom }',
      (n: Record<string, unknown>) => JSON.stringify(n['y']) === '{"nom":"Essai"}',
    ],
    [
      'a type name',
      '__typename jeune { __typename }',
      (n: Record<string, unknown>) => n['__typename'] === 'Accompagnement',
    ],
    [
      'a fragment on an interface',
      '... on Node { id }',
      (n: Record<string, unknown>) => String(n['id']).startsWith('Accompagnement-'),
    ],
    [
      'merged selections',
      'jeune { prenom } jeune { nom }',
      (n: Record<string, unknown>) => Object.keys(n['jeune'] as object).join() === 'prenom,nom',
    ],
    [
      'two pages of one list',
      'p: actes(first: 1) { nodes { id } } q: actes(last: 1) { nodes { id } }',
      (n: Record<string, unknown>) => 'p' in n && 'q' in n,
    ],
    ['edges', 'actes { edges { cursor node { id } } }', (n: Record<string, unknown>) => 'actes' in n],
    [
      'aliases that the statement or the marks of its rows might use',
      'r: etat l1: etat o: etat __lu: etat __uuid: etat actes(first: 1) { c: totalCount i: pageInfo { i: hasNextPage } e: edges { e: cursor } } actes2: actes(first: 1) { c: totalCount r: nodes { r: id } }',
      ({ actes, actes2, ...etats }: Record<string, unknown>) =>
        Object.keys(etats).join() === 'r,l1,o,__lu,__uuid' &&
        new Set(Object.values(etats)).size === 1 &&
        Object.keys(actes as object).join() === 'c,i,e' &&
        Object.keys(actes2 as object).join() === 'c,r' &&
        JSON.stringify((actes as Record<string, unknown>)['i']).startsWith('{"i":'),
    ],
  ])('%s', async (_, selection, juger) => {
    for (const autre of ['', '__typename']) {
      const document = `query ($territoire: String, $first: Int) { ${autre} accompagnements(territoire: $territoire, first: $first) { nodes { ${selection} } } }`;
      const { data, errors } = await gateway.requete<{ accompagnements: { nodes: Record<string, unknown>[] } }>(
        'siege',
        document,
        DEUX,
      );
      expect(errors).toBeUndefined();
      expect(data!.accompagnements.nodes).toHaveLength(2);
      for (const noeud of data!.accompagnements.nodes) expect(juger(noeud)).toBe(true);
    }
  });

  it('tells apart two operations of one document that share a fragment', async () => {
    const query = `fragment F on Query { accompagnements(first: 1) { totalCount } } query A { ...F }
      query B { ...F accompagnements(first: 1) { nodes { id } } }`;
    const cles = async (operationName: string): Promise<string[]> => {
      const reponse = await gateway.poster('siege', { query, operationName });
      return Object.keys(((await reponse.json()) as { data: PageLue }).data.accompagnements);
    };
    expect(await cles('A')).toEqual(['totalCount']);
    expect(await cles('B')).toEqual(['totalCount', 'nodes']);
    expect(await cles('A')).toEqual(['totalCount']);
  });

  it('skips and includes as the variables say, in one document', async () => {
    const document =
      'query ($oui: Boolean!) { accompagnements(first: 1) { nodes { id @include(if: $oui) etat @skip(if: $oui) } } }';
    const cles = async (oui: boolean): Promise<string[]> => {
      const { data } = await gateway.requete<PageLue>('siege', document, { oui });
      return Object.keys(data!.accompagnements.nodes[0]!);
    };
    expect(await cles(true)).toEqual(['id']);
    expect(await cles(false)).toEqual(['etat']);
    expect(await cles(true)).toEqual(['id']);
  });

  it('reads several root fields in one request, and mixes with what is no list', async () => {
    const { data, errors } = await gateway.requete(
      'slai-lens',
      '{ a: accompagnements(first: 1) { totalCount } b: accompagnements(first: 1, etats: [EN_COURS]) { totalCount } __typename }',
    );
    const lens = attendus(lecteurs[3]!, {});
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      a: { totalCount: lens.length },
      b: { totalCount: lens.filter((a) => a.etat === 'EN_COURS').length },
      __typename: 'Query',
    });
  });

  it.each([
    [{ first: 101 }, 'PAGE_TROP_GRANDE'],
    [{ first: 0 }, 'VALEUR_INVALIDE'],
    [{ first: 1, last: 1 }, 'VALEUR_INVALIDE'],
    [{ after: 'n’importe quoi' }, 'CURSEUR_INVALIDE'],
    [{ after: Buffer.from('["candidatures","0198"]').toString('base64url') }, 'CURSEUR_INVALIDE'],
    [{ after: curseur('2026-02-30') }, 'CURSEUR_INVALIDE'],
    [{ after: curseur('0000-01-01') }, 'CURSEUR_INVALIDE'],
    [{ territoire: 'Nulle part' }, 'INTROUVABLE'],
    [{ etats: ['PERDU'] }, 'BAD_USER_INPUT'],
    [{ tri: 'AU_HASARD' }, 'BAD_USER_INPUT'],
  ])('refuses %j', async (variables, code) => {
    const { errors } = await gateway.requete('siege', PAGE, variables);
    expect(errors?.map((e) => e.extensions?.['code'])).toEqual([code]);
  });

  it('refuses an argument that a variable left empty as the client’s own fault', async () => {
    for (const query of [
      'query ($b: Boolean = true) { accompagnements(first: 1) { nodes { id @include(if: $b) } } }',
      'query ($b: Boolean = true) { territoires @skip(if: $b) { code } }',
    ]) {
      const { errors } = await gateway.requete('siege', query, { b: null });
      expect(errors?.map((e) => e.extensions)).toEqual([{ code: 'BAD_USER_INPUT' }]);
    }
  });
});
