import { ClesMaitres, Coffre } from '@sillage/access';
import { chargerClesMaitres } from '@sillage/configuration';
import { colonnesChiffreesCore } from '@sillage/core';
import { type Horloge, horlogeSysteme } from '@sillage/kernel';
import { creerDataSource, UniteDeTravail } from '@sillage/persistence';
import type { DataSource } from 'typeorm';

/** What a command on keys works with, on the database of DATABASE_URL. */
export interface AtelierDesCles {
  readonly source: DataSource;
  readonly unites: UniteDeTravail;
  readonly cles: ClesMaitres;
  readonly coffre: Coffre;
  readonly horloge: Horloge;
}

/** @throws ConfigurationInvalide when a master key is missing or is not one. */
export async function avecCoffre<T>(url: string, travail: (atelier: AtelierDesCles) => Promise<T>): Promise<T> {
  const cles = new ClesMaitres(chargerClesMaitres(process.env));
  const horloge = horlogeSysteme;
  const coffre = new Coffre({ cles, colonnes: colonnesChiffreesCore, horloge });
  const source = await creerDataSource({ url, connexions: 2, entites: [] }).initialize();
  try {
    return await travail({ source, unites: new UniteDeTravail(source), cles, coffre, horloge });
  } finally {
    await source.destroy();
  }
}
