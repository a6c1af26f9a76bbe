import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { UniteDeTravail } from '@sillage/persistence';
import { BalayageDesPieces } from '../../../libs/core/src/pieces/balayage.js';
import { surDisque, surS3 } from '../../support/lieux-des-pieces.js';
import { lire, muter } from '../../support/parcours-coordo-ase.js';
import { annonce, type BancPieces, monterBancPieces, OUVERT, texte } from './banc-pieces.js';
import { PDF } from './fichiers.js';

let banc: BancPieces;
const pdf = { nom: 'statuts.pdf', type: 'PDF', octets: PDF } as const;
const deposer = (candidatureId: string) =>
  muter(banc.gateway, 'association', 'candidatureDeposer', 'candidature { etat }', { candidatureId });

/** The same on each place; a draft shows in a folder alone. */
describe.each([
  ['a folder', surDisque, () => [`62/${randomUUID()}.partie`]],
  ['a store that speaks S3', surS3, () => []],
])('Kept in %s:', (_lieu, ouvrirLieu, brouillons) => {
  beforeAll(async () => {
    banc = await monterBancPieces({}, ouvrirLieu);
  });
  afterAll(() => banc?.arreter());
  beforeEach(() => banc.horloge.avancerA(OUVERT));

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

    it('keeps nothing readable where it is', async () => {
      const candidatureId = await banc.brouillon();
      await banc.joindre({ candidatureId }, 'STATUTS', texte('Phrase que personne ne lit.'));
      const gardes = await banc.fichiers();
      expect(gardes.length).toBeGreaterThan(0);
      for (const fichier of gardes) {
        expect((await banc.lieu.lire(fichier)).includes('Phrase que personne')).toBe(false);
      }
    });

    it('gives nothing of a file that was altered, cut, exchanged or removed', async () => {
      const octets = Buffer.alloc(200_000, 'ligne de texte\n');
      const candidatureId = await banc.brouillon();
      const { id } = await banc.joindre({ candidatureId }, 'STATUTS', { nom: 'x.txt', type: 'TEXTE', octets });
      await banc.liberer();
      const [piece] = await banc.lignes<{ stockage: string }>('select stockage from sillage.piece where id = $1', [
        id!.slice('Piece-'.length),
      ]);
      const fichier = `62/${piece?.stockage}`;
      const sain = await banc.lieu.lire(fichier);
      const telecharger = async (): Promise<Buffer | number | null> => {
        try {
          const reponse = await banc.telecharger(id!, 'association');
          return reponse.status === 200 ? Buffer.from(await reponse.arrayBuffer()) : reponse.status;
        } catch {
          return null;
        }
      };
      expect(await telecharger()).toEqual(octets);
      const change = Buffer.from(sain);
      change[100_000] = (change[100_000] as number) ^ 1;
      const segment = 65_536 + 16;
      const echange = Buffer.concat([
        sain.subarray(segment, 2 * segment),
        sain.subarray(0, segment),
        sain.subarray(2 * segment),
      ]);
      for (const [faux, issue] of [
        [change, null],
        [echange, 500],
        [sain.subarray(0, 2 * segment), 500],
        [sain.subarray(0, -1), 500],
        [Buffer.concat([sain, sain]), 500],
        [Buffer.alloc(0), 500],
      ] as const) {
        await banc.lieu.ecrire(fichier, faux);
        expect(await telecharger()).toBe(issue);
      }
      await banc.lieu.oter(fichier);
      expect(await telecharger()).toBe(500);
      await banc.lieu.ecrire(fichier, sain);
      expect(await telecharger()).toEqual(octets);
    });
  });

  describe('The nightly sweep', () => {
    it('removes what nobody will finish, and nothing else', async () => {
      const candidatureId = await banc.brouillon();
      const { id } = await banc.joindre({ candidatureId }, 'STATUTS', pdf);
      const hier = new Date(Date.now() - 2 * 86_400_000);
      const jeune = `62/${randomUUID()}`;
      const restes = [`62/${randomUUID()}`, `62/${randomUUID()}`, ...brouillons()];
      for (const reste of [jeune, ...restes]) await banc.lieu.ecrire(reste, Buffer.from('x'));
      for (const fichier of await banc.fichiers()) if (fichier !== jeune) await banc.lieu.dater(fichier, hier);
      await banc.ticket({ candidatureId, code: 'STATUTS', ...annonce(pdf) });
      banc.horloge.avancerA('2026-02-04T04:00:00+01:00');
      const pieces = await banc.lignes<{ stockage: string }>('select stockage from sillage.piece order by stockage');
      await banc.gateway.app
        .get(UniteDeTravail, { strict: false })
        .executer('62', (em) => banc.gateway.app.get(BalayageDesPieces, { strict: false }).balayer(em, '62'));
      expect((await banc.fichiers()).sort()).toEqual([...pieces.map(({ stockage }) => `62/${stockage}`), jeune].sort());
      expect(await banc.lignes('select id from sillage.piece_ticket')).toEqual([]);
      const [attente] = await banc.lignes<{ n: number }>(
        `select count(*)::int as n from sillage.outbox where nom = 'pieces.analyser' and charge ->> 'pieceId' = $1`,
        [id!.slice('Piece-'.length)],
      );
      expect(attente?.n).toBe(2);
    });
  });
});
