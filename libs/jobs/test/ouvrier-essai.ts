import type { ConfigurationFile } from '../src/files.js';
import type { ReglagesJobs } from '../src/reglages.js';
import { ouvrirPoste } from './poste.js';

/**
 * A worker process for `tuer.ts`. ESSAI holds its settings. It ends on SIGTERM by closing what it opened, without `process.exit`: a
 * handle left open would show.
 */
const essai = JSON.parse(process.env['ESSAI'] ?? '{}') as {
  urlApp: string;
  file: ConfigurationFile;
  reglages: Partial<ReglagesJobs>;
};
const poste = await ouvrirPoste(essai, { reglages: essai.reglages });
process.once('SIGTERM', () => void poste.fermer());
await poste.demarrer();
