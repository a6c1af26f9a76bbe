import { expect, test } from '@jest/globals';
import { once } from 'node:events';
import { Client, type Notification } from 'pg';
import { atelier } from '../test/source.js';
import { CANAL_OUTBOX, Outbox } from './outbox.js';
import { MessageOutbox } from './outbox.entity.js';

const a = atelier();
const outbox = new Outbox();
const MESSAGE = { departementId: '62', file: 'versements', nom: 'versement.avance', charge: { conventionId: 'c-1' } };

test('écrit le message dans la transaction, et ne prévient qu’à sa validation', async () => {
  const ecoute = new Client({ connectionString: a.base.urlApp });
  await ecoute.connect();
  await ecoute.query(`listen ${CANAL_OUTBOX}`);
  const avis: string[] = [];
  ecoute.on('notification', ({ payload }: Notification) => avis.push(payload ?? ''));
  try {
    await a.unite
      .executer('62', async (em) => {
        await outbox.publier(em, MESSAGE);
        throw new Error('abandon');
      })
      .catch(() => undefined);
    const recu = once(ecoute, 'notification');
    const id = await a.unite.executer('62', async (em) => {
      const premier = await outbox.publier(em, MESSAGE);
      await outbox.publier(em, { ...MESSAGE, charge: { conventionId: 'c-2' } });
      await new Promise((reprendre) => setTimeout(reprendre, 50));
      expect(avis).toEqual([]);
      return premier;
    });
    await recu;
    expect(avis).toEqual(['62']);

    const messages = await a.unite.lecture('62', (em) => em.find(MessageOutbox, { order: { id: 'asc' } }));
    expect(messages.map(({ charge }) => charge)).toEqual([{ conventionId: 'c-1' }, { conventionId: 'c-2' }]);
    expect(messages[0]).toMatchObject({ id, etat: 'EN_ATTENTE', publications: 0, publieLe: null, traiteLe: null });
  } finally {
    await ecoute.end();
  }
});

test('refuse le message d’un autre département', async () => {
  await expect(
    a.unite.executer('62', (em) => outbox.publier(em, { ...MESSAGE, departementId: '99' })),
  ).rejects.toMatchObject({ driverError: { code: '42501' } });
});
