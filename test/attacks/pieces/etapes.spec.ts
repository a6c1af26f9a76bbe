import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { lire, muter } from '../../support/parcours-coordo-ase.js';
import { annonce, type BancPieces, monterBancPieces, OUVERT, texte } from './banc-pieces.js';
import { PDF } from './fichiers.js';

let banc: BancPieces;
beforeAll(async () => {
  banc = await monterBancPieces();
});
afterAll(() => banc?.arreter());
beforeEach(() => banc.horloge.avancerA(OUVERT));

const pdf = { nom: 'piece.pdf', type: 'PDF', octets: PDF } as const;
const faire = async (compte: string, nom: string, selection: string, input: object): Promise<string[]> =>
  (await muter(banc.gateway, compte, nom, selection, input)).errors.map(
    ({ code, path, regle }) => `${code} ${path.join('.')} ${regle}`,
  );
const liberer = async (id: string | null): Promise<void> => {
  await banc.analyser();
  expect(await faire('siege', 'pieceLiberer', 'piece { id }', { pieceId: id, motif: 'Vue.' })).toEqual([]);
};

it('Each step of a dossier waits for its own pieces, and decides upon released ones only (TRANS-27)', async () => {
  const candidatureId = await banc.brouillon();
  const { id: statuts } = await banc.joindre({ candidatureId }, 'STATUTS', pdf);
  const surLaCandidature = (compte: string, nom: string, plus: object = {}) =>
    faire(compte, nom, 'candidature { id }', { candidatureId, ...plus });
  expect(await surLaCandidature('association', 'candidatureDeposer')).toEqual([]);
  expect(await surLaCandidature('association', 'candidatureValider')).toEqual([]);

  // Nobody decides upon what nobody could read...
  const retenir = { sens: 'RETENUE', motif: 'Prêt.' };
  const decider = (confirmations: string[]) =>
    surLaCandidature('siege', 'candidatureDecider', { ...retenir, confirmations });
  expect(await decider(['TRANS-04'])).toEqual(['ETAT_INCOMPATIBLE input.candidatureId TRANS-27']);
  const decision = { candidatureId, ...retenir, confirmations: ['TRANS-04'] };
  const { errors } = await muter(banc.gateway, 'siege', 'candidatureDecider', 'candidature { id }', decision);
  expect(errors[0]?.message).toBe('Des pièces sont encore en quarantaine : « Statuts ».');
  await liberer(statuts);
  // ... nor without confirming by name the piece that is missing, nor once a required one has been refused.
  expect(await decider([])).toEqual(['A_CONFIRMER input.confirmations TRANS-04']);
  expect(await faire('siege', 'pieceRefuser', 'piece { id }', { pieceId: statuts, motif: 'Périmés.' })).toEqual([]);
  expect(await decider(['TRANS-04'])).toEqual(['PIECE_MANQUANTE pieces.STATUTS TRANS-27']);
  const { id: nouveaux } = await banc.joindre({ candidatureId }, 'STATUTS', pdf);
  await liberer(nouveaux);
  expect(await decider(['TRANS-04'])).toEqual([]);

  const { convention } = await muter(banc.gateway, 'siege', 'conventionAPiecesPreparer', 'convention { id }', {
    candidatureId,
    du: '2026-02-02',
    au: '2026-06-30',
    montant: '100.00',
    termes: { places: 1 },
  });
  const { id: conventionId } = convention as { id: string };
  const signer = (compte: string, partie: string) =>
    faire(compte, 'conventionSigner', 'convention { id }', {
      conventionId,
      partie,
      signeeLe: '2026-02-02',
      qualite: 'présidence',
    });
  expect(await signer('association', 'PORTEUR')).toEqual(['PIECE_MANQUANTE pieces.ANNEXE TRANS-09']);
  expect(await banc.refusDeTicket({ conventionId, code: 'FIN_PREUVE_ENVOI', ...annonce(pdf) })).toMatchObject([
    { code: 'ETAT_INCOMPATIBLE', path: ['input', 'code'] },
  ]);
  const { id: annexe } = await banc.joindre({ conventionId }, 'ANNEXE', texte('Une annexe.'));
  expect(await signer('association', 'PORTEUR')).toEqual(['ETAT_INCOMPATIBLE input.conventionId TRANS-27']);
  await liberer(annexe);
  expect(await signer('association', 'PORTEUR')).toEqual([]);
  expect(await signer('siege', 'DEPARTEMENT')).toEqual([]);
  // What the signature waited for does not change any more.
  expect(await banc.refusDeTicket({ conventionId, code: 'ANNEXE', ...annonce(texte('Une autre.')) })).toEqual([
    expect.objectContaining({ code: 'ETAT_INCOMPATIBLE', path: ['input', 'code'] }),
  ]);

  // CONV-PIECE-05: either side keeps the proof of the letter that ends it, and joins nothing else for that.
  const courrier = (compte: string) =>
    banc.refusDeTicket({ conventionId, code: 'FIN_AVIS_RECEPTION', ...annonce(pdf) }, compte);
  for (const compte of ['association', 'siege']) expect(await courrier(compte)).toEqual([]);
  expect(await courrier('slai-lens')).toMatchObject([{ code: 'ACTION_INTERDITE', path: ['input', 'conventionId'] }]);
  expect(await banc.refusDeTicket({ conventionId, code: 'ANNEXE', ...annonce(pdf) }, 'siege')).toMatchObject([
    { code: 'ACTION_INTERDITE' },
  ]);
  const { id: avis } = await banc.joindre({ conventionId }, 'FIN_PREUVE_ENVOI', pdf);
  await liberer(avis);
  expect((await banc.telecharger(avis ?? '', 'siege')).status).toBe(200);

  banc.horloge.avancerA('2026-07-02T09:00:00+02:00');
  const remettre = () =>
    faire('association', 'bilanAPiecesRemettre', 'bilan { id }', { conventionId, champs: { places: 1 } });
  expect(await remettre()).toEqual(['PIECE_MANQUANTE pieces.FACTURES TRANS-25']);
  const { id: facture } = await banc.joindre({ conventionId }, 'FACTURES', texte('Une facture.', 'facture.txt'));
  expect(await remettre()).toEqual([]);
  const { bilans } = await lire<{ bilans: { nodes: { id: string; version: number; pieces: object[] }[] } }>(
    banc.gateway,
    'siege',
    '{ bilans { nodes { id version pieces { code nom etat } } } }',
  );
  const [bilan] = bilans.nodes;
  expect(bilan?.pieces).toEqual([{ code: 'FACTURES', nom: 'facture.txt', etat: 'RECUE' }]);
  const confirmer = () =>
    faire('siege', 'bilanAPiecesConfirmer', 'bilan { id }', { bilanId: bilan?.id, version: bilan?.version });
  expect(await confirmer()).toEqual(['ETAT_INCOMPATIBLE input.bilanId TRANS-27']);
  await liberer(facture);
  expect(await confirmer()).toEqual([]);
});
