import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** What an HTTPS server of 127.0.0.1 shows, and what its callers must trust: the same certificate. PEM texts. */
export interface Certificat {
  readonly cle: string;
  readonly certificat: string;
}

const SEQUENCE = 0x30;
const ENSEMBLE = 0x31;
const ENTIER = 0x02;
const BITS = 0x03;
const OCTETS = 0x04;
const UTF8 = 0x0c;
const DATE_UTC = 0x17;
/** A context-specific tag, [0] and [3] of a certificate, constructed; [7], an IP address, primitive. */
const MARQUE = { version: 0xa0, extensions: 0xa3, adresseIp: 0x87 };

const ECDSA_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex');
const NOM_COMMUN = Buffer.from('0603550403', 'hex');
const AUTRE_NOM = Buffer.from('0603551d11', 'hex');

const UN_JOUR_MS = 86_400_000;

/** A certificate of 127.0.0.1 signed by itself, good for two days: production wants its identity provider over TLS. */
export function creerCertificat(): Certificat {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithme = der(SEQUENCE, ECDSA_SHA256);
  const nom = der(SEQUENCE, der(ENSEMBLE, der(SEQUENCE, NOM_COMMUN, der(UTF8, Buffer.from('sillage-perf')))));
  const adresse = der(OCTETS, der(SEQUENCE, der(MARQUE.adresseIp, Buffer.from([127, 0, 0, 1]))));
  const corps = der(
    SEQUENCE,
    der(MARQUE.version, der(ENTIER, Buffer.from([2]))),
    der(ENTIER, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithme,
    nom,
    der(SEQUENCE, date(Date.now() - UN_JOUR_MS), date(Date.now() + UN_JOUR_MS)),
    nom,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(MARQUE.extensions, der(SEQUENCE, der(SEQUENCE, AUTRE_NOM, adresse))),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', corps, privateKey)]);
  return {
    cle: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    certificat: pem(der(SEQUENCE, corps, algorithme, der(BITS, signature))),
  };
}

/** Tag, length, contents (X.690). */
function der(marque: number, ...contenus: readonly Buffer[]): Buffer {
  const contenu = Buffer.concat(contenus);
  const { length } = contenu;
  const longueur = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([marque, ...longueur]), contenu]);
}

/** `261122054500Z` */
function date(instant: number): Buffer {
  return der(DATE_UTC, Buffer.from(`${new Date(instant).toISOString().slice(2, 19).replace(/[-T:]/g, '')}Z`));
}

function pem(octets: Buffer): string {
  const lignes = octets.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lignes, '-----END CERTIFICATE-----', ''].join('\n');
}
