import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { auditer, fautesDesAvis } from './audit.mjs';

const AVIS = {
  id: 1,
  url: 'https://avis.exemple.test/advisories/GHSA-aaaa-bbbb-cccc',
  title: 'Lecture de fichiers',
  severity: 'high',
  vulnerable_versions: '<2.0.0',
};
const FAUTE = 'troue <2.0.0 : Lecture de fichiers (gravité élevée, GHSA-aaaa-bbbb-cccc).';

describe('npm audit, devant un registre', () => {
  let dossier: string;
  let registre: Server | undefined;

  beforeAll(() => {
    dossier = mkdtempSync(join(tmpdir(), 'sillage-audit-'));
    const projet = { name: 'essai', version: '1.0.0', dependencies: { troue: '1.0.0' } };
    const paquets = { '': projet, 'node_modules/troue': { version: '1.0.0' } };
    writeFileSync(join(dossier, 'package.json'), JSON.stringify(projet));
    writeFileSync(join(dossier, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages: paquets }));
  });
  afterEach(() => {
    registre?.closeAllConnections();
    registre?.close();
  });
  afterAll(() => rmSync(dossier, { recursive: true }));

  async function demander(repondre: RequestListener, delaiMs = 30_000): ReturnType<typeof auditer> {
    const serveur = createServer(repondre);
    registre = serveur;
    await new Promise<void>((pret) => serveur.listen(0, '127.0.0.1', pret));
    const adresse = `http://127.0.0.1:${(serveur.address() as AddressInfo).port}/`;
    const env = { ...process.env, npm_config_registry: adresse, npm_config_cache: join(dossier, 'cache') };
    return auditer({ delaiMs, dossier, env });
  }

  it('qui répond : dit la vulnérabilité', async () => {
    const recu = await demander((requete, reponse) => {
      const fiche = { name: 'troue', 'dist-tags': {}, versions: { '1.0.0': { name: 'troue', version: '1.0.0' } } };
      reponse.setHeader('content-type', 'application/json');
      reponse.end(JSON.stringify(requete.method === 'POST' ? { troue: [AVIS] } : fiche));
    });
    expect(recu).toEqual({ repondu: true, fautes: [FAUTE] });
  });
  it('qui refuse : n’a rien vérifié, et ne reproche rien', async () => {
    const recu = await demander((_requete, reponse) => reponse.writeHead(405).end());
    expect(recu).toEqual({ repondu: false, fautes: [] });
  });
  it('qui se tait : n’attend pas au-delà du délai', async () => {
    const debut = Date.now();
    expect(await demander(() => undefined, 1_500)).toEqual({ repondu: false, fautes: [] });
    expect(Date.now() - debut).toBeLessThan(20_000);
  });
});

describe('les avis de sécurité', () => {
  const rapport = (severity: string): object => ({
    vulnerabilities: {
      troue: { via: [{ name: 'troue', severity, title: AVIS.title, range: '<2.0.0', url: AVIS.url }] },
      // Vulnerable through the first one: told once.
      dependant: { via: ['troue'] },
    },
  });
  const accepter = (jusquAu: string): object[] => [{ avis: 'GHSA-aaaa-bbbb-cccc', jusquAu, motif: 'code non atteint' }];

  it('arrêtent à partir de la gravité élevée', () => {
    expect(fautesDesAvis(rapport('high'), [], '2026-03-01')).toEqual([FAUTE]);
    expect(fautesDesAvis(rapport('critical'), [], '2026-03-01')).toEqual([FAUTE.replace('élevée', 'critique')]);
    for (const severity of ['info', 'low', 'moderate']) {
      expect(fautesDesAvis(rapport(severity), [], '2026-03-01')).toEqual([]);
    }
  });
  it('se supportent jusqu’au jour dit, compris', () => {
    expect(fautesDesAvis(rapport('high'), accepter('2026-03-01'), '2026-03-01')).toEqual([]);
    expect(fautesDesAvis(rapport('high'), accepter('2026-02-28'), '2026-03-01')).toEqual([
      FAUTE.replace(').', ' ; exception échue le 2026-02-28).'),
    ]);
    const autre = [{ avis: 'GHSA-zzzz-zzzz-zzzz', jusquAu: '2099-12-31', motif: 'autre' }];
    expect(fautesDesAvis(rapport('high'), autre, '2026-03-01')).toEqual([FAUTE]);
  });
});
