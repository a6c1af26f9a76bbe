import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Dispositif } from '@sillage/dispositif-kit';

/** Beside the compiled code, and like it: whoever may write there may change the program anyway. */
const CODE_COMPILE = fileURLToPath(new URL('../dist/code-compile', import.meta.url));

/**
 * Runs this process as a gateway with the dispositifs that `charger` loads: `() => import('./dispositifs.js')`. Everything is
 * imported from here on, so that what V8 compiled once is read again at the next start; where the folder cannot be
 * written, nothing is kept.
 */
export async function lancerGateway(
  charger: () => Promise<{ readonly dispositifs: readonly Dispositif[] }>,
): Promise<void> {
  enableCompileCache(CODE_COMPILE);
  const [{ executerGateway }, { dispositifs }] = await Promise.all([import('./executer-gateway.js'), charger()]);
  await executerGateway(dispositifs);
}
