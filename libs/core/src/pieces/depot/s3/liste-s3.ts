import { DepotIndisponible } from '../depot-indisponible.js';
import type { ClientS3 } from './client-s3.js';

export interface ObjetListe {
  readonly cle: string;
  /** Milliseconds since 1970, by the store's clock. */
  readonly ecritLe: number;
}

interface Page {
  readonly objets: readonly ObjetListe[];
  /** Where the next page begins; null after the last. */
  readonly suite: string | null;
}

const PAR_PAGE = '500';

/** Every object whose key begins so, a page at a time. @throws DepotIndisponible, also when the list cannot be followed to its end */
export async function* listerObjets(client: ClientS3, prefixe: string): AsyncGenerator<ObjetListe> {
  let depuis: string | null = null;
  do {
    const page: Page = await lirePage(client, prefixe, depuis);
    if (page.suite !== null && page.suite === depuis) throw incomprise();
    yield* page.objets;
    depuis = page.suite;
  } while (depuis !== null);
}

async function lirePage(client: ClientS3, prefixe: string, depuis: string | null): Promise<Page> {
  const { corps } = await client.demander({
    methode: 'GET',
    parametres: {
      'list-type': '2',
      prefix: prefixe,
      'max-keys': PAR_PAGE,
      ...(depuis !== null && { 'continuation-token': depuis }),
    },
  });
  return comprendre(corps.toString('utf8'));
}

/** Of the list's XML, its three elements that we need: our own keys and its dates hold nothing to be unescaped, only tokens may. */
function comprendre(xml: string): Page {
  if (!/<ListBucketResult[\s>]/.test(xml) || !xml.trimEnd().endsWith('</ListBucketResult>')) throw incomprise();
  const objets = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, contenu = '']) => ({
    cle: element(contenu, 'Key'),
    ecritLe: Date.parse(element(contenu, 'LastModified')),
  }));
  if (objets.some(({ ecritLe }) => Number.isNaN(ecritLe))) throw incomprise();
  const tronquee = element(xml, 'IsTruncated') === 'true';
  return { objets, suite: tronquee ? enClair(element(xml, 'NextContinuationToken')) : null };
}

function element(xml: string, nom: string): string {
  const texte = new RegExp(`<${nom}>([^<]+)</${nom}>`).exec(xml)?.[1];
  if (texte === undefined) throw incomprise();
  return texte;
}

const ENTITES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function enClair(texte: string): string {
  return texte.replace(
    /&(?:#(\d{1,6})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi,
    (tout, decimal?: string, hexa?: string, nom?: string) => {
      if (nom !== undefined) return ENTITES[nom] ?? tout;
      return String.fromCodePoint(decimal === undefined ? Number.parseInt(hexa ?? '', 16) : Number(decimal));
    },
  );
}

function incomprise(): DepotIndisponible {
  return new DepotIndisponible('la liste de ses fichiers est illisible');
}
