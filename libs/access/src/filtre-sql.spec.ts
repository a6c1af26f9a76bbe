import { createMongoAbility } from '@casl/ability';
import type { RawRuleOf } from '@casl/ability';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { creerDataSource } from '@sillage/persistence';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import type { BaseEssai } from '../../../test/support/index.js';
import { creerBaseEssai } from '../../../test/support/index.js';
import {
  acteur,
  actions,
  DISPOSITIFS,
  DOSSIERS,
  dossier,
  droitDispositif,
  ETATS,
  habilitations,
  STRUCTURES,
  TERRITOIRES,
} from '../test/arbitraires.js';
import type { Dossier } from '../test/arbitraires.js';
import { construireDroits, peut } from './droits.js';
import type { Droits } from './droits.js';
import { conditionDesDroits, FiltreImpossible } from './filtre-sql.js';
import type { ColonneSql } from './filtre-sql.js';

type Regle = RawRuleOf<Droits>;

const CHAMPS: Record<string, ColonneSql> = {
  dispositif: { colonne: 'd.dispositif' },
  structureId: { colonne: 'd.structure_id', type: 'uuid' },
  etat: { colonne: 'd.etat' },
  territoireIds: { tableau: 'd.territoire_ids', type: 'uuid' },
};
const PAR_LIENS: ColonneSql = {
  type: 'uuid',
  ensemble: (ids) =>
    `exists (select 1 from dossier_territoire t where t.rang = d.rang and t.territoire_id = any(${ids}))`,
};

/** The condition with its values, numbered. */
function filtreSql(
  droits: Droits,
  action: Parameters<typeof peut>[1],
  sujet: string,
  champs: Record<string, ColonneSql>,
): { sql: string; valeurs: unknown[] } {
  const valeurs: unknown[] = [];
  const sql = conditionDesDroits(droits, action, sujet, champs, (valeur) => `$${valeurs.push(valeur)}`);
  return { sql, valeurs };
}

describe('conditionDesDroits, sans base', () => {
  const droits = (...regles: Regle[]): Droits => createMongoAbility<Droits>(regles);
  const lire = (regle: Partial<Regle>): Regle => ({ action: 'lire', subject: 'Candidature', ...regle });
  const filtre = (...regles: Regle[]): ReturnType<typeof filtreSql> =>
    filtreSql(droits(...regles), 'lire', 'Candidature', CHAMPS);

  it('sans règle : false ; sans condition : tout', () => {
    expect(filtre()).toEqual({ sql: 'false', valeurs: [] });
    expect(filtre(lire({})).sql).toBe('true');
    expect(filtre(lire({}), lire({ inverted: true })).sql).toBe('false');
  });

  it('lie les valeurs, sans jamais les écrire', () => {
    const mechant = "'; drop table sillage.candidature; --";
    const { sql, valeurs } = filtre(lire({ conditions: { dispositif: { $eq: mechant } } }));
    expect(sql).toBe('d.dispositif = cast($1 as text)');
    expect(valeurs).toEqual([mechant]);
  });

  it.each([
    ['un champ sans colonne', { commune: { $eq: '62041' } }],
    ['un opérateur inconnu', { etat: { $regex: '^BROU' } }],
    ['une comparaison', { etat: { $gt: 'A' } }],
    ['une existence', { structureId: { $exists: true } }],
    ['une taille', { territoireIds: { $size: 1 } }],
    ['un sous-élément', { territoireIds: { $elemMatch: { $eq: 'x' } } }],
    ['tous les éléments', { territoireIds: { $all: ['x'] } }],
    ['une absence', { structureId: null }],
    ['une absence dans une liste', { structureId: { $in: ['x', null] } }],
    ['un nombre', { etat: 3 }],
  ])('refuse %s, aussi sous un « cannot »', (_nom, conditions) => {
    expect(() => filtre(lire({ conditions }))).toThrow(FiltreImpossible);
    expect(() => filtre(lire({}), lire({ conditions, inverted: true }))).toThrow(FiltreImpossible);
  });
});

describe('conditionDesDroits, dans PostgreSQL', () => {
  let base: BaseEssai;
  let source: DataSource;

  beforeAll(async () => {
    base = await creerBaseEssai();
    source = await creerDataSource({ url: base.urlAdmin, connexions: 1, entites: [] }).initialize();
    await source.query('create temporary table dossier_territoire (rang int, territoire_id uuid)');
    await source.query(
      'create temporary table dossier (rang int, dispositif text, structure_id uuid, etat text, territoire_ids uuid[])',
    );
  });
  afterAll(async () => {
    await source.destroy();
    await base.supprimer();
  });

  async function ecrire(dossiers: readonly Dossier[]): Promise<void> {
    await source.query('truncate dossier, dossier_territoire');
    await source.query('insert into dossier select * from json_populate_recordset(null::dossier, $1)', [
      JSON.stringify(
        dossiers.map(({ territoireIds, structureId, ...reste }, rang) => ({
          rang,
          ...reste,
          structure_id: structureId,
          // A set with nothing in it is sometimes written as no set at all.
          territoire_ids: territoireIds.length === 0 && rang % 2 === 0 ? null : territoireIds,
        })),
      ),
    ]);
    await source.query('insert into dossier_territoire select rang, unnest(territoire_ids) from dossier');
  }

  async function selectionner(sql: string, valeurs: unknown[]): Promise<number[]> {
    const lignes = await source.query<{ rang: number }[]>(
      `select d.rang from dossier d where ${sql} order by d.rang`,
      valeurs,
    );
    return lignes.map(({ rang }) => rang);
  }

  async function comparer(
    droits: Droits,
    action: Parameters<typeof peut>[1],
    sujet: (typeof DOSSIERS)[number],
    dossiers: readonly Dossier[],
  ): Promise<void> {
    const moi = { departementId: '62', acteur: acteur(), droits, requeteId: 'r' };
    const attendus = dossiers.flatMap((objet, rang) => (peut(moi, action, sujet, objet) ? [rang] : []));
    for (const champs of [CHAMPS, { ...CHAMPS, territoireIds: PAR_LIENS }]) {
      const { sql, valeurs } = filtreSql(droits, action, sujet, champs);
      expect(await selectionner(sql, valeurs)).toEqual(attendus);
    }
  }

  const lots = fc.array(dossier, { minLength: 1, maxLength: 12 });

  it('choisit exactement les lignes que les droits acceptent en mémoire', async () => {
    let retenues = 0;
    await fc.assert(
      fc.asyncProperty(
        habilitations,
        fc.array(droitDispositif, { maxLength: 3 }),
        actions,
        fc.constantFrom(...DOSSIERS),
        lots,
        async (liste, ajoutes, action, sujet, dossiers) => {
          await ecrire(dossiers);
          const droits = construireDroits(acteur(...liste), ajoutes);
          await comparer(droits, action, sujet, dossiers);
          await comparer(droits, 'lire', sujet, dossiers);
          if (droits.can('lire', sujet)) retenues += 1;
        },
      ),
      { numRuns: 150 },
    );
    expect(retenues).toBeGreaterThan(20);
  });

  it('aussi pour des règles que personne n’a écrites : « cannot », négations, colonnes vides', async () => {
    const texte = (valeurs: readonly string[]): fc.Arbitrary<object | string> =>
      fc.oneof(
        fc.constantFrom(...valeurs),
        fc.constantFrom(...valeurs).map((valeur) => ({ $eq: valeur })),
        fc.constantFrom(...valeurs).map((valeur) => ({ $ne: valeur })),
        fc.subarray([...valeurs]).map((plusieurs) => ({ $in: plusieurs })),
        fc.subarray([...valeurs]).map((plusieurs) => ({ $nin: plusieurs })),
      );
    const conditions = fc.record(
      {
        dispositif: texte(DISPOSITIFS),
        structureId: texte(STRUCTURES),
        etat: texte(ETATS),
        territoireIds: texte(TERRITOIRES),
      },
      { requiredKeys: [], noNullPrototype: true },
    );
    const regle = fc
      .record({ inverted: fc.boolean(), conditions: fc.option(conditions, { nil: undefined }) })
      .map((r) => ({ action: 'lire' as const, subject: 'Candidature', ...r }));
    await fc.assert(
      fc.asyncProperty(fc.array(regle, { minLength: 1, maxLength: 5 }), lots, async (regles, dossiers) => {
        await ecrire(dossiers);
        await comparer(createMongoAbility<Droits>(regles), 'lire', 'Candidature', dossiers);
      }),
      { numRuns: 250 },
    );
  });
});
