import type { Horloge } from '@sillage/kernel';
import type { UniteDeTravail } from '@sillage/persistence';
import type { DataSource } from 'typeorm';
import {
  chargerReferentiel,
  journaliserSemis,
  PAS_DE_CALAIS,
  semerDepartement,
  semerStructures,
} from '../referentiel/index.js';
import { COG_ESSAI, DEPARTEMENT_ESSAI, SEMIS_ESSAI } from './departement-essai.js';
import { type CompteDemo, semerComptes } from './semer-comptes.js';
import { STRUCTURES_DEMO_62 } from './structures-demo.js';

export interface OptionsDemo {
  /** Owner's connection: it enters the second tenant and its communes in the national schema. */
  proprietaire: DataSource;
  /** The application's units of work, whose data source knows `ENTITES_ACCES`: the rest is written under row-level security. */
  unites: UniteDeTravail;
  horloge: Horloge;
  /** Issuer of the demonstration's tokens. */
  emetteur: string;
  comptes: readonly CompteDemo[];
}

/** How many rows were written: all zero at a second start. */
export interface BilanDemo {
  structures: number;
  comptes: number;
}

/**
 * The demonstration: a second tenant, invented structures, and one user an account. Run it after `semerDepartement62`.
 * Idempotent, and synthetic from end to end: no real person, no real organisation's number.
 */
export async function semerDemo({ proprietaire, unites, horloge, emetteur, comptes }: OptionsDemo): Promise<BilanDemo> {
  await chargerReferentiel(proprietaire, [{ ...DEPARTEMENT_ESSAI, cog: COG_ESSAI }]);
  const essai = await semerDepartement(unites, horloge, SEMIS_ESSAI);
  const bilan: BilanDemo = { structures: essai.structures, comptes: 0 };
  for (const departementId of [PAS_DE_CALAIS.departementId, DEPARTEMENT_ESSAI.departementId]) {
    const siens = comptes.filter((compte) => compte.departementId === departementId);
    await unites.executer(departementId, async (em) => {
      if (departementId === PAS_DE_CALAIS.departementId) {
        const maintenant = horloge.maintenant();
        const ids = await semerStructures(em, departementId, STRUCTURES_DEMO_62, maintenant);
        await journaliserSemis(em, departementId, maintenant, { objetType: 'Structure', ids });
        bilan.structures += ids.length;
      }
      bilan.comptes += await semerComptes(em, departementId, { emetteur, comptes: siens, horloge });
    });
  }
  return bilan;
}
