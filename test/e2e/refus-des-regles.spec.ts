import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import { bilanCoordoAse } from '../support/bilan-coordo-ase.js';
import { refusCites } from '../support/chaine-de-paiement.js';
import {
  activerDispositif,
  deposerEtValider,
  type DossierType,
  preparer,
  retenir,
  signer,
  tenterBrouillon,
  tenterDecision,
  tenterDepot,
} from '../support/dossier-signe.js';
import {
  BILAN_PRIMO_LOCATAIRES,
  dossierAccompagnementLogement,
  dossierPrimoLocataires,
} from '../support/dossiers-logement.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import { CHAMPS_COMPLETS, muter } from '../support/parcours-coordo-ase.js';

let gateway: GatewayEssai;

beforeAll(async () => {
  gateway = await demarrerGatewayEssai({ dispositifs });
});
afterAll(() => gateway?.arreter());

/** A refusal, by its rule, its code and its path; what goes against it, and how the dossier says it. */
type Cas<M = object> = [refus: string, quoi: string, modification: M];

const DEPOT = '2026-02-02T09:00:00+01:00';

const auDepot = (dossier: DossierType): Promise<string[]> => tenterDepot(gateway, dossier);

/** What the siège's decision is refused for, when it confirms nothing. */
async function aLaDecision(dossier: DossierType): Promise<string[]> {
  const candidatureId = await deposerEtValider(gateway, dossier);
  return tenterDecision(gateway, { ...dossier, confirmations: [] }, candidatureId);
}

/** What a convention of a retained candidature is refused for. */
async function aLaConvention(dossier: DossierType, candidatureId: string, autres: object): Promise<string[]> {
  const convention = { ...dossier.convention, ...autres };
  return (await preparer(gateway, { ...dossier, convention }, candidatureId)).refus;
}

/** What a report is refused for: to the porteur who hands it in, or to the service that confirms it. */
async function auSuivi(
  { porteur, service }: DossierType,
  nom: string,
  input: object,
  aConfirmer: boolean,
): Promise<string[]> {
  gateway.horloge.avancerA('2027-04-15T09:00:00+02:00');
  const remise = await muter(gateway, porteur, `suivi${nom}Remettre`, 'suivi { id version }', input);
  const { id: suiviId, version } = (remise['suivi'] ?? {}) as { id: string; version: number };
  const { errors } = aConfirmer
    ? await muter(gateway, service, 'suiviConfirmer', 'suivi { etat }', { suiviId, version })
    : remise;
  gateway.horloge.avancerA(DEPOT);
  return refusCites(errors);
}

/** What a draft is refused for after the closing of its appel. */
async function apresLaCloture(dossier: DossierType): Promise<string[]> {
  gateway.horloge.avancerA('2026-02-16T00:00:00+01:00');
  const refus = await tenterBrouillon(gateway, dossier);
  gateway.horloge.avancerA(DEPOT);
  return refus;
}

describe('What Coordo ASE refuses', () => {
  const dossier = (champs: object = {}): DossierType => ({
    code: 'coordo-ase',
    prefixe: 'CoordoAse',
    porteur: 'association',
    service: 'slai-lens',
    champs: { ...CHAMPS_COMPLETS, ...champs },
    confirmations: [],
    convention: {
      du: '2026-03-01',
      au: '2027-02-28',
      montant: '52000.00',
      termes: { etp: '1', accompagnements: 30, budgetAdopte: true },
    },
  });
  let conventionId: string;

  beforeAll(async () => {
    await activerDispositif(gateway, 'coordo-ase');
    ({ conventionId } = await signer(gateway, dossier(), await retenir(gateway, dossier())));
  });

  it('ASE-FIN-04: indirect costs that are not the flat rate of 20 %', async () => {
    expect(await auDepot(dossier({ depensesIndirectes: '8000.00' }))).toEqual([
      'ASE-FIN-04 REGLE_NON_RESPECTEE champs.depensesIndirectes',
    ]);
  });

  it('ASE-FIN-08: more than the direct costs and their flat rate', async () => {
    const depensesDirectes = [{ nature: 'SALAIRES', libelle: 'Un coordo', montant: '43333.32' }];
    expect(await auDepot(dossier({ depensesDirectes }))).toEqual([
      'ASE-FIN-08 REGLE_NON_RESPECTEE champs.montantDemande',
    ]);
  });

  it('ASE-FIN-06: an item of the charter that nobody commits to, unless the siège confirms it by name', async () => {
    expect(await aLaDecision(dossier({ engagementMoyens: false }))).toEqual([
      'ASE-FIN-06 A_CONFIRMER input.confirmations',
    ]);
  });

  it.each<Cas>([
    [
      'ASE-IND-01 REGLE_NON_RESPECTEE input.champs.fileActive',
      'a month left out',
      { fileActive: bilanCoordoAse(30, 100).fileActive.slice(1) },
    ],
    [
      'AMB-172 REGLE_NON_RESPECTEE input.champs.fileActive',
      'more days than its young people have',
      { jeunesAccompagnes: 29 },
    ],
  ])('%s: a bilan with %s', async (refus, _, autres) => {
    gateway.horloge.avancerA('2027-03-15T09:00:00+01:00');
    const champs = { ...bilanCoordoAse(30, 100), ...autres };
    const remise = await muter(gateway, 'association', 'bilanCoordoAseRemettre', 'bilan { id }', {
      conventionId,
      champs,
    });
    gateway.horloge.avancerA(DEPOT);
    expect(refusCites(remise.errors)).toEqual([refus]);
  });

  const suivi = (modele: string, champs: object, aConfirmer: boolean): Promise<string[]> =>
    auSuivi(dossier(), `CoordoAse${modele}`, { conventionId, rang: 1, champs }, aConfirmer);
  const trimestriel = {
    tenuLe: '2026-05-20',
    premierPresent: true,
    secondPresent: true,
    tableauTransmisLe: '2026-05-10',
    jeunesExamines: 28,
    synthese: 'Vu.',
  };
  const mois = { joursAccompagnement: 31 * 30, jeunes: 30 };
  const pilotage = { tenuLe: '2026-11-20', animeParLePorteur: true, partenairesPresents: 4, synthese: 'Vu.' };

  it.each<[string, string, object, boolean, string]>([
    [
      'ASE-BIL-01: a committee before its quarter',
      'ComiteTrimestriel',
      { ...trimestriel, tenuLe: '2026-02-27' },
      false,
      'ASE-BIL-01 REGLE_NON_RESPECTEE input.champs.tenuLe',
    ],
    [
      'ASE-BIL-01: a committee without the ASE',
      'ComiteTrimestriel',
      { ...trimestriel, secondPresent: false },
      true,
      'ASE-BIL-01 REGLE_NON_RESPECTEE input.suiviId.premierPresent',
    ],
    [
      'ASE-DEL-02: a table sent after the committee',
      'ComiteTrimestriel',
      { ...trimestriel, tableauTransmisLe: '2026-05-21' },
      true,
      'ASE-DEL-02 REGLE_NON_RESPECTEE input.suiviId.tableauTransmisLe',
    ],
    [
      'AMB-172: more days than thirty young people have in March',
      'TableauMensuel',
      { ...mois, joursAccompagnement: 31 * 30 + 1 },
      false,
      'AMB-172 REGLE_NON_RESPECTEE input.champs.joursAccompagnement',
    ],
    [
      'ASE-BIL-02: a steering committee before its year',
      'ComiteDePilotage',
      { ...pilotage, tenuLe: '2026-02-27' },
      false,
      'ASE-BIL-02 REGLE_NON_RESPECTEE input.champs.tenuLe',
    ],
    [
      'ASE-BIL-02: a steering committee that somebody else leads',
      'ComiteDePilotage',
      { ...pilotage, animeParLePorteur: false },
      true,
      'ASE-BIL-02 REGLE_NON_RESPECTEE input.suiviId.animeParLePorteur',
    ],
  ])('%s', async (_, modele, champs, aConfirmer, attendu) => {
    expect(await suivi(modele, champs, aConfirmer)).toEqual([attendu]);
  });
});

describe('What accompagnement logement refuses', () => {
  const dossier = (champs: object = {}) => dossierAccompagnementLogement(60, 10, '175000.00', '175000.00', champs);
  let candidatureId: string;

  beforeAll(async () => {
    await activerDispositif(gateway, 'accompagnement-logement');
    candidatureId = await retenir(gateway, dossier());
  });

  it.each<Cas>([
    [
      'ASGL-PORT-03 REGLE_NON_RESPECTEE champs.volumetrie',
      'a territory without its measures',
      { volumetrie: [{ territoire: 'ARRAGEOIS', simples: 60, renforcees: 10 }] },
    ],
    [
      'ASGL-FIN-02 MONTANT_SUPERIEUR_AU_PLAFOND champs.montantDemande',
      'more than the measures at their caps',
      { montantDemande: '200000.01', depensesPrevues: [{ nature: 'PERSONNEL', libelle: 'P', montant: '200000.01' }] },
    ],
    [
      'ASGL-FIN-04 REGLE_NON_RESPECTEE champs.montantDemande',
      'more than the expenses',
      { depensesPrevues: [{ nature: 'PERSONNEL', libelle: 'P', montant: '174999.99' }] },
    ],
  ])('%s: %s', async (refus, _, champs) => {
    expect(await auDepot(dossier(champs))).toEqual([refus]);
  });

  it.each<Cas>([
    ['ASGL-CAL-02 PERIODE_INVALIDE input.du', 'before the operation', { du: '2026-09-30', au: '2027-09-29' }],
    ['ASGL-CAL-02 DUREE_SUPERIEURE_AU_MAXIMUM input.au', 'longer than it', { au: '2027-10-01' }],
    [
      'ASGL-FIN-02 MONTANT_SUPERIEUR_AU_PLAFOND input.montant',
      'more than the measures granted at their caps',
      { termes: { mesuresSimples: 30, mesuresRenforcees: 10, budgetAdopte: true } },
    ],
    [
      'ASGL-FIN-05 MONTANT_SUPERIEUR_AU_PLAFOND input.termes',
      'more measures than the enveloppe pays for',
      { termes: { mesuresSimples: 141, mesuresRenforcees: 0, budgetAdopte: true } },
    ],
    ['AMB-175 REGLE_NON_RESPECTEE input.montant', 'more than was asked for', { montant: '175000.01' }],
    [
      'AMB-052 REGLE_NON_RESPECTEE input.termes.budgetAdopte',
      'before the budget is voted',
      { termes: { mesuresSimples: 60, mesuresRenforcees: 10 } },
    ],
  ])('%s: %s', async (refus, _, autres) => {
    expect(await aLaConvention(dossier(), candidatureId, autres)).toEqual([refus]);
  });

  it('ASGL-CAL-01: a draft after the closing', async () => {
    expect(await apresLaCloture(dossier())).toEqual(['ASGL-CAL-01 APPEL_CLOS input.appelId']);
  });

  it('ASGL-PORT-01: a draft of somebody who is no association', async () => {
    expect(await tenterBrouillon(gateway, { ...dossier(), porteur: 'bailleur' })).toEqual([
      'ASGL-PORT-01 REGLE_NON_RESPECTEE input.structureId',
    ]);
  });

  it('ASGL-IND-01: fewer than 70 young people, unless the siège confirms it by name', async () => {
    const volumetrie = [{ territoire: 'LENS_LIEVIN', simples: 59, renforcees: 10 }];
    const demande = { montantDemande: '170000.00' };
    expect(await aLaDecision(dossier({ volumetrie, ...demande }))).toEqual([
      'ASGL-IND-01 A_CONFIRMER input.confirmations',
    ]);
  });

  it('ASGL-BIL-01, ASGL-BIL-02: what a half-yearly report may not say', async () => {
    const { conventionId } = await signer(gateway, dossier(), candidatureId);
    const bilan = {
      mesure: 'M-1',
      debut: '2026-10-01',
      faitLe: '2027-03-30',
      avecLeJeune: true,
      auSlisl: '2027-04-01',
      auSpslh: '2027-04-01',
    };
    const rupture = { mesure: 'M-2', le: '2027-02-10', auSlisl: '2027-02-09', auSpslh: '2027-02-10' };
    const semestre = (autres: object, aConfirmer = false) => {
      const champs = { bilans: [bilan], axes: 'Budget.', progression: 'Réelle.', ruptures: [], ...autres };
      return auSuivi(dossier(), 'AccompagnementLogementSemestre', { conventionId, rang: 1, champs }, aConfirmer);
    };
    expect(await semestre({ bilans: [{ ...bilan, faitLe: '2026-09-30' }] })).toEqual([
      'ASGL-BIL-01 REGLE_NON_RESPECTEE input.champs.bilans.0',
    ]);
    expect(await semestre({ ruptures: [rupture] })).toEqual([
      'ASGL-BIL-02 REGLE_NON_RESPECTEE input.champs.ruptures.0',
    ]);
    expect(await semestre({ bilans: [{ ...bilan, avecLeJeune: false }] }, true)).toEqual([
      'ASGL-BIL-01 REGLE_NON_RESPECTEE input.suiviId.bilans.0',
    ]);
  });
});

describe('What primo-locataires refuses', () => {
  let candidatureId: string;

  beforeAll(async () => {
    await activerDispositif(gateway, 'primo-locataires');
    candidatureId = await retenir(gateway, dossierPrimoLocataires('20000.00'));
  });

  it.each<Cas<DossierType>>([
    [
      'PRIMO-FIN-01 MONTANT_SUPERIEUR_AU_PLAFOND champs.montantDemande',
      'more than the enveloppe',
      dossierPrimoLocataires('30000.01'),
    ],
    [
      'PRIMO-FIN-02 REGLE_NON_RESPECTEE champs.montantDemande',
      'more than the expenses',
      dossierPrimoLocataires('20000.00', { montantDemande: '20000.01' }),
    ],
  ])('%s: %s', async (refus, _, dossier) => {
    expect(await auDepot(dossier)).toEqual([refus]);
  });

  it('PRIMO-IND-01: fewer than 30 young people, unless the siège confirms it by name', async () => {
    expect(await aLaDecision(dossierPrimoLocataires('1000.00', { objectifJeunes: 29 }))).toEqual([
      'PRIMO-IND-01 A_CONFIRMER input.confirmations',
    ]);
  });

  it.each<Cas>([
    ['PRIMO-CAL-02 PERIODE_INVALIDE input.du', 'before the operation', { du: '2026-09-30', au: '2027-09-29' }],
    ['PRIMO-CAL-02 DUREE_SUPERIEURE_AU_MAXIMUM input.au', 'longer than it', { au: '2027-10-01' }],
    ['PRIMO-FIN-01 MONTANT_SUPERIEUR_AU_PLAFOND input.montant', 'more than the enveloppe', { montant: '30000.01' }],
    ['AMB-175 REGLE_NON_RESPECTEE input.montant', 'more than was asked for', { montant: '20000.01' }],
    [
      'AMB-052 REGLE_NON_RESPECTEE input.termes.budgetAdopte',
      'before the budget is voted',
      { termes: { objectifJeunes: 30 } },
    ],
  ])('%s: %s', async (refus, _, autres) => {
    const dossier = dossierPrimoLocataires('20000.00');
    expect(await aLaConvention(dossier, candidatureId, autres)).toEqual([refus]);
  });

  it('PRIMO-CAL-01: a draft after the closing', async () => {
    expect(await apresLaCloture(dossierPrimoLocataires('20000.00'))).toEqual(['PRIMO-CAL-01 APPEL_CLOS input.appelId']);
  });

  it('PRIMO-PORT-01: a draft of somebody who is no landlord', async () => {
    const dossier = { ...dossierPrimoLocataires('20000.00'), porteur: 'association' };
    expect(await tenterBrouillon(gateway, dossier)).toEqual(['PRIMO-PORT-01 REGLE_NON_RESPECTEE input.structureId']);
  });

  it.each<Cas>([
    [
      'PRIMO-IND-03 REGLE_NON_RESPECTEE input.champs.montantRestant',
      'used and remaining that do not make the participation',
      { montantRestant: '1999.99' },
    ],
    [
      'PRIMO-FIN-02 REGLE_NON_RESPECTEE input.champs.montantUtilise',
      'used beyond what was paid for',
      { montantUtilise: '18000.01', montantRestant: '1999.99' },
    ],
    [
      'PRIMO-IND-02 REGLE_NON_RESPECTEE input.champs.beneficiaires',
      'beneficiaries that are not the entries',
      { beneficiaires: 30 },
    ],
  ])('%s: %s', async (refus, _, autres) => {
    const { conventionId } = await conventionSignee();
    gateway.horloge.avancerA('2027-10-15T09:00:00+02:00');
    const champs = { ...BILAN_PRIMO_LOCATAIRES, ...autres };
    const remise = await muter(gateway, 'bailleur', 'bilanPrimoLocatairesRemettre', 'bilan { id }', {
      conventionId,
      champs,
    });
    gateway.horloge.avancerA(DEPOT);
    expect(refusCites(remise.errors)).toEqual([refus]);
  });

  let signee: Promise<{ conventionId: string }> | undefined;
  const conventionSignee = () => (signee ??= signer(gateway, dossierPrimoLocataires('20000.00'), candidatureId));
});
