import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { portLibre } from './ports.js';

const ADRESSE = '127.0.0.1';

describe('portLibre', () => {
  const ouverts: Server[] = [];

  async function occuper(port = 0): Promise<number> {
    const serveur = createServer();
    ouverts.push(serveur);
    await new Promise<void>((resolve, reject) => {
      serveur.once('error', reject);
      serveur.listen(port, ADRESSE, resolve);
    });
    return (serveur.address() as { port: number }).port;
  }

  afterEach(async () => {
    await Promise.all(ouverts.splice(0).map((s) => new Promise((fin) => s.close(fin))));
  });

  it('saute un port pris', async () => {
    const pris = await occuper();
    expect(await portLibre(ADRESSE, pris, new Set())).toBeGreaterThan(pris);
  });

  it('saute un port promis à un autre processus', async () => {
    const pris = await occuper();
    const premier = await portLibre(ADRESSE, pris, new Set());
    expect(await portLibre(ADRESSE, pris, new Set([premier]))).toBeGreaterThan(premier);
  });

  it('refuse clairement une adresse qui n’est pas de cette machine', async () => {
    await expect(portLibre('203.0.113.1', 4000, new Set())).rejects.toThrow(/Impossible d’écouter sur 203\.0\.113\.1/);
  });
});
