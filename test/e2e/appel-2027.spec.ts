import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import type { Worker } from '@sillage/worker';
import { bilanCoordoAse } from '../support/bilan-coordo-ase.js';
import { attendreVersement, codes, demarrerWorker, faire, ordonner, payer } from '../support/chaine-de-paiement.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import { activer, CHAMPS_COMPLETS, idsDeBase, lire, muter } from '../support/parcours-coordo-ase.js';

let gateway: GatewayEssai;
let worker: Worker;
/** Of each call, in the order in which they open. */
const appels: string[] = [];
const conventions: string[] = [];

beforeAll(async () => {
  gateway = await demarrerGatewayEssai({ dispositifs });
  worker = await demarrerWorker(gateway, dispositifs);
  await activer(gateway);
  appels.push((await idsDeBase(gateway)).appelId);
});
afterAll(async () => {
  await worker?.arreter();
  await gateway?.arreter();
});

interface Dossier {
  appelId: string;
  champs: object;
  du: string;
  au: string;
  montant: string;
  signeeLe: string;
}

/** A candidature and its convention on one call, by the API alone. */
async function conventionner({ appelId, champs, du, au, montant, signeeLe }: Dossier): Promise<string> {
  const { structureId } = await idsDeBase(gateway);
  const { candidature } = await faire(gateway, 'association', 'candidatureCoordoAseCreer', 'candidature { id }', {
    appelId,
    structureId,
    territoires: ['LENS_LIEVIN'],
    champs,
  });
  const candidatureId = (candidature as { id: string }).id;
  await faire(gateway, 'association', 'candidatureDeposer', 'candidature { id }', { candidatureId });
  await faire(gateway, 'association', 'candidatureValider', 'candidature { id }', { candidatureId });
  const motif = 'Attendu sur le territoire.';
  await faire(gateway, 'slai-lens', 'candidatureDonnerAvis', 'candidature { id }', {
    candidatureId,
    sens: 'FAVORABLE',
    motif,
  });
  await faire(gateway, 'siege', 'candidatureDecider', 'candidature { id }', { candidatureId, sens: 'RETENUE', motif });
  const { convention } = await faire(gateway, 'siege', 'conventionCoordoAsePreparer', 'convention { id }', {
    candidatureId,
    du,
    au,
    montant,
    termes: { etp: '1', accompagnements: 30, budgetAdopte: true },
  });
  const conventionId = (convention as { id: string }).id;
  for (const [compte, partie] of [
    ['association', 'PORTEUR'],
    ['siege', 'DEPARTEMENT'],
  ] as const) {
    const signature = { conventionId, partie, signeeLe, qualite: 'présidence' };
    await faire(gateway, compte, 'conventionSigner', 'convention { id }', signature);
  }
  return conventionId;
}

async function solder(
  conventionId: string,
  champs: object,
): Promise<{ montant: string; explication: { texte: string } }> {
  const { bilan } = await faire(gateway, 'association', 'bilanCoordoAseRemettre', 'bilan { id version }', {
    conventionId,
    champs,
  });
  const { id: bilanId, version } = bilan as { id: string; version: number };
  await faire(gateway, 'slai-lens', 'bilanCoordoAseConfirmer', 'bilan { etat }', { bilanId, version });
  return attendreVersement(gateway, conventionId, 'SOLDE');
}

const DUPLICATION = {
  code: 'coordo-ase-2027',
  libelle: 'Appel à projets Coordo ASE 2027',
  ouverture: '2027-01-11',
  cloture: '2027-02-14',
  presentation: 'Le Département reconduit l’appel, avec un plafond relevé.',
  parametres: [
    { cle: 'plafondParEtp', valeur: '54000.00' },
    { cle: 'tauxAvance', valeur: 50 },
  ],
  motif: 'Délibération d’essai du 9 novembre 2026.',
};

describe('Coordo ASE: the 2027 call, made from that of 2026 without code', () => {
  it('2026: a convention is signed and its advance paid under the rules of 2026', async () => {
    const appelId = appels[0] as string;
    const periode = { du: '2026-03-01', au: '2027-02-28', signeeLe: '2026-02-02' };
    conventions.push(await conventionner({ appelId, champs: CHAMPS_COMPLETS, montant: '52000.00', ...periode }));
    const avance = await attendreVersement(gateway, conventions[0] as string, 'AVANCE');
    expect(avance.montant).toBe('31200.00');
    await ordonner(gateway, 'slai-lens', avance.id);
    await payer(gateway, '2026-02-02');
  });

  it('is refused to whoever is not the administrator, and when it is wrong', async () => {
    gateway.horloge.avancerA('2026-11-20T09:00:00+01:00');
    const dupliquer = (compte: string, input: object) =>
      muter(gateway, compte, 'appelDupliquer', 'appel { id }', { appelId: appels[0], ...DUPLICATION, ...input });
    for (const compte of ['siege', 'slai-lens', 'association']) {
      expect(codes((await dupliquer(compte, {})).errors)).toEqual(['ACTION_INTERDITE input.appelId']);
    }
    expect(codes((await dupliquer('administrateur', { code: 'coordo-ase-2026' })).errors)).toEqual([
      'DOUBLON input.code',
    ]);
    const faux = [
      [{ cle: 'plafond', valeur: 1 }, 'PARAMETRE_INCONNU input.parametres.0.cle'],
      [{ cle: 'tauxAvance', valeur: 150 }, 'VALEUR_INVALIDE input.parametres.0.valeur'],
    ] as const;
    for (const [parametre, code] of faux) {
      expect(codes((await dupliquer('administrateur', { parametres: [parametre] })).errors)).toEqual([code]);
    }
    const deuxFois = [DUPLICATION.parametres[1], DUPLICATION.parametres[1]];
    expect(codes((await dupliquer('administrateur', { parametres: deuxFois })).errors)).toEqual([
      'DOUBLON input.parametres.1.cle',
    ]);
    expect(codes((await dupliquer('administrateur', { cloture: '2027-01-10' })).errors)).toEqual([
      'PERIODE_INVALIDE input.cloture',
    ]);
  });

  it('the administrator copies it, once however often it is asked, and reads what a candidate would', async () => {
    const input = { appelId: appels[0], ...DUPLICATION, clientMutationId: 'appel-2027' };
    const faites = await Promise.all(
      [1, 2].map(() => faire(gateway, 'administrateur', 'appelDupliquer', 'appel { id etat issuDe { code } }', input)),
    );
    const [une, deux] = faites.map(({ appel }) => appel as { id: string });
    expect(une).toEqual({ id: deux?.id, etat: 'BROUILLON', issuDe: { code: 'coordo-ase-2026' } });
    appels.push(une!.id);

    const document = `query ($id: ID!) { appelApercu(id: $id) {
      errors { code } appel { code libelle ouvert territoires { code } presentation } issuDe { code }
      differences { nature cle avant apres regle } ouvreLe fermeLe
      demandes { cle obligatoire } recevabilite { regle }
      parametres { cle valeur regle interpretation origine du } enveloppe { limitative regle montant creditsOuverts } } }`;
    const { appelApercu } = await lire<{ appelApercu: Record<string, unknown> }>(gateway, 'administrateur', document, {
      id: appels[1],
    });
    expect(appelApercu).toMatchObject({
      // It is on in Lens-Liévin alone so far.
      errors: [{ code: 'DISPOSITIF_INACTIF' }],
      appel: { code: 'coordo-ase-2027', ouvert: false, presentation: DUPLICATION.presentation },
      issuDe: { code: 'coordo-ase-2026' },
      ouvreLe: '2027-01-10T23:00:00Z',
      fermeLe: '2027-02-14T23:00:00Z',
      differences: [
        { nature: 'LIBELLE', avant: 'Appel à projets Coordo ASE 2026', apres: 'Appel à projets Coordo ASE 2027' },
        { nature: 'PRESENTATION', avant: null },
        { nature: 'OUVERTURE', avant: '12 janvier 2026', apres: '11 janvier 2027' },
        { nature: 'CLOTURE', avant: '15 février 2026', apres: '14 février 2027' },
        {
          nature: 'PARAMETRE',
          cle: 'plafondParEtp',
          avant: expect.stringMatching(/^52\s000,00\s€$/),
          apres: expect.stringMatching(/^54\s000,00\s€$/),
          regle: 'ASE-FIN-01',
        },
        { nature: 'PARAMETRE', cle: 'tauxAvance', avant: '60 %', apres: '50 %', regle: 'ASE-PAY-01' },
      ],
      enveloppe: { limitative: false, regle: 'AMB-085', montant: null },
    });
    const { parametres, demandes, recevabilite, appel } = appelApercu as Record<string, { cle: string }[]> & {
      appel: { territoires: object[] };
    };
    expect(parametres!.find(({ cle }) => cle === 'plafondParEtp')).toMatchObject({
      origine: 'APPEL',
      du: '2026-11-20',
    });
    expect(parametres!.find(({ cle }) => cle === 'placesParEtp')).toMatchObject({
      origine: 'DISPOSITIF',
      regle: 'ASE-FIN-07',
      interpretation: 'AMB-081',
    });
    expect(demandes).toContainEqual({ cle: 'montantDemande', obligatoire: true });
    expect(recevabilite).toContainEqual({ regle: 'ASE-FIN-01' });
    expect(appel.territoires).toHaveLength(9);
    const { appelApercu: refuse } = await lire<{ appelApercu: { errors: object[] } }>(
      gateway,
      'association',
      'query ($id: ID!) { appelApercu(id: $id) { errors { code path } } }',
      { id: appels[1] },
    );
    expect(refuse.errors).toEqual([{ code: 'INTROUVABLE', path: ['id'] }]);
  });

  it('says before publication where the dispositif is off, then is published where it is on', async () => {
    const publier = () => muter(gateway, 'administrateur', 'appelPublier', 'appel { etat }', { id: appels[1] });
    const empeche = await muter(gateway, 'administrateur', 'appelModifier', 'appel { id }', {
      id: appels[1],
      territoires: ['LENS_LIEVIN', 'ARTOIS'],
    });
    expect(empeche.errors).toEqual([]);
    const document = 'query ($id: ID!) { appelApercu(id: $id) { errors { code regle } } }';
    const { appelApercu } = await lire<{ appelApercu: object }>(gateway, 'siege', document, { id: appels[1] });
    expect(appelApercu).toEqual({ errors: [{ code: 'DISPOSITIF_INACTIF', regle: 'TRANS-01' }] });
    expect(codes((await publier()).errors)).toEqual(['DISPOSITIF_INACTIF input.id']);
    await faire(gateway, 'administrateur', 'appelModifier', 'appel { id }', {
      id: appels[1],
      territoires: ['LENS_LIEVIN'],
    });
    expect(await publier()).toMatchObject({ errors: [], appel: { etat: 'PUBLIE' } });
  });

  it('2027: the new cap and the new rate hold for its own dossiers', async () => {
    gateway.horloge.avancerA('2027-02-01T09:00:00+01:00');
    const champs = {
      ...CHAMPS_COMPLETS,
      depensesDirectes: [{ nature: 'SALAIRES', libelle: 'Un coordo à temps plein', montant: '45000.00' }],
      montantDemande: '54000.00',
    };
    const periode = { du: '2027-03-01', au: '2028-02-29', signeeLe: '2027-02-01' };
    conventions.push(await conventionner({ appelId: appels[1]!, champs, montant: '54000.00', ...periode }));
    const avance = await attendreVersement(gateway, conventions[1]!, 'AVANCE');
    expect(avance.montant).toBe('27000.00');
    await ordonner(gateway, 'slai-lens', avance.id);
  });

  it('each convention is balanced under the rules of its own call: the old cap and rate, then the new', async () => {
    gateway.horloge.avancerA('2027-03-01T09:00:00+01:00');
    const ancien = await solder(conventions[0]!, bilanCoordoAse(24, 90));
    expect(ancien.montant).toBe('13000.00');
    expect(ancien.explication.texte).not.toMatch(/54\s000/);

    gateway.horloge.avancerA('2028-03-01T09:00:00+01:00');
    const bilan = bilanCoordoAse(24, 90);
    const fileActive = (bilan.fileActive as { mois: string; joursAccompagnement: number }[]).map(
      ({ mois, joursAccompagnement }) => ({
        mois: mois.replace(/^\d{4}/, (annee) => String(Number(annee) + 1)),
        joursAccompagnement: mois === '2027-02-01' ? 29 * 24 : joursAccompagnement,
      }),
    );
    const depensesEncourues = [{ nature: 'SALAIRES', libelle: 'Un coordo', montant: '45000.00', facture: 'Paie 2027' }];
    const nouveau = await solder(conventions[1]!, { ...bilan, fileActive, depensesEncourues });
    // 24/30 and 90/100 of 54 000 make 45 900 due, 27 000 were advanced.
    expect(nouveau.montant).toBe('18900.00');
  });
});
