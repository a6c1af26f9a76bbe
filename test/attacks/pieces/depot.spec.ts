import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { lire, muter } from '../../support/parcours-coordo-ase.js';
import { annonce, type BancPieces, monterBancPieces, OUVERT, texte } from './banc-pieces.js';
import { PDF } from './fichiers.js';

let banc: BancPieces;
beforeAll(async () => {
  banc = await monterBancPieces();
});
afterAll(() => banc?.arreter());
beforeEach(() => banc.horloge.avancerA(OUVERT));

const pdf = { nom: 'statuts.pdf', type: 'PDF', octets: PDF } as const;
const deposer = (candidatureId: string) =>
  muter(banc.gateway, 'association', 'candidatureDeposer', 'candidature { etat }', { candidatureId });

describe('A step waits for its pieces', () => {
  it('refuses a deposit without a required piece, by code, path and rule; accepts it once received', async () => {
    const candidatureId = await banc.brouillon();
    const { errors } = await deposer(candidatureId);
    expect(errors).toEqual([
      {
        code: 'PIECE_MANQUANTE',
        message: 'La pièce « Statuts » est à joindre.',
        path: ['pieces', 'STATUTS'],
        regle: 'TRANS-27',
      },
    ]);
    expect(await banc.joindre({ candidatureId }, 'STATUTS', pdf)).toMatchObject({ statut: 201, code: null });
    expect((await deposer(candidatureId)).candidature).toEqual({ etat: 'DEPOSEE' });
  });

  it('asks for a conditional piece where its condition holds', async () => {
    const candidatureId = await banc.brouillon({ besoin: 'Un toit', travaux: true });
    await banc.joindre({ candidatureId }, 'STATUTS', pdf);
    expect((await deposer(candidatureId)).errors).toEqual([
      expect.objectContaining({ code: 'PIECE_MANQUANTE', path: ['pieces', 'DEVIS'], regle: 'TRANS-05' }),
    ]);
    await banc.joindre({ candidatureId }, 'DEVIS', pdf);
    expect((await deposer(candidatureId)).errors).toEqual([]);
  });

  it('counts neither what was refused; a deposited file is completed with what turned out unfit, and nothing else', async () => {
    const candidatureId = await banc.brouillon();
    const { id: pieceId } = await banc.joindre({ candidatureId }, 'STATUTS', pdf);
    await banc.analyser();
    await deposer(candidatureId);
    const encore = { candidatureId, code: 'STATUTS', ...annonce(pdf) };
    expect(await banc.refusDeTicket(encore)).toEqual([
      expect.objectContaining({ code: 'ETAT_INCOMPATIBLE', path: ['input', 'code'] }),
    ]);
    const refuser = { pieceId, motif: 'Illisible.' };
    expect((await muter(banc.gateway, 'siege', 'pieceRefuser', 'piece { etat motif }', refuser)).piece).toEqual({
      etat: 'REFUSEE',
      motif: 'Illisible.',
    });
    expect(await banc.refusDeTicket(encore)).toEqual([]);
  });
});

describe('From reception to download', () => {
  it('gives nothing back before the siège has released it, then gives the very bytes, as a download', async () => {
    const candidatureId = await banc.brouillon();
    const { id } = await banc.joindre({ candidatureId }, 'STATUTS', pdf);
    expect((await banc.telecharger(id!, 'association')).status).toBe(409);
    await banc.analyser();
    expect((await banc.telecharger(id!, 'association')).status).toBe(409);
    await deposer(candidatureId);
    const liberer = await muter(banc.gateway, 'siege', 'pieceLiberer', 'piece { id etat }', {
      pieceId: id,
      motif: 'Vu par le siège.',
    });
    expect(liberer).toMatchObject({ piece: { id, etat: 'LIBEREE' }, errors: [] });
    const reponse = await banc.telecharger(id!, 'association');
    expect(reponse.status).toBe(200);
    expect(Object.fromEntries(reponse.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(PDF.length),
      'content-disposition': `attachment; filename="statuts.pdf"; filename*=UTF-8''statuts.pdf`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'no-store',
    });
    expect(Buffer.from(await reponse.arrayBuffer()).equals(PDF)).toBe(true);
    const journal = await banc.lignes<{ action: string }>(
      `select action from sillage.journal where objet_type = 'Piece' and objet_id = $1 order by id`,
      [id!.slice('Piece-'.length)],
    );
    expect(journal.map(({ action }) => action)).toEqual([
      'pieceRecevoir',
      'pieceAnalyser',
      'pieceLiberer',
      'pieceTelecharger',
    ]);
  });

  it('is read with its dossier: name, state, what may be done', async () => {
    const candidatureId = await banc.brouillon();
    await banc.joindre({ candidatureId }, 'CURRICULUM', texte('Un parcours.', 'Un nom.txt'));
    const document = `query ($id: ID!) { candidature(id: $id) { pieces { code quand nom type taille etat analyse
      actionsPossibles { action possible } } } }`;
    const lues = await lire<{ candidature: { pieces: object[] } }>(banc.gateway, 'association', document, {
      id: candidatureId,
    });
    expect(lues.candidature.pieces).toEqual([
      {
        code: 'CURRICULUM',
        quand: 'DEPOT',
        nom: 'Un nom.txt',
        type: 'text/plain',
        taille: 12,
        etat: 'RECUE',
        analyse: null,
        actionsPossibles: [
          { action: 'TELECHARGER', possible: false },
          { action: 'LIBERER', possible: false },
          { action: 'REFUSER', possible: false },
        ],
      },
    ]);
  });

  it('keeps nothing readable on the disk', async () => {
    const candidatureId = await banc.brouillon();
    await banc.joindre({ candidatureId }, 'STATUTS', texte('Phrase que personne ne lit.'));
    expect(() => execFileSync('grep', ['-r', 'Phrase que personne', banc.dossier])).toThrow();
  });
});
