import { dispositifs } from '@sillage/dispositifs';
import { demarrerWorker } from './chaine-de-paiement.js';
import { activerDispositif } from './dossier-signe.js';
import { demarrerGatewayEssai, type GatewayEssai } from './gateway-essai.js';
import { ouvrirDepotDePieces } from './pieces-jointes.js';

/** A gateway and its worker, with one dispositif on in Lens: what a spec takes its dossiers through, from the appel to the balance. */
export interface BancDispositif {
  readonly gateway: GatewayEssai;
  arreter(): Promise<void>;
}

/** @param depuis instant from which the clock starts; that of the 2026 call by default. @param pieces whether its dossiers join some */
export async function monterBanc(
  dispositif: string,
  { depuis, pieces = false }: { depuis?: string; pieces?: boolean } = {},
): Promise<BancDispositif> {
  const fermetures: (() => Promise<unknown>)[] = [];
  const arreter = async (): Promise<void> => {
    for (const fermer of fermetures.splice(0).reverse()) await fermer();
  };
  try {
    const depot = pieces ? await ouvrirDepotDePieces() : null;
    if (depot) fermetures.push(() => depot.effacer());
    const gateway = await demarrerGatewayEssai({ dispositifs, ...(depot && { env: depot.env }) });
    fermetures.push(() => gateway.arreter());
    const worker = await demarrerWorker(gateway, dispositifs);
    fermetures.push(() => worker.arreter());
    if (depuis !== undefined) gateway.horloge.avancerA(depuis);
    await activerDispositif(gateway, dispositif);
    return { gateway, arreter };
  } catch (erreur) {
    await arreter();
    throw erreur;
  }
}
