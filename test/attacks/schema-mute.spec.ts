import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chargerConfiguration } from '@sillage/configuration';
import { creerGateway } from '@sillage/gateway';
import { horlogeFixe } from '@sillage/kernel';
import {
  BaseDangereuse,
  clonerBase,
  demarrerPostgres,
  migrer,
  type PostgresEmbarque,
  preparerBase,
  type UrlsBase,
} from '@sillage/persistence';
import { creerJournal } from '@sillage/socle';
import { escapeIdentifier } from 'pg';
import { listerEcarts, verifierCatalogue } from '../../libs/persistence/src/catalogue/verifier-catalogue.js';
import { atelier } from '../plugins/atelier/atelier.js';
import { environnementEssai } from '../support/gateway-essai.js';
import { avecClient } from '../support/index.js';
import { COMPLETES, DELAI_MS, noterAttaque } from './bilan.js';
import { tenir } from './tenir.js';

jest.setTimeout(DELAI_MS);

/** Roles belong to a whole server: it is this spec's own, since others run on the common one. */
let serveur: PostgresEmbarque;
let dossier: string;
let modele: UrlsBase;
const MODELE = 'modele_attaque';

beforeAll(async () => {
  dossier = mkdtempSync(join(tmpdir(), 'sillage-attaque-'));
  serveur = await demarrerPostgres({ dossier, port: 56_720, journal: () => undefined, essais: true });
  modele = await preparerBase({ urlAdmin: serveur.url, base: MODELE, motsDePasse: serveur.motsDePasse });
  const plugins = [{ schema: atelier.schema, migrations: [...(atelier.migrations ?? [])] as never[] }];
  await migrer({ urlProprietaire: modele.urlProprietaire, plugins, journal: () => undefined });
});
afterAll(async () => {
  await serveur?.arreter();
  rmSync(dossier, { recursive: true, force: true });
});

interface Mutation {
  readonly nom: string;
  /** As the superuser. */
  readonly sql: string;
  /** The gateway is started on it in the bounded form too. */
  readonly borne?: true;
  /** What one of the lines must say: another check would see something else of the same mutation. */
  readonly dit?: string;
  /** What a role was given is taken back: databases come and go, roles stay. */
  readonly defaire?: string;
}

const TABLE_NEUVE =
  'create table sillage.neuve (departement_id text not null, id uuid, primary key (departement_id, id));';

const MUTATIONS: readonly Mutation[] = [
  { nom: 'FORCE ROW LEVEL SECURITY retiré', borne: true, sql: 'alter table sillage.jeune no force row level security' },
  { nom: 'sécurité par ligne éteinte', sql: 'alter table sillage.convention disable row level security' },
  {
    nom: 'sécurité par ligne éteinte sur un plugin',
    sql: 'alter table plugin_atelier.seance disable row level security',
  },
  { nom: 'politique de plus, using (true)', borne: true, sql: 'create policy tous on sillage.jeune using (true)' },
  { nom: 'politique élargie', sql: 'alter policy isolation on sillage.jeune using (true)' },
  { nom: 'politique sans contrôle des écritures', sql: 'alter policy isolation on sillage.jeune with check (true)' },
  { nom: 'politique retirée', sql: 'drop policy isolation on sillage.versement' },
  {
    nom: 'BYPASSRLS',
    borne: true,
    sql: 'alter role sillage_app bypassrls',
    defaire: 'alter role sillage_app nobypassrls',
  },
  {
    nom: 'BYPASSRLS du propriétaire',
    sql: 'alter role sillage_proprietaire bypassrls',
    defaire: 'alter role sillage_proprietaire nobypassrls',
  },
  {
    nom: 'application superutilisateur',
    sql: 'alter role sillage_app superuser',
    dit: 'SUPERUSER',
    defaire: 'alter role sillage_app nosuperuser',
  },
  {
    nom: 'application qui crée des rôles',
    sql: 'alter role sillage_app createrole',
    defaire: 'alter role sillage_app nocreaterole',
  },
  {
    nom: 'application membre du propriétaire',
    sql: 'grant sillage_proprietaire to sillage_app',
    dit: 'est membre de',
    defaire: 'revoke sillage_proprietaire from sillage_app',
  },
  {
    nom: 'application membre de pg_write_all_data',
    sql: 'grant pg_write_all_data to sillage_app',
    defaire: 'revoke pg_write_all_data from sillage_app',
  },
  {
    nom: 'département fixé pour le rôle',
    sql: `alter role sillage_app set sillage.departement = '62'`,
    defaire: 'alter role sillage_app reset sillage.departement',
  },
  { nom: 'application propriétaire d’une table', sql: 'alter table sillage.jeune owner to sillage_app' },
  {
    nom: 'fonction SECURITY DEFINER',
    sql: `create function sillage.tout() returns setof sillage.jeune language sql security definer as 'select * from sillage.jeune'`,
  },
  {
    nom: 'vue sans security_invoker',
    borne: true,
    sql: 'create view sillage.tous as select * from sillage.jeune; grant select on sillage.tous to sillage_app',
    dit: 'security_invoker',
  },
  { nom: 'vue matérialisée', sql: 'create materialized view sillage.copie as select * from sillage.jeune' },
  { nom: 'TRUNCATE accordé', sql: 'grant truncate on sillage.jeune to sillage_app' },
  { nom: 'TRIGGER accordé', sql: 'grant trigger on sillage.jeune to sillage_app' },
  { nom: 'journal modifiable', sql: 'grant update on sillage.journal to sillage_app' },
  { nom: 'grand livre effaçable', sql: 'grant delete on sillage.ecriture to sillage_app' },
  { nom: 'noms lisibles par les jobs', sql: 'grant select on sillage.identite to sillage_jobs' },
  {
    nom: 'coordonnées lisibles par les statistiques',
    sql: 'grant select (telephone) on sillage.jeune_coordonnees to sillage_statistiques',
  },
  { nom: 'statistiques qui écrivent', sql: 'grant insert on sillage.acte to sillage_statistiques' },
  {
    nom: 'jobs BYPASSRLS',
    sql: 'alter role sillage_jobs bypassrls',
    defaire: 'alter role sillage_jobs nobypassrls',
  },
  { nom: 'lectures sans leur durée', sql: 'alter table sillage.journal_lecture disable trigger duree' },
  { nom: 'table lisible par tous', sql: 'grant select on sillage.jeune to public' },
  { nom: 'schéma où l’application crée', sql: 'grant create on schema sillage to sillage_app' },
  { nom: 'table sans politique', sql: TABLE_NEUVE },
  { nom: 'table sans département', sql: 'create table sillage.neuve (id uuid primary key)' },
  {
    nom: 'clé étrangère sans département',
    sql: 'create unique index seul on sillage.jeune (id); alter table sillage.acte add column j uuid references sillage.jeune (id)',
  },
  {
    nom: 'clé étrangère non appliquée',
    sql: 'alter table sillage.acte add column j uuid, add foreign key (departement_id, j) references sillage.jeune (departement_id, id) not valid',
  },
  { nom: 'unicité sans département', sql: 'create unique index seul on sillage.jeune (numero)' },
  { nom: 'clé primaire retirée', sql: 'alter table sillage.acte drop constraint acte_pkey' },
  { nom: 'grand livre sans son gardien', sql: 'alter table sillage.ecriture disable trigger immuable' },
  { nom: 'règle de réécriture', sql: 'create rule ailleurs as on insert to sillage.journal do instead nothing' },
];

let rang = 0;
/** A copy of the sound database, for the time of `travail`. */
async function surUneCopie<T>(travail: (urls: UrlsBase) => Promise<T>): Promise<T> {
  const base = `attaque_${(rang += 1)}`;
  const urls = await clonerBase({ urlAdmin: serveur.url, base, motsDePasse: serveur.motsDePasse, modele: MODELE });
  try {
    return await travail(urls);
  } finally {
    await avecClient(serveur.url, (admin) => admin.query(`drop database ${escapeIdentifier(base)} with (force)`));
  }
}

/** @throws BaseDangereuse when the catalogue is refused */
async function demarrer(urls: UrlsBase): Promise<void> {
  const emetteur = {
    emetteur: 'https://emetteur.exemple.test',
    audience: 'essais',
    jwksUrl: 'http://127.0.0.1:1/jwks',
  };
  const configuration = chargerConfiguration(
    environnementEssai({ ...urls, supprimer: async () => undefined }, emetteur),
  );
  const journal = creerJournal({
    service: 'gateway',
    niveau: configuration.niveauTraces,
    destination: { write: () => undefined },
  });
  const app = await creerGateway({
    configuration,
    dispositifs: [atelier],
    horloge: horlogeFixe('2026-02-02T09:00:00+01:00'),
    journal,
  });
  await app.close();
}

describe('une base qui ne sépare plus les départements', () => {
  it('ne se confond pas avec celle d’où l’on part', async () => {
    expect(await surUneCopie((urls) => avecClient(urls.urlApp, verifierCatalogue))).toEqual([]);
    await expect(surUneCopie(demarrer)).resolves.toBeUndefined();
  });

  it('est reconnue, mutation par mutation', async () => {
    const manquees = await avecClient(modele.urlAdmin, async (client) => {
      const sansEcart: string[] = [];
      for (const { nom, sql, dit = '' } of MUTATIONS) {
        await client.query('begin');
        await client.query(sql);
        if (!(await listerEcarts(client)).some((ligne) => ligne.includes(dit))) sansEcart.push(nom);
        await client.query('rollback');
      }
      return sansEcart;
    });
    tenir('schéma muté, catalogue rouge', MUTATIONS.length, manquees);
  });

  it.each(MUTATIONS.filter(({ borne }) => COMPLETES || borne))(
    '$nom : la gateway refuse de démarrer',
    async ({ nom, sql, defaire }) => {
      const issue = await surUneCopie(async (urls) => {
        try {
          await avecClient(urls.urlAdmin, (client) => client.query(sql));
          return await demarrer(urls).then(
            () => 'démarrée',
            (erreur: unknown) => erreur,
          );
        } finally {
          if (defaire !== undefined) await avecClient(urls.urlAdmin, (client) => client.query(defaire));
        }
      });
      const tenue = issue instanceof BaseDangereuse && issue.lignes.length > 0;
      noterAttaque({ attaque: `schéma muté, démarrage refusé`, tentatives: 1, tenues: Number(tenue) });
      expect([nom, tenue ? 'refusée' : issue]).toEqual([nom, 'refusée']);
    },
  );

  it('est reconnue quelle que soit la table', async () => {
    const { tentatives, manquees: manques } = await avecClient(modele.urlAdmin, async (client) => {
      const { rows } = await client.query<{ nom: string }>(
        `select format('%I.%I', n.nspname, c.relname) as nom from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where (n.nspname = 'sillage' or starts_with(n.nspname, 'plugin_')) and c.relkind in ('r', 'p') and c.relname <> '_migrations'
         order by 1`,
      );
      const manquees: string[] = [];
      const gestes = (table: string): string[] => [
        `alter table ${table} no force row level security`,
        `alter table ${table} disable row level security`,
        `create policy tous on ${table} using (true)`,
        `alter policy isolation on ${table} using (true)`,
        `drop policy isolation on ${table}`,
        `grant truncate on ${table} to sillage_app`,
        `alter table ${table} owner to sillage_app`,
      ];
      // All of them in full; each table by one of them otherwise.
      const choisis = rows.flatMap(({ nom }, place) => {
        const tous = gestes(nom);
        return COMPLETES ? tous : [tous[place % tous.length] ?? ''];
      });
      for (const sql of choisis) {
        await client.query('begin');
        await client.query(sql);
        const ecarts = await listerEcarts(client);
        await client.query('rollback');
        if (ecarts.length === 0) manquees.push(sql);
      }
      return { tentatives: choisis.length, manquees };
    });
    tenir('chaque table, mutée', tentatives, manques);
  });
});
