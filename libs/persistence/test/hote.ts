import { demarrerPostgres } from '../src/embarque/demarrer-postgres.js';

/*
 * A process that starts the embedded PostgreSQL and waits to be killed: `node --import tools/sources.mjs hote.ts <dossier>`.
 * Says « prêt <url> » on its standard output.
 */
const postgres = await demarrerPostgres({ dossier: process.argv[2] ?? '', journal: () => undefined, essais: true });
process.stdout.write(`prêt ${postgres.url}\n`);
setInterval(() => undefined, 1_000);
