import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

/**
 * The load, in a process of its own: reads what to do as JSON from standard input, writes what it saw as JSON. Each connection has one request
 * in flight, and rotates over all the bodies, beginning at a different one. It reads no more of an answer than its status
 * and its length: the load shares a core with PostgreSQL, and what it spends is in everybody's figures.
 */
const TAMPON = 64 * 1024;
const FIN_DES_ENTETES = '\r\n\r\n';

const { url, entetes, corps, connexions, secondes } = JSON.parse(readFileSync(0, 'utf8'));
const { host, hostname, port } = new URL(url);
const requetes = corps.map(enOctets);

/** Milliseconds, one an answer. */
const durees = [];
let octets = 0;
let echecs = 0;

const depart = process.cpuUsage();
const debut = performance.now();
const fin = debut + secondes * 1000;
await Promise.all(Array.from({ length: connexions }, (_, rang) => charger(rang)));
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
    echecs,
    cpuMs: (user + system) / 1000,
  }),
);

function enOctets(texte) {
  const lignes = Object.entries({ host, ...entetes, 'content-length': Buffer.byteLength(texte) });
  const tete = lignes.map(([nom, valeur]) => `${nom}: ${valeur}\r\n`).join('');
  return Buffer.from(`POST /graphql HTTP/1.1\r\n${tete}\r\n${texte}`);
}

/** One connection, until the end of the time; one that breaks is a failure, and is opened again. */
async function charger(rang) {
  let suivante = Math.floor((rang * requetes.length) / connexions);
  while (performance.now() < fin) {
    await new Promise((close) => {
      let envoyee = 0;
      /** Bytes of the answer that are still to come; undefined until its headers are there. */
      let reste;
      let tete = '';
      const poser = () => {
        if (performance.now() >= fin) return prise.destroy();
        reste = undefined;
        tete = '';
        envoyee = performance.now();
        prise.write(requetes[suivante++ % requetes.length]);
      };
      const recevoir = (lus, tampon) => {
        octets += lus;
        if (reste === undefined) {
          tete += tampon.latin1Slice(0, lus);
          const bout = tete.indexOf(FIN_DES_ENTETES);
          if (bout < 0) return true;
          if (!tete.startsWith('HTTP/1.1 200 ')) echecs += 1;
          reste = longueur(tete.slice(0, bout)) + bout + FIN_DES_ENTETES.length - tete.length;
        } else reste -= lus;
        if (reste === 0) {
          durees.push(performance.now() - envoyee);
          poser();
        }
        return true;
      };
      // One buffer for all that it receives: a new one for each piece would cost as much as reading it.
      const prise = connect({
        host: hostname,
        port,
        onread: { buffer: Buffer.allocUnsafe(TAMPON), callback: recevoir },
      });
      prise.setNoDelay(true);
      prise.once('connect', poser);
      prise.once('error', () => (echecs += 1));
      prise.once('close', close);
    });
  }
}

function longueur(tete) {
  const annoncee = /\r\ncontent-length: *(\d+)/i.exec(tete)?.[1];
  if (annoncee === undefined) throw new Error('Un serveur ne dit pas la longueur de ses réponses : rien à mesurer.');
  return Number(annoncee);
}
