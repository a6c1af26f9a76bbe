import { randomBytes } from 'node:crypto';
import { clonerBase, type MigrationsPlugin, migrer, type UrlsBase } from '@sillage/persistence';
import { Client, escapeIdentifier } from 'pg';
import { type Grappe, VARIABLE_GRAPPE } from './grappe.js';

export interface OptionsBaseEssai {
  /** Plugins whose tables the spec needs; the template has the core's only. */
  readonly plugins?: readonly MigrationsPlugin[];
  /** Tenants to enter in the registry, which is empty otherwise. */
  readonly departements?: readonly string[];
}

export interface BaseEssai extends UrlsBase {
  /** Drops the database, and whoever is still connected. To be called in `afterAll`. */
  supprimer(): Promise<void>;
}

/** A database of one's own for a spec file: a copy of the migrated template. */
export async function creerBaseEssai({ plugins = [], departements = [] }: OptionsBaseEssai = {}): Promise<BaseEssai> {
  const { urlAdmin, motsDePasse, modele } = grappe();
  const base = `essai_${randomBytes(6).toString('hex')}`;
  const urls = await clonerBase({ urlAdmin, base, motsDePasse, modele });
  if (plugins.length > 0) await migrer({ urlProprietaire: urls.urlProprietaire, plugins, journal: () => undefined });
  for (const id of departements) {
    await avecClient(urls.urlProprietaire, (client) =>
      client.query('insert into referentiel.departement (departement_id, nom) values ($1, $2)', [
        id,
        `Département ${id}`,
      ]),
    );
  }
  return {
    ...urls,
    supprimer: () =>
      avecClient(urlAdmin, async (admin) => {
        await admin.query(`drop database if exists ${escapeIdentifier(base)} with (force)`);
      }),
  };
}

/** One connection, for the time of `travail`. */
export async function avecClient<T>(url: string, travail: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await travail(client);
  } finally {
    await client.end();
  }
}

function grappe(): Grappe {
  const texte = process.env[VARIABLE_GRAPPE];
  if (texte === undefined) {
    throw new Error('Aucun PostgreSQL d’essai : lancez ce fichier par Jest, avec la configuration de la racine.');
  }
  return JSON.parse(texte) as Grappe;
}
