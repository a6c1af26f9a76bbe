import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { dispositifs } from '@sillage/dispositifs';
import type { Worker } from '@sillage/worker';
import { avecClient } from '../support/base-essai.js';
import { attendreVersement, codes, demarrerWorker, faire, ordonner } from '../support/chaine-de-paiement.js';
import { multiplierConvention } from '../support/conventions-en-nombre.js';
import { demarrerGatewayEssai, type GatewayEssai } from '../support/gateway-essai.js';
import {
  activer,
  jusquALaDerniereSignature,
  lire,
  muter,
  signerPourLeDepartement,
} from '../support/parcours-coordo-ase.js';

const LIGNES_MAX = 500;
/** Lines of the return that are right: all 500 with `SILLAGE_RETOUR=500`. */
const IMPORTEES = Number(process.env['SILLAGE_RETOUR'] ?? 25);

let gateway: GatewayEssai;
let worker: Worker | undefined;

beforeAll(async () => {
  gateway = await demarrerGatewayEssai({ dispositifs });
  worker = await demarrerWorker(gateway, dispositifs);
  await activer(gateway);
});
afterAll(async () => {
  await worker?.arreter();
  await gateway?.arreter();
});

/** One ordered advance more than a bordereau holds, each with its entries in the ledger. */
async function ordonnerUnDeTrop(): Promise<void> {
  const { conventionId } = await jusquALaDerniereSignature(gateway, '30000.00');
  await signerPourLeDepartement(gateway, conventionId);
  await ordonner(gateway, 'slai-lens', (await attendreVersement(gateway, conventionId, 'AVANCE')).id);
  await avecClient(gateway.base.urlAdmin, async (client) => {
    await multiplierConvention(client, conventionId.replace('Convention-', ''), LIGNES_MAX);
    for (const [nature, de, vers] of [
      ['ENGAGEMENT', 'DISPONIBLE', 'ENGAGE'],
      ['LIQUIDATION', 'ENGAGE', 'LIQUIDE'],
      ['MANDATEMENT', 'LIQUIDE', 'MANDATE'],
    ] as const) {
      await client.query(
        `insert into sillage.ecriture
           (departement_id, id, cle, nature, jour, enveloppe_id, convention_id, versement_id, de, vers, centimes, passee_le)
         select v.departement_id, uuidv7(), $1 || '/' || v.id || '/0', $1, '2026-02-02', e.id, v.convention_id,
                case when $1 = 'ENGAGEMENT' then null else v.id end, $2, $3, v.montant_centimes, now()
           from sillage.versement v, sillage.enveloppe e where v.numero like 'AVANCE-COPIE-%'`,
        [nature, de, vers],
      );
    }
  });
}

/** Its export, line by line: the number of the payment, and its amount. */
async function emettre(): Promise<{ numero: string; lignes: { versement: string; montant: string }[] }> {
  const { bordereau } = await faire(gateway, 'siege', 'bordereauEmettre', 'bordereau { numero contenu }', {});
  const { numero, contenu } = bordereau as { numero: string; contenu: string };
  const [entete = '', ...lignes] = contenu.trim().split('\r\n');
  const [versement, montant] = ['versement', 'montant'].map((nom) => entete.split(';').indexOf(nom));
  return {
    numero,
    lignes: lignes.map((ligne) => ({
      versement: ligne.split(';')[versement!]!,
      montant: ligne.split(';')[montant!]!,
    })),
  };
}

it('a bordereau is full at 500 lines, what is left goes on the next, and its return is imported whole', async () => {
  await ordonnerUnDeTrop();
  const premier = await emettre();
  const second = await emettre();
  expect([premier, second].map(({ lignes }) => lignes.length)).toEqual([LIGNES_MAX, 1]);

  const importer = (resultat: string, lignes = premier.lignes) =>
    muter(gateway, 'siege', 'bordereauRetourImporter', 'bordereau { enAttente }', {
      contenu: [
        'bordereau;versement;montant;resultat;date;motif',
        ...lignes.map(({ versement, montant }) => `${premier.numero};${versement};${montant};${resultat};2026-02-02;`),
      ].join('\n'),
    });
  const fautives = [
    importer('OUI'),
    importer(
      'PAYE',
      premier.lignes.map((ligne) => ({ ...ligne, montant: '1.00' })),
    ),
  ];
  for (const { errors } of await Promise.all(fautives)) {
    expect(codes(errors)).toHaveLength(51);
    expect(errors.at(-1)?.message).toContain('450 autres fautes');
  }
  expect(await importer('PAYE', premier.lignes.slice(0, IMPORTEES))).toMatchObject({
    errors: [],
    bordereau: { enAttente: LIGNES_MAX - IMPORTEES },
  });
  const { enveloppes } = await lire<{ enveloppes: { nodes: { soldes: object }[] } }>(
    gateway,
    'siege',
    '{ enveloppes { nodes { soldes { paye ordonnance } } } }',
  );
  expect(enveloppes.nodes).toEqual([
    { soldes: { paye: `${18_000 * IMPORTEES}.00`, ordonnance: `${18_000 * (LIGNES_MAX + 1 - IMPORTEES)}.00` } },
  ]);
});
