import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { COMPTES_DEMO } from '@sillage/oidc-dev';
import { muter } from '../../support/parcours-coordo-ase.js';
import { type BancPieces, monterBancPieces, texte } from './banc-pieces.js';

let banc: BancPieces;
beforeAll(async () => {
  banc = await monterBancPieces();
});
afterAll(() => banc?.arreter());

const COMPTES = COMPTES_DEMO.map(({ sub }) => sub);
const INCONNUE = 'Piece-0197b2a0-0000-7000-8000-000000000000';

/** A dossier with a released piece of each kind, deposited or not. */
async function semer(depose: boolean): Promise<{ candidatureId: string; statuts: string; curriculum: string }> {
  const candidatureId = await banc.brouillon();
  const { id: statuts } = await banc.joindre({ candidatureId }, 'STATUTS', texte('Les statuts.', 'Statuts de M.txt'));
  const { id: curriculum } = await banc.joindre({ candidatureId }, 'CURRICULUM', texte('Un parcours.'));
  await banc.liberer();
  if (depose) await muter(banc.gateway, 'association', 'candidatureDeposer', 'candidature { id }', { candidatureId });
  return { candidatureId, statuts: statuts!, curriculum: curriculum! };
}

const sansRequete = async (reponse: Response): Promise<string> =>
  `${reponse.status} ${(await reponse.text()).replace(/"requeteId":"[^"]*"/g, '')}`;

describe('A download', () => {
  it.each([false, true])('is given to exactly those who read its dossier (deposited: %s)', async (depose) => {
    const { candidatureId, statuts } = await semer(depose);
    for (const compte of COMPTES) {
      const document = 'query ($id: ID!) { candidature(id: $id) { pieces { id nom } } }';
      const { data } = await banc.gateway.requete<{
        candidature: { pieces: { id: string; nom: string | null }[] } | null;
      }>(compte, document, { id: candidatureId });
      const lue = data?.candidature?.pieces.find(({ id }) => id === statuts);
      const reponse = await banc.telecharger(statuts, compte);
      if (lue === undefined) {
        expect([compte, await sansRequete(reponse)]).toEqual([
          compte,
          await sansRequete(await banc.telecharger(INCONNUE, compte)),
        ]);
        continue;
      }
      expect([compte, reponse.status]).toEqual([compte, 200]);
      expect(await reponse.text()).toBe('Les statuts.');
      // The name of a file may name somebody: it is shown to who may see names, in both places.
      expect(reponse.headers.get('content-disposition')).toContain(
        lue.nom === null ? 'STATUTS.txt' : 'Statuts de M.txt',
      );
    }
  });

  it('that names people is a right of its own', async () => {
    const { curriculum } = await semer(true);
    const statuts: Record<string, number> = {};
    for (const compte of [
      'association',
      'siege',
      'slai-lens',
      'slisl-lens',
      'administrateur',
      'slai-arras',
      'siege-99',
    ]) {
      statuts[compte] = (await banc.telecharger(curriculum, compte)).status;
    }
    expect(statuts).toEqual({
      association: 200,
      siege: 200,
      'slai-lens': 200,
      'slisl-lens': 403,
      administrateur: 403,
      'slai-arras': 404,
      'siege-99': 404,
    });
  });

  it('asks for a token, in the tenant of who asks', async () => {
    const { statuts } = await semer(true);
    expect((await banc.telecharger(statuts, null)).status).toBe(401);
    expect((await banc.telecharger(statuts, 'siege', { 'x-departement': '99' })).status).toBe(403);
    for (const id of ['x', 'Piece-', `Candidature-${statuts.slice(6)}`, '..%2F..%2Fetc%2Fpasswd', statuts.slice(6)]) {
      expect((await banc.telecharger(id, 'siege')).status).toBe(404);
    }
  });

  it('is of no other use: neither headers alone nor another method', async () => {
    const { statuts } = await semer(true);
    for (const method of ['HEAD', 'POST', 'DELETE', 'PATCH']) {
      const reponse = await fetch(`${banc.gateway.racine}/pieces/${statuts}`, {
        method,
        headers: await banc.gateway.entetes('siege'),
      });
      expect(reponse.status).toBe(404);
    }
  });
});
