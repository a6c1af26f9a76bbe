import { afterAll, beforeAll, jest } from '@jest/globals';
import { DELAI_MS } from './bilan.js';
import { decrireEntreDepartements } from './entre-departements.attaque.js';
import { decrireIdsEtrangers } from './ids-etrangers.attaque.js';
import { decrireLectures } from './lectures.attaque.js';
import { demarrerMonde, type Monde } from './monde/monde.js';
import { decrireMutations } from './mutations.attaque.js';

jest.setTimeout(DELAI_MS);

/** One world for all: what reads comes first, what changes its rows last. */
let monde: Monde;
beforeAll(async () => {
  monde = await demarrerMonde();
});
afterAll(() => monde?.arreter());

const celuiCi = (): Monde => monde;
decrireLectures(celuiCi);
decrireIdsEtrangers(celuiCi);
decrireEntreDepartements(celuiCi);
decrireMutations(celuiCi);
