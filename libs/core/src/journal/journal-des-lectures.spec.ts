import { Logger } from '@nestjs/common';
import { afterEach, expect, it, jest } from '@jest/globals';
import { type ContexteActeur, construireDroits } from '@sillage/access';
import { horlogeFixe } from '@sillage/kernel';
import type { UniteDeTravail } from '@sillage/persistence';
import { JournalDesLectures } from './journal-des-lectures.js';

const LIGNES_MAX = 20_000;
const acteur = { departementId: '62', utilisateurId: 'u', iss: 'https://essai', sub: 'u', habilitations: [] };
const contexte: ContexteActeur = { departementId: '62', acteur, droits: construireDroits(acteur), requeteId: 'r' };

afterEach(() => {
  jest.restoreAllMocks();
});

it('quand PostgreSQL ne prend plus rien, plus aucun nom n’est lu ; ensuite, si', async () => {
  jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  let prend = false;
  const unites = {
    executer: async () => {
      if (!prend) throw new Error('la base est absente');
    },
  };
  const journal = new JournalDesLectures(unites as unknown as UniteDeTravail, horlogeFixe('2026-02-02T09:00:00+01:00'));
  const lire = (nombre: number, debut = 0): Promise<void> =>
    journal.noter(
      contexte,
      Array.from({ length: nombre }, (_, rang) => ({
        operation: `o${debut + rang}`,
        depart: 'accompagnements',
        champs: ['Jeune.nom'],
        personnes: ['00000000-0000-7000-8000-000000000001'],
      })),
    );
  await lire(LIGNES_MAX - 1);
  await journal.vider();
  await lire(1, LIGNES_MAX);
  await expect(lire(1, LIGNES_MAX + 1)).rejects.toThrow('n’est plus écrit');
  prend = true;
  await journal.vider();
  await expect(lire(1)).resolves.toBeUndefined();
  await journal.onApplicationShutdown();
});
