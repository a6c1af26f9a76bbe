import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { chargerConfiguration } from '@sillage/configuration';
import { choisirAdresses, environnement } from './environnement.js';
import { Progres } from './progres.js';

class ProgresMuet extends Progres {
  readonly lignes: string[] = [];
  override annoncer(ligne: string): void {
    this.lignes.push(ligne);
  }
}

const [CLE, CLE_CHOISIE] = [`${'a'.repeat(42)}A=`, `${'b'.repeat(42)}A=`];

describe('environnement de la démonstration', () => {
  let occupant: Server | undefined;
  afterEach(() => {
    occupant?.close();
  });

  const urls = {
    urlAdmin: 'postgres://postgres:a@127.0.0.1:5432/sillage',
    urlProprietaire: 'postgres://sillage_proprietaire:b@127.0.0.1:5432/sillage',
    urlApp: 'postgres://sillage_app:c@127.0.0.1:5432/sillage',
    urlJobs: 'postgres://sillage_jobs:e@127.0.0.1:5432/sillage',
    urlStatistiques: 'postgres://sillage_statistiques:f@127.0.0.1:5432/sillage',
    urlFile: 'postgres://sillage_file:d@127.0.0.1:5432/sillage',
  };

  it('est accepté par la configuration que les processus valident, et ne donne à aucun l’adresse du propriétaire', async () => {
    const adresses = await choisirAdresses({ PORT_GATEWAY: '0', PORT_WORKER: '0', PORT_OIDC: '0' }, new ProgresMuet());
    const env = environnement(
      { DATABASE_URL: urls.urlAdmin, DATABASE_URL_PROPRIETAIRE: urls.urlProprietaire, NODE_ENV: 'test' },
      { dossier: '/tmp/x', urls, adresses, emetteur: 'http://127.0.0.1:4002', cleMaitre: CLE },
    );
    const configuration = chargerConfiguration({ ...env, HORLOGE_DEMO: '2026-02-02T09:00:00+01:00' });
    expect(configuration).toMatchObject({
      environnement: 'development',
      baseDeDonnees: { url: urls.urlApp },
      migrations: { url: null },
      file: { backend: 'postgres', url: urls.urlFile },
      oidc: { emetteur: 'http://127.0.0.1:4002', jwksUrl: `${adresses.oidc}/jwks` },
      clesMaitres: { courante: CLE, anciennes: [] },
      departementParDefaut: '62',
    });
    expect(Object.values(env)).not.toContain(urls.urlAdmin);
    expect(Object.values(env)).not.toContain(urls.urlProprietaire);
  });

  it('garde ce que l’utilisateur a choisi, dont Redis et sa clé maître', async () => {
    const adresses = await choisirAdresses({ PORT_GATEWAY: '0', PORT_WORKER: '0', PORT_OIDC: '0' }, new ProgresMuet());
    const env = environnement(
      { REDIS_URL: 'redis://127.0.0.1:6379', LIMITE_ALIAS: '7', CLE_MAITRE: CLE_CHOISIE },
      { dossier: '/tmp/x', urls, adresses, emetteur: 'http://127.0.0.1:4002', cleMaitre: CLE },
    );
    expect(chargerConfiguration(env)).toMatchObject({
      file: { backend: 'redis' },
      limites: { alias: 7 },
      clesMaitres: { courante: CLE_CHOISIE },
    });
  });

  it('donne trois ports différents, et dit lequel remplace un port pris', async () => {
    occupant = createServer();
    const pris = await new Promise<number>((pret) =>
      occupant?.listen(0, '127.0.0.1', () => pret((occupant?.address() as { port: number }).port)),
    );
    const progres = new ProgresMuet();
    const voulu = String(pris);
    const { ports } = await choisirAdresses({ PORT_GATEWAY: voulu, PORT_WORKER: voulu, PORT_OIDC: voulu }, progres);
    expect(new Set([pris, ...Object.values(ports)]).size).toBe(4);
    expect(progres.lignes[0]).toBe(`… PORT_GATEWAY : le port ${pris} est pris, ${ports.PORT_GATEWAY} le remplace`);
  });
});
