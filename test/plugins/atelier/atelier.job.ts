import { jobDispositif } from '@sillage/dispositif-kit';
import { Temporal } from '@sillage/kernel';
import { z } from 'zod';

/** Counts that it passed: run twice for one message, it would count twice. */
export const compterPassage = jobDispositif({
  nom: 'atelier.compter',
  charge: z.strictObject({ seanceId: z.uuid() }),
  async concerne(em, { seanceId }, { departementId }) {
    const [seance] = await em.query<[{ territoire_id: string; ouverte_le: Date }]>(
      'select territoire_id, ouverte_le from plugin_atelier.seance where departement_id = $1 and id = $2',
      [departementId, seanceId],
    );
    const commenceLe = Temporal.Instant.fromEpochMilliseconds(seance.ouverte_le.getTime());
    return { territoireIds: [seance.territoire_id], commenceLe };
  },
  async executer(em, { seanceId }, { departementId }) {
    await em.query('update plugin_atelier.seance set passages = passages + 1 where departement_id = $1 and id = $2', [
      departementId,
      seanceId,
    ]);
  },
});
