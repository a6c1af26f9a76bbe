import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ContexteActeur } from '@sillage/access';
import type { ErreurMetier } from '@sillage/kernel';
import { type Banc, monterBanc } from '../../test/banc.js';
import { lireDepuis } from './depuis.js';

let banc: Banc;
let admin: ContexteActeur;
beforeAll(async () => {
  banc = await monterBanc();
  admin = await banc.acteur('ADMINISTRATEUR');
});
afterAll(() => banc?.fermer());

const LISTE = `query ($first: Int, $last: Int, $after: String, $before: String, $updatedSince: Horodatage) {
  appels(first: $first, last: $last, after: $after, before: $before, updatedSince: $updatedSince) { nodes { id } } }`;
const curseur = (...contenu: string[]): string => Buffer.from(JSON.stringify(contenu)).toString('base64url');
const UUID = '019c1d2e-0000-7000-8000-000000000001';

describe('une liste', () => {
  test.each([
    [{ first: 0 }, 'VALEUR_INVALIDE', 'first'],
    [{ last: 0 }, 'VALEUR_INVALIDE', 'last'],
    [{ last: -1 }, 'VALEUR_INVALIDE', 'last'],
    [{ last: 101 }, 'PAGE_TROP_GRANDE', 'last'],
    [{ after: curseur('appels', '-'.repeat(36)) }, 'CURSEUR_INVALIDE', 'after'],
    [{ before: curseur('appels', 'a'.repeat(36)) }, 'CURSEUR_INVALIDE', 'before'],
    [{ after: curseur('appels', UUID, '') }, 'CURSEUR_INVALIDE', 'after'],
    [{ after: curseur('structures', UUID) }, 'CURSEUR_INVALIDE', 'after'],
    [{ updatedSince: '+275760-01-01T00:00:00Z' }, 'VALEUR_INVALIDE', 'updatedSince'],
    [{ updatedSince: '-200000-01-01T00:00:00Z' }, 'VALEUR_INVALIDE', 'updatedSince'],
  ])('refuse %j, et montre le champ', async (variables, code, champ) => {
    await expect(banc.demander(admin, LISTE, variables)).rejects.toMatchObject({ erreurs: [{ code, path: [champ] }] });
  });

  test('lit les curseurs et les instants ordinaires, jusqu’aux bords', async () => {
    for (const updatedSince of ['1000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z']) {
      await banc.demander(admin, LISTE, { updatedSince, after: curseur('appels', UUID) });
    }
  });
});

test.each(['0999-12-31T23:59:59Z', '+010000-01-01T00:00:00Z'])('updatedSince ne va pas à %s', (texte) => {
  expect(() => lireDepuis(texte)).toThrow('donnez une année de 1000 à 9999');
});

test('une clé de plus de 200 caractères est un refus, à son champ', async () => {
  const document = `mutation ($input: DispositifActiverInput!) {
    r: dispositifActiver(input: $input) { errors { code path } } }`;
  const activer = async (clientMutationId: string): Promise<ErreurMetier[]> => {
    const input = { clientMutationId, dispositif: 'essai', territoires: ['ARTOIS'] };
    return (await banc.demander<{ r: { errors: ErreurMetier[] } }>(admin, document, { input })).r.errors;
  };
  expect(await activer('k'.repeat(201))).toEqual([{ code: 'VALEUR_INVALIDE', path: ['input', 'clientMutationId'] }]);
  expect(await activer('k'.repeat(200))).toEqual([]);
});
