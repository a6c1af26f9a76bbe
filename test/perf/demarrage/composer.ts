import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { fichiersDuPlugin, nommer } from '../../../tools/dispositif-modele.mjs';

const COMPILATION: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  sourceMap: true,
};

/**
 * Writes, in `dossier`, what a deployer would have with that many dispositifs more than ours: each a package of its own that
 * the generator wrote and the compiler compiled, the list of them, and the gateway's main module beside that list.
 * @returns the path of the main module
 */
export function composer(dossier: string, nombre: number): string {
  rmSync(dossier, { recursive: true, force: true });
  const codes = Array.from({ length: nombre }, (_, i) => `essai-${String(i + 1).padStart(3, '0')}`);
  for (const code of codes) installer(dossier, code);
  ecrire(join(dossier, 'package.json'), JSON.stringify({ type: 'module' }));
  ecrire(join(dossier, 'dispositifs.js'), liste(codes));
  const principal = join(dossier, 'main.js');
  ecrire(principal, PRINCIPAL);
  return principal;
}

/** As npm does for a workspace: the package in its folder, a link to it in node_modules. */
function installer(dossier: string, code: string): void {
  const paquet = join(dossier, 'plugins', code);
  for (const [chemin, texte] of Object.entries(fichiersDuPlugin(code, `Dispositif ${code}`))) {
    if (chemin.endsWith('.spec.ts')) continue;
    ecrire(join(paquet, chemin), texte);
    if (chemin.endsWith('.ts')) compiler(paquet, chemin, texte);
  }
  const lien = join(dossier, 'node_modules/@sillage', code);
  mkdirSync(dirname(lien), { recursive: true });
  symlinkSync(paquet, lien, 'junction');
}

function compiler(paquet: string, chemin: string, texte: string): void {
  const sortie = join(paquet, chemin.replace(/^src/, 'dist').replace(/\.ts$/, '.js'));
  const { outputText, sourceMapText } = ts.transpileModule(texte, { compilerOptions: COMPILATION, fileName: chemin });
  ecrire(sortie, outputText);
  ecrire(`${sortie}.map`, sourceMapText ?? '');
}

function liste(codes: readonly string[]): string {
  const constantes = codes.map((code) => (nommer(code) as { constante: string }).constante);
  return [
    `import { dispositifs as ceuxDeLaMaison } from '@sillage/dispositifs';`,
    ...codes.map((code, i) => `import { ${constantes[i]} } from '@sillage/${code}';`),
    `export const dispositifs = [...ceuxDeLaMaison, ${constantes.join(', ')}];`,
    '',
  ].join('\n');
}

const PRINCIPAL = `import { lancerGateway } from '@sillage/gateway/lancer';

await lancerGateway(() => import('./dispositifs.js'));
`;

function ecrire(chemin: string, texte: string): void {
  mkdirSync(dirname(chemin), { recursive: true });
  writeFileSync(chemin, texte);
}
