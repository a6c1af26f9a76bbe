import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import { horlogeFixe } from '@sillage/kernel';
import { creerJournal } from '@sillage/socle';
import { creerWorker, type Worker } from '@sillage/worker';
import { surChaqueFile } from '../../libs/jobs/test/chaque-file.js';
import { demarrerRedis, type RedisEssai } from '../../libs/jobs/test/redis-essai.js';
import { avecClient } from '../support/base-essai.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import {
  activer,
  jusquALaDerniereSignature,
  lire,
  muter,
  signerPourLeDepartement,
} from '../support/parcours-coordo-ase.js';

interface VersementLu {
  id: string;
  conventionId: string;
  tranche: string;
  montant: string;
  etat: string;
  explication: { resultat: string; texte: string; parametres: { cle: string; valeur: string; regle: string }[] };
}

surChaqueFile('The advance, from the last signature to the siège’s order', (backend) => {
  const horloge = horlogeFixe('2026-02-02T09:00:00+01:00');
  let gateway: GatewayEssai;
  let redis: RedisEssai | undefined;
  let worker: Worker | undefined;

  beforeAll(async () => {
    redis = backend === 'redis' ? await demarrerRedis() : undefined;
    gateway = await demarrerGatewayEssai({ dispositifs, horloge, env: redis ? { REDIS_URL: redis.url } : {} });
    await activer(gateway);
  });
  afterAll(async () => {
    await gateway?.arreter();
    await redis?.arreter();
  });
  beforeEach(async () => {
    const journal = creerJournal({ service: 'worker', niveau: 'error', destination: { write: () => undefined } });
    worker = await creerWorker({ configuration: gateway.configurationWorker, dispositifs, horloge, journal });
    await worker.demarrer();
  });
  afterEach(() => worker?.arreter());

  const versementsDe = async (conventionId: string, compte = 'siege'): Promise<VersementLu[]> => {
    const document = `{ versements(first: 100) { nodes { id conventionId tranche montant etat
      explication { resultat texte parametres { cle valeur regle } } } } }`;
    const { versements } = await lire<{ versements: { nodes: VersementLu[] } }>(gateway, compte, document);
    return versements.nodes.filter((v) => v.conventionId === conventionId);
  };
  const outbox = () =>
    avecClient(gateway.base.urlAdmin, async (client) => {
      const texte = `select etat, publications, tentatives, erreurs from sillage.outbox where nom = 'versements.calculer' order by id`;
      return (await client.query<{ etat: string; erreurs: unknown }>(texte)).rows;
    });
  const attendre = async <T>(essai: () => Promise<T | undefined>, quoi: string): Promise<T> => {
    const limite = performance.now() + 20_000;
    while (performance.now() < limite) {
      const valeur = await essai();
      if (valeur !== undefined) return valeur;
      await new Promise((r) => setTimeout(r, 50));
    }
    throw new Error(`Pas venu à temps : ${quoi}. ${JSON.stringify(await outbox())}`);
  };
  const versementDe = (conventionId: string) =>
    attendre(async () => (await versementsDe(conventionId))[0], 'le versement');
  const etatsOutbox = async () => (await outbox()).map((ligne) => ligne.etat);

  it('is 31 200,00 € for one ETP at the cap, with its explanation, proposed once, liquidated once, ordered by another', async () => {
    const { conventionId } = await jusquALaDerniereSignature(gateway);
    const signee = await signerPourLeDepartement(gateway, conventionId);
    expect(signee.convention).toEqual({ etat: 'SIGNEE', signeeLe: '2026-02-02' });
    const versement = await versementDe(conventionId);
    expect(versement).toMatchObject({ tranche: 'AVANCE', montant: '31200.00', etat: 'PROPOSE' });
    expect(versement.explication.parametres).toEqual([{ cle: 'tauxAvance', valeur: '60 %', regle: 'ASE-PAY-01' }]);
    expect(versement.explication.texte).toContain('ASE-PAY-01');

    const liquider = (compte: string) =>
      muter(gateway, compte, 'versementLiquider', 'versement { etat montant }', { versementId: versement.id });
    expect((await liquider('association')).errors.map((e) => e.code)).toEqual(['ACTION_INTERDITE']);
    expect((await liquider('siege-99')).errors.map((e) => e.code)).toEqual(['INTROUVABLE']);
    expect((await liquider('slai-arras')).errors.map((e) => e.code)).toEqual(['INTROUVABLE']);
    const reponses = await Promise.all([liquider('siege'), liquider('slai-lens')]);
    expect(reponses.map((r) => r.errors.map((e) => e.code).join()).sort()).toEqual(['', 'ETAT_INCOMPATIBLE']);
    expect((await versementsDe(conventionId)).map((v) => v.etat)).toEqual(['LIQUIDE']);

    const ordonner = (compte: string) =>
      muter(gateway, compte, 'versementOrdonner', 'versement { etat ecritures { nature montant } }', {
        versementId: versement.id,
      });
    expect((await ordonner('slai-lens')).errors.map((e) => e.code)).toEqual(['ACTION_INTERDITE']);
    const quiALiquide = reponses[0].errors.length === 0 ? 'siege' : 'slai-lens';
    const ordonne = await ordonner(quiALiquide === 'siege' ? 'siege-2' : 'siege');
    expect(ordonne.versement).toEqual({
      etat: 'ORDONNE',
      ecritures: [
        { nature: 'LIQUIDATION', montant: '31200.00' },
        { nature: 'MANDATEMENT', montant: '31200.00' },
      ],
    });
  });

  it('is the same whichever party signs last, even when both sign at once', async () => {
    const { conventionId } = await jusquALaDerniereSignature(gateway, '10000.01');
    const [un, deux] = await Promise.all([
      signerPourLeDepartement(gateway, conventionId),
      signerPourLeDepartement(gateway, conventionId),
    ]);
    expect([un.errors.length, deux.errors.length].sort()).toEqual([0, 1]);
    // 60 % of 10 000,01 is 6 000,006: rounded half up, once (AMB-104).
    expect((await versementDe(conventionId)).montant).toBe('6000.01');
    expect(await versementsDe(conventionId)).toHaveLength(1);
  });

  it('is proposed once even when the same event is announced twice', async () => {
    const { conventionId } = await jusquALaDerniereSignature(gateway);
    await signerPourLeDepartement(gateway, conventionId);
    await versementDe(conventionId);
    await avecClient(gateway.base.urlAdmin, (client) =>
      client.query(`insert into sillage.outbox (departement_id, id, file, nom, charge)
        select departement_id, uuidv7(), file, nom, charge from sillage.outbox where nom = 'versements.calculer' order by cree_le desc limit 1`),
    );
    await attendre(
      async () => ((await etatsOutbox()).every((etat) => etat === 'TRAITE') ? true : undefined),
      'le second job',
    );
    expect(await versementsDe(conventionId)).toHaveLength(1);
  });

  it('follows a rate decided for the convention, and cites it', async () => {
    const { conventionId } = await jusquALaDerniereSignature(gateway);
    const { errors } = await muter(gateway, 'administrateur', 'parametreSurcharger', 'clientMutationId', {
      dispositif: 'coordo-ase',
      cle: 'tauxAvance',
      portee: 'CONVENTION',
      porteeId: conventionId,
      du: '2026-02-01',
      valeur: 50,
      motif: 'Trésorerie suffisante du porteur.',
    });
    expect(errors).toEqual([]);
    await signerPourLeDepartement(gateway, conventionId);
    const { montant, explication } = await versementDe(conventionId);
    expect(montant).toBe('26000.00');
    expect(explication.texte).toContain('décision du 2 février 2026 : « Trésorerie suffisante du porteur. »');
  });

  it('is refused while the dispositif is suspended on the territory, and comes when it is on again, with no restart', async () => {
    const { conventionId } = await jusquALaDerniereSignature(gateway);
    await worker?.arreter();
    await signerPourLeDepartement(gateway, conventionId);
    const suspendue = await muter(gateway, 'administrateur', 'dispositifDesactiver', 'dispositif { code }', {
      dispositif: 'coordo-ase',
      territoires: ['LENS_LIEVIN'],
      enCours: 'SUSPENDRE',
    });
    expect(suspendue.errors).toEqual([]);
    const journal = creerJournal({ service: 'worker', niveau: 'error', destination: { write: () => undefined } });
    worker = await creerWorker({ configuration: gateway.configurationWorker, dispositifs, horloge, journal });
    await worker.demarrer();
    await attendre(async () => ((await etatsOutbox()).at(-1) === 'REFUSE' ? true : undefined), 'le refus du job');
    expect(await versementsDe(conventionId)).toEqual([]);

    horloge.avancerA('2026-02-02T10:00:00+01:00');
    await activer(gateway);
    expect((await versementDe(conventionId)).montant).toBe('31200.00');
  });

  it('refuses every gesture where the dispositif is suspended', async () => {
    const { conventionId } = await jusquALaDerniereSignature(gateway);
    horloge.avancerA('2026-02-02T11:00:00+01:00');
    await muter(gateway, 'administrateur', 'dispositifDesactiver', 'dispositif { code }', {
      dispositif: 'coordo-ase',
      territoires: ['LENS_LIEVIN'],
      enCours: 'SUSPENDRE',
    });
    expect((await signerPourLeDepartement(gateway, conventionId)).errors.map((e) => e.code)).toEqual([
      'DISPOSITIF_INACTIF',
    ]);
    horloge.avancerA('2026-02-02T12:00:00+01:00');
    await activer(gateway);
    expect((await signerPourLeDepartement(gateway, conventionId)).errors).toEqual([]);
    const { id: versementId } = await versementDe(conventionId);

    horloge.avancerA('2026-02-02T13:00:00+01:00');
    await muter(gateway, 'administrateur', 'dispositifDesactiver', 'dispositif { code }', {
      dispositif: 'coordo-ase',
      territoires: ['LENS_LIEVIN'],
      enCours: 'SUSPENDRE',
    });
    const lu = await lire(
      gateway,
      'siege',
      `{ versement(id: "${versementId}") { actionsPossibles { action possible motifs { code } } } }`,
    );
    expect(lu).toMatchObject({
      versement: {
        actionsPossibles: [
          { action: 'LIQUIDER', possible: false, motifs: [{ code: 'DISPOSITIF_INACTIF' }] },
          { action: 'ORDONNER', possible: false, motifs: [{ code: 'ETAT_INCOMPATIBLE' }] },
          { action: 'REFUSER', possible: false, motifs: [{ code: 'DISPOSITIF_INACTIF' }] },
        ],
      },
    });
    const decider = (nom: string, autres: object = {}) =>
      muter(gateway, 'siege', nom, 'versement { etat }', { versementId, ...autres });
    const valide = await decider('versementLiquider');
    expect(valide.errors.map((e) => [e.code, e.path.join('.')])).toEqual([['DISPOSITIF_INACTIF', 'input.versementId']]);
    const refuse = await decider('versementRefuser', { motif: 'Essai.' });
    expect(refuse.errors.map((e) => e.code)).toEqual(['DISPOSITIF_INACTIF']);
    horloge.avancerA('2026-02-02T14:00:00+01:00');
    await activer(gateway);
    expect((await decider('versementLiquider')).errors).toEqual([]);
  });
});
