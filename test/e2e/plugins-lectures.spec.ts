import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tableLocataire, territoireLu } from '@sillage/core';
import { definirDispositif } from '@sillage/dispositif-kit';
import { colonne, ecrireIdentifiant, page, SillageReadModule, type TypeLu, un } from '@sillage/read';
import { Module } from '@nestjs/common';
import type { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { atelier } from '../plugins/atelier/atelier.js';
import { minimal } from '../plugins/minimal/minimal.js';
import { avecClient } from '../support/base-essai.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import { lire, muter } from '../support/parcours-coordo-ase.js';

/** All that a new type and its relations take, beside their tables. */
const etageLu: TypeLu = {
  nom: 'E2cEtage',
  description: 'Un étage.',
  table: 'plugin_e2c.etage',
  champs: {
    niveau: colonne(() => String, 'niveau'),
    salle: un((): TypeLu => salleLue, { par: 'salle_id' }),
  },
};
const salleLue: TypeLu = {
  nom: 'E2cSalle',
  description: 'Une salle.',
  table: 'plugin_e2c.salle',
  droits: { sujet: 'Salle', champs: (l) => ({ territoireIds: { colonne: `${l}.territoire_id`, type: 'uuid' } }) },
  champs: {
    nom: colonne(() => String, 'nom'),
    territoire: un(() => territoireLu, { par: 'territoire_id' }),
    etages: page(() => etageLu, {
      par: 'salle_id',
      ordre: { sens: 'asc', colonnes: [{ nom: 'niveau', type: 'text' }] },
    }),
  },
};

@Module({
  imports: [
    SillageReadModule.forFeature({
      racines: [
        {
          genre: 'page',
          nom: 'salles',
          type: salleLue,
          description: 'Les salles.',
          ordre: { sens: 'asc', colonnes: [{ nom: 'nom', type: 'text' }] },
          filtres: {},
        },
        { genre: 'un', nom: 'salle', type: salleLue, description: 'Une salle.' },
      ],
    }),
  ],
})
class SallesModule {}

class Salles1763900000002 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      create table plugin_e2c.salle (departement_id text not null, id uuid not null, territoire_id uuid not null, nom text not null,
        primary key (departement_id, id));
      create table plugin_e2c.etage (departement_id text not null, id uuid not null, salle_id uuid not null, niveau text not null,
        primary key (departement_id, id))`);
    for (const table of ['salle', 'etage']) await tableLocataire(q, 'plugin_e2c', table);
  }

  async down(): Promise<void> {
    throw new Error('Une migration ne se défait pas.');
  }
}

const salles = definirDispositif({
  ...minimal,
  code: 'e2c',
  libelle: 'Salles',
  appels: [],
  droits: [{ role: 'SLAI', actions: ['lire'], sujet: 'Salle', portee: 'TERRITOIRE', regles: ['TRANS-29'] }],
  module: SallesModule,
  migrations: [Salles1763900000002],
});

const COMBIEN = 25;
const uuid = (sorte: number, rang: number): string =>
  `0198${sorte}000-0000-7000-8000-${rang.toString(16).padStart(12, '0')}`;

/** Séances in two territories and in another département, opened two by two at one instant, each with its rank in inscriptions. */
async function semer(client: Client): Promise<void> {
  const { rows } = await client.query<{ departement_id: string; id: string; code: string; structure: string }>(
    `select t.departement_id, t.id, t.code, (select s.id from sillage.structure s where s.departement_id = t.departement_id limit 1) as structure
     from sillage.territoire t order by 1, 3`,
  );
  const ou = ['LENS_LIEVIN', 'ARRAGEOIS'].map((code) =>
    rows.find((t) => t.departement_id === '62' && t.code === code)!,
  );
  const ailleurs = rows.find((t) => t.departement_id === '99')!;
  for (let rang = 0; rang < COMBIEN; rang += 1) {
    const territoire = rang === COMBIEN - 1 ? ailleurs : ou[rang % 2]!;
    const instant = new Date(Date.UTC(2026, 0, 10, 8, 0, Math.floor(rang / 4), 500)).toISOString();
    await client.query(
      `insert into plugin_atelier.seance (departement_id, id, territoire_id, structure_id, intitule, animateur, ouverte_le, modifie_le)
       values ($1, $2, $3, $4, $5, 'Camille', $6, $6)`,
      [
        territoire.departement_id,
        uuid(1, rang),
        territoire.id,
        rang % 4 === 0 ? null : territoire.structure,
        `S${rang}`,
        instant,
      ],
    );
    for (let n = 0; n < rang % 4; n += 1) {
      await client.query(
        `insert into plugin_atelier.inscription (departement_id, id, seance_id, prenom, inscrite_le)
         values ($1, $2, $3, $4, '2026-01-12')`,
        [territoire.departement_id, uuid(2, rang * 10 + n), uuid(1, rang), `P${n}`],
      );
    }
  }
  const [lens] = ou;
  await client.query(
    `insert into plugin_e2c.salle values ('62', $1, $2, 'Grande salle'), ('62', $3, $4, 'Petite salle')`,
    [uuid(3, 1), lens!.id, uuid(3, 2), ou[1]!.id],
  );
  await client.query(
    `insert into plugin_e2c.etage values ('62', $1, $4, 'Rez-de-chaussée'), ('62', $2, $4, 'Grenier'), ('62', $3, $4, 'Cave')`,
    [uuid(4, 1), uuid(4, 2), uuid(4, 3), uuid(3, 1)],
  );
}

interface Seance {
  id: string;
  intitule: string;
  animateur: string | null;
  territoire: { code: string };
  structure: { raisonSociale: string } | null;
  inscriptions: { totalCount: number; nodes: { prenom: string | null; inscriteLe: string }[] };
}
interface Page {
  atelierSeances: {
    totalCount: number;
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
    nodes: Seance[];
  };
}

const PAGE = `query ($first: Int, $after: String, $territoire: String, $updatedSince: Horodatage) {
  atelierSeances(first: $first, after: $after, territoire: $territoire, updatedSince: $updatedSince) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { id intitule animateur territoire { code } structure { raisonSociale }
      inscriptions(first: 2) { totalCount nodes { prenom inscriteLe } } } }
}`;

describe('What a plugin reads is what it declares', () => {
  let gateway: GatewayEssai;

  beforeAll(async () => {
    gateway = await demarrerGatewayEssai({ dispositifs: [atelier, salles] });
    await avecClient(gateway.base.urlAdmin, semer);
  });
  afterAll(() => gateway?.arreter());

  const lues = async (compte: string, variables: object = {}): Promise<Page['atelierSeances']> =>
    (await lire<Page>(gateway, compte, PAGE, variables)).atelierSeances;

  /** Ranks in the order of the list: last opened first, then by id, from the last. */
  const rangs = (garder: (rang: number) => boolean): string[] =>
    Array.from({ length: COMBIEN - 1 }, (_, rang) => rang)
      .filter(garder)
      .sort((a, b) => b - a)
      .map((rang) => `S${rang}`);

  it('pages through a table of its own, each row once, by cursors on an instant that several rows share', async () => {
    const intitules: string[] = [];
    let after: string | null = null;
    do {
      const page: Page['atelierSeances'] = await lues('siege', { first: 5, after });
      expect(page.totalCount).toBe(COMBIEN - 1);
      intitules.push(...page.nodes.map(({ intitule }) => intitule));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(intitules).toEqual(rangs(() => true));
  });

  it('reaches rows of the core and pages of its own', async () => {
    const [derniere, autre] = (await lues('slai-lens')).nodes;
    expect([derniere, autre]).toMatchObject([
      {
        id: ecrireIdentifiant('AtelierSeance', uuid(1, 22)),
        territoire: { code: 'LENS_LIEVIN' },
        structure: { raisonSociale: expect.any(String) },
        inscriptions: {
          totalCount: 2,
          nodes: [
            { prenom: 'P0', inscriteLe: '2026-01-12' },
            { prenom: 'P1', inscriteLe: '2026-01-12' },
          ],
        },
      },
      { structure: null, inscriptions: { totalCount: 0, nodes: [] } },
    ]);
  });

  it('filters by the core’s own filters', async () => {
    const arras = await lues('siege', { territoire: 'Arrageois' });
    expect(arras.nodes.map(({ intitule }) => intitule)).toEqual(rangs((rang) => rang % 2 === 1));
    const recentes = await lues('siege', { updatedSince: '2026-01-10T08:00:05Z' });
    expect(recentes.nodes.map(({ intitule }) => intitule)).toEqual(rangs((rang) => rang >= 20));
  });

  it('shows each role the rows and the names that its rights give', async () => {
    const noms = async (compte: string) => {
      const { nodes } = await lues(compte);
      const vus = nodes.flatMap(({ animateur, inscriptions }) => [
        animateur,
        ...inscriptions.nodes.map(({ prenom }) => prenom),
      ]);
      return { combien: nodes.length, nommes: vus.filter((nom) => nom !== null).length, masques: vus.includes(null) };
    };
    expect(await noms('slai-lens')).toEqual({ combien: 12, nommes: 12 + 12, masques: false });
    expect(await noms('siege')).toEqual({ combien: 24, nommes: 0, masques: true });
    for (const compte of ['slisl-lens', 'association']) {
      expect(await lues(compte)).toEqual({
        totalCount: 0,
        pageInfo: { hasNextPage: false, endCursor: null },
        nodes: [],
      });
    }
  });

  it('leaves each département its own rows', async () => {
    expect((await lues('siege-99')).nodes.map(({ intitule }) => intitule)).toEqual([`S${COMBIEN - 1}`]);
  });

  it('reads one by its id, null where it does not exist for the caller', async () => {
    const une = async (compte: string, id: string) =>
      (
        await lire<{ atelierSeance: Seance | null }>(
          gateway,
          compte,
          'query ($id: ID!) { atelierSeance(id: $id) { intitule animateur } }',
          { id },
        )
      ).atelierSeance;
    const id = ecrireIdentifiant('AtelierSeance', uuid(1, 0));
    expect(await une('slai-lens', id)).toEqual({ intitule: 'S0', animateur: 'Camille' });
    expect(await une('siege', id)).toEqual({ intitule: 'S0', animateur: null });
    for (const compte of ['slai-arras', 'siege-99', 'association']) expect(await une(compte, id)).toBeNull();
    for (const autre of ['x', ecrireIdentifiant('AtelierInscription', uuid(1, 0))]) {
      expect(await une('siege', autre)).toBeNull();
    }
  });

  it('answers a mutation by the same declaration, under the caller’s aliases, in its own transaction', async () => {
    await muter(gateway, 'administrateur', 'dispositifActiver', 'dispositif { code }', {
      dispositif: 'atelier',
      territoires: ['LENS_LIEVIN'],
    });
    const selection =
      'a: seance { t: intitule animateur } b: seance { territoire { code } inscriptions { totalCount } }';
    expect(
      await muter(gateway, 'slai-lens', 'atelierOuvrir', selection, { territoire: 'Lens Liévin', intitule: 'Couture' }),
    ).toEqual({
      errors: [],
      a: { t: 'Couture', animateur: null },
      b: { territoire: { code: 'LENS_LIEVIN' }, inscriptions: { totalCount: 0 } },
    });
  });

  it('the first of a group with their number, whether they read elsewhere or not', async () => {
    const [niveaux, salle] = [['Cave', 'Grenier'], { nom: 'Grande salle' }];
    for (const [champs, nodes] of [
      ['niveau', niveaux.map((niveau) => ({ niveau }))],
      ['niveau salle { nom }', niveaux.map((niveau) => ({ niveau, salle }))],
    ] as const) {
      const lecture = `{ salles { nodes { etages(first: 2) { totalCount nodes { ${champs} } } } } }`;
      const lus = await lire(gateway, 'slai-lens', lecture);
      expect(lus).toEqual({ salles: { nodes: [{ etages: { totalCount: 3, nodes } }] } });
    }
  });

  it('a new type with its relations is its declaration, and nothing else', async () => {
    const lecture =
      '{ salles { totalCount nodes { id nom territoire { code libelle } etages { nodes { niveau } } } } }';
    const { salles: lus } = await lire<{ salles: { nodes: { id: string }[] } }>(gateway, 'slai-lens', lecture);
    expect(lus).toEqual({
      totalCount: 1,
      nodes: [
        {
          id: ecrireIdentifiant('E2cSalle', uuid(3, 1)),
          nom: 'Grande salle',
          territoire: { code: 'LENS_LIEVIN', libelle: expect.any(String) },
          etages: { nodes: ['Cave', 'Grenier', 'Rez-de-chaussée'].map((niveau) => ({ niveau })) },
        },
      ],
    });
    const une = 'query ($id: ID!) { salle(id: $id) { nom } }';
    const { id } = lus.nodes[0]!;
    expect(await lire(gateway, 'slai-lens', une, { id })).toEqual({ salle: { nom: 'Grande salle' } });
    expect(await lire(gateway, 'slai-arras', une, { id })).toEqual({ salle: null });
    expect(await lire(gateway, 'siege', lecture)).toEqual({ salles: { totalCount: 0, nodes: [] } });
  });
});
