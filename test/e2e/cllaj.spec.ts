import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BancDispositif, monterBanc } from '../support/banc-dispositif.js';
import {
  attendreVersement,
  confirmerBilan,
  faire,
  ordonner,
  payer,
  refusCites,
} from '../support/chaine-de-paiement.js';
import { bilanCllaj, dossierCllaj } from '../support/dossier-cllaj.js';
import {
  deposerEtValider,
  type DossierType,
  ouvrirBrouillon,
  preparer,
  retenir,
  signer,
  tenterBrouillon,
  tenterDecision,
  tenterDepot,
} from '../support/dossier-signe.js';
import type { GatewayEssai } from '../support/gateway-essai.js';
import { lire, muter, type ReponseLue } from '../support/parcours-coordo-ase.js';

let banc: BancDispositif;
let gateway: GatewayEssai;

const DEPOT = '2026-04-15T09:00:00+02:00';
const SIGNATURE = '2026-07-01T09:00:00+02:00';

beforeAll(async () => {
  banc = await monterBanc('cllaj', { depuis: DEPOT });
  ({ gateway } = banc);
});
afterAll(() => banc?.arreter());

/** Retained candidatures of one porteur, on the day when conventions are prepared. */
async function retenues(porteur: string, ...montants: string[]): Promise<{ dossier: DossierType; id: string }[]> {
  gateway.horloge.avancerA(DEPOT);
  const dossiers: { dossier: DossierType; id: string }[] = [];
  for (const montant of montants) {
    const dossier = dossierCllaj(montant, { porteur });
    dossiers.push({ dossier, id: await retenir(gateway, dossier) });
  }
  gateway.horloge.avancerA(SIGNATURE);
  return dossiers;
}

const avenant = (conventionId: string, montant: string) =>
  muter(gateway, 'siege', 'avenantCllajPreparer', 'convention { avenants { id etat } }', {
    conventionId,
    effetLe: '2026-10-01',
    montant,
    motif: 'Une permanence de plus.',
    champs: { depensesPrevues: [{ nature: 'RENFORT_HUMAIN', libelle: 'Un mi-temps', montant }] },
  });

const idDeLAvenant = ({ convention }: ReponseLue): string =>
  (convention as { avenants: { id: string }[] }).avenants.at(-1)!.id;

const signerAvenant = (compte: string, partie: string, avenantId: string) =>
  muter(gateway, compte, 'avenantSigner', 'convention { montant }', {
    avenantId,
    partie,
    signeeLe: '2026-07-01',
    qualite: 'direction',
  });

describe('From the appel to the balance, with the dates and amounts of the text', () => {
  it('20 000 for a year: an advance of 80 %, then the balance (CLLAJ-PAY-01, CLLAJ-PAY-02)', async () => {
    const [{ dossier, id }] = (await retenues('mission-locale-lens', '20000.00')) as [
      { dossier: DossierType; id: string },
    ];
    const { conventionId, refus } = await signer(gateway, dossier, id);
    expect(refus).toEqual([]);
    const avance = await attendreVersement(gateway, conventionId, 'AVANCE');
    expect(avance).toMatchObject({ montant: '16000.00', sens: 'A_PAYER' });
    await ordonner(gateway, 'slisl-lens', avance.id);
    await payer(gateway, '2026-07-01');

    gateway.horloge.avancerA('2027-09-15T09:00:00+02:00');
    const remettre = (autres: object = {}) =>
      muter(gateway, 'mission-locale-lens', 'bilanCllajRemettre', 'bilan { id version }', {
        conventionId,
        champs: bilanCllaj('19000.00', autres),
      });
    // AMB-160: somebody counted twice.
    expect(refusCites((await remettre({ jeunesDistincts: 101 })).errors)).toEqual([
      'CLLAJ-IND-05 REGLE_NON_RESPECTEE input.champs.jeunesDistincts',
    ]);
    await confirmerBilan(gateway, dossier, await remettre());
    const solde = await attendreVersement(gateway, conventionId, 'SOLDE');
    expect(solde).toMatchObject({ montant: '3000.00', sens: 'A_PAYER' });
    expect(solde.explication.texte).toContain('CLLAJ-PAY-02');
    await ordonner(gateway, 'slisl-lens', solde.id);
    await payer(gateway, '2027-09-15');
  });
});

describe('What the rules refuse', () => {
  beforeAll(() => gateway.horloge.avancerA(DEPOT));

  const actionAilleurs = {
    type: 'ATELIER',
    intitule: 'Budget',
    territoire: 'TERNOIS',
    commune: 'Saint-Pol',
    rural: true,
    ouverture: '2026-10-01',
  };

  it.each([
    [
      'CLLAJ-FIN-01 MONTANT_SUPERIEUR_AU_PLAFOND champs.montantDemande',
      { montantDemande: '20000.01', depensesPrevues: [{ nature: 'AUTRE', libelle: 'x', montant: '30000.00' }] },
    ],
    [
      'CLLAJ-FIN-02 REGLE_NON_RESPECTEE champs.montantDemande',
      { montantDemande: '12000.00', cofinancements: '8000.01' },
    ],
    ['CLLAJ-TERR-01 REGLE_NON_RESPECTEE champs.actions', { actions: [actionAilleurs] }],
    [
      'CLLAJ-CAL-02 PERIODE_INVALIDE champs.actions',
      { actions: [{ ...actionAilleurs, territoire: 'LENS_LIEVIN', ouverture: '2027-09-01' }] },
    ],
  ])('%s, at the deposit', async (refus, champs) => {
    expect(await tenterDepot(gateway, dossierCllaj('1000.00', { champs }))).toEqual([refus]);
  });

  it.each([
    ['CLLAJ-ELIG-04 VALEUR_INVALIDE input.champs.engagementNouveaute', { engagementNouveaute: false }],
    ['CLLAJ-WF-02 VALEUR_INVALIDE input.champs.engagementInformation', { engagementInformation: false }],
    ['CLLAJ-BIL-01 VALEUR_INVALIDE input.champs.engagementReporting', { engagementReporting: false }],
    ['CLLAJ-ELIG-02 VALEUR_INVALIDE input.champs.engagementPublic', { engagementPublic: false }],
  ])('%s, as soon as the commitment is saved', async (refus, champs) => {
    expect(await tenterBrouillon(gateway, dossierCllaj('1000.00', { champs }))).toEqual([refus]);
  });

  it('CLLAJ-PORT-01, TRANS-06: a landlord is no CLLAJ, when it begins a file as when it deposits it', async () => {
    expect(await tenterBrouillon(gateway, dossierCllaj('1000.00', { porteur: 'bailleur' }))).toEqual([
      'CLLAJ-PORT-01 REGLE_NON_RESPECTEE input.structureId',
    ]);
    const candidatureId = await ouvrirBrouillon(gateway, dossierCllaj('1000.00'));
    const { candidature } = await lire<{ candidature: { structure: Record<string, unknown> } }>(
      gateway,
      'cllaj',
      `{ candidature(id: "${candidatureId}") { structure { id raisonSociale siret territoires { code } } } }`,
    );
    const { territoires, ...structure } = candidature.structure;
    const enregistrer = (nature: string) =>
      faire(gateway, 'administrateur', 'structureEnregistrer', 'structure { nature }', {
        ...structure,
        nature,
        territoires: (territoires as { code: string }[]).map(({ code }) => code),
      });
    const deposerLui = () => muter(gateway, 'cllaj', 'candidatureDeposer', 'candidature { etat }', { candidatureId });
    await enregistrer('BAILLEUR');
    expect(refusCites((await deposerLui()).errors)).toEqual(['CLLAJ-PORT-01 REGLE_NON_RESPECTEE input.candidatureId']);
    await enregistrer('CLLAJ');
    expect((await deposerLui()).errors).toEqual([]);
  });

  it('CLLAJ-WF-01 (AMB-137) and AMB-101: alerts that the siège confirms by name', async () => {
    const dossier = dossierCllaj('1000.00', {
      champs: { actions: [{ ...actionAilleurs, territoire: 'LENS_LIEVIN' }], cofinancements: '500.00' },
    });
    const candidatureId = await deposerEtValider(gateway, dossier);
    expect(await tenterDecision(gateway, dossier, candidatureId)).toEqual([
      'AMB-101 A_CONFIRMER input.confirmations',
      'CLLAJ-WF-01 A_CONFIRMER input.confirmations',
    ]);
    const decision = { candidatureId, sens: 'RETENUE', motif: 'Admis.', confirmations: ['AMB-101', 'CLLAJ-WF-01'] };
    await faire(gateway, 'siege', 'candidatureDecider', 'candidature { etat }', decision);
  });

  it('CLLAJ-CAL-01, 14.3 #3: deposited on 30 April at 22:00 and validated on 1 May is not received (AMB-044)', async () => {
    gateway.horloge.avancerA('2026-04-30T22:00:00+02:00');
    const candidatureId = await ouvrirBrouillon(gateway, dossierCllaj('1000.00'));
    await faire(gateway, 'cllaj', 'candidatureDeposer', 'candidature { id }', { candidatureId });
    gateway.horloge.avancerA('2026-05-01T08:00:00+02:00');
    const { errors } = await muter(gateway, 'cllaj', 'candidatureValider', 'candidature { id }', { candidatureId });
    expect(refusCites(errors)).toEqual(['CLLAJ-CAL-01 APPEL_CLOS input.candidatureId']);
  });

  it('CLLAJ-CAL-02 and AMB-052: a convention within the operation, once the budget is voted', async () => {
    const [{ dossier, id }] = (await retenues('association', '1000.00')) as [{ dossier: DossierType; id: string }];
    const { convention } = dossier;
    const essayer = (autres: object) => preparer(gateway, { ...dossier, convention: { ...convention, ...autres } }, id);
    expect((await essayer({ au: '2027-09-01', du: '2026-09-02' })).refus).toEqual([
      'CLLAJ-CAL-02 PERIODE_INVALIDE input.au',
    ]);
    expect((await essayer({ du: '2026-08-31', au: '2027-08-30' })).refus).toEqual([
      'CLLAJ-CAL-02 PERIODE_INVALIDE input.du',
    ]);
    expect((await essayer({ au: '2027-09-01' })).refus).toEqual(['CLLAJ-CAL-02 DUREE_SUPERIEURE_AU_MAXIMUM input.au']);
    expect((await essayer({ montant: '1000.01' })).refus).toEqual(['AMB-175 REGLE_NON_RESPECTEE input.montant']);
    const termes = { ...convention.termes, budgetAdopte: false };
    expect((await essayer({ termes })).refus).toEqual(['AMB-052 REGLE_NON_RESPECTEE input.termes.budgetAdopte']);
    expect((await essayer({})).refus).toEqual([]);
  });
});

describe('CLLAJ-FIN-01: 20 000 a year and a CLLAJ, all its conventions together (AMB-050)', () => {
  it('14.3 #25: 12 000 + 9 000 are refused, 12 000 + 8 000 are not, and another CLLAJ is none of it', async () => {
    const [premiere, seconde] = await retenues('cllaj', '12000.00', '9000.00');
    expect((await preparer(gateway, premiere!.dossier, premiere!.id)).refus).toEqual([]);
    const { errors } = await muter(gateway, 'siege', 'conventionCllajPreparer', 'convention { id }', {
      candidatureId: seconde!.id,
      ...seconde!.dossier.convention,
    });
    expect(refusCites(errors)).toEqual(['CLLAJ-FIN-01 MONTANT_SUPERIEUR_AU_PLAFOND input.montant']);
    expect(errors[0]?.message.replaceAll(/[\u00A0\u202F]/g, ' ')).toBe(
      'La structure a déjà 12 000,00 € accordés du 1er septembre 2026 au 31 août 2027 : il reste 8 000,00 € sous le plafond annuel de 20 000,00 €.',
    );
    const reduite = dossierCllaj('8000.00', { porteur: 'cllaj' });
    const { conventionId } = await preparer(gateway, reduite, seconde!.id);
    const { convention } = await lire<{ convention: { plafond: { texte: string } } }>(
      gateway,
      'siege',
      `{ convention(id: "${conventionId}") { plafond { texte } } }`,
    );
    expect(convention.plafond.texte).toContain('Reste du plafond de la structure du 1er septembre 2026');
    const [autre] = await retenues('association', '6000.00');
    expect((await preparer(gateway, autre!.dossier, autre!.id)).refus).toEqual([]);
  });

  it('prepared at once for one structure: exactly one passes', async () => {
    const dossiers = await retenues('association', '11000.00', '11000.00', '11000.00', '11000.00');
    const refus = await Promise.all(dossiers.map(({ dossier, id }) => preparer(gateway, dossier, id)));
    expect(refus.map((r) => r.refus.join()).sort()).toEqual([
      '',
      ...Array.from({ length: 3 }, () => 'CLLAJ-FIN-01 MONTANT_SUPERIEUR_AU_PLAFOND input.montant'),
    ]);
  });

  it('avenants count: one too many is refused when prepared, and two signed at once: exactly one passes', async () => {
    const dossiers = await retenues('association-2', '5000.00', '5000.00');
    const conventions: string[] = [];
    for (const { dossier, id } of dossiers) {
      const { conventionId, refus } = await signer(gateway, dossier, id);
      expect(refus).toEqual([]);
      conventions.push(conventionId);
    }
    expect(refusCites((await avenant(conventions[0]!, '15000.01')).errors)).toEqual([
      'CLLAJ-FIN-01 MONTANT_SUPERIEUR_AU_PLAFOND input.montant',
    ]);
    const avenants: string[] = [];
    for (const id of conventions) avenants.push(idDeLAvenant(await avenant(id, '15000.00')));
    for (const id of avenants) expect((await signerAvenant('association-2', 'PORTEUR', id)).errors).toEqual([]);
    const reponses = await Promise.all(avenants.map((id) => signerAvenant('siege', 'DEPARTEMENT', id)));
    expect(reponses.map(({ errors }) => refusCites(errors).join()).sort()).toEqual([
      '',
      'CLLAJ-FIN-01 MONTANT_SUPERIEUR_AU_PLAFOND input.avenantId',
    ]);
    const document = `{ conventions(dispositif: "cllaj") { nodes { id montant } } }`;
    const { conventions: lues } = await lire<{ conventions: { nodes: { id: string; montant: string }[] } }>(
      gateway,
      'association-2',
      document,
    );
    expect(lues.nodes.map(({ montant }) => montant).sort()).toEqual(['15000.00', '5000.00']);
  });

  it('a convention is judged again when it is signed: the cap has gone down meanwhile, and nobody has then signed', async () => {
    const [{ dossier, id }] = (await retenues('association', '2000.00')) as [{ dossier: DossierType; id: string }];
    const { appels } = await lire<{ appels: { nodes: { id: string }[] } }>(
      gateway,
      'siege',
      '{ appels(dispositif: "cllaj") { nodes { id } } }',
    );
    const { conventionId } = await preparer(gateway, dossier, id);
    await faire(gateway, 'administrateur', 'parametreSurcharger', 'clientMutationId', {
      dispositif: 'cllaj',
      cle: 'plafondAnnuel',
      portee: 'APPEL',
      porteeId: appels.nodes[0]!.id,
      du: '2026-07-01',
      valeur: '500.00',
      motif: 'Budget réduit.',
    });
    const signature = { conventionId, signeeLe: '2026-07-01', qualite: 'direction' };
    const porteur = { ...signature, partie: 'PORTEUR' };
    await faire(gateway, 'association', 'conventionSigner', 'convention { etat }', porteur);
    const departement = { ...signature, partie: 'DEPARTEMENT' };
    const { errors } = await muter(gateway, 'siege', 'conventionSigner', 'convention { etat }', departement);
    expect(refusCites(errors)).toEqual(['CLLAJ-FIN-01 MONTANT_SUPERIEUR_AU_PLAFOND input.conventionId']);
    const { convention } = await lire<{ convention: { etat: string; signatures: object[] } }>(
      gateway,
      'siege',
      `{ convention(id: "${conventionId}") { etat signatures { partie } } }`,
    );
    expect(convention).toEqual({ etat: 'PROJET', signatures: [{ partie: 'PORTEUR' }] });
  });
});
