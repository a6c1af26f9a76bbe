import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { surS3 } from '../../support/lieux-des-pieces.js';
import type { HumeurS3, MagasinS3Essai } from '../../support/magasin-s3.js';
import { lire } from '../../support/parcours-coordo-ase.js';
import { annonce, type BancPieces, monterBancPieces, texte } from './banc-pieces.js';
import { type ClamdEssai, demarrerClamd } from './clamd-essai.js';

let banc: BancPieces;
let clamd: ClamdEssai;
let magasin: MagasinS3Essai;
let candidatureId: string;
beforeAll(async () => {
  clamd = await demarrerClamd();
  const lieu = await surS3();
  ({ magasin } = lieu);
  // A gateway boots on a store that refuses its key.
  magasin.humeur = 'ferme';
  // Fewer connections than the pieces that a spec sends at once.
  banc = await monterBancPieces(
    { CLAMD_URL: clamd.url, PG_CONNEXIONS: '2', PIECES_S3_DELAI_SECONDES: '1' },
    async () => lieu,
  );
});
afterAll(async () => {
  await banc?.arreter();
  await clamd?.arreter();
});
beforeEach(async () => {
  magasin.humeur = 'honnete';
  candidatureId = await banc.brouillon();
});

const NOTE = texte('Une note, pour un magasin qui ne va pas bien.');
const demander = async (): Promise<string> =>
  (await banc.ticket({ candidatureId, code: 'STATUTS', ...annonce(NOTE) })).ticket;
const INDISPONIBLE = { statut: 503, code: 'SERVICE_INDISPONIBLE', id: null };

const REFUS_DE_LA_CLE = 'Le magasin des pièces est indisponible : il a répondu 403 (AccessDenied).';
const refusNotes = (): string[] => banc.gateway.journal.filter((ligne) => ligne.includes(REFUS_DE_LA_CLE));

it('A store is tried at boot, and what is wrong with it said once', async () => {
  for (let essai = 0; essai < 50 && refusNotes().length === 0; essai += 1) {
    await new Promise((suite) => setTimeout(suite, 100));
  }
  expect(refusNotes()).toHaveLength(1);
});

describe('A store that is', () => {
  it.each<HumeurS3>(['coupe', 'muet', 'ferme'])(
    '« %s » receives nothing, and says so to who may send again',
    async (humeur) => {
      const avant = [...magasin.objets.keys()];
      const ticket = await demander();
      magasin.humeur = humeur;
      expect(await banc.envoyer(ticket, NOTE.octets)).toEqual(INDISPONIBLE);
      magasin.humeur = 'honnete';
      expect([...magasin.objets.keys()]).toEqual(avant);
      expect(
        await banc.lignes('select id from sillage.piece where candidature_id = $1', [idDe(candidatureId)]),
      ).toEqual([]);
      expect(await banc.envoyer(ticket, NOTE.octets)).toMatchObject({ statut: 404, code: 'TICKET_INVALIDE' });
      expect(await banc.envoyer(await demander(), NOTE.octets)).toMatchObject({ statut: 201 });
    },
  );

  it.each<HumeurS3>(['muet', 'sature', 'tronque'])('« %s » gives nothing, then all of it', async (humeur) => {
    const { id } = await banc.joindre({ candidatureId }, 'STATUTS', NOTE);
    await banc.liberer();
    magasin.humeur = humeur;
    const refus = await banc.telecharger(id!, 'association');
    expect([refus.status, refus.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await refus.json()).toEqual({
      errors: [
        {
          message: 'Le magasin des pièces ne répond pas : redemandez la pièce après quelques secondes.',
          extensions: { code: 'SERVICE_INDISPONIBLE' },
        },
      ],
    });
    magasin.humeur = 'honnete';
    expect(await (await banc.telecharger(id!, 'association')).text()).toBe(NOTE.octets.toString());
  });

  it('silent holds no connection of the database', async () => {
    const tickets = await Promise.all(Array.from({ length: 6 }, demander));
    magasin.humeur = 'muet';
    const demandees = magasin.requetes.length;
    const envois = tickets.map((ticket) => banc.envoyer(ticket, NOTE.octets));
    while (magasin.requetes.length < demandees + tickets.length) await new Promise((suite) => setTimeout(suite, 10));
    const debut = performance.now();
    await lire(banc.gateway, 'association', '{ moi { libelle } }');
    expect(performance.now() - debut).toBeLessThan(500);
    expect(magasin.requetes).toHaveLength(demandees + tickets.length);
    expect(await Promise.all(envois)).toEqual(tickets.map(() => INDISPONIBLE));
  });

  it('down keeps a piece in quarantine, however long, and its analysis for later', async () => {
    const { id } = await banc.joindre({ candidatureId }, 'STATUTS', NOTE);
    magasin.humeur = 'coupe';
    await banc.analyser(2_500);
    const etat = async () => (await banc.lignes('select etat from sillage.piece where id = $1', [idDe(id!)]))[0];
    expect(await etat()).toEqual({ etat: 'RECUE' });
    const attente = `from sillage.outbox where nom = 'pieces.analyser' and etat = 'EN_ATTENTE'
      and (charge ->> 'essai')::int = 1 and charge ->> 'pieceId' = $1`;
    expect(await banc.lignes(`select 1 as un ${attente}`, [idDe(id!)])).toHaveLength(1);
    magasin.humeur = 'honnete';
    await banc.lignes(`update sillage.outbox set prochaine_tentative_le = null where etat = 'EN_ATTENTE'`);
    await banc.analyser();
    expect(await etat()).toEqual({ etat: 'LIBEREE' });
  });

  it('refusing our key is told of in the log, which quotes nothing of the key', async () => {
    magasin.humeur = 'ferme';
    expect(await banc.envoyer(await demander(), NOTE.octets)).toEqual(INDISPONIBLE);
    expect(refusNotes().length).toBeGreaterThan(1);
    const lignes = banc.gateway.journal.join('\n');
    for (const valeur of Object.values(magasin.options.cle)) expect(lignes).not.toContain(valeur);
  });
});

/** The uuid of an opaque id. */
function idDe(opaque: string): string {
  return opaque.slice(opaque.indexOf('-') + 1);
}
