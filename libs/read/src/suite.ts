import type { Coffre, ContexteActeur } from '@sillage/access';
import type { Type } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CalculDeChamp } from './declaration.js';

/** What code still does on the rows of one place of the answer. */
export interface Suite {
  readonly repris: readonly { readonly cle: string; readonly apres: (lue: never) => unknown }[];
  readonly chiffres: readonly { readonly cle: string; readonly table: string; readonly colonne: string }[];
  readonly calcules: readonly { readonly cle: string; readonly par: () => Type<CalculDeChamp> }[];
  readonly enfants: readonly { readonly cle: string; readonly suites: Suites }[];
}

/** By the name of the row's type. */
export type Suites = ReadonlyMap<string, Suite>;

export const SANS_SUITE: Suite = { repris: [], chiffres: [], calcules: [], enfants: [] };

/** What code asks of others to complete rows. */
export interface Moyens {
  readonly trouver: (par: Type<CalculDeChamp>) => CalculDeChamp;
  readonly coffre: Pick<Coffre, 'dechiffrerTous'>;
}

/**
 * Each row that a statement makes for code bears the name of its type there: the executor then reads it by the answer's keys.
 * No alias can be written so.
 */
export const MARQUE = '@type';
/** ... and, where code must find it again, its uuid. */
export const UUID_LU = '@uuid';

type LigneLue = Record<string, unknown>;

/** Whether nothing is left to do: the statement's JSON is the answer. */
export function estVide(suites: Suites): boolean {
  return [...suites.values()].every(
    ({ repris, chiffres, calcules, enfants }) =>
      repris.length === 0 &&
      chiffres.length === 0 &&
      calcules.length === 0 &&
      enfants.every((enfant) => estVide(enfant.suites)),
  );
}

/** Completes the rows in place. Each computed field is worked out once for all the rows of its place. */
export async function completer(
  moyens: Moyens,
  em: EntityManager,
  contexte: ContexteActeur,
  lues: readonly unknown[],
  suites: Suites,
): Promise<void> {
  for (const [type, suite] of suites) {
    const lignes = lues.filter((lue): lue is LigneLue => estLigne(lue) && lue[MARQUE] === type);
    if (lignes.length === 0) continue;
    for (const { cle, apres } of suite.repris) {
      for (const ligne of lignes) ligne[cle] = ligne[cle] === null ? null : apres(ligne[cle] as never);
    }
    for (const { cle, table, colonne } of suite.chiffres) {
      const scellees = lignes.filter((ligne) => typeof ligne[cle] === 'string');
      const textes = await moyens.coffre.dechiffrerTous(
        em,
        contexte.departementId,
        scellees.map((ligne) => ({
          place: { table, colonne, id: ligne[UUID_LU] as string },
          octets: Buffer.from(ligne[cle] as string, 'base64'),
        })),
      );
      scellees.forEach((ligne, rang) => (ligne[cle] = textes[rang]));
    }
    for (const { cle, par } of suite.calcules) {
      const valeurs = await moyens.trouver(par()).calculer(
        em,
        contexte,
        lignes.map((ligne) => ligne[UUID_LU] as string),
      );
      lignes.forEach((ligne, rang) => (ligne[cle] = valeurs[rang]));
    }
    for (const { cle, suites: filles } of suite.enfants) {
      if (!estVide(filles))
        await completer(
          moyens,
          em,
          contexte,
          lignes.flatMap((ligne) => ligne[cle] ?? []),
          filles,
        );
    }
  }
}

function estLigne(valeur: unknown): valeur is LigneLue {
  return typeof valeur === 'object' && valeur !== null;
}
