import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import type { Worker } from '@sillage/worker';
import { bilanCoordoAse } from '../support/bilan-coordo-ase.js';
import {
  attendreVersement,
  codes,
  demarrerWorker,
  faire,
  ordonner,
  payer,
  versementsDe,
} from '../support/chaine-de-paiement.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import {
  activer,
  jusquALaDerniereSignature,
  lire,
  muter,
  signerPourLeDepartement,
} from '../support/parcours-coordo-ase.js';

let gateway: GatewayEssai;
let worker: Worker;
let conventionId = '';

beforeAll(async () => {
  gateway = await demarrerGatewayEssai({ dispositifs });
  worker = await demarrerWorker(gateway, dispositifs);
  await activer(gateway);
  ({ conventionId } = await jusquALaDerniereSignature(gateway, '40000.00'));
});
afterAll(async () => {
  await worker?.arreter();
  await gateway?.arreter();
});

const preparer = (input: object, compte = 'siege') =>
  muter(
    gateway,
    compte,
    'avenantCoordoAsePreparer',
    'convention { montant avenants { id numero etat montant au effetLe avant } }',
    { conventionId, effetLe: '2026-09-01', motif: 'Un poste renforcé.', ...input },
  );

async function avenant(): Promise<{ id: string; etat: string }> {
  const document = `query ($id: ID!) { convention(id: $id) { avenants { id etat } } }`;
  const { convention } = await lire<{ convention: { avenants: { id: string; etat: string }[] } }>(
    gateway,
    'siege',
    document,
    { id: conventionId },
  );
  return convention.avenants.at(-1)!;
}

const signer = async (compte: string, partie: string, autres: object = {}) =>
  muter(gateway, compte, 'avenantSigner', 'convention { montant au }', {
    avenantId: (await avenant()).id,
    partie,
    signeeLe: '2026-02-02',
    qualite: 'direction',
    ...autres,
  });

async function engage(): Promise<string> {
  const { enveloppes } = await lire<{ enveloppes: { nodes: { soldes: { engage: string } }[] } }>(
    gateway,
    'siege',
    '{ enveloppes { nodes { soldes { engage } } } }',
  );
  return enveloppes.nodes[0]!.soldes.engage;
}

const vivants = async () =>
  (await versementsDe(gateway, conventionId))
    .filter(({ etat }) => etat !== 'REFUSE')
    .map((v) => [v.tranche, v.sens, v.montant, v.etat]);

async function attendreVivants(attendus: string[][]): Promise<void> {
  for (let essai = 0; essai < 100 && JSON.stringify(await vivants()) !== JSON.stringify(attendus); essai += 1) {
    await new Promise((r) => setTimeout(r, 50));
  }
  expect(await vivants()).toEqual(attendus);
}

describe('An avenant (TRANS-09)', () => {
  it('changes a signed convention only, within the limits of its dispositif', async () => {
    expect(codes((await preparer({ montant: '50000.00' })).errors)).toEqual(['ETAT_INCOMPATIBLE input.conventionId']);
    await signerPourLeDepartement(gateway, conventionId);
    await ordonner(gateway, 'slai-lens', (await attendreVersement(gateway, conventionId, 'AVANCE')).id);
    await payer(gateway, '2026-02-02');
    for (const [input, attendu] of [
      [{ montant: '52000.01' }, 'MONTANT_SUPERIEUR_AU_PLAFOND input.montant'],
      [{ montant: '0' }, 'VALEUR_INVALIDE input.montant'],
      [{ montant: '' }, 'VALEUR_INVALIDE input.montant'],
      [{ au: '' }, 'VALEUR_INVALIDE input.au'],
      [{ montant: '1e3' }, 'VALEUR_INVALIDE input.montant'],
      [{ effetLe: '2026-02-28' }, 'PERIODE_INVALIDE input.effetLe'],
      [{ effetLe: '2027-03-01' }, 'PERIODE_INVALIDE input.effetLe'],
      [{ au: '2027-03-01' }, 'DUREE_SUPERIEURE_AU_MAXIMUM input.au'],
      [{ au: '2026-02-01', effetLe: '2026-03-01' }, 'PERIODE_INVALIDE input.au'],
      [{ termes: { etp: '0', accompagnements: 60, budgetAdopte: true } }, 'VALEUR_INVALIDE input.termes.etp'],
      [{ motif: ' ' }, 'CHAMP_OBLIGATOIRE input.motif'],
      [{ motif: '\u00a0 \u200b' }, 'CHAMP_OBLIGATOIRE input.motif'],
      [{}, 'REGLE_NON_RESPECTEE input'],
      [{ montant: '40000', au: '2027-02-28' }, 'REGLE_NON_RESPECTEE input'],
      [{ termes: { accompagnements: 30, etp: '1.0', budgetAdopte: true }, champs: {} }, 'REGLE_NON_RESPECTEE input'],
    ] as const) {
      expect([input, codes((await preparer(input)).errors)]).toEqual([input, [attendu]]);
    }
    expect(codes((await preparer({}, 'association')).errors)).toEqual(['ACTION_INTERDITE input.conventionId']);
    expect(codes((await preparer({}, 'association-2')).errors)).toEqual(['INTROUVABLE input.conventionId']);
  });

  it('takes effect at its second signature: more is committed, and the difference is proposed', async () => {
    const { convention, errors } = await preparer({ montant: '50000.00' });
    expect(errors).toEqual([]);
    expect(convention).toMatchObject({
      montant: '40000.00',
      avenants: [{ etat: 'PROJET', montant: '50000.00', au: '2027-02-28', avant: { montant: '40000.00' } }],
    });
    expect(codes((await preparer({ montant: '45000.00' })).errors)).toEqual(['DOUBLON input.conventionId']);
    const abandonner = async (compte: string) =>
      muter(gateway, compte, 'avenantAbandonner', 'convention { montant }', {
        avenantId: (await avenant()).id,
        motif: 'Montant erroné.',
      });
    expect(codes((await abandonner('association')).errors)).toEqual(['ACTION_INTERDITE input.avenantId']);
    expect((await abandonner('siege')).errors).toEqual([]);
    expect(codes((await abandonner('siege')).errors)).toEqual(['ETAT_INCOMPATIBLE input.avenantId']);
    expect(codes((await signer('association', 'PORTEUR')).errors)).toEqual(['ETAT_INCOMPATIBLE input.avenantId']);
    expect((await preparer({ montant: '50000.00' })).errors).toEqual([]);
    expect(codes((await signer('association-2', 'PORTEUR')).errors)).toEqual(['INTROUVABLE input.avenantId']);
    expect(codes((await signer('association', 'DEPARTEMENT')).errors)).toEqual(['ACTION_INTERDITE input.partie']);
    expect(codes((await signer('association', 'PORTEUR', { signeeLe: '2026-02-03' })).errors)).toEqual([
      'PERIODE_INVALIDE input.signeeLe',
    ]);
    expect((await signer('association', 'PORTEUR')).convention).toMatchObject({ montant: '40000.00' });
    expect(codes((await signer('association', 'PORTEUR')).errors)).toEqual(['ETAT_INCOMPATIBLE input.partie']);
    const [un, deux] = await Promise.all([signer('siege', 'DEPARTEMENT'), signer('siege-2', 'DEPARTEMENT')]);
    expect([un, deux].map((r) => codes(r.errors).join()).sort()).toEqual(['', 'ETAT_INCOMPATIBLE input.avenantId']);
    expect(await engage()).toBe('26000.00');
    const regularisation = await attendreVersement(gateway, conventionId, 'AVANCE-R1');
    expect(regularisation.explication.texte).toContain('Régularisation');
    expect(await vivants()).toEqual([
      ['AVANCE', 'A_PAYER', '24000.00', 'PAYE'],
      ['AVANCE-R1', 'A_PAYER', '6000.00', 'PROPOSE'],
    ]);
  });

  it('for less, then for as much as before: what was proposed gives way, the commitment follows', async () => {
    await preparer({ montant: '30000.00' });
    await signer('association', 'PORTEUR');
    await signer('siege', 'DEPARTEMENT');
    expect(await engage()).toBe('6000.00');
    await attendreVivants([
      ['AVANCE', 'A_PAYER', '24000.00', 'PAYE'],
      ['AVANCE-R1', 'A_REVERSER', '6000.00', 'PROPOSE'],
    ]);
    await preparer({ montant: '40000.00' });
    await signer('association', 'PORTEUR');
    await signer('siege', 'DEPARTEMENT');
    expect(await engage()).toBe('16000.00');
    await attendreVivants([['AVANCE', 'A_PAYER', '24000.00', 'PAYE']]);
  });

  it('what was paid too much may be claimed, rejected, claimed again and given back', async () => {
    await preparer({ montant: '30000.00' });
    await signer('association', 'PORTEUR');
    await signer('siege', 'DEPARTEMENT');
    const trop = await attendreVersement(gateway, conventionId, 'AVANCE-R1');
    expect(trop).toMatchObject({ sens: 'A_REVERSER', montant: '6000.00' });
    await ordonner(gateway, 'slai-lens', trop.id);
    const { bordereau } = await faire(gateway, 'siege', 'bordereauEmettre', 'bordereau { numero }', {});
    const { numero } = bordereau as { numero: string };
    const contenu = [
      'bordereau;versement;montant;resultat;date;motif',
      `${numero};${trop.numero};6000.00;REJETE;2026-02-02;Adresse inconnue`,
    ].join('\n');
    await faire(gateway, 'siege', 'bordereauRetourImporter', 'bordereau { enAttente }', { contenu });
    await faire(gateway, 'siege', 'versementOrdonner', 'versement { etat }', { versementId: trop.id });
    await payer(gateway, '2026-02-02');
    expect(await vivants()).toEqual([
      ['AVANCE', 'A_PAYER', '24000.00', 'PAYE'],
      ['AVANCE-R1', 'A_REVERSER', '6000.00', 'PAYE'],
    ]);
  });

  it('the balance is computed on what the convention has become, and paid; then it changes no more', async () => {
    gateway.horloge.avancerA('2027-03-01T09:00:00+01:00');
    const remettre = async (places: number): Promise<{ bilanId: string; version: number }> => {
      const { bilan } = await faire(gateway, 'association', 'bilanCoordoAseRemettre', 'bilan { id version }', {
        conventionId,
        champs: bilanCoordoAse(places, 100),
      });
      const { id: bilanId, version } = bilan as { id: string; version: number };
      return { bilanId, version };
    };
    const confirmer = (input: object) =>
      faire(gateway, 'slai-lens', 'bilanCoordoAseConfirmer', 'bilan { etat }', input);
    const premier = await remettre(15);
    await confirmer(premier);
    await attendreVersement(gateway, conventionId, 'SOLDE');
    // Confirmed too soon: taken back, as long as nothing is liquidated.
    const rouvrir = (compte: string) =>
      muter(gateway, compte, 'bilanRouvrir', 'bilan { etat motif }', {
        bilanId: premier.bilanId,
        motif: 'Une erreur.',
      });
    expect(codes((await rouvrir('slai-lens')).errors)).toEqual(['ACTION_INTERDITE input.bilanId']);
    expect((await rouvrir('siege')).bilan).toEqual({ etat: 'A_COMPLETER', motif: 'Une erreur.' });
    expect((await vivants()).map(([tranche]) => tranche)).toEqual(['AVANCE', 'AVANCE-R1']);
    await confirmer(await remettre(30));
    // 30 000 due, 24 000 paid, 6 000 given back: 12 000, of which 6 000 are no longer committed.
    const solde = await attendreVersement(gateway, conventionId, 'SOLDE');
    expect(solde).toMatchObject({ sens: 'A_PAYER', montant: '12000.00' });
    await ordonner(gateway, 'slai-lens', solde.id);
    await payer(gateway, '2027-03-01');
    expect((await vivants()).at(-1)).toEqual(['SOLDE', 'A_PAYER', '12000.00', 'PAYE']);
    expect(await engage()).toBe('0.00');
    expect(codes((await rouvrir('siege')).errors)).toEqual(['ETAT_INCOMPATIBLE input.bilanId']);
    expect(codes((await preparer({ montant: '31000.00' })).errors)).toEqual(['ETAT_INCOMPATIBLE input.conventionId']);
  });

  it('AMB-190: 30 places for six months, then 40, are 35 promised for the year', async () => {
    gateway.horloge.avancerA('2026-02-02T09:00:00+01:00');
    ({ conventionId } = await jusquALaDerniereSignature(gateway));
    await signerPourLeDepartement(gateway, conventionId);
    await attendreVersement(gateway, conventionId, 'AVANCE');
    expect(
      (await preparer({ effetLe: '2026-09-01', termes: { etp: '1', accompagnements: 40, budgetAdopte: true } })).errors,
    ).toEqual([]);
    await signer('association', 'PORTEUR');
    await signer('siege', 'DEPARTEMENT');
    gateway.horloge.avancerA('2027-03-01T09:00:00+01:00');
    const { bilan } = await faire(gateway, 'association', 'bilanCoordoAseRemettre', 'bilan { id version }', {
      conventionId,
      champs: bilanCoordoAse(28, 100),
    });
    const { id: bilanId, version } = bilan as { id: string; version: number };
    await faire(gateway, 'slai-lens', 'bilanCoordoAseConfirmer', 'bilan { etat }', { bilanId, version });
    // 52 000 x (0,5 x 28/35 + 0,5) = 46 800, of which 31 200 are the advance.
    const solde = await attendreVersement(gateway, conventionId, 'SOLDE');
    expect(solde).toMatchObject({ sens: 'A_PAYER', montant: '15600.00' });
    expect(solde.explication.texte).toContain('1er septembre 2026');
  });

  it('what is claimed is out as long as it is not back; what is refused is committed again, and no more', async () => {
    gateway.horloge.avancerA('2026-02-02T09:00:00+01:00');
    ({ conventionId } = await jusquALaDerniereSignature(gateway, '40000.00'));
    await signerPourLeDepartement(gateway, conventionId);
    const liquider = (versementId: string) =>
      muter(gateway, 'slai-lens', 'versementLiquider', 'versement { etat }', { versementId });
    const refuser = (versementId: string) =>
      faire(gateway, 'siege', 'versementRefuser', 'versement { etat }', { versementId, motif: 'Essai.' });
    const changer = async (montant: string): Promise<void> => {
      expect((await preparer({ montant })).errors).toEqual([]);
      await signer('association', 'PORTEUR');
      await signer('siege', 'DEPARTEMENT');
    };
    const avant = Number(await engage());
    const deLaConvention = async () => Number(await engage()) - avant + 40_000;
    // Liquidated, reduced, refused: 20 000 are promised, not 24 000.
    const premiere = await attendreVersement(gateway, conventionId, 'AVANCE');
    await liquider(premiere.id);
    await changer('20000.00');
    await refuser((await attendreVersement(gateway, conventionId, 'AVANCE-R1')).id);
    await refuser(premiere.id);
    expect(await deLaConvention()).toBe(20_000);
    await changer('40000.00');
    expect(await deLaConvention()).toBe(40_000);

    const avance = await attendreVersement(gateway, conventionId, 'AVANCE');
    await ordonner(gateway, 'slai-lens', avance.id);
    await payer(gateway, '2026-02-02');
    await changer('30000.00');
    const trop = await attendreVersement(gateway, conventionId, 'AVANCE-R1');
    expect((await liquider(trop.id)).errors).toEqual([]);
    gateway.horloge.avancerA('2027-03-01T09:00:00+01:00');
    const { bilan } = await faire(gateway, 'association', 'bilanCoordoAseRemettre', 'bilan { id version }', {
      conventionId,
      champs: bilanCoordoAse(30, 100),
    });
    const { id: bilanId, version } = bilan as { id: string; version: number };
    await faire(gateway, 'slai-lens', 'bilanCoordoAseConfirmer', 'bilan { etat }', { bilanId, version });
    const solde = await attendreVersement(gateway, conventionId, 'SOLDE');
    expect(solde.montant).toBe('12000.00');
    expect(codes((await liquider(solde.id)).errors)).toEqual(['SOLDE_INSUFFISANT input.versementId']);
    await faire(gateway, 'siege', 'versementOrdonner', 'versement { etat }', { versementId: trop.id });
    await payer(gateway, '2027-03-01');
    expect(await deLaConvention()).toBe(12_000);
    await ordonner(gateway, 'slai-lens', solde.id);
    await payer(gateway, '2027-03-01');
    expect(await deLaConvention()).toBe(0);
  });

  it('AMB-175, AMB-178: a rise is earned when the avenant carries the plan that pays for it', async () => {
    gateway.horloge.avancerA('2026-02-02T09:00:00+01:00');
    ({ conventionId } = await jusquALaDerniereSignature(gateway));
    await signerPourLeDepartement(gateway, conventionId);
    await attendreVersement(gateway, conventionId, 'AVANCE');
    const hausse = {
      effetLe: '2026-03-01',
      montant: '104000.00',
      termes: { etp: '2', accompagnements: 60, budgetAdopte: true },
    };
    const depensesDirectes = [{ nature: 'SALAIRES', libelle: 'Deux coordos', montant: '86666.68' }];
    expect(codes((await preparer({ ...hausse, champs: { etp: 'deux' } })).errors)).toEqual([
      'VALEUR_INVALIDE input.champs.etp',
    ]);
    expect((await preparer({ ...hausse, champs: { depensesDirectes } })).errors).toEqual([]);
    await signer('association', 'PORTEUR');
    await signer('siege', 'DEPARTEMENT');
    await attendreVivants([['AVANCE', 'A_PAYER', '62400.00', 'PROPOSE']]);
    gateway.horloge.avancerA('2027-03-01T09:00:00+01:00');
    const depensesEncourues = [{ nature: 'SALAIRES', libelle: 'Deux coordos', montant: '86666.68', facture: 'Paies' }];
    const { bilan } = await faire(gateway, 'association', 'bilanCoordoAseRemettre', 'bilan { id version }', {
      conventionId,
      champs: { ...bilanCoordoAse(60, 100), depensesEncourues },
    });
    const { id: bilanId, version } = bilan as { id: string; version: number };
    await faire(gateway, 'slai-lens', 'bilanCoordoAseConfirmer', 'bilan { etat }', { bilanId, version });
    expect(await attendreVersement(gateway, conventionId, 'SOLDE')).toMatchObject({
      sens: 'A_PAYER',
      montant: '41600.00',
    });
  });
});
