import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import type { Worker } from '@sillage/worker';
import {
  attendreVersement,
  demarrerWorker,
  faire,
  ordonner,
  payer,
  refusCites,
  soldesDe,
  versementsDe,
} from '../support/chaine-de-paiement.js';
import { activerDispositif, retenir, signer, tenterDepot } from '../support/dossier-signe.js';
import {
  BILAN_PRIMO_LOCATAIRES,
  dossierAccompagnementLogement,
  dossierPrimoLocataires,
} from '../support/dossiers-logement.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import { lire, muter } from '../support/parcours-coordo-ase.js';

let gateway: GatewayEssai;
let worker: Worker;

beforeAll(async () => {
  gateway = await demarrerGatewayEssai({ dispositifs });
  worker = await demarrerWorker(gateway, dispositifs);
});
afterAll(async () => {
  await worker?.arreter();
  await gateway?.arreter();
});

const soldes = (dispositif: string) => soldesDe(gateway, dispositif);

describe('Accompagnement logement: measures, an advance of 80 %, a balance by service fait, 350 000 in all', () => {
  const dossier = dossierAccompagnementLogement;

  beforeAll(() => activerDispositif(gateway, 'accompagnement-logement'));

  it('14.3 #16: 100 000 give an advance of 80 000; the balance pays what was done, no more', async () => {
    const type = dossier(20, 10, '100000.00', '100000.00');
    const { conventionId, refus } = await signer(gateway, type, await retenir(gateway, type));
    expect(refus).toEqual([]);
    expect(await soldes(type.code)).toEqual({ ouvert: '350000.00', disponible: '250000.00', engage: '100000.00' });
    const avance = await attendreVersement(gateway, conventionId, 'AVANCE');
    expect(avance).toMatchObject({ montant: '80000.00', sens: 'A_PAYER' });
    await ordonner(gateway, 'slisl-lens', avance.id);
    await payer(gateway, '2026-02-02');

    gateway.horloge.avancerA('2027-10-15T09:00:00+02:00');
    const mesure = (rang: number, niveau: string, fin = '2027-09-30') => ({
      reference: `M-${rang}`,
      niveau,
      debut: '2026-10-01',
      fin,
    });
    const champs = {
      // Twenty simple and nine reinforced for twelve months, one reinforced for six: 50 000 + 45 000 + 2 500.
      mesures: [
        ...Array.from({ length: 20 }, (_, rang) => mesure(rang, 'SIMPLE')),
        ...Array.from({ length: 9 }, (_, rang) => mesure(20 + rang, 'RENFORCEE')),
        mesure(29, 'RENFORCEE', '2027-03-31'),
      ],
      depensesEncourues: [{ nature: 'PERSONNEL', libelle: 'Intervenants', montant: '100000.00', facture: 'Paies' }],
      jeunesAccompagnes: 30,
      frequence: 'Une à trois rencontres par semaine.',
      thematiques: 'Budget, logement.',
      partenariats: 'Bailleurs, mission locale.',
      besoins: [{ besoin: 'SOLVABILISATION', jeunes: 12 }],
      sorties: [{ motif: 'AUTONOMIE', jeunes: 12 }],
      analyse: 'Les mesures courtes manquent.',
    };
    const remettre = (autres: object = {}) =>
      muter(gateway, 'association', 'bilanAccompagnementLogementRemettre', 'bilan { id version }', {
        conventionId,
        champs: { ...champs, ...autres },
      });
    const deuxFois = { mesures: [mesure(1, 'SIMPLE'), mesure(1, 'SIMPLE')] };
    expect(refusCites((await remettre(deuxFois)).errors)).toEqual([
      'ASGL-PAY-02 PERIODE_INVALIDE input.champs.mesures',
    ]);
    const { bilan } = await remettre();
    const { id: bilanId, version } = bilan as { id: string; version: number };
    await faire(gateway, 'slisl-lens', 'bilanAccompagnementLogementConfirmer', 'bilan { etat }', { bilanId, version });
    const solde = await attendreVersement(gateway, conventionId, 'SOLDE');
    expect(solde).toMatchObject({ montant: '17500.00', sens: 'A_PAYER' });
    expect(solde.explication.texte).toContain('ASGL-PAY-02');
    await ordonner(gateway, 'slisl-lens', solde.id);
    await payer(gateway, '2027-10-15');
    expect(await soldes(type.code)).toEqual({ ouvert: '350000.00', disponible: '252500.00', paye: '97500.00' });
    gateway.horloge.avancerA('2026-02-02T09:00:00+01:00');
  });

  it('14.3 #14: measures beyond the enveloppe are refused at the deposit, commitments beyond what is left at the signature', async () => {
    const trop = dossier(61, 40, '352500.00', '350000.00');
    expect(await tenterDepot(gateway, trop)).toEqual(['ASGL-FIN-05 MONTANT_SUPERIEUR_AU_PLAFOND champs.volumetrie']);
    const juste = dossier(60, 40, '350000.00', '350000.00');
    const { conventionId, refus } = await signer(gateway, juste, await retenir(gateway, juste));
    expect(refus).toEqual(['ASGL-FIN-01 SOLDE_INSUFFISANT input.conventionId']);
    const { convention } = await lire<{ convention: { etat: string; signatures: object[] } }>(
      gateway,
      'siege',
      `{ convention(id: "${conventionId}") { etat signatures { partie } } }`,
    );
    expect(convention).toEqual({ etat: 'PROJET', signatures: [{ partie: 'PORTEUR' }] });
    expect(await versementsDe(gateway, conventionId)).toEqual([]);
  });
});

describe('Primo-locataires: one payment at the signature, 30 000 in all', () => {
  const dossier = dossierPrimoLocataires;

  beforeAll(() => activerDispositif(gateway, 'primo-locataires'));

  it('PRIMO-PAY-01: all of it at the signature, and what remains is followed (AMB-095)', async () => {
    const type = dossier('20000.00');
    const { conventionId, refus } = await signer(gateway, type, await retenir(gateway, type));
    expect(refus).toEqual([]);
    const versement = await attendreVersement(gateway, conventionId, 'UNIQUE');
    expect(versement).toMatchObject({ montant: '20000.00', sens: 'A_PAYER' });
    await ordonner(gateway, 'slisl-lens', versement.id);
    await payer(gateway, '2026-02-02');
    expect(await soldes(type.code)).toEqual({ ouvert: '30000.00', disponible: '10000.00', paye: '20000.00' });

    gateway.horloge.avancerA('2027-10-15T09:00:00+02:00');
    const { bilan } = await faire(gateway, 'bailleur', 'bilanPrimoLocatairesRemettre', 'bilan { id version }', {
      conventionId,
      champs: BILAN_PRIMO_LOCATAIRES,
    });
    const { id: bilanId, version } = bilan as { id: string; version: number };
    await faire(gateway, 'slisl-lens', 'bilanPrimoLocatairesConfirmer', 'bilan { etat }', { bilanId, version });
    // Nothing more is paid, and nothing is asked back.
    await new Promise((r) => setTimeout(r, 500));
    expect((await versementsDe(gateway, conventionId)).map((v) => [v.tranche, v.etat])).toEqual([['UNIQUE', 'PAYE']]);
    gateway.horloge.avancerA('2026-02-02T09:00:00+01:00');
  });

  it('PRIMO-FIN-01: 30 000 in all, whoever asks', async () => {
    const type = dossier('10000.01');
    const { refus } = await signer(gateway, type, await retenir(gateway, type));
    expect(refus).toEqual(['PRIMO-FIN-01 SOLDE_INSUFFISANT input.conventionId']);
  });
});
