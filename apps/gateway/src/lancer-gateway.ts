import type { Dispositif } from '@sillage/dispositif-kit';
import { creerJournal, lancerProcessus } from '@sillage/socle';
import { creerGateway } from './gateway.js';

/** Runs this process as a gateway with these dispositifs, until it is asked to stop. Its configuration is the environment's. */
export async function lancerGateway(dispositifs: readonly Dispositif[]): Promise<void> {
  await lancerProcessus(async (configuration) => {
    const journal = creerJournal({ service: 'gateway', niveau: configuration.niveauTraces });
    const app = await creerGateway({ configuration, dispositifs, journal });
    const { port, adresse } = configuration.gateway;
    await app.listen(port, adresse);
    journal.info({ url: await app.getUrl() }, 'le gateway écoute');
    return { journal, arreter: () => app.close() };
  });
}
