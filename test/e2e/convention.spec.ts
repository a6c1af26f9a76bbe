import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import { avecClient } from '../support/base-essai.js';
import { refusCites } from '../support/chaine-de-paiement.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import {
  activer,
  creerBrouillon,
  type ErreurLue,
  jusquALaDerniereSignature,
  muter,
  type ReponseLue,
  signerPourLeDepartement,
} from '../support/parcours-coordo-ase.js';

describe('Convention', () => {
  let gateway: GatewayEssai;

  beforeAll(async () => {
    gateway = await demarrerGatewayEssai({ dispositifs });
    await activer(gateway);
  });
  afterAll(() => gateway?.arreter());

  const retenue = async (): Promise<string> => {
    const candidatureId = await creerBrouillon(gateway);
    const etapes: [string, string, object][] = [
      ['association', 'candidatureDeposer', {}],
      ['association', 'candidatureValider', {}],
      ['slai-lens', 'candidatureDonnerAvis', { sens: 'DEFAVORABLE', motif: 'Équipe à compléter.' }],
      ['siege', 'candidatureDecider', { sens: 'RETENUE', motif: 'Réserves levées.', confirmations: [] }],
    ];
    for (const [compte, nom, autres] of etapes) {
      const { errors } = await muter(gateway, compte, nom, 'candidature { etat }', { candidatureId, ...autres });
      expect({ nom, errors }).toEqual({ nom, errors: [] });
    }
    return candidatureId;
  };
  const preparer = (candidatureId: string, changements: object = {}, compte = 'siege'): Promise<ReponseLue> =>
    muter(gateway, compte, 'conventionCoordoAsePreparer', 'convention { id etat montant au plafond { resultat } }', {
      candidatureId,
      du: '2026-03-01',
      au: '2027-02-28',
      montant: '52000.00',
      termes: { etp: '1', accompagnements: 30, budgetAdopte: true },
      ...changements,
    });
  const signer = (conventionId: string, compte: string, changements: object): Promise<ReponseLue> =>
    muter(gateway, compte, 'conventionSigner', 'convention { etat }', {
      conventionId,
      partie: 'PORTEUR',
      signeeLe: '2026-02-02',
      qualite: 'présidence',
      ...changements,
    });
  const refus = ({ errors }: { errors: ErreurLue[] }): [string, string, string | null][] =>
    errors.map((e) => [e.code, e.path.join('.'), e.regle]);

  it('lasts at most twelve months, to the day (ASE-CAL-02)', async () => {
    const id = await retenue();
    const trop = await preparer(id, { au: '2027-03-01' });
    expect(refusCites(trop.errors)).toEqual(['ASE-CAL-02 DUREE_SUPERIEURE_AU_MAXIMUM input.au']);
    expect(await preparer(id)).toMatchObject({ errors: [], convention: { etat: 'PROJET', au: '2027-02-28' } });
  });

  it('grants at most 52 000 € per ETP, by month below twelve (ASE-FIN-01, AMB-082)', async () => {
    const id = await retenue();
    const mi = { au: '2026-08-31' };
    expect(refusCites((await preparer(id, { ...mi, montant: '26000.01' })).errors)).toEqual([
      'ASE-FIN-01 MONTANT_SUPERIEUR_AU_PLAFOND input.montant',
    ]);
    expect((await preparer(id, { ...mi, montant: '26000.00' })).errors).toEqual([]);
  });

  it.each([
    ['une date impossible', { du: '2026-02-30' }, 'VALEUR_INVALIDE', 'input.du'],
    ['une fin avant le début', { au: '2026-02-28' }, 'PERIODE_INVALIDE', 'input.au'],
    ['un montant nul', { montant: '0.00' }, 'VALEUR_INVALIDE', 'input.montant'],
    ['un montant négatif', { montant: '-1.00' }, 'VALEUR_INVALIDE', 'input.montant'],
    ['un montant qui n’en est pas un', { montant: '1e9' }, 'VALEUR_INVALIDE', 'input.montant'],
    [
      'des ETP nuls',
      { termes: { etp: '0', accompagnements: 30, budgetAdopte: true } },
      'VALEUR_INVALIDE',
      'input.termes.etp',
    ],
    ['des termes incomplets', { termes: { etp: '1' } }, 'CHAMP_OBLIGATOIRE', 'input.termes.accompagnements'],
  ])('refuses %s, and writes nothing', async (_, changements, code, chemin) => {
    const id = await retenue();
    expect(refus(await preparer(id, changements)).map(([c, p]) => [c, p])).toEqual([[code, chemin]]);
    expect((await preparer(id)).errors).toEqual([]);
  });

  it('is prepared once, by the siège, from a retained candidature', async () => {
    const id = await retenue();
    expect(refus(await preparer(id, {}, 'association'))[0]?.[0]).toBe('ACTION_INTERDITE');
    expect(refus(await preparer(id, {}, 'slai-arras'))[0]?.[0]).toBe('INTROUVABLE');
    const deux = await Promise.all([preparer(id), preparer(id)]);
    expect(deux.map((r) => r.errors.length).sort()).toEqual([0, 1]);
    expect(refus(await preparer(await creerBrouillon(gateway)))[0]?.[0]).toBe('INTROUVABLE');
  });

  it('is signed by each party for itself, once, on a day that has come (AMB-097, TRANS-09)', async () => {
    const { convention } = await preparer(await retenue());
    const { id } = convention as { id: string };
    expect(refus(await signer(id, 'association', { partie: 'DEPARTEMENT' }))[0]?.slice(0, 2)).toEqual([
      'ACTION_INTERDITE',
      'input.partie',
    ]);
    expect(refus(await signer(id, 'siege', {}))[0]?.slice(0, 2)).toEqual(['ACTION_INTERDITE', 'input.partie']);
    expect(refus(await signer(id, 'association-2', {}))[0]?.[0]).toBe('INTROUVABLE');
    expect(refus(await signer(id, 'association', { signeeLe: '2026-02-03' }))).toEqual([
      ['PERIODE_INVALIDE', 'input.signeeLe', 'AMB-097'],
    ]);
    expect(refus(await signer(id, 'association', { signeeLe: '2026-02-01' }))).toEqual([
      ['PERIODE_INVALIDE', 'input.signeeLe', 'AMB-097'],
    ]);
    expect(refus(await signer(id, 'association', { qualite: ' ' }))[0]?.[0]).toBe('CHAMP_OBLIGATOIRE');
    expect((await signer(id, 'association', {})).convention).toEqual({ etat: 'PROJET' });
    expect(refus(await signer(id, 'association', {}))[0]?.slice(0, 2)).toEqual(['ETAT_INCOMPATIBLE', 'input.partie']);
    expect((await signerPourLeDepartement(gateway, id)).convention).toMatchObject({ etat: 'SIGNEE' });
  });

  it('grants no more than the candidature asks, nor more ETP, nor without a budget, nor a period that is over', async () => {
    const id = await retenue();
    const deuxEtp = { montant: '100000.00', termes: { etp: '2', accompagnements: 30, budgetAdopte: true } };
    const sansBudget = { termes: { etp: '1', accompagnements: 30 } };
    expect(refusCites((await preparer(id, sansBudget)).errors)).toEqual([
      'AMB-052 REGLE_NON_RESPECTEE input.termes.budgetAdopte',
    ]);
    const tropDEtp = { termes: { etp: '1.01', accompagnements: 30, budgetAdopte: true } };
    expect(refusCites((await preparer(id, deuxEtp)).errors)).toEqual(['ASE-FIN-08 REGLE_NON_RESPECTEE input.montant']);
    expect(refusCites((await preparer(id, tropDEtp)).errors)).toEqual([
      'ASE-FIN-01 REGLE_NON_RESPECTEE input.termes.etp',
    ]);
    expect(refus(await preparer(id, { du: '1999-01-01', au: '1999-12-31' }))[0]?.slice(0, 2)).toEqual([
      'PERIODE_INVALIDE',
      'input.au',
    ]);
  });

  it('asks for its payments in the very transaction of the last signature, once under retry', async () => {
    const { conventionId } = await jusquALaDerniereSignature(gateway);
    const demandes = (): Promise<number> =>
      avecClient(gateway.base.urlAdmin, async (client) => {
        const texte = `select from sillage.outbox where nom = 'versements.calculer' and charge::text like $1`;
        const uuid = conventionId.replace('Convention-', '');
        return (await client.query(texte, [`%${uuid}%`])).rowCount ?? 0;
      });
    expect(await demandes()).toBe(0);
    const cle = { partie: 'DEPARTEMENT', clientMutationId: 'derniere-signature' };
    const reponses = await Promise.all([1, 2, 3].map(() => signer(conventionId, 'siege', cle)));
    expect(reponses.map((r) => r.convention)).toEqual(Array(3).fill({ etat: 'SIGNEE' }));
    expect(await demandes()).toBe(1);
  });

  it('is never signed for both parties by one person, whatever their habilitations (TRANS-29)', async () => {
    const { convention } = await preparer(await retenue());
    const { id } = convention as { id: string };
    const accorder = (role: string) =>
      muter(gateway, 'administrateur', 'habilitationAccorder', 'clientMutationId', {
        iss: gateway.emetteur.emetteur,
        sub: 'association',
        libelle: 'Association',
        role,
        territoires: [],
      });
    expect((await accorder('ADMINISTRATEUR')).errors).toEqual([]);
    expect(refus(await signer(id, 'association', { partie: 'DEPARTEMENT' }))[0]?.slice(0, 2)).toEqual([
      'ACTION_INTERDITE',
      'input.partie',
    ]);
    expect((await accorder('SIEGE')).errors).toEqual([]);
    expect((await signer(id, 'association', {})).errors).toEqual([]);
    expect(refus(await signer(id, 'association', { partie: 'DEPARTEMENT' }))).toEqual([
      ['AUTEUR_VALIDEUR_IDENTIQUES', 'input.partie', 'TRANS-29'],
    ]);
  });
});
