import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { creerDataSource } from '@sillage/persistence';
import type { DataSource } from 'typeorm';
import { Int } from '@nestjs/graphql';
import { type BaseEssai, creerBaseEssai } from '../../../test/support/base-essai.js';
import { colonne, euros, page, un } from './champs.js';
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

  it('stops the boot where a number is said to be a text, or a text a number', async () => {
    await expect(
      controler({ etat: colonne(() => Int, 'etat'), champs: colonne(() => Boolean, 'champs', { nullable: true }) }),
    ).rejects.toThrow(
      new Error(
        [
          'Des types lus ne disent pas ce que leurs tables contiennent :',
          '- Suivi.champs lit sillage.accompagnement.champs, que JSON écrit comme un texte : le schéma dit un booléen.',
          '- Suivi.etat lit sillage.accompagnement.etat, que JSON écrit comme un texte : le schéma dit un nombre.',
        ].join('\n'),
      ),
    );
  });

  it('stops the boot where a relation may lead nowhere, or an order meet a null', async () => {
    const acte: TypeLu = { nom: 'Geste', description: 'Un geste.', table: 'sillage.acte', champs: {} };
    await expect(
      controler({
        convention: un(() => acte, { par: 'convention_id' }),
        perdu: un(() => acte, { par: 'nulle_part', nullable: true }),
        gestes: page(() => acte, {
          par: 'accompagnement_id',
          ordre: { sens: 'asc', colonnes: [{ nom: 'lieu', type: 'text' }] },
        }),
      }),
    ).rejects.toThrow(
      new Error(
        [
          'Des types lus ne disent pas ce que leurs tables contiennent :',
          '- Suivi.convention lit sillage.accompagnement.convention_id, qui peut être nulle : déclarez le champ « nullable », ou la colonne « not null ».',
          '- Suivi.perdu lit sillage.accompagnement.nulle_part, qui n’existe pas.',
          '- l’ordre de Suivi.gestes lit sillage.acte.lieu, qui peut être nulle : ordonnez par une colonne « not null ».',
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
