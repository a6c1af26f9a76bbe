import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const OUTIL = join(import.meta.dirname, 'regles.mjs');

/** The prefix ESSAI is none of the real catalogue's: this very file cites rules that do not exist. */
const CATALOGUE = `
| ID | Type | N | Règle | Source |
|---|---|---|---|---|
| ESSAI-FIN-01 | financement | T | Plafond. | l.1 |
| ESSAI-FIN-02 | financement | S | Silence sur l’arrondi : AMB-104. | l.2 |
| ESSAI-QUAL-01 | qualité | T | But affiché. | l.3 |
| ESSAI-QUAL-A1 | A | Item de grille | 6 | l.4 |
| ESSAI-WF-01 | workflow | T | Circuit. | l.5 |
| AMB-104 | \`arrondi\` | tous | centimes | centime | toujours exact |
`;

interface Essai {
  readonly declaration?: object;
  readonly source?: string;
  readonly test?: string;
}

const DECLARATION = {
  code: 'essai',
  libelle: 'Essai',
  prefixeRegles: 'ESSAI',
  familles: ['FIN', 'QUAL'],
  nonCalculables: [{ regle: 'ESSAI-QUAL-01', pourquoi: 'C’est un but affiché.' }],
  parametres: { arrondi: { options: { interpretation: 'AMB-104' } } },
};
const SOURCE = `// ESSAI-FIN-01, ESSAI-QUAL-A1\n[{ regle: 'ESSAI-QUAL-01',\n  pourquoi: 'C’est un but affiché.' }]`;
const TEST = `it('ESSAI-FIN-01, AMB-104', () => expect('ESSAI-QUAL-A1'))`;

describe('npm run regles', () => {
  let racine: string;
  beforeEach(() => {
    racine = mkdtempSync(join(tmpdir(), 'sillage-regles-'));
  });
  afterEach(() => rmSync(racine, { recursive: true }));

  function lancer(
    { declaration = DECLARATION, source = SOURCE, test = TEST }: Essai,
    ...args: string[]
  ): { code: number | null; lignes: string[] } {
    ecrire('docs/regles.md', CATALOGUE);
    ecrire('apps/dispositifs/dist/index.js', `export const dispositifs = [${JSON.stringify(declaration)}];`);
    ecrire('apps/dispositifs/package.json', '{ "type": "module" }');
    ecrire('plugins/essai/src/essai.ts', source);
    ecrire('plugins/essai/src/essai.spec.ts', test);
    // What is built, and what is installed, is not read.
    ecrire('plugins/essai/dist/essai.ts', 'ESSAI-WF-01');
    const { status, stdout } = spawnSync(process.execPath, [OUTIL, '--racine', racine, ...args], { encoding: 'utf8' });
    return { code: status, lignes: stdout.trimEnd().split('\n') };
  }

  function ecrire(chemin: string, texte: string): void {
    mkdirSync(dirname(join(racine, chemin)), { recursive: true });
    writeFileSync(join(racine, chemin), texte);
  }

  it('counts what is implemented and tested, not computable, missing; a silence by its ambiguity’s parameter', () => {
    const { code, lignes } = lancer({});
    expect(lignes.at(-1)).toBe('3 implémentées et testées, 1 non calculables, 1 manquantes');
    expect(lignes.join('\n')).toContain('ESSAI-WF-01 n’a ni source ni test');
    expect(lignes.join('\n')).toContain('ESSAI-QUAL-01 : C’est un but affiché.');
    expect(code).toBe(0);
  });

  it.each([
    ['a source removed', { source: SOURCE.replace('ESSAI-FIN-01', '') }, 'ESSAI-FIN-01 n’a pas de source'],
    ['a test removed', { test: TEST.replace('ESSAI-FIN-01', '') }, 'ESSAI-FIN-01 n’a pas de test'],
    [
      'a comment for a test',
      { test: `// ESSAI-FIN-01\nit('AMB-104, ESSAI-QUAL-A1') /* ESSAI-FIN-01 */` },
      'ESSAI-FIN-01 n’a pas de test',
    ],
    ['a test of a longer id', { test: TEST.replace('ESSAI-FIN-01', 'ESSAI-FIN-012') }, 'ESSAI-FIN-01 n’a pas de test'],
    ['an item of a grid removed', { test: TEST.replace('ESSAI-QUAL-A1', '') }, 'ESSAI-QUAL-A1 n’a pas de test'],
    ['a silence without its parameter', { declaration: { ...DECLARATION, parametres: {} } }, 'ESSAI-FIN-02 n’a ni'],
    ['a family claimed', { declaration: { ...DECLARATION, familles: ['WF'] } }, 'la famille WF est dite complète'],
    ['an unknown id in a test', { test: `${TEST} // ESSAI-FIN-09` }, 'ESSAI-FIN-09 n’est pas dans le catalogue'],
    ['an unknown ambiguity in a test', { test: `${TEST} // ${'AMB'}-999` }, '-999 n’est pas dans le catalogue'],
    ['a prefix without a rule', { declaration: { ...DECLARATION, prefixeRegles: 'RIEN' } }, 'aucune règle RIEN'],
    [
      'a rule both implemented and not computable',
      { source: `${SOURCE} // ESSAI-QUAL-01` },
      'ESSAI-QUAL-01 est dite non calculable, or une source la met en œuvre',
    ],
    [
      'a rule not computable that does not exist',
      { declaration: { ...DECLARATION, nonCalculables: [{ regle: 'ESSAI-WF-09', pourquoi: 'Rien.' }] } },
      'ESSAI-WF-09, dite non calculable, n’est pas dans le catalogue',
    ],
  ])('is red for %s', (_, essai, faute) => {
    const { code, lignes } = lancer(essai);
    expect(lignes.filter((ligne) => ligne.startsWith('✘')).join('\n')).toContain(faute);
    expect(lignes.at(-1)).toMatch(/^\d+ implémentées et testées, \d+ non calculables, \d+ manquantes$/);
    expect(code).toBe(1);
  });

  it('tells one dispositif, what is missing alone, and the whole in a file', () => {
    const fichier = join(racine, 'rapport.json');
    const { lignes } = lancer({}, 'essai', '--manquantes', '--json', fichier);
    expect(lignes.join('\n')).not.toContain('C’est un but affiché.');
    expect(JSON.parse(readFileSync(fichier, 'utf8'))).toMatchObject({
      decompte: { FAITE: 3, NON_CALCULABLE: 1, MANQUANTE: 1 },
      rapports: [{ code: 'essai', regles: expect.arrayContaining([expect.objectContaining({ id: 'ESSAI-FIN-01' })]) }],
    });
    expect(lancer({}, 'inconnu').code).toBe(2);
  });
});
