import { crc32, deflateRawSync } from 'node:zlib';
import { TYPES_DE_PIECE } from '@sillage/dispositif-kit';

/** An entry of an archive made for a spec: what is not said is as an honest writer would say it. */
export interface Entree {
  readonly nom: string;
  readonly contenu: Buffer | string;
  readonly stockee?: true;
  /** What the directory says instead of the truth. */
  readonly tailleDite?: number;
  readonly nomLocal?: string;
}

/** A ZIP archive, byte by byte. */
export function zip(entrees: readonly Entree[]): Buffer {
  const locales: Buffer[] = [];
  const repertoire: Buffer[] = [];
  let position = 0;
  for (const { nom, contenu, stockee, tailleDite, nomLocal = nom } of entrees) {
    const clair = Buffer.from(contenu);
    const donnees = stockee ? clair : deflateRawSync(clair);
    const methode = stockee ? 0 : 8;
    const commun = Buffer.alloc(26);
    commun.writeUInt16LE(20, 0);
    commun.writeUInt16LE(methode, 4);
    commun.writeUInt32LE(crc32(clair), 10);
    commun.writeUInt32LE(donnees.length, 14);
    commun.writeUInt32LE(tailleDite ?? clair.length, 18);
    const enTete = (texte: string): Buffer => {
      const copie = Buffer.from(commun);
      copie.writeUInt16LE(Buffer.byteLength(texte), 22);
      return copie;
    };
    const locale = Buffer.concat([
      Buffer.from('PK\x03\x04', 'latin1'),
      enTete(nomLocal),
      Buffer.from(nomLocal),
      donnees,
    ]);
    const fin = Buffer.alloc(14);
    fin.writeUInt32LE(position, 10);
    repertoire.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), enTete(nom), fin, Buffer.from(nom)]));
    locales.push(locale);
    position += locale.length;
  }
  const tout = Buffer.concat(repertoire);
  const fin = Buffer.alloc(22);
  fin.write('PK\x05\x06', 'latin1');
  fin.writeUInt16LE(entrees.length, 8);
  fin.writeUInt16LE(entrees.length, 10);
  fin.writeUInt32LE(tout.length, 12);
  fin.writeUInt32LE(position, 16);
  return Buffer.concat([...locales, tout, fin]);
}

const principal = (type: 'wordprocessingml.document' | 'spreadsheetml.sheet', partie: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
   <Override PartName="${partie}" ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/></Types>`;

export const TYPES_DOCX = principal('wordprocessingml.document', '/word/document.xml');
export const TYPES_XLSX = principal('spreadsheetml.sheet', '/xl/workbook.xml');

export const docx = (autres: readonly Entree[] = [], types = TYPES_DOCX): Buffer =>
  zip([
    { nom: '[Content_Types].xml', contenu: types },
    { nom: 'word/document.xml', contenu: '<w:document/>' },
    ...autres,
  ]);

export const xlsx = (): Buffer =>
  zip([
    { nom: 'xl/workbook.xml', contenu: '<workbook/>' },
    { nom: '[Content_Types].xml', contenu: TYPES_XLSX },
  ]);

export const opendocument = (type: 'ODT' | 'ODS', autres: readonly Entree[] = []): Buffer =>
  zip([
    { nom: 'mimetype', contenu: TYPES_DE_PIECE[type].mime, stockee: true },
    { nom: 'content.xml', contenu: '<office:document-content/>' },
    { nom: 'META-INF/manifest.xml', contenu: '<manifest:manifest/>' },
    ...autres,
  ]);

export const PDF = Buffer.from(
  '%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
  'latin1',
);
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
export const JPEG = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  Buffer.alloc(64, 1),
  Buffer.from('ffd9', 'hex'),
]);
/** The harmless file that every scanner takes for a virus; in two parts, so that none takes this one for it. */
export const EICAR = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''),
);
