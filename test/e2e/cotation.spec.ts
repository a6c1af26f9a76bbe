import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { itemsDeGrille } from '@sillage/dispositif-kit';
import { dispositifs } from '@sillage/dispositifs';
import type { Worker } from '@sillage/worker';
import { bilanCoordoAse } from '../support/bilan-coordo-ase.js';
import { attendreVersement, codes, demarrerWorker, faire, versementsDe } from '../support/chaine-de-paiement.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import {
  activer,
  jusquALaDerniereSignature,
  lire,
  muter,
  type ReponseLue,
  signerPourLeDepartement,
} from '../support/parcours-coordo-ase.js';

let gateway: GatewayEssai;
let worker: Worker;
/** Signed, and balanced before anybody scores it. */
let sansGrille = '';
beforeAll(async () => {
  gateway = await demarrerGatewayEssai({ dispositifs });
  worker = await demarrerWorker(gateway, dispositifs);
  await activer(gateway);
  ({ conventionId: sansGrille } = await jusquALaDerniereSignature(gateway));
  await signerPourLeDepartement(gateway, sansGrille);
});
afterAll(async () => {
  await worker?.arreter();
  await gateway?.arreter();
});

const VERSION = dispositifs.find(({ code }) => code === 'coordo-ase')!.grille!.versions[0]!;
interface NoteEnvoyee {
  item: string;
  points: number;
  sousPoints?: { code: string; points: number }[];
}
/** All points, bonuses apart, less those of some items. */
function notes(moins: Readonly<Record<string, number>> = {}): NoteEnvoyee[] {
  return itemsDeGrille(VERSION).map(({ code, max, drapeau, sousPoints }) => ({
    item: code,
    points: (drapeau === 'BONUS' ? 0 : max) - (moins[code] ?? 0),
    ...(sousPoints && { sousPoints: sousPoints.map((part) => ({ code: part.code, points: part.max })) }),
  }));
}
const SELECTION = `cotation { id version etat score observationsJusquAu items { item preuve points motif observation }
  explication { texte } actionsPossibles { action possible } }`;

interface CotationLue {
  id: string;
  version: number;
  etat: string;
  score: number | null;
  observationsJusquAu: string | null;
  items: { item: string; preuve: string | null; points: number | null; observation: string | null }[];
  explication: { texte: string } | null;
  actionsPossibles: { action: string; possible: boolean }[];
}

describe('Coordo ASE: the charter is scored, contradicted, made final, and the balance takes it', () => {
  let conventionId = '';
  let cotation: CotationLue;
  const geste = (compte: string, nom: string, input: object = {}): Promise<ReponseLue> =>
    muter(gateway, compte, `cotation${nom}`, SELECTION, {
      cotationId: cotation.id,
      version: cotation.version,
      ...input,
    });
  async function franchir(compte: string, nom: string, input: object = {}): Promise<void> {
    const { errors, cotation: lue } = await geste(compte, nom, input);
    expect(errors).toEqual([]);
    cotation = lue as CotationLue;
  }

  /** Of C1, what somebody reads now, and the scores of it that past versions show them. */
  async function notesLues(compte: string): Promise<object> {
    interface Item {
      item: string;
      points?: number | null;
      motif?: string | null;
    }
    const document = `{ cotation(id: "${cotation.id}") { items { item points motif } versions(first: 20) { nodes { items } } } }`;
    const { cotation: lue } = await lire<{ cotation: { items: Item[]; versions: { nodes: { items: Item[] }[] } } }>(
      gateway,
      compte,
      document,
    );
    const c1 = (items: readonly Item[]) => items.find(({ item }) => item === 'C1');
    return {
      points: c1(lue.items)?.points,
      motif: c1(lue.items)?.motif,
      versions: lue.versions.nodes.flatMap(({ items }) => c1(items)?.points ?? []),
    };
  }

  it('the porteur shows its evidence on a signed convention, and nobody else for it', async () => {
    const preuves = [{ item: 'A3', preuve: 'Inventaire du 2 mars' }];
    const renseigner = (compte: string, input: object = { conventionId, preuves }) =>
      muter(gateway, compte, 'cotationRenseigner', SELECTION, input);
    ({ conventionId } = await jusquALaDerniereSignature(gateway));
    expect(codes((await renseigner('association')).errors)).toEqual(['ETAT_INCOMPATIBLE input.conventionId']);
    await signerPourLeDepartement(gateway, conventionId);
    expect(codes((await renseigner('association-2')).errors)).toEqual(['INTROUVABLE input.conventionId']);
    expect(codes((await renseigner('slai-lens')).errors)).toEqual(['ACTION_INTERDITE input.conventionId']);
    const inconnu = { conventionId, preuves: [{ item: 'Z9', preuve: 'x' }] };
    expect(codes((await renseigner('association', inconnu)).errors)).toEqual(['VALEUR_INVALIDE input.preuves.0.item']);
    const jamaisLue = { conventionId, preuves, version: 1 };
    expect(codes((await renseigner('association', jamaisLue)).errors)).toEqual(['CONFLIT_DE_VERSION input.version']);

    // Two first writers at once: one opens the cotation, the other is told that it is no longer as they have read it.
    const cle = { conventionId, preuves, clientMutationId: 'preuves-1' };
    const autrePreuve = { conventionId, preuves: [{ item: 'A3', preuve: 'Une autre' }], clientMutationId: 'preuves-2' };
    const premiers = await Promise.all([cle, autrePreuve].map((input) => renseigner('association', input)));
    expect(premiers.map(({ errors }) => codes(errors).join()).sort()).toEqual(['', 'CONFLIT_DE_VERSION input.version']);
    const gagnant = premiers.findIndex(({ errors }) => errors.length === 0);
    const [une, envoyee] = [premiers[gagnant]!, [cle, autrePreuve][gagnant]!];
    // Sent twice with the same key: done once.
    const autre = await renseigner('association', envoyee);
    expect(autre.errors).toEqual([]);
    expect((autre.cotation as CotationLue).version).toBe(1);
    cotation = une.cotation as CotationLue;
    expect(cotation.items).toHaveLength(24);
    expect(cotation.items[2]).toMatchObject({ item: 'A3', preuve: envoyee.preuves[0]!.preuve, points: null });
    expect(codes((await renseigner('association')).errors)).toEqual(['CONFLIT_DE_VERSION input.version']);
    expect(cotation.actionsPossibles.filter(({ possible }) => possible).map(({ action }) => action)).toEqual([
      'RENSEIGNER',
      'SOUMETTRE',
    ]);
    expect(codes((await geste('slai-lens', 'Noter', { notes: notes() })).errors)).toEqual([
      'ETAT_INCOMPATIBLE input.cotationId',
    ]);
    await franchir('association', 'Soumettre');
  });

  it('services score within the bounds, each its items; all is scored before it is proposed', async () => {
    const noter = (compte: string, donnees: object[]) => geste(compte, 'Noter', { notes: donnees });
    expect(codes((await noter('association', [{ item: 'A3', points: 2 }])).errors)).toEqual([
      'ACTION_INTERDITE input.cotationId',
    ]);
    expect(codes((await noter('slai-arras', [{ item: 'A3', points: 2 }])).errors)).toEqual([
      'INTROUVABLE input.cotationId',
    ]);
    expect(codes((await noter('slai-lens', [{ item: 'A3', points: 3 }])).errors)).toEqual([
      'VALEUR_INVALIDE input.notes.0',
    ]);
    expect(codes((await noter('slai-lens', [{ item: 'A1', points: 6 }])).errors)).toEqual([
      'VALEUR_INVALIDE input.notes.0',
    ]);
    // C1 is the siège's (AMB-078).
    expect(codes((await noter('slai-lens', [{ item: 'C1', points: 4 }])).errors)).toEqual([
      'ACTION_INTERDITE input.notes.0.item',
    ]);
    await franchir('slai-lens', 'Noter', { notes: notes({ B1: 5, E3: 6 }).filter(({ item }) => item !== 'C1') });
    expect(codes((await geste('slai-lens', 'Proposer')).errors)).toEqual(['ETAT_INCOMPATIBLE input.cotationId']);
    await franchir('siege', 'Noter', { notes: [{ item: 'C1', points: 4, motif: 'Réponses dans les délais.' }] });
    expect(await notesLues('slai-lens')).toEqual({ points: 4, motif: 'Réponses dans les délais.', versions: [4] });
    // AMB-078: what services write before they propose it is their working paper.
    expect(await notesLues('association')).toEqual({ points: null, motif: null, versions: [] });
    await franchir('slai-lens', 'Proposer');
    expect(await notesLues('slai-lens')).toMatchObject({ versions: [4, 4] });
    const proposee = { points: 4, motif: 'Réponses dans les délais.', versions: [4] };
    expect(await notesLues('association')).toEqual(proposee);
    expect(cotation).toMatchObject({ etat: 'PROPOSEE', score: 89, observationsJusquAu: '2026-02-17' });
    expect(cotation.explication?.texte).toContain('B. Accompagner autrement');
  });

  it('an early simulation says what it would bring, and stores nothing', async () => {
    const document = `query ($input: VersementCoordoAseSimulerInput!) { versementCoordoAseSimuler(input: $input) {
      errors { code path } total versements { tranche montant explication { texte } } } }`;
    const simuler = async (moins: Record<string, number>) => {
      const input = {
        du: '2026-03-01',
        au: '2027-02-28',
        montant: '52000.00',
        termes: { etp: '1', accompagnements: 30, budgetAdopte: true },
        champs: { depensesDirectes: [{ nature: 'SALAIRES', libelle: 'Un coordo', montant: '43333.34' }] },
        bilan: bilanCoordoAse(24, 0),
        notes: notes(moins),
      };
      const { versementCoordoAseSimuler } = await lire<{
        versementCoordoAseSimuler: { errors: object[]; total: string };
      }>(gateway, 'association', document, { input });
      return versementCoordoAseSimuler;
    };
    expect(await simuler({ B1: 5, E3: 5 })).toMatchObject({ errors: [], total: '44200.00' });
    expect(await simuler({ B1: -1 })).toMatchObject({
      errors: [{ code: 'VALEUR_INVALIDE', path: ['input', 'notes', '6'] }],
      total: null,
    });
    const { cotation: relue } = await lire<{ cotation: { version: number } }>(
      gateway,
      'siege',
      `{ cotation(id: "${cotation.id}") { version } }`,
    );
    expect(relue.version).toBe(cotation.version);
  });

  it('the porteur contradicts, then the siège decides, with its reasons; who proposed does not', async () => {
    expect(codes((await geste('siege', 'Arreter')).errors)).toEqual(['ETAT_INCOMPATIBLE input.cotationId']);
    await franchir('association', 'Observer', {
      observations: [{ item: 'E3', observation: 'Un compte de plus a été ouvert.' }],
    });
    expect(cotation.items.find(({ item }) => item === 'E3')?.observation).toBe('Un compte de plus a été ouvert.');
    const corrige = { notes: [{ item: 'E3', points: 3 }] };
    expect(codes((await geste('slai-lens', 'Arreter', corrige)).errors)).toEqual(['ACTION_INTERDITE input.cotationId']);
    expect(codes((await geste('siege', 'Arreter', corrige)).errors)).toEqual(['CHAMP_OBLIGATOIRE input.motif']);
    // What is contested is answered, even where no score changes (AMB-078).
    expect(codes((await geste('siege', 'Arreter')).errors)).toEqual(['CHAMP_OBLIGATOIRE input.motif']);
    const arrets = await Promise.all(
      ['siege', 'siege-2'].map((compte) => geste(compte, 'Arreter', { ...corrige, motif: 'Compte vérifié.' })),
    );
    expect(arrets.map(({ errors }) => codes(errors).join()).sort()).toEqual(['', 'ETAT_INCOMPATIBLE input.cotationId']);
    cotation = arrets.find(({ errors }) => errors.length === 0)!.cotation as CotationLue;
    expect(cotation).toMatchObject({ etat: 'DEFINITIVE', score: 90 });
  });

  it('14.3 #18: 24/30 and 90/100 pay 44 200, a balance of 13 000, whatever notes the bilan holds', async () => {
    gateway.horloge.avancerA('2027-03-01T09:00:00+01:00');
    const { bilan } = await faire(gateway, 'association', 'bilanCoordoAseRemettre', 'bilan { id version }', {
      conventionId,
      champs: bilanCoordoAse(24, 40),
    });
    const { id: bilanId, version } = bilan as { id: string; version: number };
    await faire(gateway, 'slai-lens', 'bilanCoordoAseConfirmer', 'bilan { etat }', { bilanId, version });
    const solde = await attendreVersement(gateway, conventionId, 'SOLDE');
    expect(solde).toMatchObject({ montant: '13000.00', sens: 'A_PAYER' });
    expect(solde.explication.texte).toContain('Version de la grille');
    expect(codes((await geste('siege', 'Rouvrir', { motif: 'Une erreur.' })).errors)).toEqual([
      'ETAT_INCOMPATIBLE input.cotationId',
    ]);
  });

  it('a balance computed on the notes of the bilan is proposed again on final scores, once they are', async () => {
    const { bilan } = await faire(gateway, 'association', 'bilanCoordoAseRemettre', 'bilan { id version }', {
      conventionId: sansGrille,
      champs: bilanCoordoAse(24, 60),
    });
    const { id: bilanId, version } = bilan as { id: string; version: number };
    await faire(gateway, 'slai-lens', 'bilanCoordoAseConfirmer', 'bilan { etat }', { bilanId, version });
    expect((await attendreVersement(gateway, sansGrille, 'SOLDE')).montant).toBe('5200.00');
    const avancer = async (compte: string, nom: string, input: object, lue?: { id: string; version: number }) => {
      const ici = lue ? { cotationId: lue.id, version: lue.version } : { conventionId: sansGrille };
      const reponse = await faire(gateway, compte, `cotation${nom}`, 'cotation { id version etat }', {
        ...ici,
        ...input,
      });
      return reponse['cotation'] as { id: string; version: number; etat: string };
    };
    let lue = await avancer('association', 'Renseigner', { preuves: [{ item: 'B1', preuve: 'Journal' }] });
    lue = await avancer('association', 'Soumettre', {}, lue);
    lue = await avancer('siege-2', 'Noter', { notes: notes({ B1: 5, E3: 5 }) }, lue);
    lue = await avancer('siege-2', 'Proposer', {}, lue);
    gateway.horloge.avancerA('2027-03-17T09:00:00+01:00');
    const observations = [{ item: 'B1', observation: 'Trop tard.' }];
    const tard = { cotationId: lue.id, version: lue.version, observations };
    expect(codes((await muter(gateway, 'association', 'cotationObserver', 'cotation { id }', tard)).errors)).toEqual([
      'ETAT_INCOMPATIBLE input.cotationId',
    ]);
    await avancer('siege', 'Arreter', {}, lue);
    const vivants = async () =>
      (await versementsDe(gateway, sansGrille))
        .filter(({ tranche, etat }) => tranche === 'SOLDE' && etat === 'PROPOSE')
        .map(({ montant }) => montant);
    for (let essai = 0; essai < 100 && (await vivants()).join() !== '13000.00'; essai += 1) {
      await new Promise((r) => setTimeout(r, 100));
    }
    expect(await vivants()).toEqual(['13000.00']);
  });

  it('every version is kept', async () => {
    const { cotation: lue } = await lire<{
      cotation: {
        versions: { nodes: { version: number; geste: string; items: { item: string; points: number }[] }[] };
      };
    }>(
      gateway,
      'association',
      `{ cotation(id: "${cotation.id}") { versions(first: 20) { nodes { version geste etat score items } } } }`,
    );
    const { nodes } = lue.versions;
    expect(nodes.map(({ version, geste: fait }) => [version, fait])).toEqual([
      [7, 'ARRETER'],
      [6, 'OBSERVER'],
      [5, 'PROPOSER'],
      [4, 'NOTER'],
      [3, 'NOTER'],
      [2, 'SOUMETTRE'],
      [1, 'RENSEIGNER'],
    ]);
    const pointsE3 = nodes.map(({ items }) => items.find(({ item }) => item === 'E3')?.points);
    expect(pointsE3.slice(0, 3)).toEqual([3, 2, 2]);
  });
});
