import { describe, expect, it } from '@jest/globals';
import { fautesDesDroitsDispositifs } from './droits-dispositif.js';
import type { DroitDispositif } from './droits-dispositif.js';

const JUSTE: DroitDispositif = {
  dispositif: 'atelier-test',
  role: 'SLISL',
  actions: ['donnerAvis'],
  sujet: 'Candidature',
  portee: 'TERRITOIRE',
  regles: ['AMB-105'],
};

describe('fautesDesDroitsDispositifs', () => {
  it('ne dit rien quand tout va bien, sur un sujet du socle ou du dispositif', () => {
    expect(fautesDesDroitsDispositifs([JUSTE, { ...JUSTE, sujet: 'FicheAtelier', portee: 'STRUCTURE' }])).toEqual([]);
  });

  it.each([
    [{ role: 'PREFET' }, 'le rôle « PREFET » n’existe pas'],
    [{ actions: ['lire', 'manage'] }, 'l’action « manage » n’existe pas'],
    [{ actions: ['habiliter'] }, 'est réservée au socle'],
    [{ sujet: 'all' }, 'le sujet « all » est réservé'],
    [{ sujet: 'Habilitation' }, 'n’appartient à aucun dispositif'],
    [{ sujet: 'Parametre' }, 'ne porte pas « territoireIds »'],
    [{ portee: 'AILLEURS' }, 'la portée « AILLEURS » n’existe pas'],
    [{ regles: [] }, 'aucune règle'],
  ])('%j : %s, en nommant le dispositif', (faute, texte) => {
    const [ligne] = fautesDesDroitsDispositifs([JUSTE, { ...JUSTE, ...faute } as DroitDispositif]);
    expect(ligne).toContain(texte);
    expect(ligne).toContain('« atelier-test »');
  });
});
