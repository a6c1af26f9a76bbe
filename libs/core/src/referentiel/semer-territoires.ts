import type { DateCivile, Temporal } from '@sillage/kernel';
import type { EntityManager } from 'typeorm';
import { normaliserNom } from '../territoires/nom-normalise.js';
import { idStable } from './id-stable.js';
import type { RattachementPropose } from './proposer-rattachements.js';

export interface TerritoireASemer {
  code: string;
  libelle: string;
  /** How the name follows another: `SLAI de l’Arrageois`. */
  de: string;
  /** Other spellings (AMB-147). */
  alias: readonly string[];
}

export interface RattachementsASemer {
  proposes: readonly RattachementPropose[];
  /** First day of the proposal. */
  du: DateCivile;
  /** Where the proposal comes from, for people. */
  source: string;
}

/**
 * Writes the territories that are missing, with their aliases. What is there already is never overwritten.
 * @returns ids of the territories written
 * @throws Error when one spelling would name two territories
 */
export async function semerTerritoires(
  em: EntityManager,
  departementId: string,
  territoires: readonly TerritoireASemer[],
): Promise<string[]> {
  const alias = aliasDistincts(territoires);
  const crees = await em.query<{ id: string }[]>(
    `insert into sillage.territoire (departement_id, id, code, libelle)
     select $1, t.* from unnest($2::uuid[], $3::text[], $4::text[]) as t (id, code, libelle)
     on conflict do nothing returning id`,
    [
      departementId,
      territoires.map((t) => idStable(departementId, 'Territoire', t.code)),
      territoires.map((t) => t.code),
      territoires.map((t) => t.libelle),
    ],
  );
  await em.query(
    `insert into sillage.territoire_alias (departement_id, id, territoire_id, alias, alias_normalise)
     select $1, a.id, t.id, a.alias, a.normalise
       from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as a (id, code, alias, normalise)
       join sillage.territoire t on t.departement_id = $1 and t.code = a.code
     on conflict do nothing`,
    [
      departementId,
      alias.map((a) => idStable(departementId, 'TerritoireAlias', a.normalise)),
      alias.map((a) => a.code),
      alias.map((a) => a.alias),
      alias.map((a) => a.normalise),
    ],
  );
  return crees.map((t) => t.id);
}

/**
 * Attaches to its proposed territory each commune that has never had one (AMB-139): what an administrator has amended, or
 * what an earlier vintage proposed, stays.
 * @returns how many communes were attached
 */
export async function semerRattachements(
  em: EntityManager,
  departementId: string,
  { proposes, du, source }: RattachementsASemer,
  maintenant: Temporal.Instant,
): Promise<number> {
  const crees = await em.query<unknown[]>(
    `insert into sillage.commune_territoire
       (departement_id, id, commune_code, territoire_id, du, au, statut, source, cree_le)
     select $1, p.id, p.commune, t.id, $5, null, 'PROPOSITION', $6, $7
       from unnest($2::uuid[], $3::text[], $4::text[]) as p (id, commune, territoire)
       join sillage.territoire t on t.departement_id = $1 and t.code = p.territoire
      where not exists (select from sillage.commune_territoire c where c.departement_id = $1 and c.commune_code = p.commune)
     on conflict do nothing returning id`,
    [
      departementId,
      proposes.map((p) => idStable(departementId, 'CommuneTerritoire', p.communeCode)),
      proposes.map((p) => p.communeCode),
      proposes.map((p) => p.territoireCode),
      du.toString(),
      source,
      maintenant.toString(),
    ],
  );
  return crees.length;
}

/** Every spelling but the code's own, which is found without an alias. */
function aliasDistincts(
  territoires: readonly TerritoireASemer[],
): { code: string; alias: string; normalise: string }[] {
  const codeParNom = new Map(territoires.map((t) => [normaliserNom(t.code), t.code]));
  return territoires.flatMap(({ code, libelle, alias }) =>
    [libelle, ...alias].flatMap((nom) => {
      const normalise = normaliserNom(nom);
      const deja = codeParNom.get(normalise);
      if (deja === code) return [];
      if (deja !== undefined) throw new Error(`« ${nom} » désignerait à la fois ${deja} et ${code}.`);
      codeParNom.set(normalise, code);
      return [{ code, alias: nom, normalise }];
    }),
  );
}
