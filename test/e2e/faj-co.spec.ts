import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BancDispositif, monterBanc } from '../support/banc-dispositif.js';
import {
  attendreVersement,
  codes,
  confirmerBilan,
  faire,
  ordonner,
  refusCites,
  payer,
  versementsDe,
} from '../support/chaine-de-paiement.js';
import { bilanFajCo, DEPENSES_FAJ_CO, dossierFajCo, PIECES_DU_BILAN } from '../support/dossier-faj-co.js';
import {
  apposer,
  deposerEtValider,
  type DossierType,
  ouvrirBrouillon,
  preparer,
  retenir,
  signer,
  tenterDecision,
  tenterDepot,
} from '../support/dossier-signe.js';
import type { GatewayEssai } from '../support/gateway-essai.js';
import { muter } from '../support/parcours-coordo-ase.js';
import { joindrePieces, libererPieces } from '../support/pieces-jointes.js';

let banc: BancDispositif;
let gateway: GatewayEssai;

const DEPOT = '2026-06-01T09:00:00+02:00';
const SIGNATURE = '2026-06-15T09:00:00+02:00';
/** An action that is deposited on the last evening begins after it (AMB-046). */
const AUTOMNE = { debutPrevu: '2026-10-01', finPrevue: '2026-12-31' };

beforeAll(async () => {
  banc = await monterBanc('faj-co', { depuis: DEPOT, pieces: true });
  ({ gateway } = banc);
});
afterAll(() => banc?.arreter());

const remettre = (conventionId: string, autres: object = {}) =>
  muter(gateway, 'association', 'bilanFajCoRemettre', 'bilan { id version }', {
    conventionId,
    champs: bilanFajCo(autres),
  });

const confirmer = (reponse: Record<string, unknown>) => confirmerBilan(gateway, dossierFajCo(), reponse);

describe('From the appel to the balance, with the dates and amounts of the text', () => {
  it('10 000 for four months: an advance of 60 %, then the balance (FAJCO-PAY-01, FAJCO-PAY-02)', async () => {
    gateway.horloge.avancerA(DEPOT);
    const dossier = dossierFajCo();
    const id = await retenir(gateway, dossier);
    gateway.horloge.avancerA(SIGNATURE);
    const { conventionId, refus } = await signer(gateway, dossier, id);
    expect(refus).toEqual([]);
    const avance = await attendreVersement(gateway, conventionId, 'AVANCE');
    expect(avance).toMatchObject({ montant: '6000.00', sens: 'A_PAYER' });
    await ordonner(gateway, 'slai-lens', avance.id);
    await payer(gateway, '2026-06-15');

    gateway.horloge.avancerA('2026-11-30T09:00:00+01:00');
    for (const [autres, attendu] of [
      [{ finEffective: '2026-11-01' }, 'FAJCO-DEL-01 PERIODE_INVALIDE input.champs.finEffective'],
      [{ restitutionLe: '2026-12-01' }, 'FAJCO-WF-05 VALEUR_INVALIDE input.champs.restitutionLe'],
      [
        { objectifs: [{ objectif: 'Un autre', portee: 'COLLECTIF', realise: 1, atteint: true }] },
        'FAJCO-BIL-01 REGLE_NON_RESPECTEE input.champs.objectifs',
      ],
      [
        { depensesEncourues: [{ ...DEPENSES_FAJ_CO[0], facture: 'F', du: '2026-06-30', au: '2026-07-01' }] },
        'FAJCO-PIECE-05 PERIODE_INVALIDE input.champs.depensesEncourues',
      ],
      [
        { participants: [{ territoire: 'LENS_LIEVIN', commune: 'Lens', age: 26, jeunes: 1, presences: 12 }] },
        'FAJCO-ELIG-01 REGLE_NON_RESPECTEE input.champs.participants',
      ],
    ] as const)
      expect(refusCites((await remettre(conventionId, autres)).errors)).toEqual([attendu]);
    const encourue = (nature: string, montant: string) => ({
      nature,
      libelle: nature,
      montant,
      facture: 'F',
      du: '2026-07-01',
      au: '2026-10-31',
    });
    // FAJCO-FIN-02, FAJCO-FIN-03: an existing ETP and a post are told, and set aside.
    const depensesEncourues = [
      encourue('PERSONNEL_DEDIE', '2000.00'),
      encourue('PRESTATIONS', '5500.00'),
      encourue('FONCTIONNEMENT', '2500.00'),
      encourue('ETP_EXISTANT', '900.00'),
      encourue('POSTE', '800.00'),
    ];
    // The sheets and the invoices come with the bilan, and are read before it is confirmed.
    expect(refusCites((await remettre(conventionId, { depensesEncourues })).errors)).toEqual([
      'FAJCO-PIECE-04 PIECE_MANQUANTE pieces.FAJCO_EMARGEMENTS',
      'FAJCO-PIECE-05 PIECE_MANQUANTE pieces.FAJCO_FACTURES',
    ]);
    await joindrePieces(gateway, 'association', { conventionId }, PIECES_DU_BILAN);
    const remis = await remettre(conventionId, { depensesEncourues });
    await expect(confirmer(remis)).rejects.toThrow('TRANS-27');
    await libererPieces(gateway, { conventionId });
    await confirmer(remis);
    const solde = await attendreVersement(gateway, conventionId, 'SOLDE');
    expect(solde).toMatchObject({ montant: '3500.00', sens: 'A_PAYER' });
    for (const ligne of ['FAJCO-PAY-02', 'FAJCO-FIN-02', 'FAJCO-FIN-03', 'aucun profil de poste'])
      expect(solde.explication.texte).toContain(ligne);
    await ordonner(gateway, 'slai-lens', solde.id);
    await payer(gateway, '2026-11-30');
    expect((await versementsDe(gateway, conventionId)).map(({ tranche, etat }) => [tranche, etat])).toEqual([
      ['AVANCE', 'PAYE'],
      ['SOLDE', 'PAYE'],
    ]);
  });

  it('FAJCO-CAL-01, 14.3 #1: 15 September 2026 at 23:59:59 is received, the second after is not', async () => {
    gateway.horloge.avancerA('2026-09-15T23:59:59+02:00');
    const [recue, tardive] = [
      await ouvrirBrouillon(gateway, dossierFajCo(titre(AUTOMNE))),
      await ouvrirBrouillon(gateway, dossierFajCo(titre(AUTOMNE))),
    ];
    await faire(gateway, 'association', 'candidatureDeposer', 'candidature { id }', { candidatureId: recue });
    await faire(gateway, 'association', 'candidatureValider', 'candidature { id }', { candidatureId: recue });
    gateway.horloge.avancerA('2026-09-16T00:00:00+02:00');
    const { errors } = await muter(gateway, 'association', 'candidatureDeposer', 'candidature { id }', {
      candidatureId: tardive,
    });
    expect(refusCites(errors)).toEqual(['FAJCO-CAL-02 APPEL_CLOS input.candidatureId']);
  });

  it('FAJCO-CAL-02, AMB-044: deposited on the last evening, not validated any more the day after', async () => {
    gateway.horloge.avancerA('2026-09-15T22:00:00+02:00');
    const candidatureId = await ouvrirBrouillon(gateway, dossierFajCo(titre(AUTOMNE)));
    await faire(gateway, 'association', 'candidatureDeposer', 'candidature { id }', { candidatureId });
    gateway.horloge.avancerA('2026-09-16T08:00:00+02:00');
    const { errors } = await muter(gateway, 'association', 'candidatureValider', 'candidature { id }', {
      candidatureId,
    });
    expect(refusCites(errors)).toEqual(['FAJCO-CAL-02 APPEL_CLOS input.candidatureId']);
  });
});

/** Another action than those before. */
let rang = 0;
function titre(champs: object = {}): { champs: object } {
  rang += 1;
  return { champs: { intitule: `Action ${rang}`, ...champs } };
}

const CONTACT = { territoire: 'LENS_LIEVIN', avis: 'FAVORABLE', preuve: 'Compte rendu' };
const poste = { nature: 'POSTE', libelle: 'Une animatrice', montant: '4000.00' };

describe('What the rules refuse', () => {
  beforeAll(() => gateway.horloge.avancerA(DEPOT));

  const deposer = (champs: object, jointes?: string[]): Promise<string[]> => {
    const pieces = jointes === undefined ? {} : { pieces: { depot: jointes } };
    return tenterDepot(gateway, dossierFajCo({ ...titre(champs), ...pieces }));
  };

  it.each([
    ['FAJCO-WF-02 REGLE_NON_RESPECTEE champs.contactsSlai', { contactsSlai: [] }],
    ['FAJCO-FIN-01 REGLE_NON_RESPECTEE champs.montantDemande', { montantDemande: '10000.01' }],
    ['FAJCO-FIN-03 REGLE_NON_RESPECTEE champs.depensesPrevues', { depensesPrevues: [...DEPENSES_FAJ_CO, poste] }],
    ['FAJCO-ELIG-01 REGLE_NON_RESPECTEE champs.jeunesPressentis', { jeunesPressentis: [{ age: 26, jeunes: 1 }] }],
    ['FAJCO-ELIG-04 REGLE_NON_RESPECTEE champs.jeunesPressentis', { jeunesPressentis: [{ age: 17, jeunes: 1 }] }],
    [
      'FAJCO-ELIG-08 REGLE_NON_RESPECTEE champs.thematiques',
      { thematiques: [{ thematique: 'SPORT' }, { thematique: 'SPORT' }] },
    ],
    ['FAJCO-ELIG-07 CHAMP_OBLIGATOIRE champs.besoins', { besoins: null }],
    ['FAJCO-PORT-05 CHAMP_OBLIGATOIRE champs.moyens', { moyens: null }],
    ['FAJCO-PIECE-02 VALEUR_INVALIDE champs.depensesPrevues', { depensesPrevues: [] }],
    ['FAJCO-CAL-03 PERIODE_INVALIDE champs.finPrevue', { finPrevue: '2026-06-30' }],
    ['AMB-046 VALEUR_INVALIDE champs.debutPrevu', { debutPrevu: '2026-05-31' }],
    ['FAJCO-CAL-03 VALEUR_INVALIDE champs.finPrevue', { finPrevue: '2030-01-01' }],
    ['FAJCO-WF-02 VALEUR_INVALIDE champs.contactsSlai.0.le', { contactsSlai: [{ ...CONTACT, le: '1950-01-20' }] }],
    ['FAJCO-WF-02 VALEUR_INVALIDE champs.contactsSlai.0.le', { contactsSlai: [{ ...CONTACT, le: '2026-06-02' }] }],
    ['FAJCO-ELIG-11 REGLE_NON_RESPECTEE champs.suiteDe', { suiteDe: 'CAND-2026-99999', cofinancements: 'CAF' }],
  ])('%s, at the deposit', async (refus, champs) => {
    expect(await deposer(champs)).toEqual([refus]);
  });

  it.each([
    ['FAJCO-PIECE-02 PIECE_MANQUANTE pieces.FAJCO_ANNEXE', ['FAJCO_DEVIS', 'FAJCO_CONTACT_SLAI']],
    ['FAJCO-PIECE-03 PIECE_MANQUANTE pieces.FAJCO_DEVIS', ['FAJCO_ANNEXE', 'FAJCO_CONTACT_SLAI']],
    ['FAJCO-PIECE-06 PIECE_MANQUANTE pieces.FAJCO_CONTACT_SLAI', ['FAJCO_ANNEXE', 'FAJCO_DEVIS']],
  ])('%s, when it is not joined', async (refus, jointes) => {
    expect(await deposer({}, jointes)).toEqual([refus]);
  });

  it('FAJCO-FIN-02: an existing ETP cannot even be written in the annex', async () => {
    const dossier = dossierFajCo(titre({ depensesPrevues: [{ ...poste, nature: 'ETP_EXISTANT' }] }));
    await expect(ouvrirBrouillon(gateway, dossier)).rejects.toThrow(/ETP_EXISTANT/);
  });

  it('alerts that the siège confirms by name, or does not retain', async () => {
    const dossier = dossierFajCo(
      titre({
        jeunesPrevus: 1,
        jeunesPressentis: [{ age: 25, jeunes: 1 }],
        contactsSlai: [{ territoire: 'LENS_LIEVIN', le: '2026-05-04', avis: 'DEFAVORABLE', preuve: 'Courrier' }],
        depensesPrevues: [{ nature: 'PRESTATIONS', libelle: 'Atelier', montant: '10000.00' }],
      }),
    );
    const candidatureId = await deposerEtValider(gateway, dossier);
    expect(await tenterDecision(gateway, dossier, candidatureId)).toEqual([
      'FAJCO-WF-02 A_CONFIRMER input.confirmations',
      'FAJCO-PIECE-03 A_CONFIRMER input.confirmations',
      'FAJCO-ELIG-01 A_CONFIRMER input.confirmations',
      'FAJCO-ELIG-06 A_CONFIRMER input.confirmations',
    ]);
  });

  it('FAJCO-WF-06: a post is financed by a named and reasoned decision of the DPID, and for what it admits', async () => {
    gateway.horloge.avancerA(DEPOT);
    const dossier = dossierFajCo({
      ...titre({
        depensesPrevues: [...DEPENSES_FAJ_CO, poste],
        montantDemande: '14000.00',
        projetExceptionnel: 'Une première en France.',
      }),
      convention: { montant: '14000.00' },
    });
    const candidatureId = await deposerEtValider(gateway, dossier);
    expect(await tenterDecision(gateway, dossier, candidatureId)).toEqual([
      'FAJCO-WF-06 A_CONFIRMER input.confirmations',
    ]);
    const decider = (motif: string) =>
      muter(gateway, 'siege', 'candidatureDecider', 'candidature { decision { motif confirmations } }', {
        candidatureId,
        sens: 'RETENUE',
        motif,
        confirmations: ['FAJCO-WF-06'],
      });
    expect(codes((await decider(' ')).errors)).toEqual(['CHAMP_OBLIGATOIRE input.motif']);
    expect((await decider('Innovation sans équivalent.'))['candidature']).toEqual({
      decision: { motif: 'Innovation sans équivalent.', confirmations: ['FAJCO-WF-06'] },
    });
    gateway.horloge.avancerA(SIGNATURE);
    const avec = (termes: object): DossierType => ({
      ...dossier,
      convention: {
        ...dossier.convention,
        termes: { depensesConventionnees: '14000.00', budgetAdopte: true, ...termes },
      },
    });
    expect((await preparer(gateway, avec({}), candidatureId)).refus).toEqual([
      'FAJCO-WF-06 REGLE_NON_RESPECTEE input.termes.postesAdmis',
    ]);
    // Nobody signs before the validation of the DPID is joined, and read.
    const { conventionId } = await preparer(gateway, avec({ postesAdmis: '4000.00' }), candidatureId);
    const sansElle = await muter(gateway, 'association', 'conventionSigner', 'convention { etat }', {
      conventionId,
      partie: 'PORTEUR',
      signeeLe: '2026-06-15',
      qualite: 'direction',
    });
    expect(refusCites(sansElle.errors)).toEqual(['FAJCO-PIECE-06 PIECE_MANQUANTE pieces.FAJCO_VALIDATION_DPID']);
    const pieces = { convention: ['FAJCO_VALIDATION_DPID'] };
    expect(await apposer(gateway, { ...dossier, pieces }, conventionId)).toEqual([]);
    // An avenant admits no other post by itself.
    const { errors } = await muter(gateway, 'siege', 'avenantFajCoPreparer', 'convention { id }', {
      conventionId,
      effetLe: '2026-08-01',
      motif: 'Un poste de plus.',
      champs: { depensesPrevues: [...DEPENSES_FAJ_CO, poste, poste] },
    });
    expect(refusCites(errors)).toEqual(['FAJCO-WF-06 REGLE_NON_RESPECTEE input.termes.postesAdmis']);
  });

  it('AMB-046, AMB-052, AMB-085, FAJCO-FIN-01: what a convention is refused for', async () => {
    gateway.horloge.avancerA(DEPOT);
    const { convention, ...dossier } = dossierFajCo({
      ...titre({ montantDemande: '9000.00' }),
      convention: { montant: '9000.00' },
    });
    const id = await retenir(gateway, { ...dossier, convention });
    const essayer = async (autres: object) =>
      (await preparer(gateway, { ...dossier, convention: { ...convention, ...autres } }, id)).refus;
    const termes = (autres: object) => ({ termes: { ...convention.termes, ...autres } });
    expect(await essayer({ du: '2026-05-31' })).toEqual(['AMB-046 PERIODE_INVALIDE input.du']);
    expect(await essayer({ au: '2028-07-01' })).toEqual(['FAJCO-ELIG-11 DUREE_SUPERIEURE_AU_MAXIMUM input.au']);
    expect(await essayer(termes({ budgetAdopte: false }))).toEqual([
      'AMB-052 REGLE_NON_RESPECTEE input.termes.budgetAdopte',
    ]);
    // No more than the expenses that it is for, nor than was asked for.
    expect(await essayer(termes({ depensesConventionnees: '8999.99' }))).toEqual([
      'FAJCO-FIN-04 MONTANT_SUPERIEUR_AU_PLAFOND input.montant',
    ]);
    expect(await essayer({ montant: '9000.01' })).toEqual(['AMB-175 REGLE_NON_RESPECTEE input.montant']);
    expect(await essayer(termes({ depensesConventionnees: '10000.01' }))).toEqual([
      'FAJCO-FIN-01 REGLE_NON_RESPECTEE input.termes.depensesConventionnees',
    ]);
    expect(await essayer({})).toEqual([]);
  });
});
