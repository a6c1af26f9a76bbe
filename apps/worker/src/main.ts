import { dispositifs } from '@sillage/dispositifs';
import { creerJournal, lancerProcessus } from '@sillage/socle';
import { creerWorker } from './worker.js';

await lancerProcessus(async (configuration) => {
  const journal = creerJournal({ service: 'worker', niveau: configuration.niveauTraces });
  const worker = await creerWorker({ configuration, dispositifs, journal });
  const url = await worker.demarrer();
  journal.info({ url }, 'le worker est au travail');
  return { journal, arreter: () => worker.arreter() };
});
