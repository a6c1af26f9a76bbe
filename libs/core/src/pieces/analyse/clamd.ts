import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type Scanner, ScannerIndisponible, type Verdict } from './scanner.js';

export interface OptionsClamd {
  readonly hote: string;
  readonly port: number;
  /** For the whole of an analysis, connection included. */
  readonly delaiMs: number;
}

const COMMANDE = 'zINSTREAM\0';
const MORCEAU = 65_536;
/** A verdict is a line; more is not one. */
const REPONSE_MAX = 1_024;
const SIGNATURE = /^[\w.:@() /-]{1,200}$/;

/**
 * ClamAV's daemon by INSTREAM over TCP: chunks after their length, an empty one, then one line that ends with a NUL. A word said before all
 * was sent, an unknown word, or silence are no verdict.
 */
export class Clamd implements Scanner {
  constructor(private readonly options: OptionsClamd) {}

  async analyser(octets: AsyncIterable<Buffer>): Promise<Verdict> {
    const { hote, port, delaiMs } = this.options;
    const prise = connect({ host: hote, port });
    prise.on('error', () => undefined);
    const limite = setTimeout(() => prise.destroy(new Error('délai dépassé')), delaiMs);
    try {
      await once(prise, 'connect');
      const reponse = lireReponse(prise);
      // Its failure is met by whoever waits for it; until then it must not end the process.
      reponse.texte.catch(() => undefined);
      await envoyer(prise, octets, reponse.commencee);
      return comprendre(await reponse.texte);
    } catch (erreur) {
      if (erreur instanceof ScannerIndisponible || !estDeLaPrise(erreur)) throw erreur;
      throw new ScannerIndisponible(`Le scanner ne répond pas : ${erreur.message}.`);
    } finally {
      clearTimeout(limite);
      prise.destroy();
    }
  }
}

interface ReponseAttendue {
  readonly texte: Promise<string>;
  readonly commencee: () => boolean;
}

function lireReponse(prise: Socket): ReponseAttendue {
  const morceaux: Buffer[] = [];
  let recus = 0;
  const texte = new Promise<string>((rendre, refuser) => {
    prise.on('data', (morceau: Buffer) => {
      morceaux.push(morceau);
      recus += morceau.length;
      if (recus > REPONSE_MAX) refuser(new ScannerIndisponible('Le scanner répond trop longuement.'));
      else if (morceau.includes(0)) rendre(Buffer.concat(morceaux).toString('latin1'));
    });
    prise.on('close', () => refuser(new ScannerIndisponible('Le scanner a coupé sans répondre.')));
  });
  return { texte, commencee: () => recus > 0 };
}

async function envoyer(prise: Socket, octets: AsyncIterable<Buffer>, interrompu: () => boolean): Promise<void> {
  await ecrire(prise, Buffer.from(COMMANDE, 'latin1'));
  for await (const lu of octets) {
    for (let debut = 0; debut < lu.length; debut += MORCEAU) {
      const morceau = lu.subarray(debut, debut + MORCEAU);
      await ecrire(prise, longueur(morceau.length));
      await ecrire(prise, morceau);
    }
    if (interrompu()) throw new ScannerIndisponible('Le scanner a répondu avant d’avoir tout reçu.');
  }
  await ecrire(prise, longueur(0));
}

async function ecrire(prise: Socket, octets: Buffer): Promise<void> {
  if (prise.destroyed) throw new ScannerIndisponible('Le scanner a coupé.');
  if (prise.write(octets)) return;
  await new Promise<void>((suite) => {
    prise.once('drain', suite);
    prise.once('close', suite);
  });
}

function longueur(octets: number): Buffer {
  const entete = Buffer.alloc(4);
  entete.writeUInt32BE(octets);
  return entete;
}

function comprendre(reponse: string): Verdict {
  if (reponse === 'stream: OK\0') return { analyse: 'SAINE' };
  const signature = /^stream: (.+) FOUND\0$/.exec(reponse)?.[1];
  if (signature !== undefined) {
    return { analyse: 'INFECTEE', signature: SIGNATURE.test(signature) ? signature : 'sans nom lisible' };
  }
  throw new ScannerIndisponible('Le scanner a répondu autre chose qu’un verdict.');
}

/** What Node says of a connection; the rest comes from the file, and is no fault of the scanner's. */
function estDeLaPrise(erreur: unknown): erreur is Error {
  if (!(erreur instanceof Error)) return false;
  return (
    erreur.message === 'délai dépassé' ||
    ('syscall' in erreur && /^(connect|read|write|getaddrinfo)$/.test(String(erreur.syscall)))
  );
}
