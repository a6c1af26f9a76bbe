import { createHash } from 'node:crypto';
import type { ContexteActeur } from '@sillage/access';
import { Refus } from '@sillage/kernel';
import { UniteDeTravail } from '@sillage/persistence';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { MutationInput } from './mutation.js';

/** What the table of keys admits. */
const CLE_MAX = 200;

/** The two halves of a mutation: what it does (returning the uuid of the object it leaves) and how that object is read back. */
export interface EtapesMutation<T> {
  effet(em: EntityManager): Promise<string>;
  relire(em: EntityManager, id: string): Promise<T>;
}

/**
 * Runs a mutation in one transaction, once: a retry with the same `clientMutationId` finds the first outcome and reads the object again,
 * even when both run at the same time. A refusal undoes everything, the key included.
 * @throws Refus VALEUR_INVALIDE when the key is empty or too long, IDEMPOTENCE_CONFLIT when the key already served for another request
 */
@Injectable()
export class ExecuteurMutation {
  constructor(private readonly unites: UniteDeTravail) {}

  async executer<T>(
    contexte: ContexteActeur,
    mutation: string,
    input: MutationInput,
    etapes: EtapesMutation<T>,
  ): Promise<T> {
    const cle = input.clientMutationId;
    if (typeof cle === 'string' && (cle.trim() === '' || cle.length > CLE_MAX)) throw cleHorsForme();
    return this.unites.executer(contexte.departementId, async (em) => {
      if (!cle) return etapes.relire(em, await etapes.effet(em));
      const natural = [contexte.departementId, contexte.acteur.utilisateurId, mutation, cle];
      await em.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [natural.join('\n')]);
      const empreinte = createHash('sha256').update(JSON.stringify(input)).digest('hex');
      const [dejaFaite] = await em.query<{ empreinte: string; objet_id: string }[]>(
        `select empreinte, objet_id from sillage.idempotence
         where departement_id = $1 and acteur = $2 and mutation = $3 and cle = $4`,
        natural,
      );
      if (dejaFaite !== undefined) {
        if (dejaFaite.empreinte !== empreinte) throw autreDemande();
        return etapes.relire(em, dejaFaite.objet_id);
      }
      const id = await etapes.effet(em);
      await em.query(
        `insert into sillage.idempotence (departement_id, acteur, mutation, cle, empreinte, objet_id)
         values ($1, $2, $3, $4, $5, $6)`,
        [...natural, empreinte, id],
      );
      return etapes.relire(em, id);
    });
  }
}

function cleHorsForme(): Refus {
  return Refus.de('VALEUR_INVALIDE', `Une clé compte de 1 à ${CLE_MAX} caractères ; sans clé, ne l’envoyez pas.`, {
    path: ['input', 'clientMutationId'],
  });
}

function autreDemande(): Refus {
  return Refus.de(
    'IDEMPOTENCE_CONFLIT',
    'Cette clé a déjà servi pour une autre demande : choisissez-en une nouvelle.',
    {
      path: ['input', 'clientMutationId'],
    },
  );
}
