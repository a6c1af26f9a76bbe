import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import type { Worker } from '@sillage/worker';
import { codes, demarrerWorker, faire } from '../support/chaine-de-paiement.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import { joindrePieces, libererPieces, ouvrirDepotDePieces } from '../support/pieces-jointes.js';
import { activer, CHAMPS_COMPLETS, creerBrouillon, idsDeBase, lire, muter } from '../support/parcours-coordo-ase.js';

let gateway: GatewayEssai;
let worker: Worker | undefined;
let depot: Awaited<ReturnType<typeof ouvrirDepotDePieces>> | undefined;
let appelBis = '';
let premierAppel = '';

beforeAll(async () => {
  depot = await ouvrirDepotDePieces();
  gateway = await demarrerGatewayEssai({ dispositifs, env: depot.env });
  await activer(gateway);
  premierAppel = (await idsDeBase(gateway)).appelId;
});
afterAll(async () => {
  await worker?.arreter();
  await gateway?.arreter();
  await depot?.effacer();
});

interface Lue {
  etat: string;
  version: number;
  champs: { intitule: string; presentation: string };
  messages: { nature: string; destinataire: string; texte: string; regle: string }[];
  complements: Record<string, unknown>[];
  joursInstruction: number | null;
  instructionSuspendue: boolean;
}

const CANDIDATURE = `etat version joursInstruction instructionSuspendue messages { nature destinataire texte regle }
  complements { champs pieces texte echeance enRetard renduLe reponse avant apres }
  ... on CandidatureCoordoAse { champs { intitule presentation } }`;

async function lireCandidature(id: string, compte = 'association'): Promise<Lue | null> {
  const document = `query ($id: ID!) { candidature(id: $id) { ${CANDIDATURE} } }`;
  return (await lire<{ candidature: Lue | null }>(gateway, compte, document, { id })).candidature;
}

const deposer = (candidatureId: string) =>
  faire(gateway, 'association', 'candidatureDeposer', 'candidature { id }', { candidatureId });
const valider = (candidatureId: string) =>
  faire(gateway, 'association', 'candidatureValider', 'candidature { id }', { candidatureId });

describe('Before the closing', () => {
  let brouillon = '';
  let deposee = '';

  it('says, seven days before, what is not deposited or not validated, and says it once (TRANS-20, AMB-044)', async () => {
    brouillon = await creerBrouillon(gateway, { intitule: 'À finir' });
    deposee = await creerBrouillon(gateway);
    const validee = await creerBrouillon(gateway);
    for (const id of [deposee, validee]) await deposer(id);
    await valider(validee);
    gateway.horloge.avancerA('2026-02-08T06:00:00+01:00');
    worker = await demarrerWorker(gateway, dispositifs);
    const limite = performance.now() + 20_000;
    while ((await lireCandidature(deposee))?.messages.length === 0 && performance.now() < limite) {
      await new Promise((r) => setTimeout(r, 100));
    }
    const texte = /« Appel à projets Coordo ASE 2026 » ferme le 15 février 2026 à 23 h 59 min 59 s, heure de Paris/;
    const rappel = { nature: 'CLOTURE_PROCHE', destinataire: 'PORTEUR', regle: 'AMB-044' };
    expect((await lireCandidature(brouillon))?.messages).toEqual([{ ...rappel, texte: expect.stringMatching(texte) }]);
    expect((await lireCandidature(deposee))?.messages[0]?.texte).toContain('pas validée');
    expect((await lireCandidature(validee))?.messages).toEqual([]);
    await worker.arreter();
    gateway.horloge.avancerA('2026-02-09T06:00:00+01:00');
    worker = await demarrerWorker(gateway, dispositifs);
    await deposer(await creerBrouillon(gateway));
    await new Promise((r) => setTimeout(r, 1000));
    expect((await lireCandidature(brouillon))?.messages).toHaveLength(1);
  });

  it('loses nothing after it: a draft is still read by its author, and begins a file on the next appel', async () => {
    gateway.horloge.avancerA('2026-02-16T00:00:00+01:00');
    expect(await lireCandidature(brouillon)).toMatchObject({ etat: 'BROUILLON', champs: { intitule: 'À finir' } });
    expect(await lireCandidature(brouillon, 'siege')).toBeNull();
    const enregistrer = { candidatureId: brouillon, version: 1, champs: { intitule: 'Trop tard' } };
    expect(
      codes(
        (await muter(gateway, 'association', 'candidatureCoordoAseEnregistrer', 'candidature { id }', enregistrer))
          .errors,
      ),
    ).toEqual(['APPEL_CLOS input.candidatureId']);

    const { appelId } = await idsDeBase(gateway);
    const { appel } = await faire(gateway, 'administrateur', 'appelDupliquer', 'appel { id }', {
      appelId,
      code: 'coordo-ase-2026-bis',
      libelle: 'Seconde session',
      decalageMois: 0,
      ouverture: '2026-02-16',
      cloture: '2026-03-15',
      territoires: ['LENS_LIEVIN'],
      motif: 'Seconde session d’essai.',
    });
    appelBis = (appel as { id: string }).id;
    const reprendre = (compte: string, candidatureId = brouillon) =>
      muter(gateway, compte, 'candidatureReprendre', 'candidature { id }', { candidatureId, appelId: appelBis });
    expect(codes((await reprendre('association')).errors)).toEqual(['INTROUVABLE input.appelId']);
    await faire(gateway, 'administrateur', 'appelPublier', 'appel { id }', { id: appelBis });
    expect(codes((await reprendre('association-2')).errors)).toEqual(['INTROUVABLE input.candidatureId']);
    expect(codes((await reprendre('siege', deposee)).errors)).toEqual(['ACTION_INTERDITE input.candidatureId']);
    const { candidature } = await reprendre('association');
    expect(await lireCandidature((candidature as { id: string }).id)).toMatchObject({
      etat: 'BROUILLON',
      version: 1,
      champs: { intitule: 'À finir' },
    });
    expect(await lireCandidature(brouillon)).toMatchObject({ etat: 'BROUILLON' });
  });
});

describe('A completion, asked by the instructing service', () => {
  let id = '';
  const demander = (input: object, compte = 'siege') =>
    muter(gateway, compte, 'candidatureDemanderComplement', 'candidature { version }', {
      candidatureId: id,
      champs: ['presentation'],
      texte: 'La présentation ne dit rien du calendrier.',
      ...input,
    });
  const repondre = (input: object, compte = 'association') =>
    muter(gateway, compte, 'candidatureCoordoAseRepondreComplement', 'candidature { version }', {
      candidatureId: id,
      ...input,
    });
  const decider = () =>
    muter(gateway, 'siege', 'candidatureDecider', 'candidature { etat }', {
      candidatureId: id,
      sens: 'RETENUE',
      motif: 'Prêt.',
    });

  beforeAll(async () => {
    const { structureId } = await idsDeBase(gateway);
    const { candidature } = await faire(gateway, 'association', 'candidatureCoordoAseCreer', 'candidature { id }', {
      appelId: appelBis,
      structureId,
      territoires: ['LENS_LIEVIN'],
      champs: CHAMPS_COMPLETS,
    });
    id = (candidature as { id: string }).id;
    await deposer(id);
    await valider(id);
    const avis = { candidatureId: id, sens: 'FAVORABLE', motif: 'Attendu.' };
    await faire(gateway, 'slai-lens', 'candidatureDonnerAvis', 'candidature { id }', avis);
  });

  it('says what is wrong, and belongs to the siège', async () => {
    expect(codes((await demander({}, 'association')).errors)).toEqual(['ACTION_INTERDITE input.candidatureId']);
    expect(codes((await demander({}, 'slai-lens')).errors)).toEqual(['ACTION_INTERDITE input.candidatureId']);
    expect(codes((await demander({}, 'association-2')).errors)).toEqual(['INTROUVABLE input.candidatureId']);
    expect(codes((await demander({ champs: ['etp', 'x'] })).errors)).toEqual(['VALEUR_INVALIDE input.champs.1']);
    expect(codes((await demander({ champs: [], pieces: [] })).errors)).toEqual(['CHAMP_OBLIGATOIRE input.champs']);
    expect(codes((await demander({ echeance: '2026-02-15' })).errors)).toEqual(['PERIODE_INVALIDE input.echeance']);
    expect(codes((await demander({ echeance: '2026-03-16' })).errors)).toEqual(['PERIODE_INVALIDE input.echeance']);
  });

  it('suspends the instruction, changes only what was asked, and keeps what was there', async () => {
    gateway.horloge.avancerA('2026-02-20T09:00:00+01:00');
    const [une, deux] = await Promise.all([demander({}), demander({})]);
    expect([...codes(une.errors), ...codes(deux.errors)]).toEqual(['ETAT_INCOMPATIBLE input.candidatureId']);
    const attendue = await lireCandidature(id);
    expect(attendue).toMatchObject({
      instructionSuspendue: true,
      joursInstruction: 4,
      complements: [{ champs: ['presentation'], echeance: '2026-03-07', enRetard: false, apres: null }],
    });
    expect(attendue?.messages[0]).toMatchObject({
      nature: 'COMPLEMENT_DEMANDE',
      destinataire: 'PORTEUR',
      texte: expect.stringContaining('au plus tard le 7 mars 2026'),
    });
    const suspendue = await decider();
    expect(suspendue.errors).toMatchObject([{ code: 'ETAT_INCOMPATIBLE', regle: 'AMB-107' }]);

    gateway.horloge.avancerA('2026-02-25T09:00:00+01:00');
    const { version } = attendue as Lue;
    expect(codes((await repondre({ version, champs: { etp: '2' } })).errors)).toEqual([
      'VALEUR_INVALIDE input.champs.etp',
    ]);
    expect(codes((await repondre({ version: version - 1, reponse: 'Oui.' })).errors)).toEqual([
      'CONFLIT_DE_VERSION input.version',
    ]);
    expect(codes((await repondre({ version })).errors)).toEqual(['CHAMP_OBLIGATOIRE input.champs']);
    expect(codes((await repondre({ version, champs: { presentation: null } })).errors)).toEqual([
      'CHAMP_OBLIGATOIRE input.champs.presentation',
    ]);
    expect(codes((await repondre({ version, reponse: 'Non.' }, 'slai-lens')).errors)).toEqual([
      'ACTION_INTERDITE input.candidatureId',
    ]);
    const champs = { presentation: 'Un coordo, de mars à février.' };
    expect((await repondre({ version, champs, reponse: 'Complété.' })).errors).toEqual([]);
    const rendue = await lireCandidature(id, 'siege');
    expect(rendue).toMatchObject({
      etat: 'VALIDEE',
      version: version + 1,
      champs: { intitule: CHAMPS_COMPLETS.intitule, ...champs },
      instructionSuspendue: false,
      joursInstruction: 4,
      complements: [
        { enRetard: false, reponse: 'Complété.', avant: { presentation: CHAMPS_COMPLETS.presentation }, apres: champs },
      ],
    });
    expect(rendue?.messages.at(-1)).toMatchObject({ nature: 'COMPLEMENT_RENDU', destinataire: 'DEPARTEMENT' });
    expect(codes((await repondre({ version: version + 1, champs })).errors)).toEqual([
      'ETAT_INCOMPATIBLE input.candidatureId',
    ]);
    const { complements } = (await lireCandidature(id, 'administrateur')) as Lue;
    expect(complements[0]).toMatchObject({ avant: null, apres: null });
  });

  it('not after the closing, unless an administrator has decided so for the appel; lateness is seen, and decides nothing', async () => {
    gateway.horloge.avancerA('2026-03-16T00:00:00+01:00');
    expect((await demander({})).errors).toMatchObject([{ code: 'APPEL_CLOS', regle: 'AMB-107' }]);
    await faire(gateway, 'administrateur', 'parametreSurcharger', 'surcharge { id }', {
      dispositif: 'coordo-ase',
      cle: 'complementApresCloture',
      portee: 'APPEL',
      porteeId: appelBis,
      du: '2026-03-16',
      valeur: true,
      motif: 'Décision d’essai.',
    });
    const pieces = ['ASE_ANNEXE_NOTATION'];
    expect((await demander({ champs: ['expertise'], pieces, echeance: '2026-03-20' })).errors).toEqual([]);
    gateway.horloge.avancerA('2026-03-22T09:00:00+01:00');
    const tardive = (await lireCandidature(id, 'siege')) as Lue;
    expect(tardive.complements[1]).toMatchObject({ enRetard: true, renduLe: null });
    expect(tardive.instructionSuspendue).toBe(false);
    // 34 days since the 16th of February, less 5 and 5.
    expect(tardive.joursInstruction).toBe(24);
    await joindrePieces(gateway, 'association', { candidatureId: id }, pieces);
    expect((await repondre({ version: tardive.version, champs: { expertise: 'Douze ans.' } })).errors).toEqual([]);
    const rendue = (await lireCandidature(id, 'siege')) as Lue;
    expect(rendue.complements[1]).toMatchObject({ enRetard: true, apres: { expertise: 'Douze ans.' } });
    expect(rendue.messages.at(-1)?.texte).toContain('après l’échéance du 20 mars 2026');
    // A piece that the deposit did not wait for is not decided upon either before it can be read (TRANS-27).
    expect((await decider()).errors).toMatchObject([{ code: 'ETAT_INCOMPATIBLE', regle: 'TRANS-27' }]);
    await libererPieces(gateway, { candidatureId: id });
    expect((await decider()).errors).toEqual([]);
  });

  it('the decision is notified by the declared text, kept as it was written, and read by the porteur', async () => {
    const document =
      'query ($id: ID!) { candidature(id: $id) { numero decision { sens notification } messages { nature texte } } }';
    interface Decidee {
      numero: string;
      decision: { sens: string; notification: string };
      messages: { nature: string; texte: string }[];
    }
    const { candidature } = await lire<{ candidature: Decidee }>(gateway, 'association', document, { id });
    const { numero, decision, messages } = candidature;
    expect(decision.notification.replace(/\s/g, ' ')).toMatch(
      new RegExp(
        `^Le 22 mars 2026, le Département a retenu la candidature ${numero} de .+ à l’appel « Seconde session », au titre du dispositif « Coordo ASE ». ` +
          'Montant demandé : 52 000,00 €. Motif : Prêt.',
      ),
    );
    expect(messages.at(-1)).toMatchObject({ nature: 'DECISION', texte: expect.stringContaining(numero) });
    expect(messages.at(-1)?.texte).not.toContain('Prêt');
  });
});

describe('Rival candidatures of an appel, side by side (AMB-106)', () => {
  const DOCUMENT = `query ($id: ID!) { comparaisonCandidatures(appelId: $id) { errors { code path }
    criteres { code regle attention } candidatures { numero etat structure territoires { code } montant valeurs avis { role sens } }
    tronquee demande creditsOuverts disponible } }`;
  interface Comparaison {
    errors: object[];
    criteres: object[];
    candidatures: { etat: string; montant: string; valeurs: (string | null)[]; avis: object[] }[];
    demande: string;
    creditsOuverts: string | null;
    disponible: string | null;
  }
  const comparer = async (compte: string, id: string) =>
    (await lire<{ comparaisonCandidatures: Comparaison }>(gateway, compte, DOCUMENT, { id })).comparaisonCandidatures;

  it('shows the siège the declared criteria, opinions and amounts against the credits', async () => {
    const credits = { appelId: premierAppel, montant: '100000.00', motif: 'Budget d’essai.' };
    await faire(gateway, 'siege', 'creditsOuvrir', 'enveloppe { id }', credits);
    const lue = await comparer('siege', premierAppel);
    expect(lue).toMatchObject({
      errors: [],
      criteres: [
        { code: 'ETP', regle: 'ASE-FIN-01', attention: false },
        { code: 'PLACES' },
        { code: 'COUT_PAR_PLACE' },
        { code: 'EXPERTISE', regle: 'ASE-PORT-01', attention: true },
      ],
      tronquee: false,
      demande: '156000.00',
      creditsOuverts: '100000.00',
      disponible: '100000.00',
    });
    expect(lue.candidatures.map(({ etat, montant }) => [etat, montant])).toEqual([
      ['DEPOSEE', '52000.00'],
      ['VALIDEE', '52000.00'],
      ['DEPOSEE', '52000.00'],
    ]);
    expect(lue.candidatures[0]?.valeurs.map((valeur) => valeur?.replace(/\s/g, ' '))).toEqual([
      '1 ETP',
      '30 places',
      '1 733,33 €',
      CHAMPS_COMPLETS.expertise,
    ]);
    expect((await comparer('siege', appelBis)).candidatures[0]?.avis).toEqual([{ role: 'SLAI', sens: 'FAVORABLE' }]);
  });

  it('shows a service what is on its territories, without the enveloppe, and nothing to others', async () => {
    const lue = await comparer('slai-lens', premierAppel);
    expect(lue).toMatchObject({ errors: [], creditsOuverts: null, disponible: null });
    expect(lue.candidatures).toHaveLength(3);
    expect((await comparer('slai-arras', premierAppel)).candidatures).toEqual([]);
    for (const compte of ['association', 'administrateur']) {
      expect(await comparer(compte, premierAppel)).toMatchObject({
        errors: [{ code: 'ACTION_INTERDITE', path: ['appelId'] }],
        candidatures: [],
      });
    }
    expect((await comparer('siege-99', premierAppel)).errors).toEqual([{ code: 'INTROUVABLE', path: ['appelId'] }]);
  });
});
