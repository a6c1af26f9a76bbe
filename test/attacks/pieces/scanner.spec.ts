import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { muter } from '../../support/parcours-coordo-ase.js';
import { type BancPieces, monterBancPieces, texte } from './banc-pieces.js';
import { type ClamdEssai, demarrerClamd, type Humeur } from './clamd-essai.js';
import { EICAR } from './fichiers.js';

let clamd: ClamdEssai;
let banc: BancPieces;
beforeAll(async () => {
  clamd = await demarrerClamd();
  banc = await monterBancPieces({ CLAMD_URL: clamd.url, CLAMD_DELAI_SECONDES: '1' });
});
afterAll(async () => {
  await banc?.arreter();
  await clamd?.arreter();
});
beforeEach(() => {
  clamd.humeur = 'honnete';
});

const recevoir = async (octets: Buffer): Promise<{ id: string; candidatureId: string }> => {
  const candidatureId = await banc.brouillon();
  const { id } = await banc.joindre({ candidatureId }, 'STATUTS', { nom: 'note.txt', type: 'TEXTE', octets });
  return { id: id!, candidatureId };
};
const etatDe = async (id: string): Promise<object | undefined> =>
  (await banc.lignes('select etat, verdict from sillage.piece where id = $1', [id.slice('Piece-'.length)]))[0];
/** Asks again at once for what waits its turn. */
const avancer = () =>
  banc.lignes(
    `update sillage.outbox set prochaine_tentative_le = null where nom = 'pieces.analyser' and etat = 'EN_ATTENTE'`,
  );

describe('The scanner', () => {
  it('releases what it finds clean, having been sent every byte of it', async () => {
    const octets = Buffer.alloc(300_000, 'abcdefghij\n');
    const { id } = await recevoir(octets);
    await banc.analyser();
    expect(await etatDe(id)).toEqual({ etat: 'LIBEREE', verdict: 'SAINE' });
    expect(clamd.recus.at(-1)?.equals(octets)).toBe(true);
    const remise = await banc.telecharger(id, 'association');
    expect(Buffer.from(await remise.arrayBuffer()).equals(octets)).toBe(true);
  });

  it('EICAR is found, given to nobody, released by nobody, and does not count', async () => {
    const { id, candidatureId } = await recevoir(EICAR);
    await banc.analyser();
    expect(await etatDe(id)).toEqual({ etat: 'INFECTEE', verdict: 'INFECTEE' });
    for (const compte of ['association', 'siege', 'administrateur']) {
      expect((await banc.telecharger(id, compte)).status).not.toBe(200);
    }
    const { errors } = await muter(banc.gateway, 'association', 'candidatureDeposer', 'candidature { etat }', {
      candidatureId,
    });
    expect(errors).toEqual([expect.objectContaining({ code: 'PIECE_MANQUANTE' })]);
    // Its author is told that another is to come; the services do not see a draft.
    const sql = 'select destinataire, nature from sillage.candidature_message where candidature_id = $1';
    expect(await banc.lignes(sql, [candidatureId.slice('Candidature-'.length)])).toEqual([
      { destinataire: 'PORTEUR', nature: 'PIECE_MANQUANTE' },
    ]);
    await banc.joindre({ candidatureId }, 'STATUTS', texte('Un vrai texte.'));
    await banc.analyser();
    await muter(banc.gateway, 'association', 'candidatureDeposer', 'candidature { etat }', { candidatureId });
    const liberer = { pieceId: id, motif: 'Je le veux.' };
    expect((await muter(banc.gateway, 'siege', 'pieceLiberer', 'piece { etat }', liberer)).errors).toEqual([
      expect.objectContaining({ code: 'ETAT_INCOMPATIBLE' }),
    ]);
    // Not even by hand in the database.
    await expect(
      banc.lignes(`update sillage.piece set etat = 'LIBEREE' where id = $1`, [id.slice('Piece-'.length)]),
    ).rejects.toThrow('rien_de_libere_sans_avis');
  });

  it.each<Humeur>(['bavard', 'muet', 'coupe', 'presse', 'incomplet', 'lent'])(
    'that is « %s » releases nothing, and is asked again',
    async (humeur) => {
      clamd.humeur = humeur;
      const { id } = await recevoir(Buffer.from(`Un texte pour un scanner ${humeur}.`));
      await banc.analyser(4_000);
      expect(await etatDe(id)).toEqual({ etat: 'RECUE', verdict: null });
      expect((await banc.telecharger(id, 'association')).status).toBe(409);
      const [attente] = await banc.lignes<{ n: number }>(
        `select count(*)::int as n from sillage.outbox
          where nom = 'pieces.analyser' and etat = 'EN_ATTENTE' and charge ->> 'pieceId' = $1`,
        [id.slice('Piece-'.length)],
      );
      expect(attente?.n).toBe(1);
      clamd.humeur = 'honnete';
      await avancer();
      await banc.analyser();
      expect(await etatDe(id)).toEqual({ etat: 'LIBEREE', verdict: 'SAINE' });
    },
  );

  it('that nobody reaches releases nothing', async () => {
    const { id } = await recevoir(Buffer.from('Personne ne répond.'));
    await clamd.arreter();
    await banc.analyser(2_000);
    expect(await etatDe(id)).toEqual({ etat: 'RECUE', verdict: null });
  });
});
