import { exiger } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Convention } from '../conventions/convention.entity.js';
import { SuivisAttendus } from './suivi.attendus.js';
import { suivisConfirmes } from './suivi.confirmes.js';
import { deciderAvantBilan } from './suivi.policy.js';

/** What the final bilan asks of the intermediate reports. Runs in the caller's transaction. */
@Injectable()
export class SuivisAvantBilan {
  constructor(private readonly attendus: SuivisAttendus) {}

  /** @throws Refus REGLE_NON_RESPECTEE when some are lacking, and the parameter asks for them or for a reason */
  async exiger(em: EntityManager, convention: Convention, motif: string | null): Promise<void> {
    const declares = (await this.attendus.declares(em, [convention]))(convention.id);
    const confirmes = (await suivisConfirmes(em, [convention]))(convention.id);
    const manquants = declares
      .filter(({ exigence }) => exigence !== undefined)
      .map(({ nom, declaration: { libelle, regle }, attendus, exigence }) => ({
        libelle,
        regle,
        exigence,
        rangs: attendus
          .filter(({ du }) => !confirmes.some((confirme) => confirme.nom === nom && confirme.du.equals(du)))
          .map(({ rang }) => rang),
      }));
    exiger(deciderAvantBilan(manquants, { motif }));
  }
}
