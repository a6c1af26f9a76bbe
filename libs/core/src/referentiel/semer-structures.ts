import { type NatureStructure, Siret, type Temporal } from '@sillage/kernel';
import type { EntityManager } from 'typeorm';
import type { TypeService } from '../structures/service.entity.js';
import { idStable } from './id-stable.js';
import type { TerritoireASemer } from './semer-territoires.js';

export interface StructureASemer {
  /** Makes seeding repeatable, since a name identifies nobody and a SIRET may be unknown. */
  cle: string;
  raisonSociale: string;
  nature: NatureStructure;
  siret: string | null;
  communeCode: string | null;
  /** Codes of the territories where it works. */
  territoires: readonly string[];
}

/** Writes the structures that are missing, and where they work. @returns ids of the structures written @throws ErreurValeur on a bad SIRET */
export async function semerStructures(
  em: EntityManager,
  departementId: string,
  structures: readonly StructureASemer[],
  maintenant: Temporal.Instant,
): Promise<string[]> {
  const ids = new Map(structures.map((s) => [s.cle, idStable(departementId, 'Structure', s.cle)]));
  const crees = await em.query<{ id: string }[]>(
    `insert into sillage.structure (departement_id, id, raison_sociale, nature, siret, commune_code, cree_le, modifie_le)
     select $1, s.*, $7, $7 from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[]) as s
     on conflict do nothing returning id`,
    [
      departementId,
      [...ids.values()],
      structures.map((s) => s.raisonSociale),
      structures.map((s) => s.nature),
      structures.map((s) => (s.siret === null ? null : Siret.lire(s.siret).valeur)),
      structures.map((s) => s.communeCode),
      maintenant.toString(),
    ],
  );
  const liens = structures.flatMap((s) => s.territoires.map((territoire) => ({ id: ids.get(s.cle), territoire })));
  await em.query(
    `insert into sillage.structure_territoire (departement_id, structure_id, territoire_id)
     select $1, s.id, t.id from unnest($2::uuid[], $3::text[]) as l (id, territoire)
       join sillage.structure s on s.departement_id = $1 and s.id = l.id
       join sillage.territoire t on t.departement_id = $1 and t.code = l.territoire
      where s.id = any($4::uuid[])
     on conflict do nothing`,
    [departementId, liens.map((l) => l.id), liens.map((l) => l.territoire), crees.map((s) => s.id)],
  );
  return crees.map((s) => s.id);
}

/** The head office, and for each territory its SLAI, SLISL, MDS and ASE office (regles.md, 0.1). @returns how many were written */
export async function semerServices(
  em: EntityManager,
  departementId: string,
  siege: string,
  territoires: readonly TerritoireASemer[],
): Promise<number> {
  const services: { type: TypeService; libelle: string; territoire: string | null }[] = [
    { type: 'SIEGE', libelle: siege, territoire: null },
    ...territoires.flatMap(({ code, de }) => [
      { type: 'SLAI' as const, libelle: `SLAI ${de}`, territoire: code },
      { type: 'SLISL' as const, libelle: `SLISL ${de}`, territoire: code },
      { type: 'MDS' as const, libelle: `MDS ${de}`, territoire: code },
      { type: 'ASE' as const, libelle: `Service de l’ASE ${de}`, territoire: code },
    ]),
  ];
  const crees = await em.query<unknown[]>(
    `insert into sillage.service (departement_id, id, type, libelle, territoire_id)
     select $1, s.id, s.type, s.libelle, t.id
       from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as s (id, type, libelle, territoire)
       left join sillage.territoire t on t.departement_id = $1 and t.code = s.territoire
     on conflict do nothing returning id`,
    [
      departementId,
      services.map((s) => idStable(departementId, 'Service', [s.type, s.territoire].join(' '))),
      services.map((s) => s.type),
      services.map((s) => s.libelle),
      services.map((s) => s.territoire),
    ],
  );
  return crees.length;
}
