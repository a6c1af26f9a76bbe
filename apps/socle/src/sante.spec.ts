import { describe, expect, it } from '@jest/globals';
import { Sante } from './sante.js';

const tient = { nom: 'base', verifier: async () => undefined };

describe('Sante', () => {
  it('n’est pas prête avant de savoir ce qu’il lui faut', async () => {
    expect(await new Sante().etat()).toMatchObject({ pret: false });
  });

  it('est prête quand tout tient', async () => {
    const sante = new Sante();
    sante.exiger(tient, { ...tient, nom: 'migrations' });
    expect(await sante.etat()).toEqual({ pret: true, controles: { base: 'ok', migrations: 'ok' } });
  });

  it('nomme ce qui manque, échec ou silence', async () => {
    const sante = new Sante(20);
    sante.exiger(tient, { nom: 'file', verifier: () => Promise.reject(new Error('non')) });
    sante.exiger({ nom: 'migrations', verifier: () => new Promise(() => undefined) });
    expect(await sante.etat()).toEqual({ pret: false, controles: { base: 'ok', file: 'ko', migrations: 'ko' } });
  });

  it('ne regarde qu’une fois pour ceux qui demandent ensemble', async () => {
    let regards = 0;
    const sante = new Sante();
    sante.exiger({ nom: 'base', verifier: async () => void (regards += 1) });
    await Promise.all([sante.etat(), sante.etat(), sante.etat()]);
    expect(regards).toBe(1);
    await sante.etat();
    expect(regards).toBe(2);
  });

  it('n’est plus prête dès que l’arrêt est annoncé', async () => {
    const sante = new Sante();
    sante.exiger(tient);
    sante.annoncerArret();
    expect(await sante.etat()).toEqual({ pret: false, controles: { arret: 'ko' } });
  });
});
