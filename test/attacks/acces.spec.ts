import { afterAll, beforeAll } from '@jest/globals';
import { decrireEntreDepartements } from './entre-departements.attaque.js';
import { decrireIdsEtrangers } from './ids-etrangers.attaque.js';
import { decrireLectures } from './lectures.attaque.js';
import { demarrerMonde, type Monde } from './monde/monde.js';
import { decrireMutations } from './mutations.attaque.js';

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
