import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BancDispositif, monterBanc } from '../support/banc-dispositif.js';
import {
  attendreVersement,
  codes,
  faire,
  ordonner,
  payer,
  refusCites,
  suivisAttendusDe,
} from '../support/chaine-de-paiement.js';
import { CHAMPS_GRAINE_DE as champs, dossierGraineDe as dossier } from '../support/dossier-graine-de.js';
import { ouvrirBrouillon, retenir, signer, tenterBrouillon, tenterDepot } from '../support/dossier-signe.js';
import type { GatewayEssai } from '../support/gateway-essai.js';
import { muter } from '../support/parcours-coordo-ase.js';

const DEPOT = '2026-04-20T10:00:00+02:00';
const JOURS = [31, 31, 30, 31, 30, 31, 31, 28, 31, 30, 31, 30];
const bilan = {
  jeunesRaccroches: 38,
  prioritaires: 25,
  soumisObligation: 18,
  fileActive: JOURS.map((jours, rang) => ({
    mois: `${rang < 6 ? 2026 : 2027}-${String(((rang + 6) % 12) + 1).padStart(2, '0')}-01`,
    joursAccompagnement: jours * 17,
  })),
  sortiesPositives: [{ motif: 'FORMATION', jeunes: 21 }],
  abandons: 2,
  orientations: [{ vers: 'COACH_JEUNESSE', issue: 'ACCEPTEE', jeunes: 2 }],
  fichesBilan: 36,
  depensesEncourues: [
    { nature: 'SALAIRES', libelle: 'Un encadrant', montant: '38000.00', facture: 'Paies' },
    { nature: 'FONCTIONS_SUPPORTS', libelle: 'Comptabilité', montant: '2000.00', facture: 'F-1' },
  ],
  ...Object.fromEntries(
    ['objectifsAtteints', 'plusValue', 'allerVers', 'partenariatLocal', 'partenariatSlai'].map((nom) => [nom, 'Texte']),
  ),
};

let banc: BancDispositif;
let gateway: GatewayEssai;
beforeAll(async () => {
  banc = await monterBanc('graine-de', { depuis: DEPOT });
  ({ gateway } = banc);
});
afterAll(() => banc?.arreter());

/** What a draft of the association is refused for. */
const deposer = (autres: object = {}): Promise<string[]> => tenterDepot(gateway, dossier(autres));

describe('What GRAINE refuses at the deposit', () => {
  it.each<[string, object]>([
    ['GRAINE-FIN-06 REGLE_NON_RESPECTEE champs.places', { places: [{ territoire: 'ARTOIS', places: 20 }] }],
    [
      'GRAINE-WF-05 REGLE_NON_RESPECTEE champs.ateliers',
      { ateliers: [{ territoire: 'ARTOIS', secteur: 'Bois', atelier: 'Graine de bois', valideLe: '2026-03-10' }] },
    ],
    ['GRAINE-IND-02 REGLE_NON_RESPECTEE champs.objectifSorties', { objectifSorties: 41 }],
    ['GRAINE-FIN-04 REGLE_NON_RESPECTEE champs.depensesIndirectes', { depensesIndirectes: '8000.01' }],
    ['GRAINE-FIN-01 REGLE_NON_RESPECTEE champs.montantDemande', { montantDemande: '48000.01' }],
  ])('%s', async (refus, autres) => {
    expect(await deposer(autres)).toEqual([refus]);
  });

  it('says the territories by their names, of the candidature or not', async () => {
    const ateliers = [{ ...champs.ateliers[0], territoire: 'ARTOIS' }];
    const places = [{ territoire: 'TERNOIS', places: 20 }];
    const candidatureId = await ouvrirBrouillon(gateway, dossier({ ateliers, places }));
    const depot = await muter(gateway, 'association', 'candidatureDeposer', 'candidature { id }', { candidatureId });
    const messages = depot.errors.map(({ message }) => message);
    expect(messages).toEqual([
      expect.stringMatching(/ni moins : Lens-Liévin\.$/),
      expect.stringMatching(/candidature : Artois\.$/),
    ]);
  });

  it.each(['2026-04-21', '1950-03-10'])(
    'GRAINE-WF-05: a CLPE has validated, and not long ago: %s',
    async (valideLe) => {
      const ateliers = [{ ...champs.ateliers[0], valideLe }];
      expect(await deposer({ ateliers })).toEqual(['GRAINE-WF-05 VALEUR_INVALIDE champs.ateliers.0.valideLe']);
    },
  );

  it('GRAINE-PORT-01: a draft of a landlord', async () => {
    expect(await tenterBrouillon(gateway, { ...dossier(), porteur: 'bailleur' })).toEqual([
      'GRAINE-PORT-01 REGLE_NON_RESPECTEE input.structureId',
    ]);
  });

  it('GRAINE-PORT-01: no association, and neither the label nor its proof', async () => {
    const label = 'GRAINE-PORT-01 PIECE_MANQUANTE pieces.GRAINE_LABEL';
    expect(await deposer({ associationLoi1901: false })).toEqual([
      'GRAINE-PORT-01 REGLE_NON_RESPECTEE champs.labelE2c',
      label,
    ]);
    expect(await deposer({ associationLoi1901: false, labelE2c: 'E2C-62' })).toEqual([label]);
  });

  it('every commitment that is not taken, by its rule', async () => {
    const refuses = await deposer({ engagementPrescription: null, engagementOrientation: null });
    expect(refuses).toEqual([
      'GRAINE-WF-07 CHAMP_OBLIGATOIRE champs.engagementPrescription',
      'GRAINE-WF-10 CHAMP_OBLIGATOIRE champs.engagementOrientation',
    ]);
  });

  it('GRAINE-FIN-02, GRAINE-FIN-03: a nature that is not eligible is not even in the form', async () => {
    const { data, errors } = await gateway.requete(
      'association',
      `mutation { candidatureGraineDeEnregistrer(input: { candidatureId: "x", version: 1,
        champs: { depensesDirectes: [{ nature: FONCTIONS_SUPPORTS, libelle: "x", montant: "1.00" }] } }) { errors { code } } }`,
    );
    expect([data ?? null, errors?.length]).toEqual([null, 1]);
  });

  it('GRAINE-CAL-01, 14.3 #3: deposited at 22:00 on 30 April 2026, not validated any more on 1 May', async () => {
    const candidatureId = await ouvrirBrouillon(gateway, dossier());
    gateway.horloge.avancerA('2026-04-30T22:00:00+02:00');
    await faire(gateway, 'association', 'candidatureDeposer', 'candidature { id }', { candidatureId });
    gateway.horloge.avancerA('2026-05-01T08:00:00+02:00');
    const { errors } = await muter(gateway, 'association', 'candidatureValider', 'candidature { id }', {
      candidatureId,
    });
    expect(refusCites(errors)).toEqual(['GRAINE-CAL-01 APPEL_CLOS input.candidatureId']);
    gateway.horloge.avancerA(DEPOT);
  });
});

it('AMB-085: the text bounds no amount; a workshop that is missing is confirmed by name; the operation bounds the convention', async () => {
  const sansAtelier = dossier({ ateliers: [] });
  await expect(retenir(gateway, sansAtelier)).rejects.toThrow('GRAINE-WF-05');
  const confirme = dossier({ ateliers: [] }, ['GRAINE-WF-05']);
  const candidatureId = await retenir(gateway, confirme);
  const preparer = (autres: object) =>
    muter(gateway, 'siege', 'conventionGraineDePreparer', 'convention { id plafond { texte } }', {
      candidatureId,
      ...confirme.convention,
      ...autres,
    });
  for (const [autres, refus] of [
    [{ montant: '48000.01' }, 'AMB-175 REGLE_NON_RESPECTEE input.montant'],
    [
      { termes: { places: 18, objectifRaccroches: 40, objectifSorties: 24 } },
      'AMB-052 REGLE_NON_RESPECTEE input.termes.budgetAdopte',
    ],
    [{ du: '2026-06-30', au: '2027-06-29' }, 'GRAINE-CAL-02 PERIODE_INVALIDE input.du'],
    [{ au: '2027-07-01' }, 'GRAINE-CAL-02 DUREE_SUPERIEURE_AU_MAXIMUM input.au'],
  ] as const)
    expect(refusCites((await preparer(autres)).errors)).toEqual([refus]);
  const { convention } = await preparer({});
  expect((convention as { plafond: { texte: string } }).plafond.texte).toMatch(/aucun.*AMB-085/s);
});

describe('From the candidature to the balance', () => {
  let conventionId = '';

  it('GRAINE-PAY-01: 48 000 granted, an advance of 28 800 at the last signature', async () => {
    const type = dossier();
    const candidatureId = await retenir(gateway, type);
    gateway.horloge.avancerA('2026-06-22T10:00:00+02:00');
    const signee = await signer(gateway, type, candidatureId);
    expect(signee.refus).toEqual([]);
    conventionId = signee.conventionId;
    const avance = await attendreVersement(gateway, conventionId, 'AVANCE');
    expect(avance).toMatchObject({ montant: '28800.00', sens: 'A_PAYER' });
    await ordonner(gateway, 'slai-lens', avance.id);
    await payer(gateway, '2026-06-22');
  });

  it('GRAINE-BIL-01: four committees, each of its quarter; one without the SRCPB does not count (AMB-060, AMB-061)', async () => {
    const attendus = () => suivisAttendusDe(gateway, 'slai-lens', conventionId);
    expect((await attendus()).map(({ du, echeance, etat }) => [du, echeance, etat])).toEqual([
      ['2026-07-01', '2026-09-30', 'A_VENIR'],
      ['2026-10-01', '2026-12-31', 'A_VENIR'],
      ['2027-01-01', '2027-03-31', 'A_VENIR'],
      ['2027-04-01', '2027-06-30', 'A_VENIR'],
    ]);
    const comite = {
      tenuLe: '2026-09-20',
      premierPresent: true,
      secondPresent: true,
      tableauTransmisLe: '2026-09-15',
      jeunesExamines: 12,
      synthese: 'Les parcours avancent.',
    };
    const remettre = (rang: number, autres: object = {}, compte = 'association') =>
      muter(gateway, compte, 'suiviGraineDeComiteTrimestrielRemettre', 'suivi { id version etat champs { tenuLe } }', {
        conventionId,
        rang,
        champs: { ...comite, ...autres },
      });
    expect(codes((await remettre(1)).errors)).toEqual(['ETAT_INCOMPATIBLE input.rang']);
    gateway.horloge.avancerA('2026-09-30T23:59:59+02:00');
    expect((await attendus())[0]?.etat).toBe('DU');
    gateway.horloge.avancerA('2026-10-01T00:00:00+02:00');
    expect((await attendus())[0]?.etat).toBe('EN_RETARD');
    expect(codes((await remettre(5)).errors)).toEqual(['ETAT_INCOMPATIBLE input.rang']);
    expect(codes((await remettre(1, {}, 'association-2')).errors)).toEqual(['INTROUVABLE input.conventionId']);
    expect(codes((await remettre(1, {}, 'slai-lens')).errors)).toEqual(['ACTION_INTERDITE input.conventionId']);
    expect(refusCites((await remettre(1, { tenuLe: '2026-06-30' })).errors)).toEqual([
      'GRAINE-BIL-01 REGLE_NON_RESPECTEE input.champs.tenuLe',
    ]);
    expect(codes((await remettre(1, { tableauTransmisLe: '1950-09-15' })).errors)).toEqual([
      'VALEUR_INVALIDE input.champs.tableauTransmisLe',
    ]);
    const examiner = (geste: string, input: object, compte = 'slai-lens') =>
      muter(gateway, compte, geste, 'suivi { etat motif }', input);
    const remis = async (rang: number, autres: object = {}) =>
      ((await remettre(rang, autres)) as unknown as { suivi: { id: string; version: number } }).suivi;

    const { id: suiviId, version } = await remis(1, { secondPresent: false });
    expect(refusCites((await examiner('suiviConfirmer', { suiviId, version })).errors)).toEqual([
      'GRAINE-BIL-01 REGLE_NON_RESPECTEE input.suiviId.premierPresent',
    ]);
    expect(codes((await examiner('suiviConfirmer', { suiviId, version }, 'association')).errors)).toEqual([
      'ACTION_INTERDITE input.suiviId',
    ]);
    expect(codes((await examiner('suiviConfirmer', { suiviId, version }, 'slai-arras')).errors)).toEqual([
      'INTROUVABLE input.suiviId',
    ]);
    const renvoye = await examiner('suiviRenvoyer', { suiviId, version, motif: 'À reprogrammer avec le SRCPB.' });
    expect(renvoye['suivi']).toEqual({ etat: 'A_COMPLETER', motif: 'À reprogrammer avec le SRCPB.' });
    expect((await attendus())[0]?.etat).toBe('EN_RETARD');
    expect(codes((await remettre(1, { tenuLe: '2026-10-05' })).errors)).toEqual([
      'REGLE_NON_RESPECTEE input.champs.tenuLe',
    ]);
    gateway.horloge.avancerA('2026-10-07T09:00:00+02:00');
    const tardif = await remis(1, { tenuLe: '2026-10-05', tableauTransmisLe: '2026-10-06' });
    expect(tardif).toMatchObject({ id: suiviId, version: 2, etat: 'REMIS' });
    expect(codes((await examiner('suiviConfirmer', { suiviId, version: 1 })).errors)).toEqual([
      'CONFLIT_DE_VERSION input.version',
    ]);
    expect(refusCites((await examiner('suiviConfirmer', { suiviId, version: 2 })).errors)).toEqual([
      'GRAINE-BIL-02 REGLE_NON_RESPECTEE input.suiviId.tableauTransmisLe',
    ]);
    await remettre(1, { tenuLe: '2026-10-05' });
    const confirmes = await Promise.all([1, 2].map(() => examiner('suiviConfirmer', { suiviId, version: 3 })));
    expect(confirmes.map(({ errors }) => codes(errors).join()).sort()).toEqual(['', 'ETAT_INCOMPATIBLE input.suiviId']);
    const [deja] = (await examiner('suiviConfirmer', { suiviId, version: 3 })).errors;
    expect(deja?.message).toBe('Un suivi s’examine une fois remis : son état est « Confirmé par le service ».');
    expect(codes((await remettre(1)).errors)).toEqual(['ETAT_INCOMPATIBLE input.rang']);
    gateway.horloge.avancerA('2027-06-30T12:00:00+02:00');
    for (const rang of [2, 3]) {
      const { id, version: lue } = await remis(rang, { tenuLe: '2027-06-01', tableauTransmisLe: '2027-05-20' });
      expect((await examiner('suiviConfirmer', { suiviId: id, version: lue })).errors).toEqual([]);
    }
    expect((await attendus()).map(({ etat }) => etat)).toEqual(['CONFIRME', 'CONFIRME', 'CONFIRME', 'DU']);
    gateway.horloge.avancerA('2026-06-22T10:00:00+02:00');
  });

  it('what the bilan may not say', async () => {
    const remettre = (autres: object) =>
      muter(gateway, 'association', 'bilanGraineDeRemettre', 'bilan { id version }', {
        conventionId,
        champs: { ...bilan, ...autres },
      });
    expect(codes((await remettre({})).errors)).toEqual(['ETAT_INCOMPATIBLE input.conventionId']);
    gateway.horloge.avancerA('2027-07-01T09:00:00+02:00');
    const sorties = 'GRAINE-IND-02 REGLE_NON_RESPECTEE input.champs.sortiesPositives';
    for (const [autres, refus] of [
      [{ prioritaires: 39 }, 'GRAINE-IND-01 REGLE_NON_RESPECTEE input.champs.prioritaires'],
      [{ soumisObligation: 26 }, 'GRAINE-IND-01 REGLE_NON_RESPECTEE input.champs.soumisObligation'],
      [{ sortiesPositives: [{ motif: 'EMPLOI', jeunes: 39 }] }, sorties],
      [{ sortiesPositives: [{ motif: 'AUTRE', jeunes: 1 }] }, sorties],
      [{ orientations: [] }, 'GRAINE-WF-10 REGLE_NON_RESPECTEE input.champs.orientations'],
      [{ fileActive: bilan.fileActive.slice(1) }, 'GRAINE-FIN-06 REGLE_NON_RESPECTEE input.champs.fileActive'],
      [
        { fileActive: bilan.fileActive.map((m) => ({ ...m, joursAccompagnement: m.joursAccompagnement * 3 })) },
        'AMB-172 REGLE_NON_RESPECTEE input.champs.fileActive',
      ],
    ] as const)
      expect(refusCites((await remettre(autres)).errors)).toEqual([refus]);
  });

  it('14.3 #17, GRAINE-PAY-02: 38 000 retained and 7 600 of flat rate make 45 600 due, 16 800 remain', async () => {
    const { bilan: remis } = await faire(gateway, 'association', 'bilanGraineDeRemettre', 'bilan { id version }', {
      conventionId,
      champs: bilan,
    });
    const { id: bilanId, version } = remis as { id: string; version: number };
    // GRAINE-BIL-01: the fourth committee was never confirmed, and whoever confirms the bilan says why.
    const confirmer = (motif?: string) =>
      muter(gateway, 'slai-lens', 'bilanGraineDeConfirmer', 'bilan { etat motif }', { bilanId, version, motif });
    expect(refusCites((await confirmer()).errors)).toEqual(['GRAINE-BIL-01 REGLE_NON_RESPECTEE input.motif']);
    expect((await confirmer('Le dernier comité se tient en septembre.')).errors).toEqual([]);
    const solde = await attendreVersement(gateway, conventionId, 'SOLDE');
    expect(solde).toMatchObject({ montant: '16800.00', sens: 'A_PAYER' });
    const texte = solde.explication.texte.replaceAll(/[\u00A0\u202F]/g, ' ');
    expect(texte).toContain('Charges indirectes, au forfait : 7 600,00 €');
    expect(texte).toContain('2 000,00 € : les fonctions supports ne sont pas éligibles');
    await ordonner(gateway, 'slai-lens', solde.id);
    await payer(gateway, '2027-07-01');
  });
});

it('GRAINE-FIN-05: bounded by place, once somebody has decided how much', async () => {
  gateway.horloge.avancerA(DEPOT);
  const type = dossier();
  const candidatureId = await retenir(gateway, type);
  await faire(gateway, 'administrateur', 'parametreSurcharger', 'surcharge { id }', {
    dispositif: 'graine-de',
    cle: 'plafondParPlace',
    portee: 'TERRITOIRE',
    porteeId: 'LENS_LIEVIN',
    du: '2026-04-01',
    valeur: '2500.00',
    motif: 'Décidé par la commission.',
  });
  const preparee = await muter(gateway, 'siege', 'conventionGraineDePreparer', 'convention { id }', {
    candidatureId,
    ...type.convention,
  });
  expect(refusCites(preparee.errors)).toEqual(['GRAINE-FIN-05 MONTANT_SUPERIEUR_AU_PLAFOND input.montant']);
});
