import { type TypeDePiece, TYPES_DE_PIECE } from '@sillage/dispositif-kit';
import type { Octets } from '../depot/depot-de-pieces.js';
import { parSegments } from '../depot/fichier-scelle.js';
import { NomsDuPdf } from './noms-du-pdf.js';
import { type EntreeZip, lireEntree, lireZip } from './zip.js';

/** Why a file is not received, in French, to follow « Le fichier est refusé : »; null when it is what its type says and nothing more. */
export type Refuse = string | null;

const PAS_LE_TYPE = 'son contenu n’est pas du type annoncé';
const DEUX_CHOSES = 'il est deux choses à la fois';
const ACTIF = 'il contient du code ou des balises actives';
const MACROS = 'il contient des macros';
const PDF_ACTIF =
  'il contient un script, une action automatique ou un autre fichier ; imprimez-le en PDF, puis joignez cette copie';

/** Looks at the bytes themselves: neither the name nor the declared type is believed. */
export async function controlerContenu(octets: Octets, type: TypeDePiece): Promise<Refuse> {
  switch (type) {
    case 'PDF':
      return (await formeDuPdf(octets)) ?? (await unique(octets, /%PDF-/g, 1)) ?? inerte(octets);
    case 'PNG':
      return (await formeDuPng(octets)) ?? unique(octets, /%PDF-\d/g, 0);
    case 'JPEG':
      return (await formeDuJpeg(octets)) ?? unique(octets, /%PDF-\d/g, 0);
    case 'DOCX':
    case 'XLSX':
      return bureautiqueXml(octets, type);
    case 'ODT':
    case 'ODS':
      return bureautiqueOuverte(octets, TYPES_DE_PIECE[type].mime);
    case 'CSV':
    case 'TEXTE':
      return texte(octets);
  }
}

const PNG_DEBUT = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const PNG_FIN = Buffer.from('0000000049454e44ae426082', 'hex');
/** Readers look for the end of a PDF in its last kilobyte. */
const PDF_FIN = 1_024;

async function formeDuPdf(octets: Octets): Promise<Refuse> {
  const debut = await octets.lire(0, 8);
  if (!/^%PDF-[12]\.\d$/.test(debut.toString('latin1'))) return PAS_LE_TYPE;
  const fin = await octets.lire(Math.max(0, octets.taille - PDF_FIN), PDF_FIN);
  return fin.includes('%%EOF') ? null : 'il est incomplet';
}

/** A document is read; it runs nothing, and brings no other file. */
async function inerte(octets: Octets): Promise<Refuse> {
  const noms = new NomsDuPdf();
  for await (const segment of parSegments(octets)) if (noms.lire(segment.toString('latin1'))) return PDF_ACTIF;
  return null;
}

async function formeDuPng(octets: Octets): Promise<Refuse> {
  const debut = await octets.lire(0, PNG_DEBUT.length);
  if (!debut.equals(PNG_DEBUT) || octets.taille < PNG_DEBUT.length + PNG_FIN.length) return PAS_LE_TYPE;
  const fin = await octets.lire(octets.taille - PNG_FIN.length, PNG_FIN.length);
  return fin.equals(PNG_FIN) ? null : DEUX_CHOSES;
}

async function formeDuJpeg(octets: Octets): Promise<Refuse> {
  const debut = await octets.lire(0, 3);
  if (debut.toString('hex') !== 'ffd8ff') return PAS_LE_TYPE;
  // Cameras pad with zeros.
  const fin = (await octets.lire(Math.max(0, octets.taille - 64), 64)).toString('hex').replace(/(00)+$/, '');
  return fin.endsWith('ffd9') ? null : DEUX_CHOSES;
}

/** What a browser would run, wherever it stands. Long enough to come by chance in no compressed file. */
const BALISES = /<script|<(?:html|iframe|object|embed|svg|body)[\s>/]|<!doctype\s|<\?php/i;
const RECOUVREMENT = 32;

/** Nothing to run, no archive at the end, and the other format's header as often as its own form allows. */
async function unique(octets: Octets, autre: RegExp, fois: number): Promise<Refuse> {
  if (await finitEnZip(octets)) return DEUX_CHOSES;
  const debut = (await octets.lire(0, 1_024)).toString('latin1');
  if ([...debut.matchAll(autre)].length > fois) return DEUX_CHOSES;
  return (await contient(octets, BALISES)) ? ACTIF : null;
}

/** An archive is found by its end: a record whose comment goes to the last byte. */
async function finitEnZip(octets: Octets): Promise<boolean> {
  const longueur = Math.min(octets.taille, 22 + 0xffff);
  const fin = await octets.lire(octets.taille - longueur, longueur);
  for (let ici = fin.indexOf('PK\x05\x06'); ici !== -1; ici = fin.indexOf('PK\x05\x06', ici + 1)) {
    if (ici + 22 <= fin.length && ici + 22 + fin.readUInt16LE(ici + 20) <= fin.length) return true;
  }
  return false;
}

async function contient(octets: Octets, motif: RegExp): Promise<boolean> {
  let reste = '';
  for await (const segment of parSegments(octets)) {
    const lu = reste + segment.toString('latin1');
    if (motif.test(lu)) return true;
    reste = lu.slice(-RECOUVREMENT);
  }
  return false;
}

const TYPES_PRINCIPAUX = {
  DOCX: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
  XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
} as const;
const TYPES_DU_CONTENU = '[Content_Types].xml';
const TYPES_MAX = 262_144;
const ENTREES_A_MACROS = /vbaproject|vbadata|\/macrosheets\/|\/activex\/|^basic\/|^scripts\/|\/dialogsheets\//i;
const ENTREES_EXECUTABLES = /\.(exe|dll|com|scr|bat|cmd|ps1|vbs|vbe|js|jse|wsf|hta|jar|msi|lnk|html?|xhtml)$/i;

async function bureautiqueXml(octets: Octets, type: 'DOCX' | 'XLSX'): Promise<Refuse> {
  if (await commenceAutrement(octets)) return PAS_LE_TYPE;
  const zip = await lireZip(octets);
  if ('refus' in zip) return zip.refus;
  const entree = zip.entrees.find(({ nom }) => nom === TYPES_DU_CONTENU);
  const types = entree && (await lireEntree(octets, entree, TYPES_MAX))?.toString('utf8').replace(/^\uFEFF/, '');
  // Another encoding, entities: ways to write a type so that it is not seen.
  if (!types?.startsWith('<') || /&#|<!|\0/.test(types)) return PAS_LE_TYPE;
  if (/macroenabled|vbaproject|activex/i.test(types)) return MACROS;
  if (!types.includes(`"${TYPES_PRINCIPAUX[type]}"`)) return PAS_LE_TYPE;
  return refusDesNoms(zip.entrees);
}

async function bureautiqueOuverte(octets: Octets, mime: string): Promise<Refuse> {
  if (await commenceAutrement(octets)) return PAS_LE_TYPE;
  const zip = await lireZip(octets);
  if ('refus' in zip) return zip.refus;
  const premiere = zip.entrees.find(({ position }) => position === 0);
  if (premiere?.nom !== 'mimetype' || premiere.methode !== 0) return PAS_LE_TYPE;
  const annonce = await lireEntree(octets, premiere, 256);
  if (annonce?.toString('latin1') !== mime) return PAS_LE_TYPE;
  if (!zip.entrees.some(({ nom }) => nom === 'META-INF/manifest.xml')) return PAS_LE_TYPE;
  return refusDesNoms(zip.entrees);
}

async function commenceAutrement(octets: Octets): Promise<boolean> {
  return (await octets.lire(0, 4)).toString('latin1') !== 'PK\x03\x04';
}

function refusDesNoms(entrees: readonly EntreeZip[]): Refuse {
  if (entrees.some(({ nom }) => ENTREES_A_MACROS.test(nom))) return MACROS;
  return entrees.some(({ nom }) => ENTREES_EXECUTABLES.test(nom)) ? ACTIF : null;
}

/** What text never holds; tabulations, ends of line and of page apart. */
const COMMANDES = /(?![\t\n\f\r\x80-\x9f])\p{Cc}/u;
const AUTRE_FORMAT = /^(?:\xef\xbb\xbf)?\s*(?:%PDF-|%!PS|\{\\rtf|#!|<)/i;
const EXECUTABLE = /^MZ[\s\S]{0,510}PE\b/;

/** Any encoding of one byte a character or UTF-8, nothing that another program would take for its own. */
async function texte(octets: Octets): Promise<Refuse> {
  const debut = (await octets.lire(0, 1_024)).toString('latin1');
  if (AUTRE_FORMAT.test(debut) || EXECUTABLE.test(debut)) return PAS_LE_TYPE;
  if (await contient(octets, COMMANDES)) return PAS_LE_TYPE;
  return (await contient(octets, BALISES)) ? ACTIF : null;
}
