import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { creerBaseEssai } from '../../../test/support/index.js';
import { atelier } from '../test/source.js';
import { listerDepartements } from './departements.js';
import { creerDataSource } from './source-de-donnees.js';

const a = atelier();

test('une date civile reste un texte, un entier long et un décimal aussi, un instant devient une Date', async () => {
  const lignes = await a.dataSource.query<
    unknown[]
  >(`select date '2026-02-15' as jour, array[date '2026-02-15'] as jours,
    bigint '9007199254740993' as centimes, numeric '0.10' as taux, timestamptz '2026-02-15 23:59:59+01' as instant,
    '{"a": 1}'::jsonb as champs, array['x', 'y'] as textes`);
  expect(lignes).toEqual([
    {
      jour: '2026-02-15',
      jours: ['2026-02-15'],
      centimes: '9007199254740993',
      taux: '0.10',
      instant: new Date('2026-02-15T22:59:59Z'),
      champs: { a: 1 },
      textes: ['x', 'y'],
    },
  ]);
});

test('les départements se lisent sans contexte', async () => {
  expect(await listerDepartements(a.dataSource)).toEqual([
    { departementId: '62', nom: 'Département 62' },
    { departementId: '99', nom: 'Département 99' },
  ]);
});

test('une connexion tuée à l’instant où elle est prête est refusée à qui l’attend, et à personne d’autre', async () => {
  const base = await creerBaseEssai();
  const { port, hostname } = new URL(base.urlApp);
  const mandataire = createServer((client) => {
    const serveur = connect(Number(port), hostname);
    client.on('error', () => serveur.destroy()).pipe(serveur);
    serveur.on('error', () => client.destroy());
    // Ready, then killed, in one packet.
    serveur.on('data', (recu: Buffer) => client.write(recu.includes(PRETE) ? Buffer.concat([recu, TUEE]) : recu));
  });
  await new Promise<void>((pret) => mandataire.listen(0, '127.0.0.1', pret));
  const url = Object.assign(new URL(base.urlApp), { port: String((mandataire.address() as AddressInfo).port) }).href;
  try {
    await expect(creerDataSource({ url, connexions: 1, entites: [] }).initialize()).rejects.toThrow();
  } finally {
    mandataire.close();
    await base.supprimer();
  }
});

const PRETE = Buffer.from('Z\0\0\0\u0005I');
const TEXTE = Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0');
const TUEE = Buffer.concat([Buffer.from('E'), Buffer.from([0, 0, 0, TEXTE.length + 4]), TEXTE]);
