import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { avecClient, type BaseEssai, creerBaseEssai } from '../../../test/support/base-essai.js';
import { creerDataSource } from './source-de-donnees.js';
import { UniteAbandonnee, UniteDeTravail } from './unite-de-travail.js';

const QUI = "select current_setting('sillage.departement', true) || ' ' || count(*) from sillage.territoire";

let base: BaseEssai;
let source: DataSource;
let unites: UniteDeTravail;

beforeAll(async () => {
  base = await creerBaseEssai({ departements: ['62', '99'] });
  await avecClient(base.urlProprietaire, async (client) => {
    for (const [departement, combien] of [
      ['62', 3],
      ['99', 1],
    ] as const) {
      await client.query("select set_config('sillage.departement', $1, false)", [departement]);
      await client.query(
        `insert into sillage.territoire (departement_id, id, code, libelle)
         select $1, gen_random_uuid(), 'T' || i, 'Territoire ' || i from generate_series(1, $2::int) i`,
        [departement, combien],
      );
    }
  });
  source = await creerDataSource({ url: base.urlApp, connexions: 3, entites: [] }).initialize();
  unites = new UniteDeTravail(source);
});
afterAll(async () => {
  await source?.destroy();
  await base?.supprimer();
});

describe('A read in one exchange', () => {
  it('has the context of its own département, whatever runs beside it on a few connections', async () => {
    const lectures = Array.from({ length: 200 }, (_, rang) => {
      const departement = rang % 3 === 0 ? '99' : '62';
      const nom = rang % 2 === 0 ? { nom: 'qui' } : {};
      return unites.lireTexte(departement, {
        ...nom,
        legere: rang % 5 > 0,
        texte: `${QUI} where $1::int >= 0`,
        valeurs: [rang],
      });
    });
    const lus = await Promise.all(lectures);
    expect(lus).toEqual(lus.map((_, rang) => (rang % 3 === 0 ? '99 1' : '62 3')));
  });

  it('leaves no context behind it', async () => {
    for (let essai = 0; essai < 6; essai += 1) {
      await unites.lireTexte('62', { texte: QUI, valeurs: [] });
      const [apres] = await source.query<{ d: string | null; n: string }[]>(
        "select current_setting('sillage.departement', true) as d, (select count(*) from sillage.territoire) as n",
      );
      expect([apres?.d ?? '', apres?.n]).toEqual(['', '0']);
    }
  });

  it('is refused without a département', async () => {
    await expect(unites.lireTexte('', { texte: QUI, valeurs: [] })).rejects.toThrow(UniteAbandonnee);
  });

  it('cannot write, even by a function', async () => {
    const ecrire = { texte: "select set_config('transaction_read_only', 'off', true)", valeurs: [] };
    await expect(unites.lireTexte('62', ecrire)).rejects.toThrow(/read-write/);
    const inserer = {
      texte: `with i as (insert into sillage.territoire (departement_id, id, code, libelle)
        values ('62', gen_random_uuid(), 'X', 'X') returning code) select code from i`,
      valeurs: [],
    };
    await expect(unites.lireTexte('62', inserer)).rejects.toThrow(/read-only/);
  });

  it('says what PostgreSQL says, and the next read does not suffer from it', async () => {
    for (let essai = 0; essai < 10; essai += 1) {
      const fautive = { nom: 'fautive', texte: 'select 1 / $1::int', valeurs: [0] };
      await expect(unites.lireTexte('62', fautive)).rejects.toThrow(/division by zero/);
      await expect(unites.lireTexte('62', { nom: 'illisible', texte: 'selec', valeurs: [] })).rejects.toThrow(/syntax/);
      expect(await unites.lireTexte('99', { nom: 'fautive', texte: 'select 1 / $1::int', valeurs: [1] })).toBe('1');
      expect(await unites.lireTexte('62', { nom: 'qui', texte: `${QUI} where $1::int >= 0`, valeurs: [0] })).toBe(
        '62 3',
      );
    }
  });

  it('survives a connection that dies under it, and the process too', async () => {
    const mourir = { texte: 'select pg_terminate_backend(pg_backend_pid())::text', valeurs: [] };
    await expect(unites.lireTexte('62', mourir)).rejects.toThrow();
    expect(await unites.lireTexte('62', { texte: QUI, valeurs: [] })).toBe('62 3');
  });

  it('does not let a connection keep every statement that it was ever given', async () => {
    const vus = new Set<string | null>();
    for (let rang = 0; rang < 2_000; rang += 1) {
      vus.add(await unites.lireTexte('62', { nom: `n${rang}`, texte: 'select pg_backend_pid()::text', valeurs: [] }));
    }
    const gardes = await unites.lireTexte('62', {
      texte: 'select count(*)::text from pg_prepared_statements',
      valeurs: [],
    });
    expect(Number(gardes)).toBeLessThanOrEqual(501);
    expect(vus.size).toBeGreaterThan(2);
  });

  it('suffers from no other that left with it', async () => {
    const lire = (instruction: { nom?: string; texte: string; valeurs: number[] }): Promise<string> =>
      unites.lireTexte('62', { ...instruction, legere: true }).then(
        (lu) => lu ?? 'rien',
        (erreur: Error) => erreur.message,
      );
    for (let essai = 0; essai < 5; essai += 1) {
      const lues = Array.from({ length: 60 }, (_, rang) => {
        if (rang % 7 === 0) return lire({ nom: 'division', texte: 'select (6 / $1::int)::text', valeurs: [0] });
        if (rang % 7 === 1) return lire({ nom: `mauvaise${rang}`, texte: 'selec', valeurs: [] });
        return lire({ nom: 'division', texte: 'select (6 / $1::int)::text', valeurs: [(rang % 3) + 1] });
      });
      const attendues = Array.from({ length: 60 }, (_, rang) =>
        rang % 7 === 0 ? /division by zero/ : rang % 7 === 1 ? /syntax error/ : new RegExp(`^${6 / ((rang % 3) + 1)}$`),
      );
      (await Promise.all(lues)).forEach((lue, rang) => expect(lue).toMatch(attendues[rang] as RegExp));
    }
  });

  it('is answered or refused, never left waiting, when connections die under many', async () => {
    const lues = Array.from({ length: 80 }, (_, rang) =>
      unites.lireTexte('62', {
        legere: true,
        nom: rang % 9 === 4 ? 'mourir' : 'qui',
        texte: rang % 9 === 4 ? 'select pg_terminate_backend(pg_backend_pid())::text' : `${QUI} where $1::int >= 0`,
        valeurs: rang % 9 === 4 ? [] : [rang],
      }),
    );
    const issues = await Promise.allSettled(lues);
    const repondues = issues.filter((issue) => issue.status === 'fulfilled').map(({ value }) => value);
    expect(new Set(repondues)).toEqual(new Set(['62 3']));
    expect(await unites.lireTexte('99', { texte: QUI, valeurs: [] })).toBe('99 1');
  });

  it('leaves a connection to those who write, however many reads come', async () => {
    let lire = true;
    const flot = Array.from({ length: 24 }, async () => {
      while (lire)
        await unites.lireTexte('62', { nom: 'qui', texte: `${QUI} where $1::int >= 0`, valeurs: [1], legere: true });
    });
    for (let ecriture = 0; ecriture < 20; ecriture += 1) {
      expect(await unites.executer('99', (em) => em.query('select 1 as un'))).toEqual([{ un: 1 }]);
    }
    lire = false;
    await Promise.all(flot);
  });

  it('is null when there is no value', async () => {
    expect(await unites.lireTexte('62', { texte: 'select null::text', valeurs: [] })).toBeNull();
    expect(await unites.lireTexte('62', { texte: 'select 1 where false', valeurs: [] })).toBeNull();
  });

  it('carries every text and list of texts as it is', async () => {
    const unTexte = fc.string({ unit: 'binary' }).filter((t) => t.isWellFormed() && !t.includes('\0'));
    await fc.assert(
      fc.asyncProperty(unTexte, fc.array(unTexte, { maxLength: 4 }), async (texte, liste) => {
        const lu = await unites.lireTexte('62', {
          nom: 'valeurs',
          texte: 'select json_build_array($1::text, $2::text[], $3::text)::text',
          valeurs: [texte, liste, null],
        });
        expect(JSON.parse(lu ?? '')).toEqual([texte, liste, null]);
      }),
      { numRuns: 200 },
    );
  });
});
