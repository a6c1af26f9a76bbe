import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BancPieces, type Fichier, monterBancPieces } from './banc-pieces.js';
import { docx, type Entree, JPEG, opendocument, PDF, PNG, TYPES_DOCX, xlsx, zip } from './fichiers.js';

let banc: BancPieces;
let candidatureId: string;
beforeAll(async () => {
  banc = await monterBancPieces();
  candidatureId = await banc.brouillon();
});
afterAll(() => banc?.arreter());

type Cas = readonly [quoi: string, type: Fichier['type'], octets: Buffer];
const t = (contenu: string): Buffer => Buffer.from(contenu);
const suivi = (...morceaux: Buffer[]): Buffer => Buffer.concat(morceaux);
const archive = zip([{ nom: 'cache.exe', contenu: 'MZ' }]);
const pdf = (catalogue: string): Buffer =>
  Buffer.from(PDF.toString('latin1').replace('/Type/Catalog', `/Type/Catalog${catalogue}`), 'latin1');
const LIEN = '/OpenAction[3 0 R/Fit]/URI<</Base(https://exemple.test/JavaScript/JS )>>';
const macro: Entree = { nom: 'word/vbaProject.bin', contenu: 'macro' };

const ADMIS: readonly Cas[] = [
  ['a PDF', 'PDF', PDF],
  ['a PDF that opens at a page, and links to a site', 'PDF', pdf(LIEN)],
  ['a PNG', 'PNG', PNG],
  ['a JPEG', 'JPEG', JPEG],
  ['a text', 'TEXTE', t('Bonjour à tous,\r\n\tvoici.\n')],
  ['a text in Windows-1252', 'TEXTE', Buffer.from('caf\xe9', 'latin1')],
  ['a CSV', 'CSV', t('nom;montant\nDevis;12,50 €\n')],
  ['a Word document', 'DOCX', docx()],
  ['an Excel workbook, its types last', 'XLSX', xlsx()],
  ['an OpenDocument text', 'ODT', opendocument('ODT')],
  ['an OpenDocument sheet', 'ODS', opendocument('ODS')],
];

const HOSTILES: readonly Cas[] = [
  ['another type than declared: a PNG as PDF', 'PDF', PNG],
  ['another type than declared: a PDF as text', 'TEXTE', PDF],
  ['another type than declared: a text as PNG', 'PNG', t('Je suis une image.')],
  ['another type than declared: XLSX as DOCX', 'DOCX', xlsx()],
  ['another type than declared: ODS as ODT', 'ODT', opendocument('ODS')],
  ['any archive as DOCX', 'DOCX', archive],
  ['an executable as text', 'TEXTE', suivi(t('MZ'), Buffer.alloc(100), t('PE\0\0'))],
  ['a script as text', 'TEXTE', t('#!/bin/sh\nrm -rf /\n')],
  ['an ELF binary as text', 'TEXTE', Buffer.from('\x7fELF\x02\x01', 'latin1')],
  ['HTML as text', 'TEXTE', t('\uFEFF \n<!DOCTYPE html><p>bonjour</p>')],
  ['HTML further in a text', 'TEXTE', t(`Bonjour.\n${'a'.repeat(65_530)}<script>alert(1)</script>`)],
  ['SVG with a script, as text', 'TEXTE', t('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
  ['SVG with a script, as PNG', 'PNG', t('<svg onload="alert(1)"/>')],
  ['a PNG with SVG in it', 'PNG', suivi(PNG.subarray(0, -12), t('<svg onload=alert(1)>'), PNG.subarray(-12))],
  ['PDF + ZIP', 'PDF', suivi(PDF, archive)],
  ['PDF + ZIP, its end after the archive', 'PDF', suivi(PDF, archive, t('\n%%EOF\n'))],
  ['ZIP + PDF', 'PDF', suivi(archive, PDF)],
  ['PDF + HTML script', 'PDF', suivi(t('%PDF-1.7\n%<html><script>alert(1)</script>\n'), PDF.subarray(9))],
  ['two PDF headers', 'PDF', suivi(t('%PDF-1.4\n'), PDF)],
  ['a truncated PDF', 'PDF', PDF.subarray(0, -10)],
  ['a PDF with a script', 'PDF', pdf('/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>')],
  ['a PDF with a script, its names in codes', 'PDF', pdf('/OpenAction<</S/#4aava#53cript/#4AS 3 0 R>>')],
  ['a PDF that starts a program', 'PDF', pdf('/AA<</O<</S/Launch/F(calc.exe)>>>>')],
  ['a PDF with another file in it', 'PDF', pdf('/Names<</EmbeddedFiles 3 0 R>>')],
  ['PNG + ZIP', 'PNG', suivi(PNG, archive)],
  ['JPEG + ZIP', 'JPEG', suivi(JPEG, archive)],
  ['JPEG + PDF', 'JPEG', suivi(JPEG.subarray(0, 20), PDF, JPEG.subarray(-2))],
  ['a DOCX after something else', 'DOCX', suivi(PDF, docx())],
  ['a DOCX before something else', 'DOCX', suivi(docx(), t('<script>'))],
  ['a DOCX with a macro', 'DOCX', docx([macro])],
  [
    'a DOCM that says it is a DOCX, its macro under another name',
    'DOCX',
    docx(
      [{ nom: 'word/innocent.bin', contenu: 'macro' }],
      TYPES_DOCX.replace('</Types>', '<Override ContentType="application/vnd.ms-office.vbaProject"/></Types>'),
    ),
  ],
  [
    'a DOCM of its type',
    'DOCX',
    docx([], TYPES_DOCX.replace('wordprocessingml.document.main', 'wordprocessingml.document.macroEnabled.main')),
  ],
  ['types hidden in entities', 'DOCX', docx([], TYPES_DOCX.replace('</Types>', '<X y="macro&#69;nabled"/></Types>'))],
  ['types in another encoding', 'DOCX', docx([], Buffer.from(TYPES_DOCX, 'utf16le').toString('latin1'))],
  ['an ODT with Basic', 'ODT', opendocument('ODT', [{ nom: 'Basic/Standard/Module1.xml', contenu: 'Sub X' }])],
  ['an executable within a DOCX', 'DOCX', docx([{ nom: 'word/embeddings/facture.exe', contenu: 'MZ' }])],
  ['a bomb: ratio', 'DOCX', docx([{ nom: 'word/media/vide.bin', contenu: Buffer.alloc(5_000_000) }])],
  ['a bomb: total', 'DOCX', docx([{ nom: 'word/a.bin', contenu: 'x'.repeat(90), tailleDite: 4_000_000_000 }])],
  [
    'a bomb: entries',
    'DOCX',
    docx(Array.from({ length: 2_001 }, (_, rang) => ({ nom: `word/${rang}`, contenu: '', stockee: true as const }))),
  ],
  ['a way out of the archive', 'DOCX', docx([{ nom: '../../etc/cron.d/x', contenu: 'x' }])],
  ['the same name twice', 'DOCX', docx([{ nom: 'WORD/document.xml', contenu: 'x' }])],
  ['two names for one entry', 'DOCX', docx([{ nom: 'word/a.xml', contenu: 'x', nomLocal: 'word/a.exe' }])],
  [
    'a types part larger than it says',
    'DOCX',
    zip([{ nom: '[Content_Types].xml', contenu: TYPES_DOCX, tailleDite: 10 }]),
  ],
];

describe('What is sent is what it says, and nothing more', () => {
  const joindre = ([, type, octets]: Cas) => banc.joindre({ candidatureId }, 'STATUTS', { nom: 'x', type, octets });

  it.each(ADMIS)('receives %s', async (...cas) => {
    expect(await joindre(cas)).toMatchObject({ statut: 201 });
  });

  it.each(HOSTILES)('refuses %s, and keeps nothing of it', async (...cas) => {
    const [avant] = await banc.lignes('select count(*)::int as n from sillage.piece');
    const fichiers = await banc.fichiers();
    expect(await joindre(cas)).toEqual({ statut: 422, code: 'PIECE_REFUSEE', id: null });
    expect(await banc.lignes('select count(*)::int as n from sillage.piece')).toEqual([avant]);
    expect(await banc.fichiers()).toEqual(fichiers);
  });

  it.each([
    ['image/svg+xml', 'refuses SVG as a type'],
    ['text/html', 'refuses HTML as a type'],
    ['application/vnd.ms-word.document.macroenabled.12', 'refuses macros as a type'],
    ['application/x-msdownload', 'refuses executables as a type'],
    ['application/zip', 'refuses archives as a type'],
  ])('%s: %s', async (type) => {
    const input = { candidatureId, code: 'STATUTS', nom: 'x', taille: 1, sha256: '0'.repeat(64), type };
    expect(await banc.refusDeTicket(input)).toEqual([
      expect.objectContaining({ code: 'VALEUR_INVALIDE', path: ['input', 'type'] }),
    ]);
  });
});
