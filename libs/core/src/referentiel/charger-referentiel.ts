import type { DataSource, EntityManager } from 'typeorm';
import type { Cog } from './cog.js';

/** A tenant of the house: `departementId` is its INSEE code (`62`), or an invented one (`99`) for trials. */
export interface DepartementALoger {
  departementId: string;
  nom: string;
  cog: Cog;
}

export interface BilanReferentiel {
  departementId: string;
  millesime: number;
  communes: number;
  epci: number;
}

/**
 * Registers tenants and writes their communes and EPCI in the national schema `referentiel`, which the application may
 * only read: hence the owner's connection. Idempotent: a second run with the same vintage writes nothing, a newer
 * vintage updates names and EPCI. A commune that a newer vintage no longer has stays, with the last vintage that knew it.
 * An older vintage never overwrites a newer one.
 */
export async function chargerReferentiel(
  proprietaire: DataSource,
  departements: readonly DepartementALoger[],
): Promise<BilanReferentiel[]> {
  return proprietaire.transaction(async (em) => {
    const bilans: BilanReferentiel[] = [];
    for (const departement of departements) bilans.push(await chargerDepartement(em, departement));
    return bilans;
  });
}

async function chargerDepartement(
  em: EntityManager,
  { departementId, nom, cog }: DepartementALoger,
): Promise<BilanReferentiel> {
  await em.query(
    `insert into referentiel.departement as d (departement_id, nom) values ($1, $2)
     on conflict (departement_id) do update set nom = excluded.nom where d.nom is distinct from excluded.nom`,
    [departementId, nom],
  );
  await em.query(
    `insert into referentiel.epci as e (siren, nom, millesime)
     select siren, nom, $3 from unnest($1::text[], $2::text[]) as t (siren, nom)
     on conflict (siren) do update set nom = excluded.nom, millesime = excluded.millesime
       where e.millesime < excluded.millesime or (e.millesime = excluded.millesime and e.nom <> excluded.nom)`,
    [cog.epci.map((e) => e.siren), cog.epci.map((e) => e.nom), cog.millesime],
  );
  await em.query(
    `insert into referentiel.commune as c (code, nom, departement_code, epci_siren, millesime)
     select code, nom, $4, epci_siren, $5 from unnest($1::text[], $2::text[], $3::text[]) as t (code, nom, epci_siren)
     on conflict (code) do update set nom = excluded.nom, departement_code = excluded.departement_code,
         epci_siren = excluded.epci_siren, millesime = excluded.millesime
       where c.millesime < excluded.millesime or (c.millesime = excluded.millesime
         and (c.nom, c.epci_siren) is distinct from (excluded.nom, excluded.epci_siren))`,
    [
      cog.communes.map((c) => c.code),
      cog.communes.map((c) => c.nom),
      cog.communes.map((c) => c.epciSiren),
      departementId,
      cog.millesime,
    ],
  );
  return { departementId, millesime: cog.millesime, communes: cog.communes.length, epci: cog.epci.length };
}
