import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import { codes, faire } from '../support/chaine-de-paiement.js';
import { dossierCllaj } from '../support/dossier-cllaj.js';
import { dossierFajCo, PIECES_DU_DEPOT } from '../support/dossier-faj-co.js';
import { CHAMPS_GRAINE_DE } from '../support/dossier-graine-de.js';
import { activerDispositif } from '../support/dossier-signe.js';
import {
  dossierAccompagnementLogement,
  dossierPrimoLocataires,
  dossierSolutionsLogement,
} from '../support/dossiers-logement.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import { CHAMPS_COMPLETS, lire, muter } from '../support/parcours-coordo-ase.js';

const HIVER = '10/02/2026 14:00:00';
const PRINTEMPS = '20/04/2026 10:00:00';

/** By dispositif: what its form says, who may carry it, who may not and by which rule, and an hour of its window. */
const SEPT: [code: string, champs: object, porteur: string, le: string, refuse: [string, string] | null][] = [
  ['coordo-ase', CHAMPS_COMPLETS, 'association', HIVER, null],
  ['faj-co', dossierFajCo().champs, 'association', HIVER, null],
  ['graine-de', CHAMPS_GRAINE_DE, 'association', PRINTEMPS, ['bailleur', 'GRAINE-PORT-01']],
  ['cllaj', dossierCllaj('20000.00').champs, 'cllaj', PRINTEMPS, ['bailleur', 'CLLAJ-PORT-01']],
  [
    'accompagnement-logement',
    dossierAccompagnementLogement(60, 20, '200000.00', '200000.00').champs,
    'association',
    HIVER,
    ['bailleur', 'ASGL-PORT-01'],
  ],
  ['primo-locataires', dossierPrimoLocataires('20000.00').champs, 'bailleur', HIVER, ['association', 'PRIMO-PORT-01']],
  [
    'solutions-logement',
    dossierSolutionsLogement('20000.00').champs,
    'bailleur',
    HIVER,
    ['association', 'SOLLOG-PORT-01'],
  ],
];

let gateway: GatewayEssai;
beforeAll(async () => {
  gateway = await demarrerGatewayEssai({ dispositifs });
  for (const [code] of SEPT) await activerDispositif(gateway, code);
  gateway.horloge.avancerA('2026-05-04T09:00:00+02:00');
});
afterAll(() => gateway?.arreter());

/** Columns of a form's fields, by their keys: those of its tables too, row by row. */
function colonnes(champs: object, prefixe = ''): [string, string][] {
  return Object.entries(champs).flatMap(([cle, valeur]: [string, unknown]): [string, string][] => {
    const nom = `${prefixe}${cle}`;
    if (Array.isArray(valeur)) return valeur.flatMap((rangee: object, rang) => colonnes(rangee, `${nom}.${rang + 1}.`));
    return [[nom, valeur === true ? 'oui' : String(valeur)]];
  });
}

const siretDe = async (compte: string): Promise<string> => {
  const document = '{ moi { habilitations { nodes { structure { siret } } } } }';
  const { moi } = await lire<{ moi: { habilitations: { nodes: { structure: { siret: string } }[] } } }>(
    gateway,
    compte,
    document,
  );
  return moi.habilitations.nodes[0]!.structure.siret;
};

interface Ligne {
  reference: string;
  resultat: string;
  colonne: string | null;
  regle: string | null;
  message: string | null;
  candidature: { id: string } | null;
}

/** A row for each porteur, under the references `R1`, `R2`. */
async function importer(
  code: string,
  champs: object,
  le: string,
  porteurs: readonly string[],
  prefixe = 'R',
): Promise<Ligne[]> {
  const { appels } = await lire<{ appels: { nodes: { id: string }[] } }>(
    gateway,
    'siege',
    `{ appels(dispositif: "${code}") { nodes { id } } }`,
  );
  const rangees = await Promise.all(
    porteurs.map(async (porteur, rang) => [
      ['Référence', `${prefixe}${rang + 1}`],
      ['SIRET', await siretDe(porteur)],
      ['Territoires', 'Lens Liévin'],
      ['Date de dépôt', le],
      ['Date de validation', le],
      ...colonnes(champs),
    ]),
  );
  const ecrire = (place: number) => (rangee: string[][]) => rangee.map((c) => `"${c[place]}"`).join(';');
  const contenu = [ecrire(0)(rangees[0]!), ...rangees.map(ecrire(1))].join('\r\n');
  const { importation } = await faire(
    gateway,
    'siege',
    'candidaturesImporter',
    'importation { lignes { reference resultat colonne regle message candidature { id } } }',
    { appelId: appels.nodes[0]!.id, contenu },
  );
  return (importation as { lignes: Ligne[] }).lignes;
}

describe('A row of the deposit software, in each dispositif (AMB-166)', () => {
  it.each(SEPT)('%s: taken for who may carry it, refused on its row for who may not', async (...cas) => {
    const [code, champs, porteur, le, refuse] = cas;
    const lignes = await importer(code, champs, le, refuse ? [porteur, refuse[0]] : [porteur]);
    expect(lignes.map(({ reference, resultat, colonne, regle }) => [reference, resultat, colonne, regle])).toEqual([
      ['R1', 'IMPORTEE', null, null],
      ...(refuse ? [['R2', 'REFUSEE', 'SIRET', refuse[1]]] : []),
    ]);
    const nature = { association: 'Association', bailleur: 'Bailleur' }[refuse?.[0] ?? ''];
    if (refuse) expect(lignes[1]?.message).toContain(`Cette structure est enregistrée comme « ${nature}`);
  });

  it('pieces of the deposit stayed there: the services are told, nothing is decided without, a completion asks for them', async () => {
    const [ligne] = await importer('faj-co', dossierFajCo().champs, HIVER, ['association'], 'P');
    const candidatureId = ligne?.candidature?.id;
    const { candidature } = await lire<{ candidature: { messages: object[] } }>(
      gateway,
      'siege',
      'query ($id: ID!) { candidature(id: $id) { messages { nature destinataire texte } } }',
      { id: candidatureId },
    );
    expect(candidature.messages).toEqual([
      {
        nature: 'PIECE_MANQUANTE',
        destinataire: 'DEPARTEMENT',
        texte: expect.stringMatching(/reprise du logiciel de dépôt.* « Annexe.*», « Devis.*»/),
      },
    ]);
    const avis = { candidatureId, sens: 'FAVORABLE', motif: 'Attendu.' };
    await faire(gateway, 'slai-lens', 'candidatureDonnerAvis', 'candidature { id }', avis);
    const decision = { candidatureId, sens: 'RETENUE', motif: 'Prêt.', confirmations: [] };
    const { errors } = await muter(gateway, 'siege', 'candidatureDecider', 'candidature { id }', decision);
    expect(codes(errors)).toEqual(PIECES_DU_DEPOT.map((code) => `PIECE_MANQUANTE pieces.${code}`));
    const demande = { candidatureId, champs: [], pieces: PIECES_DU_DEPOT, texte: 'Elles sont restées là-bas.' };
    await faire(gateway, 'siege', 'candidatureDemanderComplement', 'candidature { id }', demande);
  });
});
