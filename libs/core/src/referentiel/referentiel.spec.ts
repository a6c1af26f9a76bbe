import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ENTITES_ACCES } from '@sillage/access';
import { dateCivile, horlogeFixe } from '@sillage/kernel';
import { creerDataSource, UniteDeTravail } from '@sillage/persistence';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { type BaseEssai, creerBaseEssai } from '../../../../test/support/index.js';
import { DEPARTEMENT_ESSAI, semerDemo, type CompteDemo } from '../demo/index.js';
import { nomNormaliseSql, normaliserNom } from '../territoires/nom-normalise.js';
import { chargerReferentiel } from './charger-referentiel.js';
import { lireCog, type Cog } from './cog.js';
import { idStable } from './id-stable.js';
import { PAS_DE_CALAIS, semerDepartement62 } from './pas-de-calais/index.js';

const horloge = horlogeFixe('2026-02-02T09:00:00+01:00');
let base: BaseEssai;
let proprietaire: DataSource;
let app: DataSource;
let unites: UniteDeTravail;
let cog: Cog;

beforeAll(async () => {
  base = await creerBaseEssai();
  proprietaire = await creerDataSource({ url: base.urlProprietaire, connexions: 2, entites: [] }).initialize();
  app = await creerDataSource({ url: base.urlApp, connexions: 4, entites: ENTITES_ACCES }).initialize();
  unites = new UniteDeTravail(app);
  cog = lireCog('62');
});

afterAll(async () => {
  await app?.destroy();
  await proprietaire?.destroy();
  await base?.supprimer();
});

describe('chargerReferentiel', () => {
  const charger = (partiel: Partial<Cog> = {}) =>
    chargerReferentiel(proprietaire, [{ ...PAS_DE_CALAIS, cog: { ...cog, ...partiel } }]);
  const empreinte = async () => {
    const [ligne] = await proprietaire.query<{ communes: string; arras: string; ecritures: string }[]>(
      `select count(*) as communes, max(nom || ' ' || millesime) filter (where code = '62041') as arras,
              md5(string_agg(xmin::text, ',' order by code)) as ecritures from referentiel.commune`,
    );
    return ligne;
  };

  test('writes 887 communes and 20 EPCI, then nothing the second time', async () => {
    expect(await charger()).toEqual([{ departementId: '62', millesime: 2026, communes: 887, epci: 20 }]);
    const avant = await empreinte();
    expect(avant).toMatchObject({ communes: '887', arras: 'Arras 2026' });
    await charger();
    expect(await empreinte()).toEqual(avant);
  });

  test('a newer vintage renames, an older one is ignored', async () => {
    const communes = [{ code: '62041', nom: 'Arras-la-Neuve', epciSiren: '200033579' }];
    await charger({ communes, millesime: 2025 });
    expect((await empreinte())?.arras).toBe('Arras 2026');
    await charger({ communes, millesime: 2027 });
    expect(await empreinte()).toMatchObject({ communes: '887', arras: 'Arras-la-Neuve 2027' });
    await proprietaire.query(`update referentiel.commune set nom = 'Arras', millesime = 2026 where code = '62041'`);
    await proprietaire.query('update referentiel.epci set millesime = 2026');
  });

  test('the application may read it, and nothing more', async () => {
    await expect(app.query(`update referentiel.commune set nom = 'x'`)).rejects.toThrow('permission denied');
    expect(await app.query('select count(*)::int as n from referentiel.commune')).toEqual([{ n: 887 }]);
  });

  test('PostgreSQL normalises the name of every commune as we do', async () => {
    const lignes = await app.query<{ nom: string; normalise: string }[]>(
      `select nom, ${nomNormaliseSql('nom')} as normalise from referentiel.commune`,
    );
    expect(lignes).toHaveLength(887);
    expect(lignes.filter((l) => l.normalise !== normaliserNom(l.nom))).toEqual([]);
  });
});

describe('semerDepartement62', () => {
  test('writes nine territories, 887 attachments, 37 services and nine missions locales, once', async () => {
    const attendu = { territoires: 9, rattachements: 887, services: 37, structures: 9 };
    const [un, deux] = await Promise.all([
      semerDepartement62(unites, horloge, cog),
      semerDepartement62(unites, horloge, cog),
    ]);
    // Two processes that start together share the work: each row is written by one of them.
    expect(Object.keys(attendu).map((cle) => un[cle as keyof typeof un] + deux[cle as keyof typeof un])).toEqual(
      Object.values(attendu),
    );
    expect(await semerDepartement62(unites, horloge, cog)).toEqual({
      territoires: 0,
      rattachements: 0,
      services: 0,
      structures: 0,
    });
  });

  test('every commune has exactly one territory on any day since the proposal', async () => {
    const jours = fc.integer({ min: 0, max: 20_000 }).map((n) => dateCivile('2026-01-01').add({ days: n }));
    await fc.assert(
      fc.asyncProperty(jours, async (jour) => {
        const ecarts = await unites.lecture('62', (em) =>
          em.query<unknown[]>(
            `select c.code, count(r.id) from referentiel.commune c
               left join sillage.commune_territoire r on r.commune_code = c.code and daterange(r.du, r.au, '[]') @> $1::date
              where c.departement_code = '62' group by c.code having count(r.id) <> 1`,
            [jour.toString()],
          ),
        );
        expect(ecarts).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  test('missions locales come without SIRET, and the journal tells what the installation wrote', async () => {
    const [faits] = await unites.lecture('62', (em) =>
      em.query<unknown[]>(
        `select (select count(*)::int from sillage.structure where nature = 'MISSION_LOCALE' and siret is null) as sans_siret,
                (select count(*)::int from sillage.journal where acteur_type = 'SYSTEME') as lignes`,
      ),
    );
    expect(faits).toEqual({ sans_siret: 9, lignes: 18 });
  });

  test('never overwrites what people have amended', async () => {
    const renommer = (libelle: string) =>
      unites.executer('62', (em) =>
        em.query(`update sillage.territoire set libelle = $1 where code = 'ARTOIS' returning 1`, [libelle]),
      );
    await renommer('Grand Artois');
    await semerDepartement62(unites, horloge, cog);
    const [territoire] = await unites.lecture('62', (em) =>
      em.query<unknown[]>(`select libelle from sillage.territoire where code = 'ARTOIS'`),
    );
    expect(territoire).toEqual({ libelle: 'Grand Artois' });
    await renommer('Artois');
  });
});

describe('semerDemo', () => {
  const comptes: CompteDemo[] = [
    { departementId: '62', sub: 'admin', libelle: 'Administrateur', role: 'ADMINISTRATEUR' },
    { departementId: '62', sub: 'slai', libelle: 'SLAI', role: 'SLAI', territoires: ['ARTOIS'] },
    { departementId: '62', sub: 'asso', libelle: 'Association', role: 'ASSOCIATION', structure: 'horizon-jeunes' },
    { departementId: '99', sub: 'admin-essai', libelle: 'Administrateur', role: 'ADMINISTRATEUR' },
  ];
  const semer = (emetteur = 'http://localhost:4002') => semerDemo({ proprietaire, unites, horloge, emetteur, comptes });
  const compter = (departementId: string, table: string) =>
    unites.lecture(
      departementId,
      async (em) => (await em.query<{ n: number }[]>(`select count(*)::int as n from sillage.${table}`))[0]?.n,
    );

  test('writes the second tenant, the structures and the accounts, once', async () => {
    expect(await semer()).toEqual({ structures: 6, comptes: 4 });
    expect(await semer()).toEqual({ structures: 0, comptes: 0 });
    expect(await compter('62', 'utilisateur')).toBe(3);
    expect(await compter(DEPARTEMENT_ESSAI.departementId, 'utilisateur')).toBe(1);
  });

  test('neither tenant sees the other', async () => {
    expect(await compter('62', 'territoire')).toBe(9);
    expect(await compter('99', 'territoire')).toBe(2);
    expect(await compter('99', 'commune_territoire')).toBe(4);
  });

  test('accounts get their structure and territories', async () => {
    const lignes = await unites.lecture('62', (em) =>
      em.query<unknown[]>(
        `select u.sub, s.raison_sociale, array_agg(t.code) filter (where t.code is not null) as territoires
           from sillage.habilitation h join sillage.utilisateur u on u.id = h.utilisateur_id
           left join sillage.structure s on s.id = h.structure_id
           left join sillage.habilitation_territoire ht on ht.habilitation_id = h.id
           left join sillage.territoire t on t.id = ht.territoire_id
          group by u.sub, s.raison_sociale order by u.sub`,
      ),
    );
    expect(lignes).toEqual([
      { sub: 'admin', raison_sociale: null, territoires: null },
      { sub: 'asso', raison_sociale: 'Association Horizon Jeunes', territoires: null },
      { sub: 'slai', raison_sociale: null, territoires: ['ARTOIS'] },
    ]);
  });

  test('a right that an administrator revoked does not come back at the next start', async () => {
    await unites.executer('62', (em) => em.query('update sillage.habilitation set revoquee_le = now() returning 1'));
    await semer();
    expect(await compter('62', 'habilitation where revoquee_le is null')).toBe(0);
  });

  test('ids are the same everywhere', () => {
    expect(idStable('62', 'Territoire', 'ARTOIS')).toBe(idStable('62', 'Territoire', 'ARTOIS'));
    expect(idStable('62', 'Territoire', 'ARTOIS')).not.toBe(idStable('99', 'Territoire', 'ARTOIS'));
  });
});
