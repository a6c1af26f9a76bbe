import type { ContexteActeur } from '@sillage/access';
import type { CalculDeChamp } from '@sillage/read';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { ecrireRefus } from './fichier.js';
import { ImportationLigne } from './importation.entity.js';

/** The refusals of each importation, as a file. */
@Injectable()
export class FichierDesRefus implements CalculDeChamp {
  async calculer(em: EntityManager, { departementId }: ContexteActeur, uuids: readonly string[]): Promise<string[]> {
    const refusees = await em.find(ImportationLigne, {
      where: { departementId, importationId: In([...uuids]), resultat: 'REFUSEE' },
      order: { id: 'ASC' },
    });
    return uuids.map((uuid) => ecrireRefus(refusees.filter(({ importationId }) => importationId === uuid)));
  }
}
