import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A passage to a server that a spec can cut, as a network or a database that fails would. */
export interface RelaisTcp {
  /** The same address, through the passage. */
  vers(url: string): string;
  couper(): Promise<void>;
  retablir(): Promise<void>;
}

export async function ouvrirRelais(): Promise<RelaisTcp> {
  let cible: URL | undefined;
  const ouvertes = new Set<Socket>();
  const serveur = createServer((entrante) => {
    const sortante = connect(Number(cible?.port), cible?.hostname);
    for (const [une, autre] of [
      [entrante, sortante],
      [sortante, entrante],
    ] as const) {
      ouvertes.add(une);
      une
        .on('error', () => undefined)
        .on('close', () => {
          ouvertes.delete(une);
          autre.destroy();
        });
      une.pipe(autre);
    }
  });
  const ecouter = (port: number): Promise<void> =>
    new Promise((pret, echec) => serveur.once('error', echec).listen(port, '127.0.0.1', pret));
  await ecouter(0);
  const { port } = serveur.address() as AddressInfo;
  return {
    vers(url) {
      cible = new URL(url);
      const relayee = new URL(url);
      relayee.port = String(port);
      return relayee.href;
    },
    async couper() {
      const ferme = new Promise((fin) => serveur.close(fin));
      for (const socket of ouvertes) socket.destroy();
      await ferme;
    },
    retablir: () => ecouter(port),
  };
}
