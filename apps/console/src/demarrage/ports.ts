import { createServer } from 'node:net';
import { RefusConsole } from '../commande.js';

const DERNIER_PORT = 65_535;

/**
 * The first free port from the one wanted, `reserves` left out: they are promised to a process that does not listen yet.
 * The promise is short: another program may take the port before ours does, and the start then fails with its message.
 */
export async function portLibre(adresse: string, voulu: number, reserves: ReadonlySet<number>): Promise<number> {
  for (let port = voulu; port <= DERNIER_PORT; port++) {
    if (!reserves.has(port) && (await estLibre(adresse, port))) return port;
  }
  throw new RefusConsole(`Aucun port libre à partir de ${voulu} sur ${adresse}.`);
}

async function estLibre(adresse: string, port: number): Promise<boolean> {
  const serveur = createServer();
  return new Promise((resolve, reject) => {
    serveur.once('error', (erreur: NodeJS.ErrnoException) => {
      if (erreur.code === 'EADDRINUSE' || erreur.code === 'EACCES') resolve(false);
      else reject(new RefusConsole(`Impossible d'écouter sur ${adresse}:${port} : ${erreur.message}.`));
    });
    serveur.listen({ host: adresse, port, exclusive: true }, () => serveur.close(() => resolve(true)));
  });
}
