import type { Brouillon, DepotDePieces, FichierOuvert, FichierTrouve, NomDeFichier } from '../depot-de-pieces.js';
import { estNomTire, exigerDepartement, exigerPlace } from '../place.js';
import { commencerObjet } from './brouillon-s3.js';
import { ClientS3, type OptionsS3 } from './client-s3.js';
import { listerObjets } from './liste-s3.js';
import { ouvrirObjet } from './objet-s3.js';

/**
 * Objects in a bucket of a store that speaks S3, `<département>/<uuid>`. Each of its methods throws DepotIndisponible when the store cannot
 * be used (ADR 0061).
 */
export class DepotS3 implements DepotDePieces {
  readonly #client: ClientS3;

  constructor(options: OptionsS3) {
    this.#client = new ClientS3(options);
  }

  commencer(nom: NomDeFichier): Promise<Brouillon> {
    return commencerObjet(this.#client, cleDe(nom));
  }

  ouvrir(nom: NomDeFichier): Promise<FichierOuvert | null> {
    return ouvrirObjet(this.#client, cleDe(nom));
  }

  async supprimer(nom: NomDeFichier): Promise<void> {
    // Some stores say that there was none.
    await this.#client.demander({ methode: 'DELETE', cle: cleDe(nom), admis: [404] });
  }

  async *lister(departementId: string): AsyncIterable<FichierTrouve> {
    const prefixe = `${exigerDepartement(departementId)}/`;
    for await (const { cle, ecritLe } of listerObjets(this.#client, prefixe)) {
      const id = cle.slice(prefixe.length);
      // What is sent in one request is never half there.
      if (cle.startsWith(prefixe) && estNomTire(id)) yield { id, brouillon: false, ageMs: Date.now() - ecritLe };
    }
  }

  async verifier(): Promise<void> {
    await this.#client.demander({ methode: 'GET', parametres: { 'list-type': '2', 'max-keys': '1' } });
  }
}

function cleDe(nom: NomDeFichier): string {
  return exigerPlace(nom).join('/');
}
