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
    await this.#controlerDates();
    const demandees = this.registre.types.flatMap((type) =>
      Object.entries(type.champs).flatMap(([champ, declaration]): Demandee[] => {
        const colonne = colonneSure(type, declaration);
        return colonne === undefined ? [] : [{ type: type.nom, champ, lue: type.table ?? '', colonne }];
      }),
    );
    const fautives = await this.dataSource.query<(Demandee & { absente: boolean })[]>(
      `select d.*, a.attname is null as absente
         from json_to_recordset($1::json) d(type text, champ text, lue text, colonne text)
         left join pg_attribute a on a.attrelid = to_regclass(d.lue) and a.attname = d.colonne and not a.attisdropped
        where a.attnotnull is not true order by d.type, d.champ`,
      [JSON.stringify(demandees)],
    );
    if (fautives.length === 0) return;
    throw new Error(
      ['Des types lus ne disent pas ce que leurs tables contiennent :', ...fautives.map(dire)].join('\n'),
    );
  }

  /** Dates go out as PostgreSQL writes them, in answers and in cursors. */
  async #controlerDates(): Promise<void> {
    const [reglage] = await this.dataSource.query<{ style: string }[]>(`select current_setting('DateStyle') as style`);
    if (reglage?.style.startsWith('ISO') === true) return;
    throw new Error(
      `PostgreSQL écrit ses dates « ${reglage?.style ?? ''} » : réglez DateStyle à « ISO » pour cette base ou pour ce rôle.`,
    );
  }
}

function dire({ type, champ, lue, colonne, absente }: Demandee & { absente: boolean }): string {
  const quoi = `- ${type}.${champ} lit ${lue}.${colonne}`;
  return absente
    ? `${quoi}, qui n’existe pas.`
    : `${quoi}, qui peut être nulle : déclarez le champ « nullable », ou la colonne « not null ».`;
}
