// The worker as it is built, with quick or quiet delays: the victim of `mort-subite.spec.ts`. REGLAGES holds the delays, in JSON.
import { chargerConfiguration } from '@sillage/configuration';
import { dispositifs } from '@sillage/dispositifs';
import { horlogeFixe } from '@sillage/kernel';
import { creerWorker } from '@sillage/worker';

const worker = await creerWorker({
  configuration: chargerConfiguration(process.env),
  dispositifs,
  horloge: horlogeFixe(process.env.HORLOGE),
  reglagesJobs: JSON.parse(process.env.REGLAGES),
});
process.once('SIGTERM', () => void worker.arreter());
await worker.demarrer();
