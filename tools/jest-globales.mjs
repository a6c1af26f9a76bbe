import { jestExpect } from '@jest/expect';
import { getState } from 'jest-circus';
import { ModuleMocker } from 'jest-mock';

/** What specs import as `@jest/globals`. */
export { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } from 'jest-circus';
export const expect = jestExpect;

const espions = new ModuleMocker(globalThis);

export const jest = {
  fn: espions.fn.bind(espions),
  spyOn: espions.spyOn.bind(espions),
  restoreAllMocks: espions.restoreAllMocks.bind(espions),
  setTimeout(ms) {
    getState().testTimeout = ms;
  },
};

/** After a spec: the next one finds what it did not replace itself. */
export function oublierLesEspions() {
  espions.restoreAllMocks();
}
