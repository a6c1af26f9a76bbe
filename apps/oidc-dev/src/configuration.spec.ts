import { describe, expect, it } from '@jest/globals';
import { lireConfiguration } from './configuration.js';

const JUSTE = { OIDC_AUDIENCE: 'sillage', OIDC_DOSSIER: '/tmp/oidc' };

describe('lireConfiguration', () => {
  it('déduit l’émetteur de l’adresse et du port', () => {
    expect(lireConfiguration({ ...JUSTE, PORT_OIDC: '4102' })).toEqual({
      adresse: '127.0.0.1',
      port: 4102,
      emetteur: 'http://127.0.0.1:4102',
      audience: 'sillage',
      dossier: '/tmp/oidc',
    });
    expect(lireConfiguration({ ...JUSTE, OIDC_EMETTEUR: 'http://oidc.local' }).emetteur).toBe('http://oidc.local');
  });

  it('dit toutes les fautes, une par ligne', () => {
    const fausse = { NODE_ENV: 'production', PORT_OIDC: '99999', OIDC_EMETTEUR: 'ici', OIDC_DOSSIER: '' };
    let lignes: string[] = [];
    try {
      lireConfiguration(fausse);
    } catch (erreur) {
      lignes = (erreur as Error).message.split('\n');
    }
    expect(lignes.map((ligne) => ligne.split(' : ')[0]).sort()).toEqual([
      'NODE_ENV',
      'OIDC_AUDIENCE',
      'OIDC_DOSSIER',
      'OIDC_EMETTEUR',
      'PORT_OIDC',
    ]);
  });
});
