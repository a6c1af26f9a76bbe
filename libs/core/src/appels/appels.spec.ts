import { setTimeout as delai } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ContexteActeur } from '@sillage/access';
import type { ErreurMetier } from '@sillage/kernel';
import { type Banc, monterBanc } from '../../test/banc.js';
import { essai } from '../../test/dispositif-essai.js';
import { idOpaque, lireId } from '../api/index.js';
import { RedactionAppels } from './appel.redaction.js';
import { AppelService } from './appel.service.js';
import { declarerAppels } from './declarer-appels.js';

let banc: Banc;
let admin: ContexteActeur;
let porteur: ContexteActeur;

beforeAll(async () => {
  banc = await monterBanc();
  admin = await banc.acteur('ADMINISTRATEUR');
  porteur = await banc.acteur('ASSOCIATION');
});
afterAll(() => banc?.fermer());
beforeEach(async () => {
  banc.horloge.avancerA('2026-02-02T09:00:00+01:00');
  await banc.vider('appel', 'activation', 'journal', 'idempotence');
});

describe('appelCreer', () => {
  test('makes a draft that the administration alone sees', async () => {
    const { errors, appel } = await creer({});
    expect(errors).toEqual([]);
    expect(appel).toMatchObject({
      code: 'printemps-2026',
      etat: 'BROUILLON',
      ouvert: false,
      ouverture: '2026-02-01',
      cloture: '2026-03-15',
      territoires: [{ code: 'ARTOIS' }, { code: 'TERNOIS' }],
      publieLe: null,
    });
    expect(await codes(admin)).toEqual(['printemps-2026']);
    expect(await codes(await banc.acteur('SIEGE'))).toEqual(['printemps-2026']);
    expect(await codes(porteur)).toEqual([]);
    expect(await lire(porteur, appel!.id)).toBeNull();
    expect((await journal())[0]).toMatchObject({ action: 'APPEL_CREER', regles: ['TRANS-03'] });
  });

  test.each([
    [{ cloture: '2026-01-31' }, 'PERIODE_INVALIDE', ['input', 'cloture']],
    [{ ouverture: 'demain' }, 'VALEUR_INVALIDE', ['input', 'ouverture']],
    [{ code: 'printemps 2026' }, 'VALEUR_INVALIDE', ['input', 'code']],
    [{ territoires: ['Nulle part'] }, 'INTROUVABLE', ['input', 'territoires', '0']],
    [{ dispositif: 'inconnu' }, 'DISPOSITIF_INCONNU', ['input', 'dispositif']],
  ])('refuses %j', async (input, code, path) => {
    expect((await creer(input)).errors).toMatchObject([{ code, path }]);
    expect(await codes(admin)).toEqual([]);
  });

  test('a code serves once a département, also for two at the same time', async () => {
    const reponses = await Promise.all([
      creer({}),
      creer({ libelle: 'Un autre' }, await banc.acteur('ADMINISTRATEUR')),
    ]);
    expect(reponses.map(({ errors }) => errors.map(({ code }) => code)).sort()).toEqual([[], ['DOUBLON']]);
    expect(await banc.lignes('62', 'select 1 from sillage.appel_territoire')).toHaveLength(2);
    expect((await creer({}, await banc.acteur('ADMINISTRATEUR', { departementId: '99' }))).errors).toEqual([]);
  });

  test('the same key makes one appel', async () => {
    const input = { clientMutationId: 'cle' };
    const [une, deux] = await Promise.all([creer(input), creer(input)]);
    expect(une?.appel?.id).toBe(deux?.appel?.id);
    expect(await codes(admin)).toHaveLength(1);
  });

  test('is the administrator’s', async () => {
    for (const role of ['SIEGE', 'SLAI', 'ASSOCIATION'] as const) {
      expect((await creer({}, await banc.acteur(role))).errors).toMatchObject([
        { code: 'ACTION_INTERDITE', path: ['input', 'dispositif'] },
      ]);
    }
  });
});

describe('appelModifier', () => {
  test('changes what is given, and nothing else', async () => {
    const { appel } = await creer({});
    const modifie = await ecrire('Modifier', { id: appel!.id, cloture: '2026-03-31', territoires: ['Béthune'] });
    expect(modifie).toMatchObject({
      errors: [],
      appel: {
        libelle: 'Printemps 2026',
        ouverture: '2026-02-01',
        cloture: '2026-03-31',
        territoires: [{ code: 'ARTOIS' }],
      },
    });
    expect((await ecrire('Modifier', { id: appel!.id, ouverture: '2026-05-01' })).errors).toMatchObject([
      { code: 'PERIODE_INVALIDE' },
    ]);
    expect((await lire(admin, appel!.id))?.ouverture).toBe('2026-02-01');
  });

  test('refuses strangers: to them the draft does not exist', async () => {
    const { appel } = await creer({});
    const admin99 = await banc.acteur('ADMINISTRATEUR', { departementId: '99' });
    for (const qui of [porteur, admin99]) {
      const { errors } = await ecrire('Modifier', { id: appel!.id, libelle: 'Autrement' }, qui);
      expect(errors).toMatchObject([{ code: 'INTROUVABLE', path: ['input', 'id'] }]);
    }
    const siege = await banc.acteur('SIEGE');
    expect((await ecrire('Modifier', { id: appel!.id }, siege)).errors).toMatchObject([
      { code: 'ACTION_INTERDITE', path: ['input', 'id'] },
    ]);
  });
});

describe('appelPublier', () => {
  test('everybody sees it, and it changes no more', async () => {
    await activer(['ARTOIS', 'TERNOIS'], '2026-03-01');
    const { appel } = await creer({});
    const id = appel!.id;
    expect(await ecrire('Publier', { id })).toMatchObject({ errors: [], appel: { etat: 'PUBLIE', ouvert: true } });
    expect(await codes(porteur)).toEqual(['printemps-2026']);
    expect((await lire(porteur, id))?.publieLe).toBe('2026-02-02T08:00:00Z');
    expect(await codes(await banc.acteur('ASSOCIATION', { departementId: '99' }))).toEqual([]);
    for (const action of ['Modifier', 'Publier']) {
      expect((await ecrire(action, { id })).errors).toMatchObject([
        { code: 'ETAT_INCOMPATIBLE', path: ['input', 'id'] },
      ]);
    }
    banc.horloge.avancerA('2026-03-16T00:00:00+01:00');
    expect((await lire(porteur, id))?.ouvert).toBe(false);
  });

  test('not where its dispositif is off during the whole window (TRANS-01)', async () => {
    await activer(['ARTOIS'], '2026-03-01');
    await activer(['TERNOIS'], '2026-03-16');
    const { appel } = await creer({});
    const { errors } = await ecrire('Publier', { id: appel!.id });
    expect(errors).toMatchObject([{ code: 'DISPOSITIF_INACTIF', path: ['input', 'id'], regle: 'TRANS-01' }]);
    expect(errors[0]?.message).toContain('Ternois');
    expect(errors[0]?.message).not.toContain('Artois');
    expect((await lire(admin, appel!.id))?.etat).toBe('BROUILLON');
  });

  test('not on the days and territories of another one of its dispositif (AMB-042); one that follows is a session', async () => {
    await activer(['ARTOIS', 'TERNOIS']);
    const publier = async (input: object) => {
      const { appel, errors } = await creer(input);
      expect(errors).toEqual([]);
      return ecrire('Publier', { id: appel!.id });
    };
    expect((await publier({ territoires: ['ARTOIS'] })).errors).toEqual([]);
    const chevauche = {
      code: 'un',
      ouverture: '2026-03-15',
      cloture: '2026-04-15',
      territoires: ['ARTOIS', 'TERNOIS'],
    };
    const { errors } = await publier(chevauche);
    expect(errors).toMatchObject([{ code: 'ETAT_INCOMPATIBLE', path: ['input', 'id'], regle: 'TRANS-03' }]);
    expect(errors[0]?.message).toContain('Printemps 2026');
    // Its preview says so beforehand.
    const { appel: autre } = await creer({ ...chevauche, code: 'apercu' });
    const document = 'query ($id: ID!) { appelApercu(id: $id) { errors { code path regle } } }';
    expect(await banc.demander(admin, document, { id: autre!.id })).toEqual({
      appelApercu: { errors: [{ code: 'ETAT_INCOMPATIBLE', path: ['id'], regle: 'TRANS-03' }] },
    });
    expect((await publier({ ...chevauche, code: 'deux', ouverture: '2026-03-16' })).errors).toEqual([]);
    expect((await publier({ ...chevauche, code: 'trois', territoires: ['TERNOIS'] })).errors).toMatchObject([
      { code: 'ETAT_INCOMPATIBLE' },
    ]);
    // Elsewhere, on the same days as the first.
    expect((await publier({ code: 'ailleurs', territoires: ['TERNOIS'] })).errors).toEqual([]);
  });

  test('of two that are published at once on the same days, one is', async () => {
    await activer(['ARTOIS', 'TERNOIS']);
    const brouillons = [await creer({}), await creer({ code: 'autre' }), await creer({ code: 'encore' })];
    const publies = await Promise.all(brouillons.map(({ appel }) => ecrire('Publier', { id: appel!.id })));
    expect(publies.map(({ errors }) => errors.map(({ code }) => code).join()).sort()).toEqual([
      '',
      'ETAT_INCOMPATIBLE',
      'ETAT_INCOMPATIBLE',
    ]);
    expect(await codes(porteur)).toHaveLength(1);
  });

  test('a change that comes during a publication waits for it, and is refused', async () => {
    await activer(['ARTOIS', 'TERNOIS']);
    const { appel } = await creer({});
    const redaction = banc.app.get(RedactionAppels, { strict: false });
    const uuid = lireId('Appel', appel!.id, []);
    const { changement } = await banc.unites.executer('62', async (em) => {
      await redaction.publier(em, admin, uuid);
      const enAttente = ecrire('Modifier', { id: appel!.id, cloture: '2026-04-30' });
      await delai(200);
      return { changement: enAttente };
    });
    expect((await changement).errors).toMatchObject([{ code: 'ETAT_INCOMPATIBLE' }]);
    expect((await lire(porteur, appel!.id))?.cloture).toBe('2026-03-15');
  });
});

describe('appels', () => {
  test('are filtered, and an id that means nothing is null', async () => {
    await creer({ code: 'un', territoires: ['ARTOIS'] });
    await creer({ code: 'deux', territoires: ['TERNOIS'] });
    expect(await codes(admin, { territoire: 'ternois' })).toEqual(['deux']);
    expect(await codes(admin, { etat: 'PUBLIE' })).toEqual([]);
    expect(await codes(admin, { dispositif: 'inconnu' })).toEqual([]);
    expect(await codes(admin, { updatedSince: '2026-02-02T08:00:01Z' })).toEqual([]);
    expect(await codes(admin, { last: 1 })).toEqual(['un']);
    for (const id of ['n’importe quoi', idOpaque('Convention', '01890000-0000-7000-8000-000000000000')]) {
      expect(await lire(admin, id)).toBeNull();
    }
  });
});

describe('declarerAppels', () => {
  test('publishes once what the text dates, and never undoes what people did', async () => {
    const territoireIds = [await banc.territoireId('62', 'ARTOIS')];
    const declarer = (): Promise<string[]> =>
      banc.unites.executer('62', (em) => declarerAppels(em, '62', essai, territoireIds, banc.horloge));
    const [premiers, seconds] = await Promise.all([declarer(), declarer()]);
    expect([premiers.length, seconds.length].sort()).toEqual([0, 1]);
    const [id] = [...premiers, ...seconds];
    expect(await lire(porteur, idOpaque('Appel', id!))).toMatchObject({
      code: 'essai-2026',
      etat: 'PUBLIE',
      ouvert: true,
      territoires: [{ code: 'ARTOIS' }],
    });
    expect(await journal()).toMatchObject([{ action: 'APPEL_DECLARER', acteur_type: 'SYSTEME', regles: ['TRANS-03'] }]);
    const service = banc.app.get(AppelService, { strict: false });
    const relu = await banc.unites.lecture('62', (em) => service.lire(em, '62', id!, ['x']));
    expect(relu.cloture.toString()).toBe('2026-02-15');
    expect(await banc.unites.lecture('62', (em) => service.territoireIds(em, '62', id!))).toEqual(territoireIds);
    const ailleurs = banc.unites.lecture('99', (em) => service.lire(em, '99', id!, ['x']));
    await expect(ailleurs).rejects.toMatchObject({ erreurs: [{ code: 'INTROUVABLE', path: ['x'] }] });
  });
});

interface Appel {
  id: string;
  code: string;
  etat: string;
  ouverture: string;
  cloture: string;
  ouvert: boolean;
  publieLe: string | null;
}

interface Reponse {
  errors: ErreurMetier[];
  appel: Appel | null;
}

const APPEL = '{ id code libelle etat ouvert ouverture cloture territoires { code } publieLe }';

function creer(input: object, qui = admin): Promise<Reponse> {
  const parDefaut = {
    dispositif: 'essai',
    code: 'printemps-2026',
    libelle: 'Printemps 2026',
    ouverture: '2026-02-01',
    cloture: '2026-03-15',
    territoires: ['TERNOIS', 'ARTOIS', 'béthune'],
  };
  return ecrire('Creer', { ...parDefaut, ...input }, qui);
}

async function ecrire(action: string, input: object, qui = admin): Promise<Reponse> {
  const document = `mutation ($input: Appel${action}Input!) {
    r: appel${action}(input: $input) { errors { code message path regle } appel ${APPEL} } }`;
  return (await banc.demander<{ r: Reponse }>(qui, document, { input })).r;
}

async function activer(territoires: string[], du?: string): Promise<void> {
  const document =
    'mutation ($input: DispositifActiverInput!) { dispositifActiver(input: $input) { errors { code } } }';
  await banc.demander(admin, document, { input: { dispositif: 'essai', territoires, du } });
}

async function lire(qui: ContexteActeur, id: string): Promise<Appel | null> {
  return (await banc.demander<{ appel: Appel | null }>(qui, `query ($id: ID!) { appel(id: $id) ${APPEL} }`, { id }))
    .appel;
}

async function codes(qui: ContexteActeur, args: object = {}): Promise<string[]> {
  const document = `query ($dispositif: String, $etat: EtatAppel, $territoire: String, $updatedSince: Horodatage, $last: Int) {
    appels(dispositif: $dispositif, etat: $etat, territoire: $territoire, updatedSince: $updatedSince, last: $last) {
      nodes { code } } }`;
  const { appels } = await banc.demander<{ appels: { nodes: { code: string }[] } }>(qui, document, { ...args });
  return appels.nodes.map(({ code }) => code);
}

function journal(): Promise<object[]> {
  return banc.lignes('62', 'select action, acteur_type, regles from sillage.journal order by id');
}
