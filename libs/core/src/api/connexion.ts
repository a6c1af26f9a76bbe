import { Refus } from '@sillage/kernel';
import { ArgsType, Field, ObjectType, type ReturnTypeFuncValue } from '@nestjs/graphql';
import type { Type } from '@nestjs/common';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { HorodatageScalaire } from '@sillage/dispositif-kit';
import { PAGE_MAX, PageInfo, PaginationArgs } from '@sillage/read';
import { UUID } from './noeud.js';

const PAGE_PAR_DEFAUT = 50;

@ArgsType()
export class ListeArgs extends PaginationArgs {
  @Field(() => HorodatageScalaire, { nullable: true, description: 'Ne rend que ce qui a changé depuis cet instant.' })
  updatedSince?: string | null;
}

export interface Connexion<N> {
  nodes: N[];
  edges: { cursor: string; node: N }[];
  pageInfo: PageInfo;
}

/** Makes `<nom>Connection` and `<nom>Edge` for a node type. */
export function typeConnexion(nom: string, noeud: () => ReturnTypeFuncValue): Type<Connexion<unknown>> {
  @ObjectType(`${nom}Edge`)
  class Edge {
    @Field(() => String)
    cursor!: string;

    @Field(noeud)
    node!: unknown;
  }

  @ObjectType(`${nom}Connection`, { description: 'Une page de liste (Relay).' })
  class Connection {
    @Field(() => [noeud()] as ReturnTypeFuncValue)
    nodes!: unknown[];

    @Field(() => [Edge])
    edges!: Edge[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;
  }
  return Connection;
}

export interface Page<L> {
  lignes: L[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

/**
 * Reads one page, newest first, by keyset on the id (uuid v7: ids grow with time).
 * @param alias alias of the rows in the query, whose columns are `departement_id` and `id`
 * @throws Refus PAGE_TROP_GRANDE, CURSEUR_INVALIDE
 */
export async function paginer<L extends ObjectLiteral & { id: string }>(
  requete: SelectQueryBuilder<L>,
  alias: string,
  args: PaginationArgs,
): Promise<Page<L>> {
  const depuisLaFin = args.last !== undefined && args.last !== null;
  const taille = tailleDePage(args);
  if (args.after) requete.andWhere(`${alias}.id < :apres`, { apres: lireCurseur(args.after, 'after') });
  if (args.before) requete.andWhere(`${alias}.id > :avant`, { avant: lireCurseur(args.before, 'before') });
  requete.orderBy(`${alias}.id`, depuisLaFin ? 'ASC' : 'DESC').limit(taille + 1);
  const lues = await requete.getMany();
  const plus = lues.length > taille;
  const lignes = lues.slice(0, taille);
  if (depuisLaFin) lignes.reverse();
  return {
    lignes,
    hasNextPage: depuisLaFin ? Boolean(args.before) : plus,
    hasPreviousPage: depuisLaFin ? plus : Boolean(args.after),
  };
}

/** A connection from a page of rows, each presented as a node. */
export function connexion<L extends { id: string }, N>(page: Page<L>, presenter: (ligne: L) => N): Connexion<N> {
  const edges = page.lignes.map((ligne) => ({ cursor: ecrireCurseur(ligne.id), node: presenter(ligne) }));
  return {
    nodes: edges.map((edge) => edge.node),
    edges,
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function tailleDePage({ first: demandee, last }: PaginationArgs): number {
  const first = demandee ?? null;
  if (first !== null && (last ?? null) !== null) {
    throw refusPage('Choisissez « first » ou « last », pas les deux.', 'first');
  }
  const taille = first ?? last ?? PAGE_PAR_DEFAUT;
  if (taille < 1 || taille > PAGE_MAX) {
    throw refusPage(`Une page compte de 1 à ${PAGE_MAX} lignes.`, first === null ? 'last' : 'first');
  }
  return taille;
}

function refusPage(message: string, champ: 'first' | 'last'): Refus {
  return Refus.de('PAGE_TROP_GRANDE', message, { path: [champ] });
}

function ecrireCurseur(id: string): string {
  return Buffer.from(`curseur:${id}`).toString('base64url');
}

function lireCurseur(curseur: string, champ: string): string {
  const [prefixe, id, ...reste] = Buffer.from(curseur, 'base64url').toString('utf8').split(':');
  if (prefixe === 'curseur' && id !== undefined && reste.length === 0 && UUID.test(id)) return id;
  throw Refus.de('CURSEUR_INVALIDE', 'Ce curseur n’est pas l’un des nôtres : reprenez celui de « pageInfo ».', {
    path: [champ],
  });
}
