import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ContexteActeur } from '@sillage/access';
import { type Banc, monterBanc } from '../../test/banc.js';
import { essai } from '../../test/dispositif-essai.js';
import { ecrireDossier } from '../../test/dossiers.js';
import { declarerAppels } from '../appels/index.js';

let banc: Banc;
let admin: ContexteActeur;

beforeAll(async () => {
  banc = await monterBanc();
  admin = await banc.acteur('ADMINISTRATEUR');
  for (const departementId of ['62', '99'] as const) {
    const codes = ['ARTOIS', 'TERNOIS'];
    const territoireIds = await Promise.all(codes.map((code) => banc.territoireId(departementId, code)));
    const [appelId = ''] = await banc.unites.executer(departementId, (em) =>
      declarerAppels(em, departementId, essai, territoireIds, banc.horloge),
    );
    const dossier = { appelId, territoireIds };
    await ecrireDossier(banc, departementId, { ...dossier, au: '2026-12-31', etat: 'CONVENTIONNEE' });
    await ecrireDossier(banc, departementId, { ...dossier, au: '2026-02-01', etat: 'CONVENTIONNEE' });
    await ecrireDossier(banc, departementId, { ...dossier, etat: 'BROUILLON' });
    await ecrireDossier(banc, departementId, { appelId, territoireIds: territoireIds.slice(0, 1) });
  }
});
afterAll(() => banc?.fermer());

describe('activationApercu', () => {
  test('tells what switching off would touch, territory by territory, and does nothing', async () => {
    await activer(['ARTOIS']);
    const avant = await etat();
    const apercu = await demander('DESACTIVER', ['Béthune', 'TERNOIS', 'CALAISIS']);
    expect(apercu.errors).toMatchObject([{ code: 'ETAT_INCOMPATIBLE', path: ['territoires'], regle: 'TRANS-01' }]);
    expect(apercu.errors[0]?.message).toContain('Ternois, Calaisis');
    expect(apercu.territoires).toEqual([
      {
        territoire: { code: 'ARTOIS' },
        actif: true,
        activations: [{ etat: 'EN_VIGUEUR' }],
        appels: [{ code: 'essai-2026' }],
        candidatures: [
          { etat: 'BROUILLON', nombre: 1 },
          { etat: 'CONVENTIONNEE', nombre: 2 },
          { etat: 'VALIDEE', nombre: 1 },
        ],
        conventionsEnCours: 1,
        versementsProposes: 2,
      },
      expect.objectContaining({
        territoire: { code: 'TERNOIS' },
        actif: false,
        conventionsEnCours: 1,
        activations: [],
      }),
      expect.objectContaining({
        territoire: { code: 'CALAISIS' },
        appels: [],
        candidatures: [],
        versementsProposes: 0,
      }),
    ]);
    expect(await etat()).toEqual(avant);
  });

  test('tells what stands in the way of switching on', async () => {
    const { errors, territoires } = await demander('ACTIVER', ['ARTOIS', 'TERNOIS'], { du: '2026-03-01' });
    expect(errors).toMatchObject([{ code: 'PERIODE_INVALIDE', path: ['territoires'] }]);
    expect(errors[0]?.message).toContain('Artois (à partir du 2 février 2026, sans fin prévue)');
    expect(territoires.map(({ activations }) => activations)).toEqual([[{ etat: 'EN_VIGUEUR' }], []]);
    expect((await demander('ACTIVER', ['TERNOIS'])).errors).toEqual([]);
  });

  test('no longer counts an appel that has closed', async () => {
    banc.horloge.avancerA('2026-02-15T23:59:59+01:00');
    expect((await demander('ACTIVER', ['TERNOIS'])).territoires[0]?.appels).toHaveLength(1);
    banc.horloge.avancerA('2026-02-16T00:00:00+01:00');
    expect((await demander('ACTIVER', ['TERNOIS'])).territoires[0]?.appels).toHaveLength(0);
  });

  test('answers the administrator alone, and says what is wrong', async () => {
    const siege = await banc.acteur('SIEGE');
    expect(await demander('ACTIVER', ['TERNOIS'], {}, siege)).toMatchObject({
      errors: [{ code: 'ACTION_INTERDITE' }],
      territoires: [],
    });
    expect(await demander('ACTIVER', ['TERNOIS'], { du: '2026-01-01' })).toMatchObject({
      errors: [{ code: 'PERIODE_INVALIDE', path: ['du'] }],
    });
    expect(await demander('ACTIVER', ['Nulle part'])).toMatchObject({
      errors: [{ code: 'INTROUVABLE', path: ['territoires', '0'] }],
    });
  });
});

interface Apercu {
  errors: { code: string; message: string }[];
  territoires: { activations: { etat: string }[]; appels: { code: string }[] }[];
}

async function demander(operation: string, territoires: string[], plus: object = {}, qui = admin): Promise<Apercu> {
  const document = `query ($operation: OperationActivation!, $territoires: [String!]!, $du: DateCivile, $au: DateCivile) {
    apercu: activationApercu(dispositif: "essai", operation: $operation, territoires: $territoires, du: $du, au: $au) {
      errors { code message path regle }
      territoires { territoire { code } actif activations { etat } appels { code } candidatures { etat nombre }
        conventionsEnCours versementsProposes } } }`;
  return (await banc.demander<{ apercu: Apercu }>(qui, document, { operation, territoires, ...plus })).apercu;
}

async function activer(territoires: string[]): Promise<void> {
  const document =
    'mutation ($input: DispositifActiverInput!) { dispositifActiver(input: $input) { errors { code } } }';
  await banc.demander(admin, document, { input: { dispositif: 'essai', territoires } });
}

async function etat(): Promise<unknown> {
  return banc.lignes('62', `select (select count(*) from sillage.activation), (select count(*) from sillage.journal)`);
}
