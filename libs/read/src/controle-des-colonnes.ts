import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Int } from '@nestjs/graphql';
import { DataSource } from 'typeorm';
import type { Champ, Racine, TypeLu } from './declaration.js';
import { colonneSure, RegistreLectures, tableDe } from './registre.js';

/** PostgreSQL's categories of types that JSON writes as the API says: numbers, booleans, and what is neither. */
type Ecriture = 'nombre' | 'booléen' | 'texte';

interface Demandee {
  /** Who reads it: `Suivi.montant`, `l’ordre de suivis`. */
  readonly par: string;
  readonly lue: string;
  readonly colonne: string;
  readonly peutEtreNulle: boolean;
  readonly ecriture: Ecriture | null;
}

interface Trouvee extends Demandee {
  readonly absente: boolean;
  readonly nulle: boolean;
  readonly ecrite: Ecriture;
}

/**
 * What declarations say of columns is what PostgreSQL's catalogue says: they are there; those of a field that is never null, and those
 * of an order, are never null; numbers are numbers. Nothing checks it once JSON goes out as it is. Refuses to start otherwise, and says what
 * to write.
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
    const demandees = [...this.registre.types.flatMap(duType), ...this.registre.racines.flatMap(deLaRacine)];
    const [lu] = await this.dataSource.query<{ style: string; trouvees: Trouvee[] }[]>(
      `select current_setting('DateStyle') as style, coalesce(json_agg(f order by f.par collate "C", f.colonne), '[]') as trouvees
         from (select d.*, a.attname is null as absente, a.attnotnull is false as nulle,
                      case t.typcategory when 'N' then 'nombre' when 'B' then 'booléen' else 'texte' end as ecrite
                 from json_to_recordset($1::json) d(par text, lue text, colonne text, "peutEtreNulle" boolean, ecriture text)
                 left join pg_attribute a on a.attrelid = to_regclass(d.lue) and a.attname = d.colonne and not a.attisdropped
                 left join pg_type t on t.oid = a.atttypid
                where a.attname is null or (a.attnotnull is false and not d."peutEtreNulle")
                   or d.ecriture <> case t.typcategory when 'N' then 'nombre' when 'B' then 'booléen' else 'texte' end) f`,
      [JSON.stringify(demandees)],
    );
    const { style = '', trouvees = [] } = lu ?? {};
    // Dates go out as PostgreSQL writes them, in answers and in cursors.
    if (!style.startsWith('ISO')) {
      throw new Error(
        `PostgreSQL écrit ses dates « ${style} » : réglez DateStyle à « ISO » pour cette base ou pour ce rôle.`,
      );
    }
    if (trouvees.length === 0) return;
    throw new Error(
      ['Des types lus ne disent pas ce que leurs tables contiennent :', ...new Set(trouvees.map(dire))].join('\n'),
    );
  }
}

function duType(type: TypeLu): Demandee[] {
  const lue = tableDe(type);
  if (lue === undefined) return [];
  return Object.entries(type.champs).flatMap(([nom, champ]): Demandee[] => {
    const par = `${type.nom}.${nom}`;
    if (champ.genre === 'sql' && champ.colonne !== undefined) {
      const peutEtreNulle = colonneSure(type, champ) === undefined;
      const sienne = champ.annexe === undefined ? lue : (type.annexes?.[champ.annexe]?.table ?? '');
      return [{ par, lue: sienne, colonne: champ.colonne, peutEtreNulle, ecriture: ecritureDe(champ) }];
    }
    if (champ.genre === 'sql' || !('vers' in champ) || champ.genre === 'lignes') return [];
    const lien =
      champ.colonne === undefined ? [] : [{ colonne: champ.colonne, peutEtreNulle: champ.nullable === true }];
    return [
      ...lien.map((colonne) => ({ par, lue, ...colonne, ecriture: null })),
      ...deLOrdre(`l’ordre de ${par}`, champ.vers(), champ.ordre?.colonnes),
    ];
  });
}

function deLaRacine(racine: Racine): Demandee[] {
  if (racine.genre === 'un' || (racine.genre === 'liste' && racine.depuis)) return [];
  const tris = racine.genre === 'page' ? Object.values(racine.tris?.ordres ?? {}) : [];
  return [racine.ordre, ...tris].flatMap(({ colonnes }) => deLOrdre(`l’ordre de ${racine.nom}`, racine.type, colonnes));
}

/** A null has no place in an order: a page that begins after it would never come to it. */
function deLOrdre(par: string, type: TypeLu, colonnes: readonly { readonly nom: string }[] = []): Demandee[] {
  const lue = tableDe(type);
  if (lue === undefined) return [];
  return colonnes.map(({ nom }) => ({ par, lue, colonne: nom, peutEtreNulle: false, ecriture: null }));
}

/** How JSON must write a plain column, where its GraphQL type alone tells. */
function ecritureDe(champ: Extract<Champ, { genre: 'sql' }>): Ecriture | null {
  if (champ.forme !== 'selonLeType') return null;
  switch (champ.type()) {
    case Int:
      return 'nombre';
    case Boolean:
      return 'booléen';
    case String:
      return 'texte';
    default:
      return null;
  }
}

function dire({ par, lue, colonne, absente, nulle, peutEtreNulle, ecriture, ecrite }: Trouvee): string {
  const quoi = `- ${par} lit ${lue}.${colonne}`;
  if (absente) return `${quoi}, qui n’existe pas.`;
  if (ecriture !== null && ecriture !== ecrite) {
    return `${quoi}, que JSON écrit comme un ${ecrite} : le schéma dit un ${ecriture}.`;
  }
  const remede = par.startsWith('l’ordre')
    ? 'ordonnez par une colonne « not null »'
    : 'déclarez le champ « nullable », ou la colonne « not null »';
  return nulle && !peutEtreNulle ? `${quoi}, qui peut être nulle : ${remede}.` : quoi;
}
