import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { codes } from '../../support/chaine-de-paiement.js';
import { lire, muter, type ReponseLue } from '../../support/parcours-coordo-ase.js';
import { annonce, type BancPieces, monterBancPieces, OUVERT, texte } from './banc-pieces.js';
import { PDF } from './fichiers.js';

let banc: BancPieces;
beforeAll(async () => {
  banc = await monterBancPieces();
});
afterAll(() => banc?.arreter());

const STATUTS = { nom: 'statuts.pdf', type: 'PDF', octets: PDF } as const;
const ANNEXE = texte('Une annexe.');

interface Lue {
  version: number;
  instructionSuspendue: boolean;
  joursInstruction: number;
  complements: { pieces: string[]; renduLe: string | null; retireLe: string | null; motifRetrait: string | null }[];
  messages: { nature: string; destinataire: string; texte: string; regle: string }[];
}

let candidatureId: string;
const faire = (compte: string, nom: string, input: object = {}): Promise<ReponseLue> =>
  muter(banc.gateway, compte, nom, 'candidature { id }', { candidatureId, ...input });
const demander = (input: object) =>
  faire('siege', 'candidatureDemanderComplement', { texte: 'À compléter.', ...input });
const retirer = (input: object, compte = 'siege') => faire(compte, 'candidatureRetirerComplement', input);
const repondre = async (input: object = {}): Promise<string[]> => {
  const { version } = await lue();
  return codes((await faire('association', 'candidatureAPiecesRepondreComplement', { version, ...input })).errors);
};
const refusDeTicket = async (code: string, fichier: typeof STATUTS | typeof ANNEXE): Promise<string[]> =>
  codes(await banc.refusDeTicket({ candidatureId, code, ...annonce(fichier) }));
const lue = async (): Promise<Lue> => {
  const document = `query ($id: ID!) { candidature(id: $id) { version instructionSuspendue joursInstruction
    complements { pieces renduLe retireLe motifRetrait } messages { nature destinataire texte regle } } }`;
  return (await lire<{ candidature: Lue }>(banc.gateway, 'association', document, { id: candidatureId })).candidature;
};

beforeEach(async () => {
  banc.horloge.avancerA(OUVERT);
  candidatureId = await banc.brouillon();
  await banc.joindre({ candidatureId }, 'STATUTS', STATUTS);
  expect((await faire('association', 'candidatureDeposer')).errors).toEqual([]);
  expect((await faire('association', 'candidatureValider')).errors).toEqual([]);
  banc.horloge.avancerA('2026-02-03T09:00:00+01:00');
});

describe('What a completion asks can be given (AMB-107)', () => {
  it('names pieces that the dispositif declares, each once, and no endless list', async () => {
    const { errors } = await demander({ pieces: ['STATUTS', 'RIB'] });
    expect(codes(errors)).toEqual(['VALEUR_INVALIDE input.pieces.1']);
    expect(errors[0]?.message).toContain('Statuts (STATUTS), Devis');
    const beaucoup = (code: string, nombre: number): string[] => Array.from({ length: nombre }, () => code);
    expect(codes((await demander({ pieces: beaucoup('STATUTS', 21) })).errors)).toEqual([
      'VALEUR_INVALIDE input.pieces',
    ]);
    expect(codes((await demander({ champs: beaucoup('besoin', 101) })).errors)).toEqual([
      'VALEUR_INVALIDE input.champs',
    ]);
    expect((await demander({ pieces: ['ANNEXE', 'ANNEXE'], champs: ['besoin', 'besoin'] })).errors).toEqual([]);
    expect((await lue()).complements).toMatchObject([{ pieces: ['ANNEXE'] }]);
    expect(await repondre({ champs: { besoin: null } })).toEqual(['CHAMP_OBLIGATOIRE input.champs.besoin']);
  });

  it('opens its pieces, of another step too, and waits for each to have come since', async () => {
    expect(await refusDeTicket('STATUTS', STATUTS)).toEqual(['ETAT_INCOMPATIBLE input.code']);
    expect(await refusDeTicket('ANNEXE', ANNEXE)).toEqual(['VALEUR_INVALIDE input.code']);
    expect((await demander({ pieces: ['STATUTS', 'ANNEXE'] })).errors).toEqual([]);
    expect(await refusDeTicket('FACTURES', ANNEXE)).toEqual(['VALEUR_INVALIDE input.code']);
    const manque = ['PIECE_MANQUANTE pieces.STATUTS', 'PIECE_MANQUANTE pieces.ANNEXE'];
    expect(await repondre({ reponse: 'Les voici.' })).toEqual(manque);
    expect(await banc.joindre({ candidatureId }, 'STATUTS', STATUTS)).toMatchObject({ statut: 201 });
    expect(await repondre()).toEqual(manque.slice(1));
    const { ticket } = await banc.ticket({ candidatureId, code: 'ANNEXE', ...annonce(ANNEXE) });
    expect(await banc.envoyer(ticket, ANNEXE.octets, { 'content-type': 'text/plain' })).toMatchObject({ statut: 201 });
    expect(await repondre()).toEqual([]);
    expect(await refusDeTicket('STATUTS', STATUTS)).toEqual(['ETAT_INCOMPATIBLE input.code']);
    expect(await refusDeTicket('ANNEXE', ANNEXE)).toEqual(['VALEUR_INVALIDE input.code']);
  });
});

describe('A completion that is asked no more (AMB-107)', () => {
  it('is withdrawn by who asks, with a reason, once; the instruction goes on, and the porteur is told', async () => {
    expect((await demander({ pieces: ['STATUTS'] })).errors).toEqual([]);
    banc.horloge.avancerA('2026-02-06T09:00:00+01:00');
    const { ticket } = await banc.ticket({ candidatureId, code: 'STATUTS', ...annonce(STATUTS) });
    const motif = 'Demandé par erreur.';
    expect(codes((await retirer({ motif }, 'association')).errors)).toEqual(['ACTION_INTERDITE input.candidatureId']);
    expect(codes((await retirer({ motif }, 'association-2')).errors)).toEqual(['INTROUVABLE input.candidatureId']);
    expect(codes((await retirer({ motif: ' ' })).errors)).toEqual(['CHAMP_OBLIGATOIRE input.motif']);
    expect(await lue()).toMatchObject({ instructionSuspendue: true, joursInstruction: 1 });

    const cle = { motif, clientMutationId: `retrait ${candidatureId}` };
    const [une, deux] = await Promise.all([retirer(cle), retirer(cle)]);
    expect([une.errors, deux.errors]).toEqual([[], []]);
    expect(codes((await retirer({ motif })).errors)).toEqual(['ETAT_INCOMPATIBLE input.candidatureId']);
    banc.horloge.avancerA('2026-02-08T09:00:00+01:00');
    const retiree = await lue();
    expect(retiree).toMatchObject({
      instructionSuspendue: false,
      joursInstruction: 3,
      complements: [{ renduLe: null, retireLe: '2026-02-06T08:00:00Z', motifRetrait: motif }],
    });
    expect(retiree.messages.at(-1)).toMatchObject({ nature: 'COMPLEMENT_RETIRE', destinataire: 'PORTEUR' });
    const sql = `select action from sillage.journal where action like '%Complement' and objet_id = $1 order by id`;
    expect(await banc.lignes(sql, [candidatureId.slice('Candidature-'.length)])).toEqual([
      { action: 'candidatureDemanderComplement' },
      { action: 'candidatureRetirerComplement' },
    ]);

    // What it had opened is closed again, and another may be asked.
    banc.horloge.avancerA('2026-02-06T09:01:00+01:00');
    expect(await banc.envoyer(ticket, PDF)).toEqual({ statut: 409, code: 'ETAT_INCOMPATIBLE', id: null });
    expect(await repondre({ reponse: 'Trop tard.' })).toEqual(['ETAT_INCOMPATIBLE input.candidatureId']);
    expect((await demander({ pieces: ['STATUTS'] })).errors).toEqual([]);
  });
});

describe('What is told of the pieces (TRANS-27)', () => {
  it('the porteur keeps a receipt of each deposit, and the services know what is missing', async () => {
    const empreinte = (annonce(STATUTS) as { sha256: string }).sha256;
    const [recepisse, alerte] = (await lue()).messages;
    expect(recepisse).toMatchObject({ nature: 'RECEPISSE', destinataire: 'PORTEUR', regle: 'TRANS-27' });
    expect(recepisse?.texte).toContain(`« Statuts », le 2 février 2026 à 09:00:00, SHA-256 ${empreinte}`);
    expect(alerte).toMatchObject({ nature: 'PIECE_MANQUANTE', destinataire: 'DEPARTEMENT' });
    expect(alerte?.texte).toContain('« Label »');
    await demander({ pieces: ['ANNEXE'] });
    await banc.joindre({ candidatureId }, 'ANNEXE', ANNEXE);
    expect(await repondre()).toEqual([]);
    const recepisses = (await lue()).messages.filter(({ nature }) => nature === 'RECEPISSE');
    expect(recepisses.map(({ texte: dit }) => dit.includes('« Statuts »'))).toEqual([true, false]);
    expect(recepisses[1]?.texte).toContain('« Annexe signée », le 3 février 2026 à 09:00:00');
  });
});

describe('A refusal says where', () => {
  it('of a piece in quarantine, of a parameter, of an appel', async () => {
    const { pieces } = (
      await lire<{ candidature: { pieces: { id: string }[] } }>(
        banc.gateway,
        'association',
        'query ($id: ID!) { candidature(id: $id) { pieces { id } } }',
        { id: candidatureId },
      )
    ).candidature;
    const remise = await banc.telecharger(pieces[0]?.id ?? '', 'association');
    expect(remise.status).toBe(409);
    const corps = (await remise.json()) as { errors: { extensions: { path: string[] } }[] };
    expect(corps.errors[0]?.extensions.path).toEqual(['id']);
    const surcharger = await muter(banc.gateway, 'siege', 'parametreSurcharger', 'surcharge { id }', {
      dispositif: 'a-pieces',
      cle: 'dureeMax',
      portee: 'TERRITOIRE',
      porteeId: 'LENS_LIEVIN',
      du: '2026-03-01',
      valeur: 5,
      motif: 'Sans en avoir le droit.',
    });
    expect(codes(surcharger.errors)).toEqual(['ACTION_INTERDITE input.dispositif']);
    const creer = await muter(banc.gateway, 'siege', 'appelCreer', 'appel { id }', {
      dispositif: 'a-pieces',
      code: 'sans-droit',
      libelle: 'Sans en avoir le droit',
      ouverture: '2026-03-01',
      cloture: '2026-04-01',
      territoires: ['LENS_LIEVIN'],
    });
    expect(codes(creer.errors)).toEqual(['ACTION_INTERDITE input.dispositif']);
  });
});
