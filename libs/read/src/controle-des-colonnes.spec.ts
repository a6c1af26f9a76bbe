import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { creerDataSource } from '@sillage/persistence';
import type { DataSource } from 'typeorm';
import { type BaseEssai, creerBaseEssai } from '../../../test/support/base-essai.js';
import { colonne, euros } from './champs.js';
import { ControleDesColonnes } from './controle-des-colonnes.js';
import type { TypeLu } from './declaration.js';
import { RegistreLectures } from './registre.js';

let base: BaseEssai;
let source: DataSource;

beforeAll(async () => {
  base = await creerBaseEssai();
  source = await creerDataSource({ url: base.urlApp, connexions: 1, entites: [] }).initialize();
});
afterAll(async () => {
  await source?.destroy();
  await base?.supprimer();
});

function controler(champs: TypeLu['champs']): Promise<void> {
  const type: TypeLu = { nom: 'Suivi', description: 'Un suivi.', table: 'sillage.accompagnement', champs };
  return new ControleDesColonnes(source, new RegistreLectures([], [type])).onApplicationBootstrap();
}

describe('What a type says is never null', () => {
  it('is a column that PostgreSQL never lets be null', async () => {
    await controler({
      du: colonne(() => String, 'du'),
      au: colonne(() => String, 'au', { nullable: true }),
      secret: colonne(() => String, 'au', { nominatif: true }),
    });
  });

  it('stops the boot where the column may be null, or is not there', async () => {
    await expect(
      controler({ au: colonne(() => String, 'au'), montant: euros(() => String, 'montant_centimes') }),
    ).rejects.toThrow(
      new Error(
        [
          'Des types lus ne disent pas ce que leurs tables contiennent :',
          '- Suivi.au lit sillage.accompagnement.au, qui peut être nulle : déclarez le champ « nullable », ou la colonne « not null ».',
          '- Suivi.montant lit sillage.accompagnement.montant_centimes, qui n’existe pas.',
        ].join('\n'),
      ),
    );
  });

  it('needs dates written as the API writes them', async () => {
    await source.query(`set DateStyle = 'SQL, DMY'`);
    await expect(controler({})).rejects.toThrow('PostgreSQL écrit ses dates « SQL, DMY » : réglez DateStyle à « ISO »');
    await source.query('reset DateStyle');
  });
});
