import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

/**
 * The load, in a process of its own: reads what to do as JSON from standard input, writes what it saw as JSON. Each
 * connection rotates over all the bodies, beginning at a different one.
 */
const { url, entetes, corps, connexions, secondes } = JSON.parse(readFileSync(0, 'utf8'));
const requetes = corps.map((body) => ({ method: 'POST', path: '/graphql', headers: entetes, body }));
/** Milliseconds, one a response; autocannon's own histogram rounds to the millisecond. */
const durees = [];
let octets = 0;
let refus = 0;
let rang = 0;

const depart = process.cpuUsage();
const debut = performance.now();
const essai = autocannon({
  url,
  connections: connexions,
  duration: secondes,
  requests: requetes,
  setupClient(client) {
    const premier = Math.floor((rang++ * requetes.length) / connexions);
    client.setRequests([...requetes.slice(premier), ...requetes.slice(0, premier)]);
  },
});
essai.on('response', (_client, statut, taille, duree) => {
  durees.push(duree);
  octets += taille;
  if (statut !== 200) refus += 1;
});
const { errors } = await essai;

const duree = performance.now() - debut;
const { user, system } = process.cpuUsage(depart);
durees.sort((a, b) => a - b);
const centile = (part) => durees[Math.min(durees.length - 1, Math.ceil(part * durees.length) - 1)];
process.stdout.write(
  JSON.stringify({
    reponses: durees.length,
    dureeMs: duree,
    p50: centile(0.5),
    p99: centile(0.99),
    max: durees.at(-1),
    octets,
    echecs: errors + refus,
    cpuMs: (user + system) / 1000,
  }),
);
