import { type AddressInfo, createServer, type Socket } from 'node:net';

/** How the scanner of a spec behaves: as one does, or as none should. */
export type Humeur = 'honnete' | 'bavard' | 'muet' | 'coupe' | 'presse' | 'incomplet' | 'lent';

export interface ClamdEssai {
  readonly url: string;
  humeur: Humeur;
  /** What each finished stream held. */
  readonly recus: Buffer[];
  arreter(): Promise<void>;
}

const COMMANDE = Buffer.from('zINSTREAM\0', 'latin1');

/** Speaks INSTREAM as ClamAV's daemon does, and finds malware where the EICAR mark is. Stands for what leaves the machine. */
export async function demarrerClamd(): Promise<ClamdEssai> {
  const prises = new Set<Socket>();
  const clamd = { humeur: 'honnete' as Humeur, recus: [] as Buffer[] };
  const serveur = createServer((prise) => {
    prises.add(prise);
    prise.on('error', () => undefined).on('close', () => prises.delete(prise));
    if (clamd.humeur === 'presse') prise.write('stream: OK\0');
    let lu = Buffer.alloc(0);
    prise.on('data', (octets: Buffer) => {
      lu = Buffer.concat([lu, octets]);
      if (clamd.humeur === 'coupe') prise.destroy();
      const flux = fluxEntier(lu);
      if (flux === null || clamd.humeur === 'muet' || clamd.humeur === 'coupe' || clamd.humeur === 'presse') return;
      clamd.recus.push(flux);
      repondre(prise, clamd.humeur, flux);
    });
  });
  await new Promise<void>((suite) => serveur.listen(0, '127.0.0.1', suite));
  return Object.assign(clamd, {
    url: `tcp://127.0.0.1:${(serveur.address() as AddressInfo).port}`,
    arreter: async () => {
      for (const prise of prises) prise.destroy();
      await new Promise((suite) => serveur.close(suite));
    },
  });
}

function repondre(prise: Socket, humeur: Humeur, flux: Buffer): void {
  const verdict = flux.includes('EICAR-STANDARD-ANTIVIRUS') ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK';
  if (humeur === 'bavard') prise.end('stream: OK mais encore\0stream: OK\0');
  else if (humeur === 'incomplet') prise.end(verdict);
  else if (humeur === 'lent') setTimeout(() => prise.end(`${verdict}\0`), 5_000).unref();
  else prise.end(`${verdict}\0`);
}

/** The chunks put together once the empty one has come; null before. */
function fluxEntier(lu: Buffer): Buffer | null {
  if (lu.length < COMMANDE.length || !lu.subarray(0, COMMANDE.length).equals(COMMANDE)) return null;
  const morceaux: Buffer[] = [];
  let ici = COMMANDE.length;
  while (ici + 4 <= lu.length) {
    const longueur = lu.readUInt32BE(ici);
    if (longueur === 0) return Buffer.concat(morceaux);
    if (ici + 4 + longueur > lu.length) return null;
    morceaux.push(lu.subarray(ici + 4, ici + 4 + longueur));
    ici += 4 + longueur;
  }
  return null;
}
