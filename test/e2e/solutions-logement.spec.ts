import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BancDispositif, monterBanc } from '../support/banc-dispositif.js';
import {
  attendreVersement,
  codes,
  confirmerBilan,
  faire,
  ordonner,
  refusCites,
  payer,
  soldesDe,
  suivisAttendusDe,
} from '../support/chaine-de-paiement.js';
import {
  deposerEtValider,
  type DossierType,
  preparer,
  retenir,
  signer,
  tenterBrouillon,
  tenterDecision,
  tenterDepot,
} from '../support/dossier-signe.js';
import { dossierSolutionsLogement as dossier } from '../support/dossiers-logement.js';
import type { GatewayEssai } from '../support/gateway-essai.js';
import { lire, muter } from '../support/parcours-coordo-ase.js';

let banc: BancDispositif;
let gateway: GatewayEssai;
beforeAll(async () => {
  banc = await monterBanc('solutions-logement');
  ({ gateway } = banc);
});
afterAll(() => banc?.arreter());

const soldes = () => soldesDe(gateway, 'solutions-logement');

describe('What SOLLOG refuses at the deposit', () => {
  it.each<[string, DossierType]>([
    ['SOLLOG-FIN-01 MONTANT_SUPERIEUR_AU_PLAFOND champs.montantDemande', dossier('60000.01')],
    ['SOLLOG-FIN-02 REGLE_NON_RESPECTEE champs.montantDemande', dossier('20000.00', { montantDemande: '20000.01' })],
    [
      'SOLLOG-WF-05 CHAMP_OBLIGATOIRE champs.engagementInformation',
      dossier('20000.00', { engagementInformation: null }),
    ],
    ['SOLLOG-DEL-01 CHAMP_OBLIGATOIRE champs.engagementTableau', dossier('20000.00', { engagementTableau: null })],
    ['SOLLOG-PORT-01 CHAMP_OBLIGATOIRE champs.parc', dossier('20000.00', { parc: null })],
  ])('%s', async (refus, refuse) => {
    expect(await tenterDepot(gateway, refuse)).toEqual([refus]);
  });

  it('SOLLOG-PORT-01: a draft of somebody who is no landlord', async () => {
    expect(await tenterBrouillon(gateway, { ...dossier('20000.00'), porteur: 'association' })).toEqual([
      'SOLLOG-PORT-01 REGLE_NON_RESPECTEE input.structureId',
    ]);
  });

  it('SOLLOG-IND-01: fewer than 30 young people, unless the siège confirms it by name', async () => {
    const moindre = dossier('1000.00', { objectifJeunes: 12 });
    const candidatureId = await deposerEtValider(gateway, moindre);
    expect(await tenterDecision(gateway, moindre, candidatureId)).toEqual([
      'SOLLOG-IND-01 A_CONFIRMER input.confirmations',
    ]);
    await retenir(gateway, { ...moindre, confirmations: ['SOLLOG-IND-01'] });
  });

  it('SOLLOG-CAL-01: deposited at the last second of Sunday 15 February, not a second later (AMB-043)', async () => {
    const [tard, tropTard] = ['2026-02-15T23:59:59+01:00', '2026-02-16T00:00:00+01:00'];
    gateway.horloge.avancerA(tard);
    const candidatureId = await retenir(gateway, dossier('1000.00'));
    expect(candidatureId).not.toBe('');
    gateway.horloge.avancerA(tropTard);
    expect(await tenterBrouillon(gateway, dossier('1000.00'))).toEqual(['SOLLOG-CAL-01 APPEL_CLOS input.appelId']);
    gateway.horloge.avancerA('2026-02-02T09:00:00+01:00');
  });
});

describe('From the candidature to the balance', () => {
  let conventionId = '';
  const bilan = {
    montantUtilise: '38000.00',
    montantRestant: '2000.00',
    depensesEncourues: [{ nature: 'PRE_EQUIPEMENT', libelle: 'Équipement', montant: '38000.00', facture: 'F-7' }],
    entrees: [{ territoire: 'LENS_LIEVIN', commune: 'Lens', menages: 28, jeunes: 31 }],
    logementsPreEquipes: 28,
    sorties: [{ motif: 'DEMENAGEMENT', menages: 3 }],
    partenaires: 5,
    freins: 'Peu de petits logements.',
  };
  const remettre = (autres: object = {}) =>
    muter(gateway, 'bailleur', 'bilanSolutionsLogementRemettre', 'bilan { id version }', {
      conventionId,
      champs: { ...bilan, ...autres },
    });

  it('SOLLOG-PAY-01: 40 000 granted of 60 000, an advance of 32 000 at the last signature', async () => {
    const type = dossier('40000.00');
    const signee = await signer(gateway, type, await retenir(gateway, type));
    expect(signee.refus).toEqual([]);
    conventionId = signee.conventionId;
    expect(await soldes()).toEqual({ ouvert: '60000.00', disponible: '20000.00', engage: '40000.00' });
    const avance = await attendreVersement(gateway, conventionId, 'AVANCE');
    expect(avance).toMatchObject({ montant: '32000.00', sens: 'A_PAYER' });
    await ordonner(gateway, 'slisl-lens', avance.id);
    await payer(gateway, '2026-02-02');
  });

  it('what a convention is refused for', async () => {
    const type = dossier('1000.00');
    const candidatureId = await retenir(gateway, type);
    for (const [autres, refus] of [
      [{ du: '2026-09-30', au: '2027-09-29' }, 'SOLLOG-CAL-02 PERIODE_INVALIDE input.du'],
      [{ au: '2027-10-01' }, 'SOLLOG-CAL-02 DUREE_SUPERIEURE_AU_MAXIMUM input.au'],
      [{ montant: '60000.01' }, 'SOLLOG-FIN-01 MONTANT_SUPERIEUR_AU_PLAFOND input.montant'],
      [{ montant: '1000.01' }, 'AMB-175 REGLE_NON_RESPECTEE input.montant'],
      [{ termes: { objectifJeunes: 30 } }, 'AMB-052 REGLE_NON_RESPECTEE input.termes.budgetAdopte'],
    ] as const) {
      const convention = { ...type.convention, ...autres };
      expect((await preparer(gateway, { ...type, convention }, candidatureId)).refus).toEqual([refus]);
    }
  });

  it('SOLLOG-FIN-01: 60 000 in all, whoever asks (AMB-094)', async () => {
    const type = dossier('20000.01');
    const { refus } = await signer(gateway, type, await retenir(gateway, type));
    expect(refus).toEqual(['SOLLOG-FIN-01 SOLDE_INSUFFISANT input.conventionId']);
  });

  it('SOLLOG-DEL-01: a table a month, recalled on the 10th of the next one, Sundays included (AMB-059)', async () => {
    const attendus = () => suivisAttendusDe(gateway, 'slisl-lens', conventionId);
    expect(await attendus()).toHaveLength(12);
    // 14.3 #23, by analogy: the table of December is due on Sunday 10 January.
    expect((await attendus())[2]).toMatchObject({ du: '2026-12-01', au: '2026-12-31', echeance: '2027-01-10' });
    expect((await attendus())[11]).toMatchObject({ au: '2027-09-30', echeance: '2027-10-10' });
    const tableau = { dossiersMontes: 9, dossiersEnCal: 4, menagesEntres: 3, jeunesEntres: 4, menagesSortis: 0 };
    const remettreTableau = (rang: number, autres: object = {}, clientMutationId?: string) =>
      muter(gateway, 'bailleur', 'suiviSolutionsLogementTableauMensuelRemettre', 'suivi { id numero version }', {
        conventionId,
        rang,
        champs: { ...tableau, ...autres },
        clientMutationId,
      });
    gateway.horloge.avancerA('2027-01-10T23:59:59+01:00');
    expect((await attendus()).map(({ etat }) => etat).slice(0, 4)).toEqual(['EN_RETARD', 'EN_RETARD', 'DU', 'A_VENIR']);
    expect(refusCites((await remettreTableau(1, { jeunesEntres: 2 })).errors)).toEqual([
      'SOLLOG-IND-03 REGLE_NON_RESPECTEE input.champs.jeunesEntres',
    ]);
    expect(refusCites((await remettreTableau(1, { menagesEntres: 0, jeunesEntres: 1 })).errors)).toEqual([
      'AMB-151 REGLE_NON_RESPECTEE input.champs.jeunesEntres',
    ]);
    expect(codes((await remettreTableau(1, { menagesEntres: 0 })).errors)).toEqual([
      'REGLE_NON_RESPECTEE input.champs.jeunesEntres',
    ]);
    expect(codes((await remettreTableau(1, { menagesEntres: null })).errors)).toEqual([
      'CHAMP_OBLIGATOIRE input.champs.menagesEntres',
    ]);
    // The same request, sent again, is done once.
    const [un, deux] = [await remettreTableau(1, {}, 'tableau-1'), await remettreTableau(1, {}, 'tableau-1')];
    expect(deux['suivi']).toEqual(un['suivi']);
    const { id: suiviId, version } = un['suivi'] as { id: string; version: number };
    await faire(gateway, 'slisl-lens', 'suiviConfirmer', 'suivi { etat }', { suiviId, version });
    const { suivis } = await lire<{ suivis: { nodes: object[] } }>(
      gateway,
      'bailleur',
      '{ suivis(dispositif: "solutions-logement") { nodes { numero etat ... on SuiviSolutionsLogementTableauMensuel { champs { jeunesEntres } } } } }',
    );
    expect(suivis.nodes).toEqual([{ numero: 'SUI-62-2027-000001', etat: 'CONFIRME', champs: { jeunesEntres: 4 } }]);
    gateway.horloge.avancerA('2027-01-11T00:00:00+01:00');
    expect((await attendus()).map(({ etat }) => etat).slice(0, 4)).toEqual([
      'CONFIRME',
      'EN_RETARD',
      'EN_RETARD',
      'A_VENIR',
    ]);
    // TRANS-24: nobody tells of a month that is not over; its last day in Paris will do.
    gateway.horloge.avancerA('2027-01-30T23:59:59+01:00');
    expect(codes((await remettreTableau(4)).errors)).toEqual(['ETAT_INCOMPATIBLE input.rang']);
    gateway.horloge.avancerA('2027-01-31T00:00:00+01:00');
    expect((await remettreTableau(4)).errors).toEqual([]);
  });

  it('what the bilan may not say', async () => {
    gateway.horloge.avancerA('2027-10-15T09:00:00+02:00');
    const entrees = [{ territoire: 'LENS_LIEVIN', commune: 'Lens', menages: 28, jeunes: 27 }];
    for (const [autres, refus] of [
      [{ montantRestant: '1999.99' }, 'SOLLOG-IND-02 REGLE_NON_RESPECTEE input.champs.montantRestant'],
      [{ depensesEncourues: [] }, 'SOLLOG-FIN-02 REGLE_NON_RESPECTEE input.champs.montantUtilise'],
      [{ entrees }, 'SOLLOG-IND-03 REGLE_NON_RESPECTEE input.champs.entrees'],
      [{ sorties: [{ motif: 'EXPULSION', menages: 29 }] }, 'SOLLOG-IND-05 REGLE_NON_RESPECTEE input.champs.sorties'],
      [{ sorties: [{ motif: 'AUTRE', menages: 1 }] }, 'SOLLOG-IND-06 REGLE_NON_RESPECTEE input.champs.sorties'],
    ] as const)
      expect(refusCites((await remettre(autres)).errors)).toEqual([refus]);
  });

  it('SOLLOG-PAY-02: 38 000 used, 6 000 remain to pay; the rest of the enveloppe is free again (AMB-192)', async () => {
    await confirmerBilan(gateway, dossier('40000.00'), await remettre());
    const solde = await attendreVersement(gateway, conventionId, 'SOLDE');
    expect(solde).toMatchObject({ montant: '6000.00', sens: 'A_PAYER' });
    expect(solde.explication.texte).toContain('SOLLOG-PAY-02');
    await ordonner(gateway, 'slisl-lens', solde.id);
    await payer(gateway, '2027-10-15');
    expect(await soldes()).toEqual({ ouvert: '60000.00', disponible: '22000.00', paye: '38000.00' });
  });
});
