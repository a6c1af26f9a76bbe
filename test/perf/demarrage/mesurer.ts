import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { reserverUnCoeur } from '../coeurs.js';
import { mediane } from '../statistiques.js';
import { ouvrirBanc } from './banc.js';
import { composer } from './composer.js';
import { type Mesure, mesurerDemarrage } from './demarrage.js';

/** `npm run perf:demarrage`: see README.md. */

const RACINE = join(import.meta.dirname, '../../..');
const DOSSIER = join(RACINE, '.sillage/perf/demarrage');
const CODE_COMPILE = join(RACINE, 'apps/gateway/dist/code-compile');

const OBJECTIF_DIX_MS = 1_500;
const OBJECTIF_RAPPORT = 2;

interface Composition {
  readonly nombre: number;
  readonly principal: string;
  readonly aFroid: Mesure;
  readonly mesures: Mesure[];
}

const { values } = parseArgs({
  options: {
    nombres: { type: 'string', default: '1,10,100' },
    fois: { type: 'string', default: '10' },
    /** Options for the node that is measured. */
    node: { type: 'string', default: '' },
  },
});
const optionsNode = values.node.split(' ').filter(Boolean);
const { prefixe, phrase } = reserverUnCoeur();
console.log(phrase);

const banc = await ouvrirBanc(DOSSIER);
try {
  const mesurer = (principal: string): Promise<Mesure> => mesurerDemarrage({ principal, banc, prefixe, optionsNode });
  const compositions: Composition[] = [];
  for (const nombre of values.nombres.split(',').map(Number)) {
    const principal = composer(join(DOSSIER, String(nombre)), nombre);
    rmSync(CODE_COMPILE, { recursive: true, force: true });
    compositions.push({ nombre, principal, aFroid: await mesurer(principal), mesures: [] });
    // This one fills in what the last removal took from the compositions before.
    for (const { principal: precedent } of compositions) await mesurer(precedent);
  }
  // Turn and turn about, so that a busy moment of the machine weighs on all.
  for (let i = 0; i < Number(values.fois); i++) {
    for (const { principal, mesures } of compositions) mesures.push(await mesurer(principal));
  }
  rapporter(compositions);
} finally {
  await banc.fermer();
}

function rapporter(compositions: readonly Composition[]): void {
  console.table(
    Object.fromEntries(
      compositions.map(({ nombre, aFroid, mesures }) => [
        `${nombre} dispositifs`,
        {
          'min (ms)': Math.round(min(mesures)),
          'médiane (ms)': Math.round(mediane(mesures.map(({ duree }) => duree))),
          'processeur, min (ms)': Math.min(...mesures.map(({ processeur }) => processeur ?? NaN)),
          'à froid (ms)': Math.round(aFroid.duree),
        },
      ]),
    ),
  );
  const [dix, cent] = [10, 100].map((voulu) => compositions.find(({ nombre }) => nombre === voulu)?.mesures);
  if (dix === undefined) return;
  juger('10 dispositifs, au mieux (ms)', min(dix), OBJECTIF_DIX_MS);
  if (cent !== undefined) juger('100 dispositifs / 10, au mieux', min(cent) / min(dix), OBJECTIF_RAPPORT);
}

function juger(quoi: string, valeur: number, objectif: number): void {
  const lisible = valeur < 100 ? valeur.toFixed(2) : Math.round(valeur);
  console.log(`${valeur <= objectif ? '✔' : '✘'} ${quoi} : ${lisible}, objectif ${objectif}`);
}

function min(mesures: readonly Mesure[]): number {
  return Math.min(...mesures.map(({ duree }) => duree));
}
