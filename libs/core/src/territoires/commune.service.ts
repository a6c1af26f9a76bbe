import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

/** The communes of a département: national facts. */
@Injectable()
export class CommuneService {
  /** Whether the département has a commune of that INSEE code. */
  async existe(em: EntityManager, departementId: string, code: string): Promise<boolean> {
    const trouvees = await em.query<unknown[]>(
      'select from referentiel.commune where departement_code = $1 and code = $2',
      [departementId, code],
    );
    return trouvees.length > 0;
  }
}
