/** It would write, for whoever may ask it. */
export const MUTATION =
  'mutation { communeRattacher(input: { commune: "62041", du: "2026-03-01", territoire: "ARTOIS", source: "Essai" }) { errors { code } } }';
export const CORPS = JSON.stringify({ query: MUTATION });
/** To be replaced with an `Authorization` header's value when it is sent. */
export const JETON = '<jeton>';

const LONGUEUR = `content-length: ${CORPS.length}`;

/** What somebody would hide behind a request of another's. */
const ANONYME = `POST /graphql HTTP/1.1\r\nhost: essai\r\ncontent-type: application/json\r\n${LONGUEUR}\r\n\r\n${CORPS}`;

/** Bytes that no HTTP client sends, and the statuses that may answer them; null: the server hangs up without a word. */
export const OCTETS: readonly [string, readonly string[], readonly (number | null)[]][] = [
  ['deux longueurs différentes', [entete([LONGUEUR, 'content-length: 4'])], [400]],
  ['deux longueurs égales', [entete([LONGUEUR, LONGUEUR])], [400]],
  ['longueur et morceaux à la fois', [entete([LONGUEUR, 'transfer-encoding: chunked'], `0\r\n\r\n${ANONYME}`)], [400]],
  ['codage de transfert inconnu', [entete(['transfer-encoding: xchunked'])], [400, 501]],
  ['codage de transfert caché', [entete(['transfer-encoding : chunked'], '0\r\n\r\n')], [400]],
  ['morceau de taille illisible', [entete(['transfer-encoding: chunked'], 'zz\r\n{}\r\n0\r\n\r\n')], [400]],
  ['morceau de taille énorme', [entete(['transfer-encoding: chunked'], 'ffffffffffffffffff\r\n')], [400]],
  ['longueur négative', [entete(['content-length: -1'])], [400]],
  ['longueur qui n’est pas un nombre', [entete(['content-length: 1e3'])], [400]],
  ['longueur au-delà de la limite', [entete(['content-length: 99999999999'], '{')], [413]],
  ['longueur plus courte que le corps', [entete(['content-length: 20'])], [400]],
  ['longueur plus longue que le corps', [entete([`content-length: ${CORPS.length + 50}`])], [408]],
  ['retour à la ligne dans un en-tête', [entete([LONGUEUR, 'x-a: 1\r\n  suite'])], [400, 200]],
  ['caractère nul dans un en-tête', [entete([LONGUEUR, 'x-a: \0'])], [400]],
  ['fins de ligne sans retour', [entete([LONGUEUR]).replaceAll('\r\n', '\n')], [400]],
  ['en-têtes au-delà de la limite', [entete([LONGUEUR, `x-a: ${'a'.repeat(40_000)}`])], [431]],
  ['en-têtes trop nombreux', [entete([LONGUEUR, ...Array.from({ length: 3_000 }, (_, i) => `x-${i}: 1`)])], [400, 431]],
  ['sans Host', [entete([LONGUEUR]).replace('host: essai\r\n', '')], [400]],
  // Node keeps the first, and nothing of ours reads it.
  ['deux Host', [entete([LONGUEUR, 'host: autre'])], [200, 400]],
  ['HTTP/0.9', ['POST /graphql\r\n\r\n'], [400]],
  ['HTTP/2 sans accord', ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'], [400, 505]],
  ['CONNECT', ['CONNECT essai:443 HTTP/1.1\r\nhost: essai\r\n\r\n'], [null, 400, 404]],
  ['TRACE', ['TRACE /graphql HTTP/1.1\r\nhost: essai\r\n\r\n'], [400, 404, 405]],
  ['TLS', ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'], [400]],
];

function entete(lignes: readonly string[], envoye = CORPS): string {
  return [
    'POST /graphql HTTP/1.1',
    'host: essai',
    `authorization: ${JETON}`,
    'content-type: application/json',
    ...lignes,
    '',
    envoye,
  ].join('\r\n');
}
