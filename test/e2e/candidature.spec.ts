import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import { horlogeFixe } from '@sillage/kernel';
import { refusCites } from '../support/chaine-de-paiement.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import { activer, CHAMPS_COMPLETS, creerBrouillon, idsDeBase, lire, muter } from '../support/parcours-coordo-ase.js';

const OUVERT = '2026-02-02T09:00:00+01:00';
const horloge = horlogeFixe(OUVERT);
let gateway: GatewayEssai;

beforeAll(async () => {
  gateway = await demarrerGatewayEssai({ dispositifs, horloge });
});
afterAll(() => gateway?.arreter());
beforeEach(() => horloge.avancerA(OUVERT));

const deposer = (candidatureId: string, compte = 'association') =>
  muter(gateway, compte, 'candidatureDeposer', 'candidature { etat deposeeLe }', { candidatureId });
const valider = (candidatureId: string) =>
  muter(gateway, 'association', 'candidatureValider', 'candidature { etat valideeLe }', { candidatureId });

describe('Where the dispositif is off', () => {
  it('nothing begins: DISPOSITIF_INACTIF, with the path and the rule', async () => {
    const ids = await idsDeBase(gateway);
    const { candidature, errors } = await muter(
      gateway,
      'association',
      'candidatureCoordoAseCreer',
      'candidature { id }',
      {
        ...ids,
        territoires: ['Lens Liévin'],
      },
    );
    expect(candidature).toBeNull();
    expect(errors).toEqual([
      expect.objectContaining({ code: 'DISPOSITIF_INACTIF', path: ['input', 'territoires'], regle: 'TRANS-01' }),
    ]);
    horloge.avancerA('2026-01-05T09:00:00+01:00');
    await activer(gateway);
    horloge.avancerA(OUVERT);
    await expect(creerBrouillon(gateway)).resolves.toBeTruthy();
  });

  it('is refused as a whole when one of its territories is off', async () => {
    await expect(creerBrouillon(gateway, {}, ['LENS_LIEVIN', 'TERNOIS'])).rejects.toThrow('DISPOSITIF_INACTIF');
  });
});

describe('The window of the appel (ASE-CAL-01, AMB-043, AMB-044)', () => {
  it('accepts a deposit at 2026-02-15T23:59:59 Paris, and its validation', async () => {
    const id = await creerBrouillon(gateway);
    horloge.avancerA('2026-02-15T23:59:59+01:00');
    expect((await deposer(id)).candidature).toEqual({ etat: 'DEPOSEE', deposeeLe: '2026-02-15T22:59:59Z' });
    expect((await valider(id)).candidature).toEqual({ etat: 'VALIDEE', valideeLe: '2026-02-15T22:59:59Z' });
  });

  it('refuses it one second later, with a code, a path and a rule', async () => {
    const id = await creerBrouillon(gateway);
    horloge.avancerA('2026-02-16T00:00:00+01:00');
    const { candidature, errors } = await deposer(id);
    expect(candidature).toBeNull();
    expect(refusCites(errors)).toEqual(['ASE-CAL-01 APPEL_CLOS input.candidatureId']);
  });

  it('refuses a validation after the closing of what was deposited before it: both timestamps count', async () => {
    const id = await creerBrouillon(gateway);
    await deposer(id);
    horloge.avancerA('2026-02-16T00:00:00+01:00');
    expect((await valider(id)).errors.map((e) => e.code)).toEqual(['APPEL_CLOS']);
  });

  it('refuses before the opening', async () => {
    horloge.avancerA('2026-01-11T23:59:59+01:00');
    await expect(creerBrouillon(gateway)).rejects.toThrow('APPEL_NON_OUVERT');
  });
});

describe('A draft', () => {
  it('may be saved field by field, and forgets nothing', async () => {
    const id = await creerBrouillon(gateway, {});
    const enregistrer = (version: number, champs: object) =>
      muter(
        gateway,
        'association',
        'candidatureCoordoAseEnregistrer',
        'candidature { version champs { etp intitule } }',
        {
          candidatureId: id,
          version,
          champs,
        },
      );
    expect((await enregistrer(1, { etp: '1.50' })).candidature).toEqual({
      version: 2,
      champs: { etp: '1.50', intitule: null },
    });
    expect((await enregistrer(2, { intitule: 'A' })).candidature).toEqual({
      version: 3,
      champs: { etp: '1.50', intitule: 'A' },
    });
    expect((await enregistrer(2, { intitule: 'B' })).errors.map((e) => e.code)).toEqual(['CONFLIT_DE_VERSION']);
    expect((await enregistrer(3, { etp: '0' })).errors).toEqual([
      expect.objectContaining({ code: 'VALEUR_INVALIDE', path: ['input', 'champs', 'etp'], regle: 'ASE-FIN-01' }),
    ]);
  });

  it('joins no territory where the dispositif is off, and may leave one that is switched off', async () => {
    const id = await creerBrouillon(gateway, {});
    const enregistrer = (version: number, territoires: string[]) =>
      muter(gateway, 'association', 'candidatureCoordoAseEnregistrer', 'candidature { version territoires { code } }', {
        candidatureId: id,
        version,
        territoires,
      });
    expect((await enregistrer(1, ['LENS_LIEVIN', 'BOULONNAIS'])).errors).toEqual([
      expect.objectContaining({ code: 'DISPOSITIF_INACTIF', path: ['input', 'territoires'] }),
    ]);
    await activer(gateway, ['BOULONNAIS']);
    const deux = await enregistrer(1, ['LENS_LIEVIN', 'Lens Liévin', 'BOULONNAIS']);
    expect(deux.candidature).toMatchObject({
      version: 2,
      territoires: [{ code: 'BOULONNAIS' }, { code: 'LENS_LIEVIN' }],
    });
    horloge.avancerA('2026-02-02T10:00:00+01:00');
    const desactivation = { dispositif: 'coordo-ase', territoires: ['BOULONNAIS'], enCours: 'TERMINER' };
    await muter(gateway, 'administrateur', 'dispositifDesactiver', 'dispositif { code }', desactivation);
    expect((await enregistrer(2, ['LENS_LIEVIN', 'BOULONNAIS'])).errors.map((e) => e.code)).toEqual([
      'DISPOSITIF_INACTIF',
    ]);
    expect((await enregistrer(2, ['LENS_LIEVIN'])).errors).toEqual([]);
  });

  it('does not leave a territory where the dossiers are suspended: it waits as it is (AMB-177)', async () => {
    const id = await creerBrouillon(gateway, {});
    horloge.avancerA('2026-02-02T11:00:00+01:00');
    await activer(gateway, ['BOULONNAIS']);
    const suspension = { dispositif: 'coordo-ase', territoires: ['LENS_LIEVIN'], enCours: 'SUSPENDRE' };
    await muter(gateway, 'administrateur', 'dispositifDesactiver', 'dispositif { code }', suspension);
    const { errors } = await muter(
      gateway,
      'association',
      'candidatureCoordoAseEnregistrer',
      'candidature { version }',
      {
        candidatureId: id,
        version: 1,
        territoires: ['BOULONNAIS'],
      },
    );
    expect(errors).toEqual([expect.objectContaining({ code: 'DISPOSITIF_INACTIF', path: ['input', 'candidatureId'] })]);
    horloge.avancerA('2026-02-02T12:00:00+01:00');
    await activer(gateway);
  });

  it('on territories whose parameters differ is deposited all the same, and leaves the point to the siège', async () => {
    await activer(gateway, ['TERNOIS', 'ARTOIS']);
    for (const [territoire, valeur] of [
      ['TERNOIS', '51000.00'],
      ['ARTOIS', '50000.00'],
    ]) {
      const surcharge = {
        dispositif: 'coordo-ase',
        cle: 'plafondParEtp',
        portee: 'TERRITOIRE',
        porteeId: territoire,
        du: '2026-01-12',
        valeur,
        motif: 'Essai.',
      };
      expect(
        (await muter(gateway, 'administrateur', 'parametreSurcharger', 'clientMutationId', surcharge)).errors,
      ).toEqual([]);
    }
    const id = await creerBrouillon(gateway, CHAMPS_COMPLETS, ['TERNOIS', 'ARTOIS']);
    expect((await deposer(id)).candidature).toMatchObject({ etat: 'DEPOSEE' });
    const document = 'query ($id: ID!) { candidature(id: $id) { pointsAConfirmer { regle motifs { code } } } }';
    expect(await lire(gateway, 'siege', document, { id })).toEqual({
      candidature: { pointsAConfirmer: [{ regle: 'ASE-FIN-01', motifs: [{ code: 'PARAMETRE_AMBIGU' }] }] },
    });
  });

  it('that lacks fields is not deposited: each is named', async () => {
    const id = await creerBrouillon(gateway, { etp: '1' });
    const { errors } = await deposer(id);
    expect(errors.map((e) => e.path.join('.'))).toEqual(
      expect.arrayContaining(['champs.intitule', 'champs.montantDemande']),
    );
    expect(new Set(errors.map((e) => e.code))).toEqual(new Set(['CHAMP_OBLIGATOIRE']));
  });

  it('above the cap is not deposited (ASE-FIN-01)', async () => {
    const depensesDirectes = [{ nature: 'SALAIRES', libelle: 'x', montant: '60000.00' }];
    const id = await creerBrouillon(gateway, { ...CHAMPS_COMPLETS, depensesDirectes, montantDemande: '52000.01' });
    expect(refusCites((await deposer(id)).errors)).toEqual([
      'ASE-FIN-01 MONTANT_SUPERIEUR_AU_PLAFOND champs.montantDemande',
    ]);
  });

  it('is done once under retry, even when both arrive together', async () => {
    const ids = await idsDeBase(gateway);
    const input = { ...ids, clientMutationId: 'une-fois', territoires: ['LENS_LIEVIN'], champs: {} };
    const creer = () => muter(gateway, 'association', 'candidatureCoordoAseCreer', 'candidature { id numero }', input);
    const reponses = await Promise.all([creer(), creer(), creer()]);
    expect(new Set(reponses.map((r) => JSON.stringify(r.candidature))).size).toBe(1);
    const autre = await muter(gateway, 'association', 'candidatureCoordoAseCreer', 'candidature { id }', {
      ...input,
      champs: { etp: '2' },
    });
    expect(autre.errors.map((e) => e.code)).toEqual(['IDEMPOTENCE_CONFLIT']);
  });
});

describe('Who sees what', () => {
  const etat = async (compte: string, id: string): Promise<unknown> =>
    (
      await lire<{ candidature: unknown }>(gateway, compte, 'query ($id: ID!) { candidature(id: $id) { etat } }', {
        id,
      })
    ).candidature;

  it('a draft is its structure’s alone; from the deposit on, the services of its territories see it', async () => {
    const id = await creerBrouillon(gateway);
    expect(await etat('association', id)).toEqual({ etat: 'BROUILLON' });
    for (const autre of ['siege', 'slai-lens', 'association-2']) expect(await etat(autre, id)).toBeNull();
    await deposer(id);
    for (const autre of ['siege', 'slai-lens']) expect(await etat(autre, id)).toEqual({ etat: 'DEPOSEE' });
    for (const autre of ['slai-arras', 'association-2', 'bailleur', 'siege-99'])
      expect(await etat(autre, id)).toBeNull();
  });

  it('what is not yours is refused like what does not exist', async () => {
    const id = await creerBrouillon(gateway);
    const inconnu = 'Candidature-00000000-0000-7000-8000-000000000000';
    const chezAutrui = await deposer(id, 'association-2');
    expect(chezAutrui.errors).toEqual((await deposer(inconnu, 'association-2')).errors);
    expect(chezAutrui.errors.map((e) => e.code)).toEqual(['INTROUVABLE']);
  });

  it('names of persons are masked for who may not see them', async () => {
    const id = await creerBrouillon(gateway);
    await deposer(id);
    const document =
      'query ($id: ID!) { candidature(id: $id) { ... on CandidatureCoordoAse { champs { etp contactNom } } } }';
    const champs = async (compte: string) =>
      (await lire<{ candidature: { champs: object } | null }>(gateway, compte, document, { id })).candidature?.champs;
    expect(await champs('siege')).toEqual({ etp: '1', contactNom: 'Contact de démonstration' });
    expect(await champs('administrateur')).toEqual({ etp: '1', contactNom: null });
  });

  it('lists page by page, each row once', async () => {
    const vus: string[] = [];
    let after: string | null = null;
    do {
      const {
        candidatures,
      }: { candidatures: { nodes: { numero: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } =
        await lire(
          gateway,
          'association',
          'query ($after: String) { candidatures(first: 3, after: $after) { nodes { numero } pageInfo { hasNextPage endCursor } } }',
          { after },
        );
      vus.push(...candidatures.nodes.map((n) => n.numero));
      after = candidatures.pageInfo.hasNextPage ? candidatures.pageInfo.endCursor : null;
    } while (after !== null);
    expect(vus.length).toBeGreaterThan(6);
    expect(new Set(vus).size).toBe(vus.length);

    const page = async (args: string): Promise<unknown> => {
      const document = `{ candidatures(${args}) { nodes { numero } pageInfo { hasNextPage hasPreviousPage } } }`;
      const lue = await lire<{ candidatures: { nodes: { numero: string }[]; pageInfo: object } }>(
        gateway,
        'association',
        document,
      );
      return { numeros: lue.candidatures.nodes.map((n) => n.numero), ...lue.candidatures.pageInfo };
    };
    const toutes = { numeros: vus, hasNextPage: false, hasPreviousPage: false };
    expect(await page(`first: ${vus.length}`)).toEqual(toutes);
    expect(await page(`last: ${vus.length}`)).toEqual(toutes);
    expect(await page('last: 2')).toEqual({ numeros: vus.slice(-2), hasNextPage: false, hasPreviousPage: true });
  });
});

describe('Instruction', () => {
  const agir = (compte: string, nom: string, input: object) =>
    muter(gateway, compte, nom, 'candidature { etat }', input);

  it('asks the SLAI of each territory, then the siège; borderline points are confirmed by rule', async () => {
    await activer(gateway, ['ARRAGEOIS']);
    const id = await creerBrouillon(gateway, { ...CHAMPS_COMPLETS, accompagnementsEngages: 20 }, [
      'LENS_LIEVIN',
      'ARRAGEOIS',
    ]);
    await deposer(id);
    await valider(id);
    const decision = { candidatureId: id, sens: 'RETENUE', motif: 'Équipe prête.', confirmations: [] as string[] };
    const avis = { candidatureId: id, sens: 'FAVORABLE', motif: 'Attendu.' };

    expect((await agir('siege', 'candidatureDecider', decision)).errors[0]).toMatchObject({
      code: 'ETAT_INCOMPATIBLE',
      regle: 'AMB-105',
    });
    expect((await agir('slai-lens', 'candidatureDonnerAvis', avis)).errors).toEqual([]);
    const avisLus = 'query ($id: ID!) { candidature(id: $id) { avis { sens } } }';
    expect(await lire(gateway, 'association', avisLus, { id })).toEqual({ candidature: { avis: [] } });
    expect(await lire(gateway, 'siege', avisLus, { id })).toEqual({ candidature: { avis: [{ sens: 'FAVORABLE' }] } });
    expect((await agir('slai-lens', 'candidatureDonnerAvis', avis)).errors[0]).toMatchObject({
      code: 'ETAT_INCOMPATIBLE',
    });
    expect((await agir('siege', 'candidatureDecider', decision)).errors[0]?.message).toContain('Arrageois');
    expect((await agir('slai-arras', 'candidatureDonnerAvis', avis)).errors).toEqual([]);
    expect((await agir('slai-arras', 'candidatureDecider', decision)).errors[0]).toMatchObject({
      code: 'ACTION_INTERDITE',
    });
    expect(refusCites((await agir('siege', 'candidatureDecider', decision)).errors)).toEqual([
      'ASE-FIN-07 A_CONFIRMER input.confirmations',
    ]);
    const etrangere = await agir('siege', 'candidatureDecider', {
      ...decision,
      confirmations: ['ASE-FIN-07', 'BIDON'],
    });
    expect(etrangere.errors).toEqual([
      expect.objectContaining({ code: 'VALEUR_INVALIDE', path: ['input', 'confirmations'] }),
    ]);
    const confirmee = await agir('siege', 'candidatureDecider', { ...decision, confirmations: ['ASE-FIN-07'] });
    expect(confirmee.candidature).toEqual({ etat: 'RETENUE' });
  });

  it('tells each person what they may do next, and why not', async () => {
    const id = await creerBrouillon(gateway);
    const document =
      'query ($id: ID!) { candidature(id: $id) { actionsPossibles { action possible motifs { code } } } }';
    const actions = async (compte: string) => {
      const lu = await lire<{
        candidature: { actionsPossibles: { action: string; possible: boolean; motifs: { code: string }[] }[] };
      }>(gateway, compte, document, { id });
      return Object.fromEntries(
        lu.candidature.actionsPossibles.map((a) => [a.action, a.possible || a.motifs.map((m) => m.code).join()]),
      );
    };
    expect(await actions('association')).toMatchObject({
      ENREGISTRER: true,
      DEPOSER: true,
      VALIDER: 'ETAT_INCOMPATIBLE',
      DECIDER: 'ACTION_INTERDITE',
    });
    horloge.avancerA('2026-02-16T00:00:00+01:00');
    expect(await actions('association')).toMatchObject({ DEPOSER: 'APPEL_CLOS', ABANDONNER: true });
    horloge.avancerA(OUVERT);
    await deposer(id);
    await valider(id);
    expect(await actions('slai-lens')).toMatchObject({
      DONNER_AVIS: true,
      DECIDER: 'ACTION_INTERDITE',
      ENREGISTRER: 'ACTION_INTERDITE',
    });
    expect(await actions('siege')).toMatchObject({ DECIDER: 'ETAT_INCOMPATIBLE', DONNER_AVIS: 'ACTION_INTERDITE' });
  });
});
