import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { combien, noterAttaque } from './bilan.js';
import { connaitre } from './lectures.js';
import { type Acteur, canari, DEPARTEMENTS, type Departement, estHabilite, TERRITOIRES } from './monde/acteurs.js';
import type { Monde } from './monde/monde.js';
import { empreinteDe, type Operation, operationsDe, requeteDe } from './operations.js';

let monde: Monde;
let operations: Operation[];
/** By tenant, opaque ids by type. */
const ids = new Map<Departement, Map<string, string[]>>();

async function preparer(donne: Monde): Promise<void> {
  monde = donne;
  operations = operationsDe(monde, 1);
  for (const departement of DEPARTEMENTS) {
    const { objets } = await connaitre(monde, departement);
    const parType = [...objets].map(
      ([type, lignes]) => [type, [...lignes.keys()].map((uuid) => `${type}-${uuid}`)] as const,
    );
    ids.set(departement, new Map(parType));
  }
}

interface Attaque {
  readonly acteur: Acteur;
  readonly operation: Operation;
  readonly choisies: Readonly<Record<string, unknown>>;
  /** The header names the other tenant. */
  readonly enTete: boolean;
}

const GRAINE = 20260202;
const GENRES = ['query', 'mutation'] as const;
const LOT = 500;
const ENSEMBLE = 10;

/** Answers in which the actor saw their own tenant: an attack that only meets refusals would prove little. */
let vues = 0;

/** Somebody of one tenant, any operation, ids and names of the other wherever one can be given. */
function attaques(de: Departement, vers: Departement): fc.Arbitrary<Attaque> {
  const connus = ids.get(vers) ?? new Map<string, string[]>();
  const tous = [...connus.values()].flat();
  const idPour = (type: string): fc.Arbitrary<string> => {
    const siens = connus.get(type);
    const hasard = fc.constantFrom(...tous);
    return siens === undefined || siens.length === 0
      ? hasard
      : fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...siens) }, { weight: 1, arbitrary: hasard });
  };
  const acteurs = monde.acteurs.filter((acteur) => acteur.departement === de && estHabilite(acteur));
  // As often reads as writes, whatever their numbers in the schema.
  const operation = fc.oneof(...GENRES.map((genre) => fc.constantFrom(...operations.filter((o) => o.genre === genre))));
  return fc.record({ acteur: fc.constantFrom(...acteurs), operation }).chain((qui) => {
    const { ids: chemins } = qui.operation;
    const choisis = fc.record(Object.fromEntries(chemins.map(({ chemin, type }) => [chemin, idPour(type)])));
    const noms = fc.constantFrom(
      {},
      { territoires: [...TERRITOIRES[vers]], 'input.territoires': [...TERRITOIRES[vers]] },
    );
    const enTete = fc.integer({ min: 0, max: 9 }).map((n) => n === 0);
    return fc.record({ choisis, noms, enTete }).map((tire) => ({
      ...qui,
      choisies: { ...tire.noms, ...tire.choisis },
      enTete: tire.enTete,
    }));
  });
}

async function attaquer(attaque: Attaque, vers: Departement): Promise<string[]> {
  const { acteur, operation, choisies, enTete } = attaque;
  const requete = requeteDe(monde, operation, acteur.departement, choisies);
  const texte = await monde.texte(acteur, requete, enTete ? vers : undefined);
  const dire = (faute: string): string =>
    `${acteur.sub} ${operation.nom} ${JSON.stringify(requete.variables)} : ${faute}`;
  if (texte.includes(canari(acteur.departement))) vues += 1;
  if (texte.includes(canari(vers))) return [dire(`lit l’autre département : ${texte.slice(0, 300)}`)];
  if (texte.includes('ERREUR_INTERNE')) return [dire(texte)];
  return enTete && !texte.includes('NON_HABILITE') ? [dire(texte.slice(0, 300))] : [];
}

export function decrireEntreDepartements(donner: () => Monde): void {
  describe('un département ne lit et ne change rien de l’autre', () => {
    beforeAll(() => preparer(donner()));

    it.each([
      ['62', '99'],
      ['99', '62'],
    ] as const)('du %s vers le %s', async (de, vers) => {
      const total = combien(750, 50_000);
      const avant = await empreinteDe(monde, vers);
      const ecarts: string[] = [];
      vues = 0;
      for (let faits = 0; faits < total; faits += LOT) {
        const nombre = Math.min(LOT, total - faits);
        const tirees = fc.sample(attaques(de, vers), { numRuns: nombre, seed: GRAINE + faits });
        const avantLot = ecarts.length;
        for (let rang = 0; rang < nombre; rang += ENSEMBLE) {
          const lot = tirees.slice(rang, rang + ENSEMBLE);
          ecarts.push(...(await Promise.all(lot.map((attaque) => attaquer(attaque, vers)))).flat());
          const ailleurs = (await monde.sonde.relever()).filter(({ departement }) => departement !== de);
          if (ailleurs.length > 0)
            ecarts.push(`${lot.map(({ operation }) => operation.nom).join()} : ${JSON.stringify(ailleurs)}`);
        }
        const tenues = Math.max(0, nombre - (ecarts.length - avantLot));
        noterAttaque({ attaque: `ids et noms du ${vers} demandés par le ${de}`, tentatives: nombre, tenues });
      }
      expect(ecarts.slice(0, 10)).toEqual([]);
      expect(await empreinteDe(monde, vers)).toBe(avant);
      expect(vues).toBeGreaterThan(total / 20);
    });
  });
}
