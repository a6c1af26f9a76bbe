import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import type { Worker } from '@sillage/worker';
import {
  attendreVersement,
  codes,
  demarrerWorker,
  faire,
  ordonner,
  payer,
  type VersementSuivi,
  versementsDe,
} from '../support/chaine-de-paiement.js';
import { activerDispositif, type DossierType, retenir, signer } from '../support/dossier-signe.js';
import { dossierAccompagnementLogement } from '../support/dossiers-logement.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import { lire, muter } from '../support/parcours-coordo-ase.js';

/** What becomes of the commitment when money comes back, on an enveloppe that its text limits to 350 000 EUR (ASGL-FIN-01). */
const SIGNATURE = '2026-02-02T09:00:00+01:00';
const BILAN = '2027-10-15T09:00:00+02:00';

let gateway: GatewayEssai;
let worker: Worker;

beforeEach(async () => {
  gateway = await demarrerGatewayEssai({ dispositifs });
  worker = await demarrerWorker(gateway, dispositifs);
  await activerDispositif(gateway, 'accompagnement-logement');
});
afterEach(async () => {
  await worker?.arreter();
  await gateway?.arreter();
});

const dossier = (simples: number, renforcees: number, montant: string): DossierType =>
  dossierAccompagnementLogement(simples, renforcees, montant, montant);

/** Signed for 100 000 EUR, its advance of 80 000 paid, and a bilan of that many simple measures; its balance is proposed. */
async function jusquAuSolde(mesures: number): Promise<{ conventionId: string; avance: Paye; solde: VersementSuivi }> {
  gateway.horloge.avancerA(SIGNATURE);
  const type = dossier(20, 10, '100000.00');
  const { conventionId } = await signer(gateway, type, await retenir(gateway, type));
  const versement = await attendreVersement(gateway, conventionId, 'AVANCE');
  await ordonner(gateway, 'slisl-lens', versement.id);
  const { numero } = await payer(gateway, '2026-02-02');
  gateway.horloge.avancerA(BILAN);
  const { bilan } = await faire(gateway, 'association', 'bilanAccompagnementLogementRemettre', 'bilan { id version }', {
    conventionId,
    champs: {
      mesures: Array.from({ length: mesures }, (_, rang) => ({
        reference: `M-${rang}`,
        niveau: 'SIMPLE',
        debut: '2026-10-01',
        fin: '2027-09-30',
      })),
      depensesEncourues: [{ nature: 'PERSONNEL', libelle: 'Intervenants', montant: '100000.00', facture: 'Paies' }],
      jeunesAccompagnes: mesures,
      frequence: 'Chaque semaine.',
      thematiques: 'Budget.',
      partenariats: 'Bailleurs.',
      besoins: [{ besoin: 'SOLVABILISATION', jeunes: 12 }],
      sorties: [{ motif: 'AUTONOMIE', jeunes: 1 }],
      analyse: 'Rien à signaler.',
    },
  });
  const { id: bilanId, version } = bilan as { id: string; version: number };
  await faire(gateway, 'slisl-lens', 'bilanAccompagnementLogementConfirmer', 'bilan { etat }', { bilanId, version });
  const solde = await attendreVersement(gateway, conventionId, 'SOLDE');
  return { conventionId, avance: { ...versement, bordereau: numero }, solde };
}

interface Paye extends VersementSuivi {
  readonly bordereau: string;
}

/** Another convention takes all that is left. */
async function prendreLeReste(simples: number, renforcees: number, montant: string): Promise<void> {
  gateway.horloge.avancerA(SIGNATURE);
  const type = dossier(simples, renforcees, montant);
  expect(await signer(gateway, type, await retenir(gateway, type))).toMatchObject({ refus: [] });
  gateway.horloge.avancerA(BILAN);
}

async function soldes(): Promise<Record<string, string>> {
  const { enveloppes } = await lire<{ enveloppes: { nodes: { soldes: Record<string, string> }[] } }>(
    gateway,
    'siege',
    '{ enveloppes(dispositif: "accompagnement-logement") { nodes { soldes { disponible engage liquide paye aReverser titre } } } }',
  );
  return Object.fromEntries(Object.entries(enveloppes.nodes[0]!.soldes).filter(([, montant]) => montant !== '0.00'));
}

async function rejeter({
  bordereau,
  numero,
  montant,
}: Pick<Paye, 'bordereau' | 'numero' | 'montant'>): Promise<string[]> {
  const { errors } = await muter(gateway, 'siege', 'bordereauRetourImporter', 'bordereau { enAttente }', {
    contenu: `bordereau;versement;montant;resultat;date;motif\n${bordereau};${numero};${montant};REJETE;2027-10-15;Compte clos`,
  });
  return codes(errors);
}

const refuser = (versementId: string) =>
  muter(gateway, 'siege', 'versementRefuser', 'versement { etat }', { versementId, motif: 'À refaire.' });

describe('Once every tranche is liquidated, nothing is committed any more (AMB-192)', () => {
  it('what is given back is available, and stays so', async () => {
    const { solde } = await jusquAuSolde(20);
    expect(solde).toMatchObject({ sens: 'A_REVERSER', montant: '30000.00' });
    await ordonner(gateway, 'slisl-lens', solde.id);
    const reclame = { disponible: '270000.00', paye: '50000.00', titre: '30000.00' };
    expect(await soldes()).toEqual(reclame);
    const { numero: bordereau } = await payer(gateway, '2027-10-15');
    expect(await soldes()).toEqual({ disponible: '300000.00', paye: '50000.00' });
    expect(await rejeter({ ...solde, bordereau })).toEqual([]);
    expect(await soldes()).toEqual({ disponible: '270000.00', paye: '50000.00', aReverser: '30000.00' });
  });

  it('the bank is heard although the credits released serve another convention', async () => {
    const { solde } = await jusquAuSolde(20);
    await ordonner(gateway, 'slisl-lens', solde.id);
    await prendreLeReste(60, 24, '270000.00');
    const { numero: bordereau } = await payer(gateway, '2027-10-15');
    expect(await soldes()).toMatchObject({ disponible: '30000.00', engage: '270000.00', paye: '50000.00' });
    // Its cheque bounces after the credits that it brought have served too: that takes credits, and says so of its line.
    await prendreLeReste(12, 0, '30000.00');
    expect(await rejeter({ ...solde, bordereau })).toEqual(['SOLDE_INSUFFISANT input.contenu.2.resultat']);
  });

  it('a refusal asks for no new credits', async () => {
    const { solde } = await jusquAuSolde(39);
    expect(solde).toMatchObject({ sens: 'A_PAYER', montant: '17500.00' });
    await faire(gateway, 'slisl-lens', 'versementLiquider', 'versement { etat }', { versementId: solde.id });
    await prendreLeReste(41, 30, '252500.00');
    expect((await refuser(solde.id)).errors).toEqual([]);
    // The amount refused is committed again; the 2 500 released are another's now.
    expect(await soldes()).toEqual({ engage: '270000.00', paye: '80000.00' });
  });

  it('a refusal takes back what was released, as far as it is still there', async () => {
    const { solde } = await jusquAuSolde(39);
    await faire(gateway, 'slisl-lens', 'versementLiquider', 'versement { etat }', { versementId: solde.id });
    expect((await refuser(solde.id)).errors).toEqual([]);
    expect(await soldes()).toEqual({ disponible: '250000.00', engage: '20000.00', paye: '80000.00' });
  });
});

describe('An advance that comes back late (AMB-196)', () => {
  it('is refused although the balance is paid, and proposed anew', async () => {
    const { conventionId, avance, solde } = await jusquAuSolde(39);
    await ordonner(gateway, 'slisl-lens', solde.id);
    await payer(gateway, '2027-10-15');
    expect(await rejeter(avance)).toEqual([]);
    expect((await refuser(avance.id)).errors).toEqual([]);
    const { appels } = await lire<{ appels: { nodes: { id: string }[] } }>(
      gateway,
      'siege',
      '{ appels(dispositif: "accompagnement-logement") { nodes { id } } }',
    );
    const { tache } = await faire(gateway, 'siege', 'versementsRecalculer', 'tache { id }', {
      appelId: appels.nodes[0]!.id,
      appliquer: true,
    });
    expect(tache).toBeDefined();
    expect(await attendreVersement(gateway, conventionId, 'AVANCE')).toMatchObject({ montant: '80000.00' });
    const vivants = (await versementsDe(gateway, conventionId)).filter(({ etat }) => etat !== 'REFUSE');
    expect(vivants.map(({ tranche, etat }) => `${tranche} ${etat}`).sort()).toEqual(['AVANCE PROPOSE', 'SOLDE PAYE']);
  });
});
