import { dispositifs } from '@sillage/dispositifs';
import { creerJournal, lancerProcessus } from '@sillage/socle';
import { creerGateway } from './gateway.js';

await lancerProcessus(async (configuration) => {
  const journal = creerJournal({ service: 'gateway', niveau: configuration.niveauTraces });
  const app = await creerGateway({ configuration, dispositifs, journal });
  const { port, adresse } = configuration.gateway;
  await app.listen(port, adresse);
  journal.info({ url: await app.getUrl() }, 'le gateway écoute');
  return { journal, arreter: () => app.close() };
});
