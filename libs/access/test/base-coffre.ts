import { randomBytes } from 'node:crypto';
import { type Horloge, horlogeSysteme } from '@sillage/kernel';
import { creerDataSource, tableLocataire, UniteDeTravail } from '@sillage/persistence';
import type { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { avecClient, creerBaseEssai } from '../../../test/support/index.js';
import { type ClesMaitres, Coffre, colonneChiffree, type ColonneChiffree } from '../src/index.js';

export const TABLE = 'sillage.essai_personne';
export const TELEPHONE = colonneChiffree(TABLE, 'telephone', { cle: 'personne_id' });
export const COURRIEL = colonneChiffree(TABLE, 'courriel', { cle: 'personne_id' });

/** A database with tenants and a table that has sealed columns, as the application's role sees it. */
export interface BaseCoffre {
  readonly source: DataSource;
  readonly unites: UniteDeTravail;
  readonly horloge: Horloge;
  /** Another replica: the same keys, and nothing in memory yet. */
  replique(cles: ClesMaitres, colonnes?: readonly ColonneChiffree[]): Coffre;
  /** Writes a new row with that telephone. */
  inserer(coffre: Coffre, departementId: string, telephone: string, id?: string): Promise<string>;
  lire(coffre: Coffre, departementId: string, id: string): Promise<string>;
  /** The bytes of one column of a row. */
  octets(departementId: string, id: string, colonne?: ColonneChiffree): Promise<Buffer>;
  cles(departementId: string): Promise<{ version: number; maitre: string; retiree: boolean; detruite: boolean }[]>;
  fermer(): Promise<void>;
}

export function cleMaitre(): string {
  return randomBytes(32).toString('base64');
}

export async function ouvrirBaseCoffre(connexions: number, departements = ['62', '99']): Promise<BaseCoffre> {
  const base = await creerBaseEssai({ departements });
  await avecClient(base.urlProprietaire, async (proprietaire) => {
    await proprietaire.query(
      `create table ${TABLE} (
         departement_id text not null, personne_id uuid not null, telephone bytea, courriel bytea,
         primary key (departement_id, personne_id))`,
    );
    await tableLocataire(proprietaire, 'sillage', 'essai_personne');
  });
  const source = await creerDataSource({ url: base.urlApp, connexions, entites: [] }).initialize();
  const unites = new UniteDeTravail(source);
  const octets: BaseCoffre['octets'] = (departementId, id, { colonne } = TELEPHONE) =>
    unites.lecture(departementId, async (em) => {
      const [{ valeur }] = await em.query<[{ valeur: Buffer }]>(
        `select ${colonne} as valeur from ${TABLE} where departement_id = $1 and personne_id = $2`,
        [departementId, id],
      );
      return valeur;
    });
  return {
    source,
    unites,
    horloge: horlogeSysteme,
    octets,
    replique: (cles, colonnes = [TELEPHONE, COURRIEL]) => new Coffre({ cles, colonnes, horloge: horlogeSysteme }),
    async inserer(coffre, departementId, telephone, id = uuid()) {
      await unites.executer(departementId, async (em) => {
        const scelle = await coffre.chiffrer(em, departementId, placeDe(id), telephone);
        await em.query(`insert into ${TABLE} (departement_id, personne_id, telephone) values ($1, $2, $3)`, [
          departementId,
          id,
          scelle,
        ]);
      });
      return id;
    },
    // The row, then its key: two transactions, as a read engine does.
    async lire(coffre, departementId, id) {
      const lus = await octets(departementId, id);
      return unites.lecture(departementId, (em) => coffre.dechiffrer(em, departementId, placeDe(id), lus));
    },
    cles: (departementId) =>
      unites.lecture(departementId, (em) =>
        em.query(
          `select version, cle_maitre_id as maitre, retiree_le is not null as retiree, enveloppe is null as detruite
             from sillage.cle_departement where departement_id = $1 order by version`,
          [departementId],
        ),
      ),
    async fermer() {
      await source.destroy();
      await base.supprimer();
    },
  };
}

export function placeDe(
  id: string,
  { table, colonne }: ColonneChiffree = TELEPHONE,
): {
  table: string;
  colonne: string;
  id: string;
} {
  return { table, colonne, id };
}
