import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { definirDispositif } from '@sillage/dispositif-kit';
import { creerDataSource } from '@sillage/persistence';
import type { DataSource } from 'typeorm';
import { avecClient, type BaseEssai, creerBaseEssai } from '../../../test/support/base-essai.js';
import { entites } from './composition.js';
import { controleBase, controleSchema } from './controles.js';

describe('Contrôles de la base', () => {
  let base: BaseEssai;
  let dataSource: DataSource;

  beforeAll(async () => {
    base = await creerBaseEssai();
    dataSource = await creerDataSource({ url: base.urlApp, connexions: 1, entites: entites([]) }).initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await base.supprimer();
  });

  it('tiennent sur une base à jour, sous le rôle de l’application', async () => {
    await expect(controleBase(dataSource).verifier()).resolves.toBeUndefined();
    await expect(controleSchema(dataSource, []).verifier()).resolves.toBeUndefined();
  });

  it('nomment la colonne qui manque, puis se contentent d’avoir été vrais une fois', async () => {
    const controle = controleSchema(dataSource, []);
    const renommer = (de: string, a: string): Promise<unknown> =>
      avecClient(base.urlProprietaire, (client) => client.query(`alter table sillage.versement rename ${de} to ${a}`));
    await renommer('tranche', 'ancienne');
    await expect(controle.verifier()).rejects.toThrow('sillage.versement.tranche');
    await renommer('ancienne', 'tranche');
    await expect(controle.verifier()).resolves.toBeUndefined();
    await renommer('tranche', 'ancienne');
    await expect(controle.verifier()).resolves.toBeUndefined();
    await renommer('ancienne', 'tranche');
  });

  it('nomment le schéma d’un dispositif dont les migrations n’ont pas couru', async () => {
    const dispositif = { ...definirDispositif(DECLARATION), migrations: [class {}] };
    await expect(controleSchema(dataSource, [dispositif]).verifier()).rejects.toThrow('plugin_essai');
  });
});

type Declaration = Parameters<typeof definirDispositif>[0];
/** Only its code matters here. */
const DECLARATION = {
  code: 'essai',
  parametres: {},
  candidature: { champs: {} },
  convention: { termes: {} },
} as unknown as Declaration;
