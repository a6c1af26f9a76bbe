import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import fc from 'fast-check';
import { codes, faire } from '../support/chaine-de-paiement.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import { activer, CHAMPS_COMPLETS, creerBrouillon, idsDeBase, lire, muter } from '../support/parcours-coordo-ase.js';

let gateway: GatewayEssai;
let appelId = '';
let siret = '';

beforeAll(async () => {
  gateway = await demarrerGatewayEssai({ dispositifs });
  await activer(gateway);
  ({ appelId } = await idsDeBase(gateway));
  const { moi } = await lire<{ moi: { habilitations: { nodes: { structure: { siret: string } }[] } } }>(
    gateway,
    'association',
    '{ moi { habilitations { nodes { structure { siret } } } } }',
  );
  siret = moi.habilitations.nodes[0]!.structure.siret;
  // The file is read after the closing: what counts is the hour that it says (AMB-166).
  gateway.horloge.avancerA('2026-03-02T09:00:00+01:00');
});
afterAll(() => gateway?.arreter());

/** Keys, labels and rows, as the deposit software may name them. */
const ENTETE = [
  'Numéro de dossier',
  'SIRET du porteur',
  'Territoires',
  'Date de dépôt',
  'Date de validation',
  'intitule',
  'presentation',
  'expertise',
  'etp',
  'accompagnementsEngages',
  'depensesDirectes.1.nature',
  'depensesDirectes.1.libelle',
  'depensesDirectes.1.montant',
  'montantDemande',
  ...Object.keys(CHAMPS_COMPLETS).filter((cle) => cle.startsWith('engagement')),
  'contactNom',
  'contactCourriel',
  'Observations internes',
];

type Ligne = Record<string, string>;

function ligne(reference: string, plus: Ligne = {}): Ligne {
  return {
    'Numéro de dossier': reference,
    'SIRET du porteur': siret,
    Territoires: 'Lens Liévin',
    'Date de dépôt': '10/02/2026 14:00:00',
    'Date de validation': '15/02/2026 23:59:59',
    intitule: `Projet ${reference}`,
    presentation: 'Accompagner; "ensemble"',
    expertise: 'Dix ans',
    etp: '1',
    accompagnementsEngages: '30',
    'depensesDirectes.1.nature': 'salaires',
    'depensesDirectes.1.libelle': 'Un coordo',
    'depensesDirectes.1.montant': '43 333,33 €',
    montantDemande: '52 000,00',
    contactNom: 'Contact de démonstration',
    contactCourriel: 'contact@exemple.test',
    ...Object.fromEntries(ENTETE.filter((c) => c.startsWith('engagement')).map((c) => [c, 'oui'])),
    'Observations internes': 'rien',
    ...plus,
  };
}

function csv(lignes: readonly Ligne[], separateur = ';', entete: readonly string[] = ENTETE): string {
  const cellule = (texte: string): string => `"${texte.replaceAll('"', '""')}"`;
  const rangees = lignes.map((l) => entete.map((c) => cellule(l[c] ?? '')).join(separateur));
  return [entete.map(cellule).join(separateur), ...rangees].join('\r\n');
}

interface Rapport {
  importees: number;
  misesAJour: number;
  dejaImportees: number;
  refusees: number;
  colonnesIgnorees: string[];
  fichierDesRefus: string;
  lignes: { ligne: number; reference: string; resultat: string; colonne: string; code: string; regle: string }[];
}

const RAPPORT = `importation { importees misesAJour dejaImportees refusees colonnesIgnorees fichierDesRefus
  lignes { ligne reference resultat colonne code message regle } }`;

async function importer(input: object): Promise<Rapport> {
  const reponse = await faire(gateway, 'siege', 'candidaturesImporter', RAPPORT, { appelId, ...input });
  return reponse['importation'] as Rapport;
}

interface Lue {
  referenceExterne: string | null;
  etat: string;
  deposeeLe: string;
  valideeLe: string | null;
  champs: { intitule: string; montantDemande: string; depensesDirectes: object[] };
}

async function candidatures(): Promise<Lue[]> {
  const document = `{ candidatures(first: 100, dispositif: "coordo-ase") { nodes { referenceExterne etat deposeeLe valideeLe
    ... on CandidatureCoordoAse { champs { intitule montantDemande depensesDirectes { nature montant } } } } } }`;
  return (await lire<{ candidatures: { nodes: Lue[] } }>(gateway, 'siege', document)).candidatures.nodes;
}

describe('Candidatures of the département’s own deposit software (AMB-166)', () => {
  it('are taken with their reference and hours; each faulty row is refused whole, and says where', async () => {
    const rapport = await importer({
      contenu: `\uFEFF${csv([
        ligne('EP-1'),
        ligne('EP-2', { 'Date de validation': '16/02/2026 00:00:00' }),
        ligne('EP-3', { 'SIRET du porteur': '12345678901234', montantDemande: '60 000' }),
        ligne('EP-4', { Territoires: 'Nulle part', etp: 'beaucoup' }),
        ligne('EP-5', { montantDemande: '52 000,01', 'depensesDirectes.1.montant': '60000' }),
        ligne('EP-1', { intitule: 'Deux fois' }),
        ligne('', { expertise: '', 'SIRET du porteur': ' ', 'Date de dépôt': '' }),
      ])}`,
    });
    expect(rapport).toMatchObject({ importees: 1, refusees: 6, colonnesIgnorees: ['Observations internes'] });
    expect(rapport.lignes.map((l) => [l.ligne, l.resultat, l.colonne, l.code, l.regle])).toEqual([
      [2, 'IMPORTEE', null, null, null],
      [3, 'REFUSEE', 'Date de validation', 'APPEL_CLOS', 'ASE-CAL-01'],
      [4, 'REFUSEE', 'SIRET du porteur', 'VALEUR_INVALIDE', 'TRANS-06'],
      [5, 'REFUSEE', 'Territoires', 'INTROUVABLE', 'TRANS-05'],
      [5, 'REFUSEE', 'etp', 'VALEUR_INVALIDE', 'ASE-FIN-01'],
      [6, 'REFUSEE', 'montantDemande', 'MONTANT_SUPERIEUR_AU_PLAFOND', 'ASE-FIN-01'],
      [7, 'REFUSEE', 'Numéro de dossier', 'DOUBLON', 'AMB-166'],
      [8, 'REFUSEE', 'Numéro de dossier', 'CHAMP_OBLIGATOIRE', 'AMB-166'],
      [8, 'REFUSEE', 'SIRET du porteur', 'CHAMP_OBLIGATOIRE', 'TRANS-06'],
      [8, 'REFUSEE', 'Date de dépôt', 'CHAMP_OBLIGATOIRE', 'AMB-044'],
      [8, 'REFUSEE', 'expertise', 'CHAMP_OBLIGATOIRE', expect.anything()],
    ]);
    expect(await candidatures()).toEqual([
      {
        referenceExterne: 'EP-1',
        etat: 'VALIDEE',
        deposeeLe: '2026-02-10T13:00:00Z',
        valideeLe: '2026-02-15T22:59:59Z',
        champs: {
          intitule: 'Projet EP-1',
          montantDemande: '52000.00',
          depensesDirectes: [{ nature: 'SALAIRES', montant: '43333.33' }],
        },
      },
    ]);
    // Excel in French takes a file without its mark for Windows-1252.
    expect(rapport.fichierDesRefus.split('\r\n')[0]).toBe('\uFEFFligne;reference;colonne;code;message;regle');
    expect(rapport.fichierDesRefus).toContain('Aucun territoire ne s’appelle « Nulle part ».');
  });

  it('rows that were corrected are sent again, in Windows-1252 and commas too, and nothing is doubled', async () => {
    const corrigees = [
      ligne('EP-1'),
      ligne('EP-2', { intitule: 'Été à Béthune' }),
      ligne('EP-3', { 'Date de validation': '' }),
    ];
    const avecMarque = Buffer.from(`\uFEFF${csv([ligne('EP-1')])}`, 'utf8').toString('base64');
    expect(await importer({ octets: avecMarque })).toMatchObject({ dejaImportees: 1, refusees: 0 });
    const octets = Buffer.from(csv(corrigees, ',').replaceAll('€', '\u0080'), 'latin1').toString('base64');
    expect(await importer({ octets })).toMatchObject({ importees: 2, dejaImportees: 1, refusees: 0 });
    const lues = await candidatures();
    expect(lues.map((c) => [c.referenceExterne, c.etat, c.champs.intitule])).toEqual(
      expect.arrayContaining([
        ['EP-2', 'VALIDEE', 'Été à Béthune'],
        ['EP-3', 'DEPOSEE', 'Projet EP-3'],
      ]),
    );
    const maj = csv([ligne('EP-3')]);
    expect(await importer({ contenu: maj })).toMatchObject({ misesAJour: 1, importees: 0 });
    expect((await candidatures()).filter((c) => c.etat === 'VALIDEE')).toHaveLength(3);
  });

  it('what is validated is not replaced; the same row stays without effect (AMB-044, AMB-166)', async () => {
    const contenu = csv([ligne('EP-1'), ligne('EP-3', { montantDemande: '51 000,00' })]);
    const rapport = await importer({ contenu });
    expect(rapport.lignes.map((l) => [l.reference, l.resultat, l.code, l.regle])).toEqual([
      ['EP-1', 'DEJA_IMPORTEE', null, null],
      ['EP-3', 'REFUSEE', 'ETAT_INCOMPATIBLE', 'AMB-166'],
    ]);
    expect((await candidatures()).map((c) => c.champs.montantDemande)).toEqual(['52000.00', '52000.00', '52000.00']);
  });

  it('what somebody has worked on since is not replaced, nor what a porteur typed under the same reference', async () => {
    const { candidatures: lues } = await lire<{ candidatures: { nodes: { id: string; referenceExterne: string }[] } }>(
      gateway,
      'siege',
      '{ candidatures(first: 100) { nodes { id referenceExterne } } }',
    );
    const candidatureId = lues.nodes.find((c) => c.referenceExterne === 'EP-2')!.id;
    await faire(gateway, 'slai-lens', 'candidatureDonnerAvis', 'candidature { id }', {
      candidatureId,
      sens: 'FAVORABLE',
      motif: 'Attendu.',
    });
    gateway.horloge.avancerA('2026-02-14T09:00:00+01:00');
    const brouillon = await creerBrouillon(gateway, {});
    await faire(gateway, 'association', 'candidatureCoordoAseEnregistrer', 'candidature { id }', {
      candidatureId: brouillon,
      version: 1,
      referenceExterne: 'EP-9',
    });
    gateway.horloge.avancerA('2026-03-02T09:00:00+01:00');
    const rapport = await importer({ contenu: csv([ligne('EP-2'), ligne('EP-9'), ligne('=EP-10', { etp: 'x' })]) });
    expect(rapport.lignes.map((l) => [l.reference, l.code])).toEqual([
      ['EP-2', 'ETAT_INCOMPATIBLE'],
      ['EP-9', 'DOUBLON'],
      ['=EP-10', 'VALEUR_INVALIDE'],
    ]);
    expect(rapport.fichierDesRefus).toContain(`;'=EP-10;`);
    expect(await candidatures()).toHaveLength(3);
  });

  it('a file that is not one is refused as a whole, and to whoever is not the siège', async () => {
    const essayer = async (input: object, compte = 'siege') =>
      codes((await muter(gateway, compte, 'candidaturesImporter', 'importation { id }', { appelId, ...input })).errors);
    const bon = csv([ligne('EP-20')]);
    expect(await essayer({ contenu: bon }, 'association')).toEqual(['ACTION_INTERDITE input.appelId']);
    expect(await essayer({ contenu: bon }, 'administrateur')).toEqual(['ACTION_INTERDITE input.appelId']);
    expect(await essayer({})).toEqual(['CHAMP_OBLIGATOIRE input.contenu']);
    expect(await essayer({ contenu: bon, octets: '' })).toEqual(['VALEUR_INVALIDE input.octets']);
    expect(await essayer({ octets: 'é' })).toEqual(['VALEUR_INVALIDE input.octets']);
    expect(await essayer({ contenu: 'a;b' })).toEqual(['VALEUR_INVALIDE input.contenu']);
    expect(await essayer({ contenu: 'a;b\n1;2' })).toEqual(['VALEUR_INVALIDE input.contenu']);
    expect(await essayer({ contenu: `${bon}\r\n"un";"deux"` })).toEqual(['VALEUR_INVALIDE input.contenu.3']);
    expect(await essayer({ contenu: `${bon}\r\n"un` })).toEqual([
      expect.stringMatching(/^VALEUR_INVALIDE input.contenu/),
    ]);
    expect(
      await essayer({ contenu: csv([ligne('EP-20')], ';', [...ENTETE, 'Intitulé du projet', 'intitule']) }),
    ).toEqual(['VALEUR_INVALIDE input.contenu']);
    const trop = Array.from({ length: 501 }, () => 'x;x;x;x').join('\n');
    expect(await essayer({ contenu: `Référence;SIRET;Territoires;Dépôt\n${trop}` })).toEqual([
      'VALEUR_INVALIDE input.contenu',
    ]);
    expect(await candidatures()).toHaveLength(3);
  });

  it('a control character refuses its row, at its column, and nothing else', async () => {
    const rapport = await importer({ contenu: csv([ligne('EP-25', { expertise: 'Dix\u0007 ans' }), ligne('EP-26')]) });
    expect(rapport.lignes.map((l) => [l.ligne, l.resultat, l.colonne, l.code, l.regle])).toEqual([
      [2, 'REFUSEE', 'expertise', 'VALEUR_INVALIDE', 'AMB-166'],
      [3, 'IMPORTEE', null, null, null],
    ]);
    expect(await candidatures()).toHaveLength(4);
  });

  it('any subsets, sent in any order and at the same time, leave one candidature a reference', async () => {
    const toutes = ['EP-30', 'EP-31', 'EP-32', 'EP-33', 'EP-34'];
    const envoi = fc.record({
      references: fc.shuffledSubarray(toutes, { minLength: 1 }),
      fausses: fc.subarray(toutes),
    });
    const avant = await candidatures();
    await fc.assert(
      fc.asyncProperty(fc.array(envoi, { minLength: 1, maxLength: 3 }), async (envois) => {
        await Promise.all(
          envois.map(({ references, fausses }) =>
            importer({ contenu: csv(references.map((r) => ligne(r, fausses.includes(r) ? { etp: 'faux' } : {}))) }),
          ),
        );
        const references = (await candidatures()).map((c) => c.referenceExterne);
        expect(new Set(references).size).toBe(references.length);
      }),
      { numRuns: 8 },
    );
    const derniere = await importer({ contenu: csv(toutes.map((r) => ligne(r))) });
    expect(derniere.importees + derniere.dejaImportees).toBe(5);
    expect(await candidatures()).toHaveLength(avant.length + 5);
  });
});
