import { setTimeout as attendre } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import {
  type BaseCoffre,
  cleMaitre,
  COURRIEL,
  ouvrirBaseCoffre,
  placeDe,
  TABLE,
  TELEPHONE,
} from '../../test/base-coffre.js';
import { versionDuChiffre } from './chiffre.js';
import { ClesMaitres } from './cles-maitres.js';
import type { Coffre } from './coffre.js';
import { renouvelerCle, type OptionsRenouvellement } from './renouveler-cle.js';

/** How long others read and write while keys change, at least. */
const DUREE_MS = Number(process.env['SILLAGE_COFFRE_DUREE_MS'] ?? 1_500);
const LIGNES = 60;

const CLES = new ClesMaitres({ courante: cleMaitre() });

/** One a test, and the last for all of them. */
const DEPARTEMENTS = Array.from({ length: 20 }, (_, rang) => `${10 + rang}`);
const VOISIN = '99';

let banc: BaseCoffre;
let coffre: Coffre;
let departement: string;
beforeAll(async () => {
  banc = await ouvrirBaseCoffre(12, [...DEPARTEMENTS, VOISIN]);
  coffre = banc.replique(CLES);
});
beforeEach(() => {
  departement = DEPARTEMENTS.pop()!;
});
afterAll(() => banc?.fermer());

function renouveler(changements: Partial<OptionsRenouvellement> = {}): Promise<number | null> {
  const { unites, horloge } = banc;
  return renouvelerCle({
    ...{ unites, horloge, coffre, cles: CLES, departementId: departement, page: 7, delaiMs: 0 },
    annoncer: () => undefined,
    ...changements,
  });
}

async function peupler(nombre: number, departementId = departement): Promise<string[]> {
  const ids: string[] = [];
  for (let rang = 0; rang < nombre; rang += 1) ids.push(await banc.inserer(coffre, departementId, `au départ ${rang}`));
  return ids;
}

async function versions(ids: readonly string[]): Promise<number[]> {
  const octets = await Promise.all(ids.map((id) => banc.octets(departement, id)));
  return [...new Set(octets.map(versionDuChiffre))];
}

function signal(): { readonly donne: Promise<void>; donner(): void } {
  let donner!: () => void;
  const donne = new Promise<void>((suite) => (donner = suite));
  return { donne, donner };
}

describe('renouvelerCle', () => {
  it('rescelle tout, puis détruit l’ancienne clé ; l’autre département garde la sienne ; le journal dit quoi', async () => {
    const ids = await peupler(20);
    const ailleurs = await banc.inserer(coffre, VOISIN, 'ailleurs');
    const lignes: string[] = [];
    expect(await renouveler({ annoncer: (ligne) => lignes.push(ligne) })).toBe(2);
    expect(await banc.cles(departement)).toMatchObject([
      { version: 1, retiree: true, detruite: true },
      { version: 2, retiree: false, detruite: false },
    ]);
    expect(await versions(ids)).toEqual([2]);
    const replique = banc.replique(CLES);
    for (const [rang, id] of ids.entries())
      expect(await banc.lire(replique, departement, id)).toBe(`au départ ${rang}`);
    expect(await banc.cles(VOISIN)).toMatchObject([{ version: 1, retiree: false }]);
    expect(await banc.lire(replique, VOISIN, ailleurs)).toBe('ailleurs');
    expect(lignes).toContain('sillage.essai_personne.telephone : 20 valeur(s) rechiffrée(s) sur 20');
    const actes = await banc.unites.lecture(departement, (em) =>
      em.query<{ acte: string }[]>(
        `select action || ' ' || (details ->> 'version') as acte from sillage.journal order by le, id`,
      ),
    );
    expect(actes.map(({ acte }) => acte)).toEqual(['cleCreer 1', 'cleCreer 2', 'cleRetirer 1', 'cleDetruire 1']);
  });

  it('sans rien de scellé, ne fait rien', async () => {
    expect(await renouveler()).toBeNull();
    expect(await banc.cles(departement)).toEqual([]);
  });

  it('pendant que d’autres lisent et écrivent, ne perd rien et ne fait échouer aucune lecture', async () => {
    const ids = await peupler(LIGNES);
    const attendues = new Map(ids.map((id, rang) => [id, `au départ ${rang}`]));
    let fini = false;
    let lectures = 0;
    let ecritures = 0;
    // Each writer owns its rows, so that what it wrote last is what must be found.
    const ecrivain = async (rang: number): Promise<void> => {
      const replique = banc.replique(CLES);
      const siens = ids.filter((_, i) => i % 3 === rang);
      for (let n = 0; !fini; n += 1) {
        const id = siens[n % siens.length]!;
        const texte = `écrit ${rang}-${n}`;
        await banc.unites.executer(departement, async (em) => {
          const octets = await replique.chiffrer(em, departement, placeDe(id), texte);
          if (n % 5 === 0) await attendre(20);
          await em.query(`update ${TABLE} set telephone = $3 where departement_id = $1 and personne_id = $2`, [
            departement,
            id,
            octets,
          ]);
        });
        attendues.set(id, texte);
        ecritures += 1;
      }
    };
    const lecteur = async (): Promise<void> => {
      let replique = banc.replique(CLES);
      for (let n = 0; !fini; n += 1) {
        // Some have a memory that dates from before, others none.
        if (n % 10 === 0) replique = banc.replique(CLES);
        await banc.lire(replique, departement, ids[n % ids.length]!);
        lectures += 1;
      }
    };
    const autres = [ecrivain(0), ecrivain(1), ecrivain(2), lecteur(), lecteur(), lecteur()];
    const depart = Date.now();
    let version: number | null = 1;
    try {
      while (Date.now() - depart < DUREE_MS || version === 1) version = await renouveler({ delaiMs: 250 });
    } finally {
      fini = true;
      await Promise.all(autres);
    }
    const replique = banc.replique(CLES);
    const trouvees = await Promise.all(
      ids.map(async (id) => [id, await banc.lire(replique, departement, id)] as const),
    );
    expect(new Map(trouvees)).toEqual(attendues);
    expect(await versions(ids)).toEqual([version]);
    expect(Math.min(lectures, ecritures)).toBeGreaterThan(20);
  }, 60_000);

  it('attend qui scelle encore avec l’ancienne clé ; les suivants prennent la nouvelle sans attendre', async () => {
    const [id] = await peupler(1);
    const tardif = uuid();
    const [libre, scelle] = [signal(), signal()];
    const lent = banc.unites.executer(departement, async (em) => {
      const octets = await coffre.chiffrer(em, departement, placeDe(tardif), 'tardif');
      scelle.donner();
      await libre.donne;
      await em.query(`insert into ${TABLE} (departement_id, personne_id, telephone) values ($1, $2, $3)`, [
        departement,
        tardif,
        octets,
      ]);
    });
    await scelle.donne;
    let termine = false;
    const rotation = renouveler().finally(() => (termine = true));
    while ((await banc.cles(departement)).length < 2) await attendre(10);
    // A replica whose memory dates from before follows at once.
    const presse = await banc.inserer(coffre, departement, 'pressé');
    expect(await versions([presse])).toEqual([2]);
    await attendre(200);
    expect(termine).toBe(false);
    libre.donner();
    await lent;
    expect(await rotation).toBe(2);
    expect(await versions([id!, tardif, presse])).toEqual([2]);
    expect(await banc.lire(banc.replique(CLES), departement, tardif)).toBe('tardif');
  });

  it('laisse une ligne à qui l’écrit, et y revient', async () => {
    const ids = await peupler(10);
    const [libre, tenue] = [signal(), signal()];
    const autre = banc.unites.executer(departement, async (em) => {
      await em.query(`select from ${TABLE} where departement_id = $1 and personne_id = $2 for update`, [
        departement,
        ids[4],
      ]);
      tenue.donner();
      await libre.donne;
    });
    await tenue.donne;
    const rotation = renouveler();
    while ((await versions(ids.filter((_, rang) => rang !== 4))).includes(1)) await attendre(10);
    expect(await versions([ids[4]!])).toEqual([1]);
    libre.donner();
    await autre;
    expect(await rotation).toBe(2);
    expect(await versions(ids)).toEqual([2]);
  });

  it.each([1, 2, 3])('interrompu à son annonce n° %i, reprend là où il en était', async (rang) => {
    const ids = await peupler(20);
    let annonces = 0;
    const interrompre = (): void => {
      annonces += 1;
      if (annonces === rang) throw new Error('interrompu');
    };
    await expect(renouveler({ annoncer: interrompre })).rejects.toThrow('interrompu');
    expect(await renouveler()).toBe(2);
    expect(await versions(ids)).toEqual([2]);
    expect(await banc.cles(departement)).toMatchObject([{ detruite: true }, { version: 2, retiree: false }]);
  });

  it('lancé deux fois à la fois, se fait une fois', async () => {
    const ids = await peupler(20);
    expect(await Promise.all([renouveler(), renouveler()])).toEqual([2, 2]);
    expect(await versions(ids)).toEqual([2]);
    expect(await banc.cles(departement)).toHaveLength(2);
  });

  it('une valeur qui ne s’ouvre pas garde l’ancienne clé, et sa ligne est nommée', async () => {
    const ids = await peupler(10);
    const abimee = Buffer.from(await banc.octets(departement, ids[3]!));
    abimee[40] = (abimee[40] as number) ^ 1;
    const ecrire = (octets: Buffer | null): Promise<unknown> =>
      banc.unites.executer(departement, (em) =>
        em.query(`update ${TABLE} set telephone = $3 where departement_id = $1 and personne_id = $2`, [
          departement,
          ids[3],
          octets,
        ]),
      );
    await ecrire(abimee);
    await expect(renouveler()).rejects.toThrow(`sillage.essai_personne.telephone, 1 ligne(s) (${ids[3]})`);
    expect(await banc.cles(departement)).toMatchObject([{ retiree: true, detruite: false }, { version: 2 }]);
    expect(await versions(ids.filter((_, rang) => rang !== 3))).toEqual([2]);
    await ecrire(null);
    expect(await renouveler()).toBe(2);
    expect(await banc.cles(departement)).toMatchObject([{ detruite: true }, { version: 2 }]);
  });

  it('laisse l’ancienne clé à qui a lu une valeur juste avant, le temps de l’attente', async () => {
    const [id] = await peupler(1);
    const lus = await banc.octets(departement, id!);
    const ouvrir = (): Promise<string> =>
      banc.unites.lecture(departement, (em) => banc.replique(CLES).dechiffrer(em, departement, placeDe(id!), lus));
    let tardive: Promise<string> | undefined;
    const annoncer = (ligne: string): void => {
      // What it fails by is compared like the value: nobody waits for it yet.
      if (ligne.includes('attente')) tardive = attendre(300).then(ouvrir).catch(String);
    };
    expect(await renouveler({ annoncer, delaiMs: 2_000 })).toBe(2);
    expect(await tardive).toBe('au départ 0');
    await expect(ouvrir()).rejects.toMatchObject({ code: 'CLE_INDISPONIBLE' });
  });

  it('ne détruit pas une clé dont une valeur revient pendant l’attente', async () => {
    const [id] = await peupler(1);
    const ancienne = await banc.octets(departement, id!);
    let ramenee = Promise.resolve<unknown>(undefined);
    const annoncer = (ligne: string): void => {
      if (!ligne.includes('attente')) return;
      ramenee = banc.unites.executer(departement, (em) =>
        em.query(`update ${TABLE} set telephone = $3 where departement_id = $1 and personne_id = $2`, [
          departement,
          id,
          ancienne,
        ]),
      );
    };
    await expect(renouveler({ annoncer, delaiMs: 300 })).rejects.toThrow(
      /des valeurs en dépendent : .*telephone \(1\)/,
    );
    await ramenee;
    expect(await banc.lire(banc.replique(CLES), departement, id!)).toBe('au départ 0');
    expect(await renouveler()).toBe(2);
    expect(await versions([id!])).toEqual([2]);
  });

  it('ne détruit pas la clé d’une colonne que cette installation ne déclare pas', async () => {
    const id = uuid();
    await banc.unites.executer(departement, async (em) => {
      const octets = await coffre.chiffrer(em, departement, placeDe(id, COURRIEL), 'a@exemple.test');
      await em.query(`insert into ${TABLE} (departement_id, personne_id, courriel) values ($1, $2, $3)`, [
        departement,
        id,
        octets,
      ]);
    });
    await expect(renouveler({ coffre: banc.replique(CLES, [TELEPHONE]) })).rejects.toThrow(
      /L’ancienne clé n’est pas détruite.*sillage\.essai_personne\.courriel/,
    );
    expect(await renouveler()).toBe(2);
    const octets = await banc.octets(departement, id, COURRIEL);
    const lu = await banc.unites.lecture(departement, (em) =>
      banc.replique(CLES).dechiffrer(em, departement, placeDe(id, COURRIEL), octets),
    );
    expect(lu).toBe('a@exemple.test');
  });
});
