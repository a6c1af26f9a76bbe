import type { DataSource } from 'typeorm';

/** A tenant. */
export interface Departement {
  readonly departementId: string;
  readonly nom: string;
}

/** Every tenant, from the national registry, which is no tenant's data: whoever works for all of them starts here. */
export async function listerDepartements(dataSource: DataSource): Promise<Departement[]> {
  return dataSource.query<Departement[]>(
    'select departement_id as "departementId", nom from referentiel.departement order by departement_id',
  );
}
