import { type AddressInfo, createServer } from 'node:net';
import { RefusConsole } from '../commande.js';

const DERNIER_PORT = 65_535;

/**
 * The first free port from the one wanted (0: any), `reserves` left out: they are promised to a process that does not
 * listen yet. The promise is short: another program may take the port before ours does, and the start then fails with
 * its message.
 */
export async function portLibre(adresse: string, voulu: number, reserves: ReadonlySet<number>): Promise<number> {
  for (let port = voulu; port <= DERNIER_PORT; port++) {
    if (reserves.has(port)) continue;
    const obtenu = await essayer(adresse, port);
    if (obtenu !== undefined) return obtenu;
  }
  throw new RefusConsole(`Aucun port libre à partir de ${voulu} sur ${adresse}.`);
}

async function essayer(adresse: string, port: number): Promise<number | undefined> {
  const serveur = createServer();
  return new Promise((resolve, reject) => {
    serveur.once('error', (erreur: NodeJS.ErrnoException) => {
      if (erreur.code === 'EADDRINUSE' || erreur.code === 'EACCES') resolve(undefined);
      else reject(new RefusConsole(`Impossible d’écouter sur ${adresse}:${port} : ${erreur.message}.`));
    });
    serveur.listen({ host: adresse, port, exclusive: true }, () => {
      const obtenu = (serveur.address() as AddressInfo).port;
      serveur.close(() => resolve(obtenu));
    });
  });
}
