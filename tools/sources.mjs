import { existsSync, readFileSync } from 'node:fs';
import { enableCompileCache, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import { optionsSwc } from './swc.mjs';

/**
 * Runs our TypeScript sources in plain Node, without a build: `node --import ./tools/sources.mjs apps/worker/src/main.ts`.
 * So Jest runs specs, and end-to-end tests the processes that they kill. `@sillage/*` are their sources, `./x.js` is `./x.ts` in
 * our own folders.
 */
process.setSourceMapsEnabled(true);
// What V8 compiled once is read again by the next process: tests start hundreds.
enableCompileCache(fileURLToPath(new URL('../.sillage/code-compile', import.meta.url)));

registerHooks({
  resolve(specifier, context, suivant) {
    const parent = context.parentURL ?? '';
    if (/^\.{1,2}\/.*\.js$/.test(specifier) && parent.startsWith('file:') && !parent.includes('/node_modules/')) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), parent);
      if (existsSync(source)) return { url: source.href, format: 'module', shortCircuit: true };
    }
    return suivant(specifier, { ...context, conditions: [...context.conditions, '@sillage/source'] });
  },
  load(url, context, suivant) {
    const { pathname } = new URL(url);
    if (!pathname.endsWith('.ts') || pathname.includes('/node_modules/')) return suivant(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), {
      ...optionsSwc,
      filename,
      module: { type: 'es6' },
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
