import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NomsDuPdf } from './noms-du-pdf.js';

const actif = (...morceaux: string[]): boolean => {
  const noms = new NomsDuPdf();
  return morceaux.some((morceau) => noms.lire(morceau));
};
const ACTIFS = [
  '1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\n',
  '1 0 obj<</OpenAction<</S /Rendition /JS 4 0 R>>>>endobj\n',
  '<</S/#4Aava#53cript>>\n',
  '<</Names<</JavaScript 4 0 R>>>>\n',
  '<</AA<</O<</S/Launch/F(calc.exe)>>>>>>\n',
  '<</Type/EmbeddedFile/Length 3>>stream\nabc\nendstream\n',
  '<</Names<</EmbeddedFiles 4 0 R>>>>\n',
  '(a \\( string (in another)) /Launch\n',
  '% a comment (\n/Launch\n',
  '<</Length 6>>stream\r\n(((%((\r\nendstream endobj /Launch\n',
];
const INERTES = [
  '<</Type/Catalog/OpenAction[3 0 R/Fit]>>\n',
  '<</S/URI/URI(https://exemple.test/Web/JavaScript/JS )>>\n',
  '<</Length 20>>stream\nBT (a) Tj /JS /Launch ET\nendstream\n',
  '% /JavaScript /JS \n',
  '<</JSON/JavaScripts/Launcher/EmbeddedFilesX constructor>>\n',
  '<</Title(L\\(unch\\) /JS)>>\n',
];

describe('The names of a PDF', () => {
  it.each(ACTIFS)('active: %j', (texte) => expect(actif(texte)).toBe(true));
  it.each(INERTES)('inert: %j', (texte) => expect(actif(texte)).toBe(false));

  it('are the same wherever the file is cut', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ACTIFS, ...INERTES),
        fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 6 }),
        (texte, coupes) => {
          const bornes = [0, ...coupes.map((c) => Math.min(c, texte.length)).sort((a, b) => a - b), texte.length];
          const morceaux = bornes.slice(1).map((fin, rang) => texte.slice(bornes[rang], fin));
          expect(actif(...morceaux)).toBe(actif(texte));
        },
      ),
    );
  });

  it('are read in a time that grows as the file, whatever it holds', () => {
    const noms = new NomsDuPdf();
    const debut = performance.now();
    for (const lettre of ['(', '\\', 'a', '/', '%', '#4A']) {
      for (let rang = 0; rang < 16; rang++) noms.lire(lettre.repeat(65_536));
    }
    expect(performance.now() - debut).toBeLessThan(5_000);
  });
});
