import { request } from 'node:http';
import { connect } from 'node:net';

export interface Echange {
  /** All that came, as text. */
  readonly texte: string;
  /** Status of each answer, in order. */
  readonly statuts: readonly number[];
  /** Whether the server hung up, rather than us. */
  readonly raccroche: boolean;
  readonly dureeMs: number;
}

export interface OptionsPrise {
  /** How long to wait for the end, in milliseconds. */
  readonly delaiMs?: number;
  /** Between two pieces. */
  readonly pauseMs?: number;
}

/** An answer that is followed by nothing for so long was the last one. */
const SILENCE_MS = 400;

/** Writes pieces of bytes to a server, as no HTTP client would, and keeps what comes back. */
export function parler(
  url: string,
  morceaux: readonly string[],
  { delaiMs = 3_000, pauseMs = 0 }: OptionsPrise = {},
): Promise<Echange> {
  const { hostname, port } = new URL(url);
  const debut = performance.now();
  return new Promise((rendu) => {
    let texte = '';
    const prise = connect(Number(port), hostname);
    const finir = (raccroche: boolean): void => {
      clearTimeout(limite);
      clearTimeout(silence);
      prise.destroy();
      const statuts = [...texte.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, statut]) => Number(statut));
      rendu({ texte, statuts, raccroche, dureeMs: performance.now() - debut });
    };
    const limite = setTimeout(() => finir(false), delaiMs);
    let silence: NodeJS.Timeout | undefined;
    prise
      .setEncoding('utf8')
      .on('data', (morceau: string) => {
        texte += morceau;
        clearTimeout(silence);
        silence = setTimeout(() => finir(false), SILENCE_MS);
      })
      .on('error', () => undefined)
      .on('close', () => finir(true))
      .on('connect', () => {
        void (async () => {
          for (const morceau of morceaux) {
            if (prise.destroyed) return;
            prise.write(morceau, 'latin1');
            if (pauseMs > 0) await new Promise((suite) => setTimeout(suite, pauseMs));
          }
        })();
      });
  });
}

/** A body whose type is not announced, which `fetch` always does. */
export function sansType(url: string, authorization: string, corps: string): Promise<Response> {
  return new Promise((rendu, echec) => {
    request(url, { method: 'POST', headers: { authorization } }, (reponse) => {
      let texte = '';
      reponse
        .setEncoding('utf8')
        .on('data', (morceau: string) => (texte += morceau))
        .on('end', () => rendu(new Response(texte, { status: reponse.statusCode ?? 0 })));
    })
      .on('error', echec)
      .end(corps);
  });
}
