import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ContexteActeur, construireDroits } from '@sillage/access';
import { dateCivile, horlogeFixe, type Role } from '@sillage/kernel';
import { creerDataSource, UniteDeTravail } from '@sillage/persistence';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { type BaseEssai, creerBaseEssai } from '../../../../test/support/index.js';
import { ExecuteurMutation } from '../api/index.js';
import { JournalService } from '../journal/index.js';
import { chargerReferentiel, lireCog, PAS_DE_CALAIS, semerDepartement62 } from '../referentiel/index.js';
import { CommuneResolver } from './commune.resolver.js';
import { CommuneService } from './commune.service.js';
import { RattachementService } from './rattachement.service.js';
import { CommuneTerritoire, Territoire, TerritoireAlias } from './territoire.entity.js';
import { TerritoireResolver } from './territoire.resolver.js';
import { TerritoireService } from './territoire.service.js';

const horloge = horlogeFixe('2026-02-02T09:00:00+01:00');
const territoires = new TerritoireService();
const communes = new CommuneService();
let base: BaseEssai;
let app: DataSource;
let unites: UniteDeTravail;
let resolver: CommuneResolver;
let resolverTerritoires: TerritoireResolver;

beforeAll(async () => {
  base = await creerBaseEssai({ departements: ['99'] });
  const proprietaire = await creerDataSource({ url: base.urlProprietaire, connexions: 1, entites: [] }).initialize();
  app = await creerDataSource({
    url: base.urlApp,
    connexions: 8,
    entites: [Territoire, TerritoireAlias, CommuneTerritoire],
  }).initialize();
  unites = new UniteDeTravail(app);
  const cog = lireCog('62');
  await chargerReferentiel(proprietaire, [{ ...PAS_DE_CALAIS, cog }]);
  await proprietaire.destroy();
  await semerDepartement62(unites, horloge, cog);
  const rattachements = new RattachementService(territoires, communes, new JournalService(horloge), horloge);
  resolver = new CommuneResolver(unites, new ExecuteurMutation(unites), communes, territoires, rattachements, horloge);
  resolverTerritoires = new TerritoireResolver(unites, territoires);
});

afterAll(async () => {
  await app?.destroy();
  await base?.supprimer();
});

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
    expect((await resolverTerritoires.territoire(contexte('SIEGE'), nom))?.code).toBe(code);
  });

  test.each(['', 'Dunkerquois', '%', 'LENS'])('«%s» is nothing', async (nom) => {
    expect(await resolverTerritoires.territoire(contexte('SIEGE'), nom)).toBeNull();
  });

  test('another tenant has none of these', async () => {
    expect(await resolverTerritoires.territoires(contexte('SIEGE', '99'))).toEqual([]);
    expect(await resolverTerritoires.territoire(contexte('SIEGE', '99'), 'ARTOIS')).toBeNull();
    expect(await resolverTerritoires.territoires(contexte('SIEGE'))).toHaveLength(9);
  });

  test('somebody without any habilitation is refused', async () => {
    await expect(resolverTerritoires.territoires(contexte(null))).rejects.toMatchObject({
      erreurs: [{ code: 'INTROUVABLE' }],
    });
  });
});

describe('communes', () => {
  test('pages through the 887 without loss nor repeat', async () => {
    const codes: string[] = [];
    let after: string | null = null;
    do {
      const page = await resolver.communes(contexte('MDS'), { first: 100, after });
      codes.push(...page.nodes.map((c) => c.code));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(codes).toHaveLength(887);
    expect(codes).toEqual([...new Set(codes)].sort());
  });

  test.each([
    [{ recherche: 'henin beaumont' }, ['62427']],
    [{ recherche: 'LIÉVIN' }, ['62510', '62569']],
    [{ recherche: '6204', territoire: 'arrageois' }, ['62041', '62042', '62045']],
    [{ recherche: '%' }, []],
  ])('%o', async (filtre, attendus) => {
    const { nodes } = await resolver.communes(contexte('MDS'), filtre);
    expect(nodes.map((c) => c.code)).toEqual(attendus);
  });

  test('a page is at most 100, a cursor is ours, a territory exists', async () => {
    const refus = (args: Parameters<CommuneResolver['communes']>[1]) =>
      expect(resolver.communes(contexte('MDS'), args)).rejects;
    await refus({ first: 101 }).toMatchObject({ erreurs: [{ code: 'PAGE_TROP_GRANDE' }] });
    await refus({ first: 0 }).toMatchObject({ erreurs: [{ code: 'PAGE_TROP_GRANDE' }] });
    await refus({ after: 'abc' }).toMatchObject({ erreurs: [{ code: 'CURSEUR_INVALIDE' }] });
    await refus({ territoire: 'Flandre' }).toMatchObject({ erreurs: [{ code: 'INTROUVABLE', path: ['territoire'] }] });
    await refus({ date: '2026-02-30' }).toMatchObject({ erreurs: [{ code: 'VALEUR_INVALIDE', path: ['date'] }] });
  });
});

describe('communeRattacher', () => {
  const input = { commune: '62063', territoire: 'Ternois', du: '2026-09-01', source: 'Délibération d’essai' };
  const lignesDuJournal = async (): Promise<number> => {
    const [{ n }] = await unites.lecture('62', (em) =>
      em.query<[{ n: number }]>(`select count(*)::int as n from sillage.journal where action = 'communeRattacher'`),
    );
    return n;
  };

  test('closes the former period on the eve, opens the new one, and writes it in the journal once', async () => {
    const reponse = await resolver.communeRattacher(contexte('ADMINISTRATEUR'), input);
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
    expect(await resolver.communeRattacher(contexte('ADMINISTRATEUR'), input)).toEqual(reponse);
    expect(await lignesDuJournal()).toBe(1);
  });

  test('the territory of a commune depends on the day', async () => {
    const le = (jour: string) =>
      unites.lecture('62', async (em) => {
        const id = await territoires.territoireDeCommune(em, '62', '62063', dateCivile(jour));
        return id === null ? null : (await em.findOneByOrFail(Territoire, { departementId: '62', id })).code;
      });
    expect([await le('2025-12-31'), await le('2026-08-31'), await le('2026-09-01')]).toEqual([
      null,
      'ARRAGEOIS',
      'TERNOIS',
    ]);
  });

  test.each([
    ['an unknown commune', { commune: '59350' }, 'INTROUVABLE', 'commune'],
    ['a postal code by mistake', { commune: '6200' }, 'VALEUR_INVALIDE', 'commune'],
    ['an unknown territory', { territoire: 'Flandre' }, 'INTROUVABLE', 'territoire'],
    ['a day that does not exist', { du: '2026-02-30' }, 'VALEUR_INVALIDE', 'du'],
    ['no reason', { source: ' ' }, 'VALEUR_INVALIDE', 'source'],
  ])('%s is refused with its path', async (_cas, faute, code, champ) => {
    const reponse = await resolver.communeRattacher(contexte('ADMINISTRATEUR'), { ...input, ...faute });
    expect(reponse).toMatchObject({ commune: null, errors: [{ code, path: ['input', champ] }] });
  });

  test.each<Role>(['SIEGE', 'SLAI', 'MISSION_LOCALE'])('%s may not', async (role) => {
    const reponse = await resolver.communeRattacher(contexte(role), {
      ...input,
      du: '2026-10-01',
      territoire: 'ARTOIS',
    });
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
        const commune = codes.shift() as string;
        const reponses = await Promise.all(
          suite.map(({ territoire, jour }) => {
            const du = dateCivile('2026-01-01').add({ days: jour }).toString();
            return resolver.communeRattacher(contexte('ADMINISTRATEUR'), { commune, territoire, du, source: 'Essai' });
          }),
        );
        expect(reponses.flatMap((r) => r.errors)).toEqual([]);
        const periodes = (await resolver.commune(contexte('SIEGE'), commune))?.rattachements ?? [];
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

/** Somebody of the 62 (or of another tenant) with one role; null: signed in, but with no habilitation. */
function contexte(role: Role | null, departementId = '62'): ContexteActeur {
  const du = dateCivile('2026-01-01');
  const habilitation = (r: Role) => ({
    id: uuidv7(),
    role: r,
    structureId: uuidv7(),
    territoireIds: [uuidv7()],
    dispositifs: [],
    du,
    au: null,
  });
  const habilitations = role === null ? [] : [habilitation(role)];
  const acteur = {
    departementId,
    utilisateurId: '0198c0de-0000-7000-8000-000000000001',
    iss: 'essai',
    sub: String(role),
    habilitations,
  };
  return { departementId, acteur, droits: construireDroits(acteur), requeteId: 'essai' };
}
