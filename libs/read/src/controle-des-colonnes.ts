import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { colonneSure, RegistreLectures } from './registre.js';

interface Demandee {
  readonly type: string;
  readonly champ: string;
  readonly lue: string;
  readonly colonne: string;
}

/**
 * A field that is never null in the schema is one column that PostgreSQL never lets be null: nothing checks it once JSON goes out
 * as it is. Refuses to start otherwise, and says what to write.
 */
@Injectable()
export class ControleDesColonnes implements OnApplicationBootstrap {
  constructor(
    private readonly dataSource: DataSource,
    private readonly registre: RegistreLectures,
  ) {}

  /** @throws Error */
  async onApplicationBootstrap(): Promise<void> {
    // Whoever prints the schema has no database.
    if (!this.dataSource.isInitialized) return;
    const demandees = this.registre.types.flatMap((type) =>
      Object.entries(type.champs).flatMap(([champ, declaration]): Demandee[] => {
        const colonne = colonneSure(type, declaration);
        return colonne === undefined ? [] : [{ type: type.nom, champ, lue: type.table ?? '', colonne }];
      }),
    );
    const [lu] = await this.dataSource.query<{ style: string; fautives: Fautive[] }[]>(
      `select current_setting('DateStyle') as style, coalesce(json_agg(f order by f.type, f.champ), '[]') as fautives
         from (select d.*, a.attname is null as absente
                 from json_to_recordset($1::json) d(type text, champ text, lue text, colonne text)
                 left join pg_attribute a on a.attrelid = to_regclass(d.lue) and a.attname = d.colonne and not a.attisdropped
                where a.attnotnull is not true) f`,
      [JSON.stringify(demandees)],
    );
    const { style = '', fautives = [] } = lu ?? {};
    // Dates go out as PostgreSQL writes them, in answers and in cursors.
    if (!style.startsWith('ISO')) {
      throw new Error(
        `PostgreSQL écrit ses dates « ${style} » : réglez DateStyle à « ISO » pour cette base ou pour ce rôle.`,
      );
    }
    if (fautives.length === 0) return;
    throw new Error(
      ['Des types lus ne disent pas ce que leurs tables contiennent :', ...fautives.map(dire)].join('\n'),
    );
  }
}

interface Fautive extends Demandee {
  readonly absente: boolean;
}

function dire({ type, champ, lue, colonne, absente }: Fautive): string {
  const quoi = `- ${type}.${champ} lit ${lue}.${colonne}`;
  return absente
    ? `${quoi}, qui n’existe pas.`
    : `${quoi}, qui peut être nulle : déclarez le champ « nullable », ou la colonne « not null ».`;
}
