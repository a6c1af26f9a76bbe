import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request as requeteHttp } from 'node:http';
import { request as requeteHttps } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { setTimeout as attendre } from 'node:timers/promises';
import { AwsV4Signer } from 'aws4fetch';
import { DepotIndisponible } from '../depot-indisponible.js';
import { Veille } from './veille.js';

/** A store that speaks S3, and what opens it. */
export interface OptionsS3 {
  /** Origin of the store: the bucket comes in the path. */
  readonly url: string;
  readonly compartiment: string;
  readonly region: string;
  readonly cle: { readonly id: string; readonly secret: string };
  /** How long the store may stay silent, in milliseconds. */
  readonly delaiMs: number;
}

/** Bytes to send, which can be read from their beginning as often as it takes. */
export interface CorpsS3 {
  readonly taille: number;
  /** SHA-256 in hexadecimal: it is signed, so that the store takes these bytes or none. */
  readonly empreinte: string;
  lire(): AsyncIterable<Buffer>;
}

export interface RequeteS3 {
  readonly methode: 'GET' | 'PUT' | 'DELETE';
  /** Of the object; the bucket itself without it. */
  readonly cle?: string;
  readonly parametres?: Readonly<Record<string, string>>;
  readonly entetes?: Readonly<Record<string, string>>;
  readonly corps?: CorpsS3;
  /** Statuses that answer the question, beside successes. */
  readonly admis?: readonly number[];
}

export interface ReponseS3 {
  readonly statut: number;
  readonly entetes: IncomingHttpHeaders;
  readonly corps: Buffer;
}

/** More than a window of an object or a page of a list. */
const CORPS_MAX = 2_097_152;
const ESSAIS = 3;
const ATTENTE_MS = 200;
/** What S3 asks its clients to try again. */
const PASSAGERS: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);
const EMPREINTE_VIDE = createHash('sha256').digest('hex');

/**
 * Signed requests to one bucket, in path style. All of ours may be repeated: what fails for a moment is tried again a little later, a store
 * that is silent is not.
 */
export class ClientS3 {
  constructor(private readonly options: OptionsS3) {}

  /** @throws DepotIndisponible for whatever is no answer: no connection, silence, a refusal of the key, a bucket that is missing */
  async demander(requete: RequeteS3): Promise<ReponseS3> {
    for (let essai = 1; ; essai += 1) {
      const reponse = await this.#essayer(requete, essai === ESSAIS);
      if (reponse !== null) return reponse;
      await attendre(ATTENTE_MS * essai);
    }
  }

  /** @returns null for what may be tried again, unless it is the last time */
  async #essayer(requete: RequeteS3, dernier: boolean): Promise<ReponseS3 | null> {
    const veille = new Veille(this.options.delaiMs);
    try {
      const reponse = await this.#envoyer(requete, veille);
      const { statut } = reponse;
      const motif = motifDe(reponse);
      if (repond(requete, statut, motif)) return reponse;
      if (PASSAGERS.has(statut) && !dernier) return null;
      throw new DepotIndisponible(`il a répondu ${statut}${motif === null ? '' : ` (${motif})`}`);
    } catch (erreur) {
      if (erreur instanceof DepotIndisponible) throw erreur;
      if (veille.signal.aborted) throw new DepotIndisponible('il se tait', { cause: erreur });
      if (dernier) throw new DepotIndisponible('il ne répond pas', { cause: erreur });
      return null;
    } finally {
      veille.finir();
    }
  }

  /** By Node's `http` rather than its `fetch`, which keeps all that it sends, for the redirections that it might follow. */
  async #envoyer(requete: RequeteS3, veille: Veille): Promise<ReponseS3> {
    const { methode, corps } = requete;
    const { url, headers } = await this.#signer(requete);
    // Named, since a stream would otherwise go in chunks, which S3 refuses.
    if (corps !== undefined) headers.set('content-length', String(corps.taille));
    const demander = url.protocol === 'https:' ? requeteHttps : requeteHttp;
    const demande = demander(url, { method: methode, headers: Object.fromEntries(headers), signal: veille.signal });
    // Its failure is met by whoever waits for the answer; one that comes after it must not end the process.
    demande.on('error', () => undefined);
    const reponse = once(demande, 'response') as Promise<[IncomingMessage]>;
    if (corps === undefined) demande.end();
    else pipeline(veille.suivre(corps.lire()), demande).catch(() => undefined);
    const [recue] = await reponse;
    return { statut: recue.statusCode ?? 0, entetes: recue.headers, corps: await lireBorne(recue) };
  }

  #signer({ methode, cle, parametres, entetes, corps }: RequeteS3): ReturnType<AwsV4Signer['sign']> {
    const { url, compartiment, region, cle: acces } = this.options;
    const adresse = new URL(cle === undefined ? `/${compartiment}` : `/${compartiment}/${cle}`, url);
    // A space is never « + » there, neither for the signature nor for the store.
    adresse.search = new URLSearchParams(parametres).toString().replaceAll('+', '%20');
    return new AwsV4Signer({
      method: methode,
      url: adresse.href,
      headers: { ...entetes, 'x-amz-content-sha256': corps?.empreinte ?? EMPREINTE_VIDE },
      accessKeyId: acces.id,
      secretAccessKey: acces.secret,
      service: 's3',
      region,
    }).sign();
  }
}

/** A 404 says that there is no such object when it says so; a missing bucket, or somebody else's page, says nothing of it. */
function repond({ admis = [] }: RequeteS3, statut: number, motif: string | null): boolean {
  if (statut >= 200 && statut < 300) return true;
  return admis.includes(statut) && (statut !== 404 || motif === 'NoSuchKey');
}

/** The store's own word for a failure; null when it gives none. */
function motifDe({ statut, corps }: ReponseS3): string | null {
  if (statut < 300) return null;
  return /<Code>([A-Za-z0-9]{1,60})<\/Code>/.exec(corps.toString('latin1'))?.[1] ?? null;
}

async function lireBorne(flux: AsyncIterable<Buffer>): Promise<Buffer> {
  const morceaux: Buffer[] = [];
  let recus = 0;
  for await (const morceau of flux) {
    recus += morceau.length;
    if (recus > CORPS_MAX) throw new DepotIndisponible('il répond trop longuement');
    morceaux.push(morceau);
  }
  return Buffer.concat(morceaux);
}
