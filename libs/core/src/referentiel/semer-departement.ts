import type { Horloge } from '@sillage/kernel';
import type { UniteDeTravail } from '@sillage/persistence';
import { journaliserSemis } from './journaliser-semis.js';
import { semerServices, semerStructures, type StructureASemer } from './semer-structures.js';
import {
  semerRattachements,
  semerTerritoires,
  type RattachementsASemer,
  type TerritoireASemer,
} from './semer-territoires.js';

/** The reference data of one tenant: its own, unlike the communes and EPCI, which are national. */
export interface DepartementASemer {
  departementId: string;
  /** Label of the head office. */
  siege: string;
  territoires: readonly TerritoireASemer[];
  rattachements: RattachementsASemer;
  structures: readonly StructureASemer[];
}

/** How many rows were written: all zero when everything was there. */
export interface BilanSemis {
  territoires: number;
  rattachements: number;
  services: number;
  structures: number;
}

/**
 * Writes what a département lacks of its reference data, in one transaction, as the application. Idempotent: it adds, and
 * never changes what people have since amended. Each territory and structure written has its line in the journal.
 */
export async function semerDepartement(
  unites: UniteDeTravail,
  horloge: Horloge,
  { departementId, siege, territoires, rattachements, structures }: DepartementASemer,
): Promise<BilanSemis> {
  const maintenant = horloge.maintenant();
  return unites.executer(departementId, async (em) => {
    const territoireIds = await semerTerritoires(em, departementId, territoires);
    const communes = await semerRattachements(em, departementId, rattachements, maintenant);
    const services = await semerServices(em, departementId, siege, territoires);
    const structureIds = await semerStructures(em, departementId, structures, maintenant);

    const { source, du } = rattachements;
    await journaliserSemis(em, departementId, maintenant, {
      objetType: 'Territoire',
      ids: territoireIds,
      details: { communesRattachees: communes, source, du: du.toString() },
    });
    await journaliserSemis(em, departementId, maintenant, { objetType: 'Structure', ids: structureIds });
    return { territoires: territoireIds.length, rattachements: communes, services, structures: structureIds.length };
  });
}
