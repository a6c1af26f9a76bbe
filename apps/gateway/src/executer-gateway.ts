import type { Dispositif } from '@sillage/dispositif-kit';
import { creerJournal, lancerProcessus } from '@sillage/socle';
import { creerGateway } from './gateway.js';

/** The life of a gateway's process: its configuration is the environment's; it stops when it is asked to. */
export async function executerGateway(dispositifs: readonly Dispositif[]): Promise<void> {
  await lancerProcessus(async (configuration) => {
    const journal = creerJournal({ service: 'gateway', niveau: configuration.niveauTraces });
    const app = await creerGateway({ configuration, dispositifs, journal });
    const { port, adresse } = configuration.gateway;
    await app.listen(port, adresse);
    journal.info({ url: await app.getUrl() }, 'le gateway écoute');
    return { journal, arreter: () => app.close() };
  });
}
