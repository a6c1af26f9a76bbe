import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { lire, muter } from '../../support/parcours-coordo-ase.js';
import { annonce, type BancPieces, type Fichier, monterBancPieces, OUVERT, texte } from './banc-pieces.js';

let banc: BancPieces;
let candidatureId: string;
beforeAll(async () => {
  banc = await monterBancPieces({ DELAI_REQUETE_SECONDES: '2' });
});
afterAll(() => banc?.arreter());
beforeEach(async () => {
  banc.horloge.avancerA(OUVERT);
  candidatureId = await banc.brouillon();
});

const NOTE = texte('Une note de dix lignes, ou presque.');
const demander = (fichier: Fichier = NOTE, plus: object = {}) =>
  banc.ticket({ candidatureId, code: 'STATUTS', ...annonce(fichier), ...plus });

/** What must not change when nothing is received. */
async function etatDuDepot(): Promise<object> {
  return {
    fichiers: await banc.fichiers(),
    pieces: await banc.lignes('select id, etat from sillage.piece order by id'),
  };
}
async function neLaisseRien(attaque: () => Promise<unknown>): Promise<void> {
  const avant = await etatDuDepot();
  await attaque();
  expect(await etatDuDepot()).toEqual(avant);
}
const INVALIDE = { statut: 404, code: 'TICKET_INVALIDE', id: null };
const REFUSEE = { statut: 422, code: 'PIECE_REFUSEE', id: null };

describe('A ticket', () => {
  it('serves once, even when two send at the same time', async () => {
    const { ticket } = await demander();
    const reponses = await Promise.all([1, 2, 3].map(() => banc.envoyer(ticket, NOTE.octets)));
    expect(reponses.map(({ statut }) => statut).sort()).toEqual([201, 404, 404]);
    await neLaisseRien(async () => expect(await banc.envoyer(ticket, NOTE.octets)).toEqual(INVALIDE));
  });

  it('has served even when its file was refused', async () => {
    const { ticket } = await demander();
    await neLaisseRien(async () => {
      expect(await banc.envoyer(ticket, Buffer.alloc(NOTE.octets.length, 'x'))).toEqual(REFUSEE);
      expect(await banc.envoyer(ticket, NOTE.octets)).toEqual(INVALIDE);
    });
  });

  it('expires when its parameter says: ten minutes', async () => {
    const { ticket, expireLe } = await demander();
    expect(expireLe).toBe('2026-02-02T08:10:00Z');
    banc.horloge.avancerA('2026-02-02T09:10:00+01:00');
    await neLaisseRien(async () => expect(await banc.envoyer(ticket, NOTE.octets)).toEqual(INVALIDE));
  });

  it('is its user’s and its tenant’s alone', async () => {
    const { ticket } = await demander();
    await neLaisseRien(async () => {
      for (const compte of ['association-2', 'machine-association', 'siege', 'association-99', 'siege-99']) {
        expect(await banc.envoyer(ticket, NOTE.octets, {}, compte)).toEqual(INVALIDE);
      }
      const sansJeton = await fetch(`${banc.gateway.racine}/pieces/${ticket}`, { method: 'PUT', body: NOTE.octets });
      expect(sansJeton.status).toBe(401);
    });
    expect(await banc.envoyer(ticket, NOTE.octets)).toMatchObject({ statut: 201 });
  });

  it('cannot be forged, nor moved to another dossier, size, hash or term: each is signed', async () => {
    const { ticket } = await demander();
    const [id = '', signature = ''] = ticket.split('.');
    const autre = await banc.brouillon();
    await neLaisseRien(async () => {
      for (const faux of [`${id}.${'A'.repeat(43)}`, `${randomUUID()}.${signature}`, id, '..%2f..%2fetc%2fpasswd']) {
        expect((await banc.envoyer(faux, NOTE.octets)).statut).toBe(404);
      }
      for (const [colonne, valeur] of [
        ['candidature_id', autre.slice('Candidature-'.length)],
        ['taille', 12],
        ['empreinte', '0'.repeat(64)],
        ['code', 'CURRICULUM'],
        ['type', 'PDF'],
        ['expire_le', '2026-02-03T00:00:00Z'],
      ] as const) {
        const [avant] = await banc.lignes<Record<string, unknown>>(
          `select ${colonne} as v from sillage.piece_ticket where id = $1`,
          [id],
        );
        await banc.lignes(`update sillage.piece_ticket set ${colonne} = $2 where id = $1`, [id, valeur]);
        expect(await banc.envoyer(ticket, NOTE.octets)).toEqual(INVALIDE);
        await banc.lignes(`update sillage.piece_ticket set ${colonne} = $2 where id = $1`, [id, avant?.['v']]);
      }
    });
    expect(await banc.envoyer(ticket, NOTE.octets)).toMatchObject({ statut: 201 });
  });

  it('is not given for a dossier of somebody else, of another tenant, nor for a code that it does not know', async () => {
    const input = { candidatureId, code: 'STATUTS', ...annonce(NOTE) };
    const codesDe = async (compte: string, plus: object = {}) =>
      (await banc.refusDeTicket({ ...input, ...plus }, compte)).map(({ code, path }) => `${code} ${path.join('.')}`);
    const inconnue = await codesDe('association', { candidatureId: `Candidature-${randomUUID()}` });
    expect(inconnue).toEqual(['INTROUVABLE input.candidatureId']);
    for (const compte of ['association-2', 'association-99', 'siege', 'slai-lens']) {
      expect(await codesDe(compte)).toEqual(inconnue);
    }
    expect(await codesDe('administrateur')).toEqual(['ACTION_INTERDITE input.candidatureId']);
    expect(await codesDe('association', { code: 'AUTRE' })).toEqual(['VALEUR_INVALIDE input.code']);
    expect(await codesDe('association', { conventionId: `Convention-${randomUUID()}` })).toEqual([
      'CHAMP_OBLIGATOIRE input.candidatureId',
    ]);
    expect(await codesDe('association', { sha256: 'abc' })).toEqual(['VALEUR_INVALIDE input.sha256']);
  });

  it('given again for the same key is the same ticket', async () => {
    const plus = { clientMutationId: `cle-${randomUUID()}` };
    expect(await demander(NOTE, plus)).toEqual(await demander(NOTE, plus));
  });

  it('is worth nothing once the dossier has been deposited', async () => {
    await banc.joindre({ candidatureId }, 'STATUTS', NOTE);
    const { ticket } = await demander();
    await muter(banc.gateway, 'association', 'candidatureDeposer', 'candidature { etat }', { candidatureId });
    await neLaisseRien(async () =>
      expect(await banc.envoyer(ticket, NOTE.octets)).toMatchObject({ statut: 409, code: 'ETAT_INCOMPATIBLE' }),
    );
  });

  it('one person cannot hold any number of them', async () => {
    const autre = await banc.brouillon(undefined, 'association-2');
    const input = { candidatureId: autre, code: 'STATUTS', ...annonce(NOTE) };
    for (let rang = 0; rang < 20; rang += 1) await banc.ticket(input, 'association-2');
    expect(await banc.refusDeTicket(input, 'association-2')).toEqual([
      expect.objectContaining({ code: 'ETAT_INCOMPATIBLE', path: ['input', 'code'] }),
    ]);
  });
});

describe('A file', () => {
  const enMorceaux = (octets: Buffer, fois: number): ReadableStream =>
    new ReadableStream({
      start(controle) {
        for (let rang = 0; rang < fois; rang += 1) controle.enqueue(octets);
        controle.close();
      },
    });

  it.each([0, -1, 10_000_001, 2_147_483_647])('declared of %d bytes is not received', async (taille) => {
    expect(await banc.refusDeTicket({ candidatureId, code: 'STATUTS', ...annonce(NOTE), taille })).toEqual([
      expect.objectContaining({ code: 'VALEUR_INVALIDE', path: ['input', 'taille'] }),
    ]);
  });

  it('larger than its ticket, announced or as it comes, is cut short', async () => {
    await neLaisseRien(async () => {
      const { ticket } = await demander();
      expect(await banc.envoyer(ticket, Buffer.concat([NOTE.octets, NOTE.octets]))).toEqual(REFUSEE);
      const { ticket: second } = await demander();
      // The connection may be closed before the client has finished writing: it is then told nothing.
      const issue = await banc.envoyer(second, enMorceaux(Buffer.alloc(65_536, 'a'), 400)).catch(() => REFUSEE);
      expect(issue).toEqual(REFUSEE);
    });
  });

  it('smaller, empty, or of another hash is refused', async () => {
    await neLaisseRien(async () => {
      for (const octets of [NOTE.octets.subarray(1), Buffer.alloc(0), Buffer.alloc(NOTE.octets.length, 'a')]) {
        const { ticket } = await demander();
        expect(await banc.envoyer(ticket, octets)).toEqual(REFUSEE);
        const { ticket: second } = await demander();
        expect(await banc.envoyer(second, enMorceaux(octets, 1))).toEqual(REFUSEE);
      }
    });
  });

  it('sent under another type than its ticket’s is refused', async () => {
    await neLaisseRien(async () => {
      for (const type of ['text/html', 'application/json', 'image/svg+xml', 'multipart/form-data; boundary=x']) {
        const { ticket } = await demander();
        expect(await banc.envoyer(ticket, NOTE.octets, { 'content-type': type })).toEqual(REFUSEE);
      }
    });
  });

  it.each(['cut in the middle', 'left unfinished'])('%s leaves nothing', async (comment) => {
    await neLaisseRien(async () => {
      const { ticket } = await demander();
      const { authorization = '' } = await banc.gateway.entetes('association');
      const { hostname, port } = new URL(banc.gateway.racine);
      const prise = connect(Number(port), hostname);
      prise.on('error', () => undefined).resume();
      prise.write(
        [
          `PUT /pieces/${ticket} HTTP/1.1`,
          'host: essai',
          `authorization: ${authorization}`,
          'x-departement: 62',
          'content-type: text/plain',
          `content-length: ${NOTE.octets.length}`,
          '',
          NOTE.octets.subarray(0, 10).toString(),
        ].join('\r\n'),
      );
      await new Promise((suite) => setTimeout(suite, 500));
      // Being received: written aside, and nowhere else.
      expect((await banc.fichiers()).filter((nom) => nom.endsWith('.partie'))).toHaveLength(1);
      if (comment === 'cut in the middle') prise.destroy();
      else await new Promise((suite) => prise.once('close', suite));
      for (let essai = 0; essai < 50 && (await banc.fichiers()).some((nom) => nom.endsWith('.partie')); essai += 1) {
        await new Promise((suite) => setTimeout(suite, 100));
      }
    });
  });

  it('is answered even when all of it was read and the unexpected happens', async () => {
    const { ticket } = await demander();
    await banc.lignes('alter table sillage.piece rename to piece_ailleurs');
    try {
      expect(await banc.envoyer(ticket, NOTE.octets)).toEqual({ statut: 500, code: 'ERREUR_INTERNE', id: null });
    } finally {
      await banc.lignes('alter table sillage.piece_ailleurs rename to piece');
    }
  });

  it('takes the place of the former, unless several are asked for', async () => {
    await banc.joindre({ candidatureId }, 'STATUTS', NOTE);
    await banc.joindre({ candidatureId }, 'STATUTS', texte('Une autre.'));
    const document = 'query ($id: ID!) { candidature(id: $id) { pieces { taille remplaceeLe } } }';
    const { candidature } = await lire<{ candidature: { pieces: object[] } }>(banc.gateway, 'association', document, {
      id: candidatureId,
    });
    expect(candidature.pieces).toEqual([
      { taille: NOTE.octets.length, remplaceeLe: '2026-02-02T08:00:00Z' },
      { taille: 10, remplaceeLe: null },
    ]);
  });

  it.each([
    ['../../etc/passwd', 'passwd.txt'],
    ['..\\..\\windows\\system32\\cmd.exe', 'cmd.exe.txt'],
    ['/absolu/note.txt', 'note.txt'],
    ['fac\u202Etxt.exe', 'factxt.exe.txt'],
    ['ab\r\nSet-Cookie: x=1\u200B.txt', 'abSet-Cookie_ x=1.txt'],
    ['CON', '_CON.txt'],
    ['nul.txt', '_nul.txt'],
    ['  .. ', 'piece.txt'],
    ['"><script>alert(1)</script>.txt', 'script_.txt'],
    [`${'é'.repeat(900)}.txt`, `${'é'.repeat(120)}.txt`],
    ['e\u0301te\u0301.TXT', 'été.txt'],
  ])('named %j is shown as %j', async (nom, attendu) => {
    await banc.joindre({ candidatureId }, 'STATUTS', { ...NOTE, nom });
    const document = 'query ($id: ID!) { candidature(id: $id) { pieces { nom } } }';
    const { candidature } = await lire<{ candidature: { pieces: { nom: string }[] } }>(
      banc.gateway,
      'association',
      document,
      { id: candidatureId },
    );
    expect(candidature.pieces.at(-1)?.nom).toBe(attendu);
    for (const fichier of await banc.fichiers()) expect(fichier).toMatch(/^62\/[0-9a-f-]{36}$/);
  });
});
