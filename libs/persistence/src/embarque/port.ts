import { createServer } from 'node:net';
import { ErreurPostgres } from './erreur-postgres.js';

const ESSAIS = 50;

/** The asked port of 127.0.0.1, or the first free one after it. */
export async function premierPortLibre(souhaite: number): Promise<number> {
  for (let port = souhaite; port < Math.min(souhaite + ESSAIS, 65_536); port++) {
    if (await estLibre(port)) return port;
  }
  throw new ErreurPostgres(
    `Aucun port libre pour PostgreSQL entre ${souhaite} et ${souhaite + ESSAIS - 1} : libérez-en un, ou choisissez-en un autre.`,
  );
}

function estLibre(port: number): Promise<boolean> {
  return new Promise((resoudre) => {
    const serveur = createServer();
    serveur.once('error', () => resoudre(false));
    serveur.listen({ port, host: '127.0.0.1', exclusive: true }, () => serveur.close(() => resoudre(true)));
  });
}
