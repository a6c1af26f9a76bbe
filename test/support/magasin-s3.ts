import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MagasinS3 } from '@sillage/configuration';
import { fauteDeSignature } from './signature-s3.js';

/**
 * How the store of a spec behaves: as one does, or as some do: no answer (`muet`), nothing read of what is sent (`bouche`), the connection
 * cut before an answer (`coupe`), in the middle of it (`tronque`) or once all is done (`oublieux`), too much work (`sature`), too much work
 * once (`hesitant`), the key refused (`ferme`), the bucket gone (`vide`), a whole object instead of a part (`entier`), another address
 * (`ailleurs`), a list that turns in circles (`boucle`), a page of somebody else's (`page`), bytes changed on the way (`abime`).
 */
export type HumeurS3 =
  | 'honnete'
  | 'muet'
  | 'bouche'
  | 'coupe'
  | 'tronque'
  | 'oublieux'
  | 'sature'
  | 'hesitant'
  | 'ferme'
  | 'vide'
  | 'entier'
  | 'ailleurs'
  | 'boucle'
  | 'page'
  | 'abime';

export interface ObjetS3 {
  readonly octets: Buffer;
  readonly ecritLe: Date;
}

export interface MagasinS3Essai {
  readonly url: string;
  /** What a process is told to use it, and the same as it reads it. */
  readonly env: Readonly<Record<string, string>>;
  readonly options: MagasinS3;
  /** By their keys, in the bucket. */
  readonly objets: Map<string, ObjetS3>;
  /** Method and path of each request, as they came. */
  readonly requetes: string[];
  humeur: HumeurS3;
  /** Keys of a page of a list, whatever is asked: the fewer, the more pages. */
  parPage: number;
  arreter(): Promise<void>;
}

const COMPARTIMENT = 'sillage-essai';
const CLE = { id: 'CLEDESSAI', secret: 'secret/d+essai=', region: 'fr-essai' };

/** A store that speaks S3 in path style, checks every signature and every SHA-256 that is signed, and forgets all. Stands for what leaves the machine. */
export async function demarrerMagasinS3(): Promise<MagasinS3Essai> {
  const serveur = createServer(
    (requete, reponse) => void repondre(magasin, requete, reponse).catch(() => requete.destroy()),
  );
  await new Promise<void>((suite) => serveur.listen(0, '127.0.0.1', suite));
  const url = `http://127.0.0.1:${(serveur.address() as AddressInfo).port}`;
  const magasin: MagasinS3Essai = {
    url,
    env: {
      PIECES_S3_URL: url,
      PIECES_S3_COMPARTIMENT: COMPARTIMENT,
      PIECES_S3_REGION: CLE.region,
      PIECES_S3_CLE: CLE.id,
      PIECES_S3_SECRET: CLE.secret,
    },
    options: { url, compartiment: COMPARTIMENT, region: CLE.region, cle: CLE, delaiMs: 10_000 },
    objets: new Map(),
    requetes: [],
    humeur: 'honnete',
    parPage: 1000,
    async arreter() {
      serveur.closeAllConnections();
      await new Promise((suite) => serveur.close(suite));
    },
  };
  return magasin;
}

async function repondre(magasin: MagasinS3Essai, requete: IncomingMessage, reponse: ServerResponse): Promise<void> {
  magasin.requetes.push(`${requete.method} ${requete.url}`);
  const { humeur } = magasin;
  if (humeur === 'bouche') return void requete.pause();
  if (humeur === 'coupe') return void requete.destroy();
  const corps = await lireTout(requete);
  if (humeur === 'muet') return;
  if (humeur === 'abime') corps.fill(0, 0, 1);
  const refus = refusDe(magasin, requete, corps);
  if (refus !== null) return refuser(reponse, ...refus);
  const { pathname, searchParams } = new URL(requete.url ?? '', magasin.url);
  const [, compartiment, ...parties] = pathname.split('/');
  if (compartiment !== COMPARTIMENT) return refuser(reponse, 404, 'NoSuchBucket');
  const cle = decodeURIComponent(parties.join('/'));
  if (cle === '') return lister(magasin, searchParams, reponse);
  if (requete.method === 'PUT') return ecrire(magasin, cle, corps, reponse);
  if (requete.method === 'DELETE') {
    magasin.objets.delete(cle);
    return void reponse.writeHead(204).end();
  }
  return lire(magasin, cle, requete, reponse);
}

function refusDe(magasin: MagasinS3Essai, requete: IncomingMessage, corps: Buffer): [number, string] | null {
  const faute = fauteDeSignature(requete, CLE);
  if (faute !== null) return [403, faute];
  const annoncee = requete.headers['x-amz-content-sha256'];
  const recue = createHash('sha256').update(corps).digest('hex');
  if (annoncee !== recue && annoncee !== 'UNSIGNED-PAYLOAD') return [400, 'XAmzContentSHA256Mismatch'];
  if (requete.method === 'PUT' && requete.headers['content-length'] === undefined) return [411, 'MissingContentLength'];
  if (magasin.humeur === 'ailleurs') return [307, 'TemporaryRedirect'];
  if (magasin.humeur === 'ferme') return [403, 'AccessDenied'];
  if (magasin.humeur === 'vide') return [404, 'NoSuchBucket'];
  if (magasin.humeur !== 'sature' && magasin.humeur !== 'hesitant') return null;
  if (magasin.humeur === 'hesitant') magasin.humeur = 'honnete';
  return [503, 'SlowDown'];
}

function ecrire(magasin: MagasinS3Essai, cle: string, octets: Buffer, reponse: ServerResponse): void {
  magasin.objets.set(cle, { octets, ecritLe: new Date() });
  if (magasin.humeur === 'oublieux') reponse.destroy();
  else reponse.writeHead(200).end();
}

function lire(magasin: MagasinS3Essai, cle: string, requete: IncomingMessage, reponse: ServerResponse): void {
  const objet = magasin.objets.get(cle);
  if (objet === undefined) return refuser(reponse, 404, 'NoSuchKey');
  const { octets } = objet;
  const [, du, au] = /^bytes=(\d+)-(\d+)$/.exec(requete.headers.range ?? '') ?? [];
  if (du === undefined || magasin.humeur === 'entier') return void reponse.writeHead(200).end(octets);
  if (Number(du) >= octets.length) {
    reponse.setHeader('content-range', `bytes */${octets.length}`);
    return refuser(reponse, 416, 'InvalidRange');
  }
  const partie = octets.subarray(Number(du), Number(au) + 1);
  reponse.writeHead(206, {
    'content-range': `bytes ${du}-${Number(du) + partie.length - 1}/${octets.length}`,
    'content-length': partie.length,
  });
  if (magasin.humeur !== 'tronque') return void reponse.end(partie);
  reponse.write(partie.subarray(0, partie.length >> 1), () => reponse.destroy());
}

/** Pages begin after the key that their token holds, with what XML and addresses must escape. */
function lister(magasin: MagasinS3Essai, parametres: URLSearchParams, reponse: ServerResponse): void {
  if (magasin.humeur === 'page') return void reponse.writeHead(200).end('<html>Maintenance</html>');
  const prefixe = parametres.get('prefix') ?? '';
  const depuis = magasin.humeur === 'boucle' ? '' : (parametres.get('continuation-token') ?? '').slice(JETON.length);
  const cles = [...magasin.objets.keys()].filter((cle) => cle.startsWith(prefixe) && cle > depuis).sort();
  const page = cles.slice(0, Math.min(magasin.parPage, Number(parametres.get('max-keys') ?? '1000')));
  const tronquee = page.length < cles.length || magasin.humeur === 'boucle';
  const contenus = page.map((cle) => {
    const { ecritLe, octets } = magasin.objets.get(cle) as ObjetS3;
    return `<Contents><Key>${cle}</Key><LastModified>${ecritLe.toISOString()}</LastModified><ETag>&quot;x&quot;</ETag><Size>${octets.length}</Size></Contents>`;
  });
  const suite = tronquee ? `<NextContinuationToken>${xml(JETON)}${page.at(-1) ?? ''}</NextContinuationToken>` : '';
  reponse
    .writeHead(200, { 'content-type': 'application/xml' })
    .end(
      `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${COMPARTIMENT}</Name><Prefix>${prefixe}</Prefix><KeyCount>${page.length}</KeyCount><IsTruncated>${tronquee}</IsTruncated>${contenus.join('')}${suite}</ListBucketResult>`,
    );
}

const JETON = `1+a/b=&<"'é `;

function xml(texte: string): string {
  return texte
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('é', '&#xE9;');
}

function refuser(reponse: ServerResponse, statut: number, code: string): void {
  reponse
    .writeHead(statut, { 'content-type': 'application/xml', location: 'http://127.0.0.1:9/ailleurs' })
    .end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

async function lireTout(requete: IncomingMessage): Promise<Buffer> {
  const morceaux: Buffer[] = [];
  for await (const morceau of requete) morceaux.push(morceau as Buffer);
  return Buffer.concat(morceaux);
}
