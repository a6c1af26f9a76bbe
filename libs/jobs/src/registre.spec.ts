import { describe, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { definirJob } from './definition.js';
import { ChargeInvalide } from './panne.js';
import { RegistreJobs } from './registre.js';

const rien = async (): Promise<void> => undefined;
const job = (nom: string, file = 'versements') => definirJob({ nom, file, charge: z.strictObject({ id: z.uuid() }) });

describe('definirJob', () => {
  it('donne le message à publier, et refuse une charge qui ne suit pas la définition', () => {
    const id = '01a20131-0072-702b-b63e-56a34f25aea3';
    const avance = job('versement.avance');
    expect(avance.pour('62', { id })).toEqual({
      departementId: '62',
      file: 'versements',
      nom: 'versement.avance',
      charge: { id },
    });
    expect(() => avance.pour('62', { id: 'x' })).toThrow(z.ZodError);
    expect(() => avance.pour('62', { id, prenom: 'Jeanne' } as { id: string })).toThrow(z.ZodError);
  });

  it.each([
    ['Versement', 'versements'],
    ['versement:avance', 'versements'],
    ['versement.', 'versements'],
    ['versement', 'a:b'],
    ['versement', ''],
  ])('refuse le nom « %s » dans la file « %s »', (nom, file) => {
    expect(() => job(nom, file)).toThrow(/n’est pas de la forme/);
  });
});

describe('RegistreJobs', () => {
  it('refuse deux propriétaires d’un même nom, et nomme les deux', () => {
    const registre = new RegistreJobs();
    registre.declarer(job('versement.avance'), rien, 'versements');
    expect(() => registre.declarer(job('versement.avance', 'autre'), rien, 'coordo-ase')).toThrow(
      'Le job « versement.avance » est déclaré deux fois, par « versements » et par « coordo-ase » : renommez l’un des deux.',
    );
    expect(() => registre.declarer(job('versement.avance'), rien, 'versements')).toThrow(/déclaré deux fois/);
  });

  it('refuse une file revendiquée par deux plugins, et nomme les deux', () => {
    const registre = new RegistreJobs();
    registre.declarer(job('a.un', 'jeunes'), rien, 'plugin-a');
    registre.declarer(job('a.deux', 'jeunes'), rien, 'plugin-a');
    expect(() => registre.declarer(job('b.un', 'jeunes'), rien, 'plugin-b')).toThrow(
      'La file « jeunes » est revendiquée par « plugin-a » et par « plugin-b »',
    );
    expect(registre.files()).toEqual(['jeunes']);
    expect(registre.trouver('b.un')).toBeUndefined();
  });

  it('refuse un job déclaré après l’ouverture des ouvriers', () => {
    const registre = new RegistreJobs();
    registre.clore();
    expect(() => registre.declarer(job('a.un'), rien, 'plugin-a')).toThrow(/trop tard/);
  });

  it('n’exécute un job qu’avec une charge lue par sa définition', async () => {
    const registre = new RegistreJobs();
    const recues: unknown[] = [];
    registre.declarer(job('a.un'), async (_em, charge) => void recues.push(charge), 'plugin-a');
    const em = {} as EntityManager;
    const contexte = { departementId: '62', jobId: 'x' };
    await expect(registre.trouver('a.un')!.executer(em, { id: 12 }, contexte)).rejects.toThrow(ChargeInvalide);
    await registre.trouver('a.un')!.executer(em, { id: '01a20131-0072-702b-b63e-56a34f25aea3' }, contexte);
    expect(recues).toEqual([{ id: '01a20131-0072-702b-b63e-56a34f25aea3' }]);
  });
});
