import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ouvrirCles } from './cles.js';
import { creerProvider } from './fournisseur.js';
import { traiterInteraction } from './interaction.js';

export interface OptionsFournisseur {
  /** Where the keys are kept. */
  readonly dossier: string;
  /** The `aud` of the tokens: the gateway's `OIDC_AUDIENCE`. */
  readonly audience: string;
  readonly adresse?: string;
  /** 0 (the default) takes any free port. */
  readonly port?: number;
  /** The `iss` of the tokens, which stays when the port must change; by default, where it listens. */
  readonly emetteur?: string;
}

export interface Fournisseur {
  /** The `iss` of its tokens. */
  readonly emetteur: string;
  /** Where it listens, as a URL. */
  readonly adresse: string;
  arreter(): Promise<void>;
}

/**
 * Starts the development's identity provider, where anybody may be anybody.
 * @throws Error in production, whatever the options.
 */
export async function demarrerFournisseur(options: OptionsFournisseur): Promise<Fournisseur> {
  if (process.env['NODE_ENV'] === 'production') {
    throw new Error(
      'Le fournisseur d’identité de développement ne démarre pas en production : il ne demande aucun mot de passe.',
    );
  }
  const { dossier, audience, adresse: hote = '127.0.0.1', port = 0 } = options;
  const cles = await ouvrirCles(dossier);
  const serveur = createServer();
  await ecouter(serveur, hote, port);
  const adresse = `http://${hote}:${(serveur.address() as AddressInfo).port}`;
  const emetteur = options.emetteur ?? adresse;

  const provider = creerProvider({ emetteur, audience, cles });
  const repondreOidc = provider.callback();
  serveur.on('request', (req: IncomingMessage, res: ServerResponse) => {
    const interaction = req.url?.startsWith('/interaction/');
    const reponse = interaction ? traiterInteraction(provider, req, res) : Promise.resolve(repondreOidc(req, res));
    reponse.catch((erreur: unknown) => {
      console.error('Échec inattendu du fournisseur d’identité :', erreur);
      if (!res.headersSent) res.writeHead(500);
      res.end();
    });
  });
  return { emetteur, adresse, arreter: () => fermer(serveur) };
}

function ecouter(serveur: Server, adresse: string, port: number): Promise<void> {
  return new Promise((pret, echec) => {
    serveur.once('error', echec);
    serveur.listen(port, adresse, () => {
      serveur.off('error', echec);
      pret();
    });
  });
}

function fermer(serveur: Server): Promise<void> {
  return new Promise((fini) => {
    serveur.close(() => fini());
    serveur.closeAllConnections();
  });
}
