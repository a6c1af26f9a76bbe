import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ContexteActeur } from '@sillage/access';
import { dateCivile, type ErreurMetier, type Role } from '@sillage/kernel';
import fc from 'fast-check';
import { type Banc, monterBanc } from '../../test/banc.js';
import { Territoire } from './territoire.entity.js';
import { TerritoireService } from './territoire.service.js';

let banc: Banc;
let admin: ContexteActeur;
let siege: ContexteActeur;
let ailleurs: ContexteActeur;

beforeAll(async () => {
  banc = await monterBanc({ referentiel: true });
  admin = await banc.acteur('ADMINISTRATEUR');
  siege = await banc.acteur('SIEGE');
  ailleurs = await banc.acteur('SIEGE', { departementId: '99' });
});
afterAll(() => banc?.fermer());

describe('territoire(code)', () => {
  test.each([
    ['CALAIS', 'CALAISIS'],
    ['Montreuilsois', 'MONTREUILLOIS'],
    ['hénin carvin', 'HENIN_CARVIN'],
    ['HENIN_CARVIN', 'HENIN_CARVIN'],
    ['Lens - Liévin', 'LENS_LIEVIN'],
    ["l'arrageois", 'ARRAGEOIS'],
    ['le Ternois', 'TERNOIS'],
  ])('%s is %s (AMB-147)', async (nom, code) => {
    expect(await territoire(siege, nom)).toEqual({ code });
  });

  test.each(['', 'Dunkerquois', '%', 'LENS'])('«%s» is nothing', async (nom) => {
    expect(await territoire(siege, nom)).toBeNull();
  });

  test('another tenant has none of these', async () => {
    expect(await territoires(ailleurs)).toEqual([]);
    expect(await territoire(ailleurs, 'ARTOIS')).toBeNull();
    expect(await territoires(siege)).toHaveLength(9);
  });
});

describe('communes', () => {
  test('pages through the 887 without loss nor repeat', async () => {
    const codes: string[] = [];
    let after: string | null = null;
    do {
      const { nodes, pageInfo, totalCount } = await communes(siege, { first: 100, after });
      codes.push(...nodes.map((c) => c.code));
      expect(totalCount).toBe(887);
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(codes).toHaveLength(887);
    expect(codes).toEqual([...new Set(codes)].sort());
  });

  test.each([
    [{ recherche: 'henin beaumont' }, ['62427']],
    [{ recherche: 'LIÉVIN' }, ['62510', '62569']],
    [{ recherche: '6204', territoire: 'arrageois' }, ['62041', '62042', '62045']],
    [{ recherche: '%' }, []],
    [{ recherche: '6204', territoire: 'arrageois', date: '2025-12-31' }, []],
    [{ recherche: ' ', territoire: '', first: 1 }, ['62001']],
  ])('%o', async (filtre, attendus) => {
    const { nodes } = await communes(siege, filtre);
    expect(nodes.map((c) => c.code)).toEqual(attendus);
  });

  test.each([
    [{ first: 101 }, 'PAGE_TROP_GRANDE', ['first']],
    [{ first: 0 }, 'VALEUR_INVALIDE', ['first']],
    [{ after: 'abc' }, 'CURSEUR_INVALIDE', ['after']],
    [{ territoire: 'Flandre' }, 'INTROUVABLE', ['territoire']],
    // Judged first: there is no commune to judge it on.
    [{ territoire: 'Flandre', recherche: 'nulle part' }, 'INTROUVABLE', ['territoire']],
    [{ date: '2026-02-30' }, 'VALEUR_INVALIDE', ['date']],
  ])('%o is refused', async (filtre, code, path) => {
    await expect(communes(siege, filtre)).rejects.toMatchObject({ erreurs: [{ code, path }] });
  });

  test('another tenant’s communes do not exist', async () => {
    expect((await communes(ailleurs, {})).nodes).toEqual([]);
    expect(await commune(ailleurs, '62041')).toBeNull();
    expect(await commune(siege, '62041')).toMatchObject({ territoire: { code: 'ARRAGEOIS' } });
  });
});

describe('communeRattacher', () => {
  const input = { commune: '62063', territoire: 'Ternois', du: '2026-09-01', source: 'Délibération d’essai' };
  const lignesDuJournal = async (): Promise<number> =>
    (await banc.lignes('62', `select 1 from sillage.journal where action = 'communeRattacher'`)).length;

  test('closes the former period on the eve, opens the new one, and writes it in the journal once', async () => {
    const reponse = await rattacher(admin, input);
    expect(reponse.errors).toEqual([]);
    expect(reponse.commune).toMatchObject({
      nom: 'Avesnes-le-Comte',
      territoire: { code: 'TERNOIS' },
      rattachements: [
        { territoire: { code: 'ARRAGEOIS' }, du: '2026-01-01', au: '2026-08-31', statut: 'PROPOSITION' },
        {
          territoire: { code: 'TERNOIS' },
          du: '2026-09-01',
          au: null,
          statut: 'CONFIRME',
          source: 'Délibération d’essai',
        },
      ],
    });
    expect(await rattacher(admin, input)).toEqual(reponse);
    expect(await lignesDuJournal()).toBe(1);
  });

  test('the territory of a commune depends on the day', async () => {
    const service = banc.app.get(TerritoireService, { strict: false });
    const le = (jour: string) =>
      banc.unites.lecture('62', async (em) => {
        const id = await service.territoireDeCommune(em, '62', '62063', dateCivile(jour));
        return id === null ? null : (await em.findOneByOrFail(Territoire, { departementId: '62', id })).code;
      });
    const lu = async (date?: string) =>
      (await communes(siege, { recherche: '62063', date })).nodes[0]?.territoire?.code ?? null;
    for (const lire of [le, lu]) {
      expect([await lire('2025-12-31'), await lire('2026-08-31'), await lire('2026-09-01')]).toEqual([
        null,
        'ARRAGEOIS',
        'TERNOIS',
      ]);
    }
    expect(await lu()).toBe('ARRAGEOIS');
    expect(
      (await communes(siege, { recherche: '62063', territoire: 'ternois', date: '2026-09-01' })).nodes,
    ).toHaveLength(1);
  });

  test.each([
    ['an unknown commune', { commune: '59350' }, 'INTROUVABLE', 'commune'],
    ['a postal code by mistake', { commune: '6200' }, 'VALEUR_INVALIDE', 'commune'],
    ['an unknown territory', { territoire: 'Flandre' }, 'INTROUVABLE', 'territoire'],
    ['a day that does not exist', { du: '2026-02-30' }, 'VALEUR_INVALIDE', 'du'],
    ['no reason', { source: ' ' }, 'VALEUR_INVALIDE', 'source'],
  ])('%s is refused with its path', async (_cas, faute, code, champ) => {
    const reponse = await rattacher(admin, { ...input, ...faute });
    expect(reponse).toMatchObject({ commune: null, errors: [{ code, path: ['input', champ] }] });
  });

  test.each<Role>(['SIEGE', 'SLAI', 'MISSION_LOCALE'])('%s may not', async (role) => {
    const reponse = await rattacher(await banc.acteur(role), { ...input, du: '2026-10-01', territoire: 'ARTOIS' });
    expect(reponse).toMatchObject({ commune: null, errors: [{ code: 'ACTION_INTERDITE' }] });
  });

  test('amendments made at the same time never overlap, and lose no day', async () => {
    const demandes = fc.array(
      fc.record({ territoire: fc.constantFrom('ARTOIS', 'TERNOIS', 'CALAIS'), jour: fc.integer({ min: 0, max: 40 }) }),
      { minLength: 2, maxLength: 8 },
    );
    const codes = ['62001', '62002', '62003', '62004', '62005', '62006', '62007', '62008', '62009', '62010'];
    await fc.assert(
      fc.asyncProperty(demandes, async (suite) => {
        const amendee = codes.shift() as string;
        const reponses = await Promise.all(
          suite.map(({ territoire: nom, jour }) => {
            const du = dateCivile('2026-01-01').add({ days: jour }).toString();
            return rattacher(admin, { commune: amendee, territoire: nom, du, source: 'Essai' });
          }),
        );
        expect(reponses.flatMap((r) => r.errors)).toEqual([]);
        const periodes = (await commune(siege, amendee))?.rattachements ?? [];
        expect(periodes[0]?.du).toBe('2026-01-01');
        expect(periodes.at(-1)?.au).toBeNull();
        for (const [rang, periode] of periodes.slice(1).entries()) {
          expect(periode.du).toBe(dateCivile(String(periodes[rang]?.au)).add({ days: 1 }).toString());
        }
      }),
      { numRuns: codes.length, endOnFailure: true },
    );
  });
});

interface Commune {
  code: string;
  territoire: { code: string } | null;
  rattachements: { du: string; au: string | null }[];
}

interface Page {
  nodes: Commune[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  totalCount: number;
}

const COMMUNE =
  '{ code nom epci { nom } territoire { code } rattachements { territoire { code } du au statut source } }';

async function territoires(qui: ContexteActeur): Promise<object[]> {
  return (await banc.demander<{ territoires: object[] }>(qui, '{ territoires { id code libelle } }')).territoires;
}

async function territoire(qui: ContexteActeur, code: string): Promise<object | null> {
  const document = 'query ($code: String!) { territoire(code: $code) { code } }';
  return (await banc.demander<{ territoire: object | null }>(qui, document, { code })).territoire;
}

async function commune(qui: ContexteActeur, code: string): Promise<Commune | null> {
  const document = `query ($code: String!) { commune(code: $code) ${COMMUNE} }`;
  return (await banc.demander<{ commune: Commune | null }>(qui, document, { code })).commune;
}

async function communes(qui: ContexteActeur, args: object): Promise<Page> {
  const document = `query ($territoire: String, $recherche: String, $date: DateCivile, $first: Int, $after: String) {
    communes(territoire: $territoire, recherche: $recherche, date: $date, first: $first, after: $after) {
      nodes ${COMMUNE} pageInfo { hasNextPage endCursor } totalCount } }`;
  return (await banc.demander<{ communes: Page }>(qui, document, { ...args })).communes;
}

async function rattacher(
  qui: ContexteActeur,
  input: object,
): Promise<{ errors: ErreurMetier[]; commune: Commune | null }> {
  const document = `mutation ($input: CommuneRattacherInput!) {
    r: communeRattacher(input: $input) { errors { code message path regle } commune ${COMMUNE} } }`;
  return (await banc.demander<{ r: { errors: ErreurMetier[]; commune: Commune | null } }>(qui, document, { input })).r;
}
