import { describe, expect, it } from '@jest/globals';
import { ConfigurationInvalide } from './configuration-invalide.js';
import { chargerConfiguration } from './configuration.js';

type Env = Record<string, string | undefined>;

const MINIMALE: Env = {
  NODE_ENV: 'development',
  DATABASE_URL: 'postgresql://sillage_app:secret1@127.0.0.1:5432/sillage',
  DATABASE_URL_FILE: 'postgresql://sillage_file:secret2@127.0.0.1:5432/sillage',
  OIDC_EMETTEUR: 'http://127.0.0.1:4002',
  OIDC_AUDIENCE: 'sillage',
  CLE_MAITRE: 'Y2xlLW1haXRyZS1kLWVzc2FpLTMyLW9jdGV0cy0wMDA=',
};
const MAGASIN: Env = {
  PIECES_S3_URL: 'https://s3.example.fr:8443',
  PIECES_S3_COMPARTIMENT: 'sillage-pieces',
  PIECES_S3_REGION: 'fr-par',
  PIECES_S3_CLE: 'CLE1',
  PIECES_S3_SECRET: 'secret/a+b=',
};

function lignesDe(env: Env): readonly string[] {
  try {
    chargerConfiguration(env);
    return [];
  } catch (erreur) {
    if (erreur instanceof ConfigurationInvalide) return erreur.lignes;
    throw erreur;
  }
}

describe('Pieces in a store', () => {
  it('are kept there and nowhere else', () => {
    expect(chargerConfiguration({ ...MINIMALE, ...MAGASIN, PIECES_S3_DELAI_SECONDES: '3' }).pieces).toMatchObject({
      dossier: null,
      s3: {
        url: 'https://s3.example.fr:8443',
        compartiment: 'sillage-pieces',
        region: 'fr-par',
        cle: { id: 'CLE1', secret: 'secret/a+b=' },
        delaiMs: 3000,
      },
    });
    expect(lignesDe({ ...MINIMALE, ...MAGASIN, PIECES_DOSSIER: '/donnees/pieces' })).toEqual([
      'PIECES_DOSSIER : les pièces ne sont rangées qu’à un endroit ; retirez cette variable, ou bien PIECES_S3_URL et les suivantes.',
    ]);
  });

  it('want all of it: each value that is missing is a fault', () => {
    for (const nom of Object.keys(MAGASIN)) {
      const donnee = nom === 'PIECES_S3_URL' ? 'PIECES_S3_COMPARTIMENT' : 'PIECES_S3_URL';
      expect(lignesDe({ ...MINIMALE, ...MAGASIN, [nom]: '' })).toEqual([
        expect.stringMatching(
          new RegExp(`^${nom} : variable absente alors que ${donnee} est donnée ; indiquez .*\\.$`),
        ),
      ]);
    }
    expect(lignesDe({ ...MINIMALE, PIECES_S3_SECRET: MAGASIN['PIECES_S3_SECRET'] })).toHaveLength(4);
    expect(lignesDe({ ...MINIMALE, PIECES_S3_DELAI_SECONDES: '20' })).toEqual([]);
  });

  it.each([
    ['PIECES_S3_URL', 'magasin.example'],
    ['PIECES_S3_URL', 's3://magasin.example'],
    ['PIECES_S3_URL', 'https://cle:secret@magasin.example'],
    ['PIECES_S3_URL', 'https://magasin.example/compartiment'],
    ['PIECES_S3_COMPARTIMENT', 'Pieces'],
    ['PIECES_S3_COMPARTIMENT', '../pieces'],
    ['PIECES_S3_REGION', 'fr par'],
    ['PIECES_S3_CLE', 'a/b'],
    ['PIECES_S3_SECRET', 'deux mots en tout'],
  ])('refuse %s = %j', (nom, valeur) => {
    expect(lignesDe({ ...MINIMALE, ...MAGASIN, [nom]: valeur })).toEqual([
      expect.stringMatching(new RegExp(`^${nom} : valeur refusée ; indiquez .*\\.$`)),
    ]);
  });

  it('speak TLS in production', () => {
    const production = {
      ...MINIMALE,
      NODE_ENV: 'production',
      ADRESSE: '0.0.0.0',
      OIDC_EMETTEUR: 'https://idp.example.fr',
    };
    expect(lignesDe({ ...production, ...MAGASIN })).toEqual([]);
    expect(lignesDe({ ...production, ...MAGASIN, PIECES_S3_URL: 'http://s3.example.fr' })).toEqual([
      'PIECES_S3_URL : http est refusé en production ; indiquez une URL https.',
    ]);
  });
});
