import type { Coffre } from '@sillage/access';
import type { TablePersonnelle } from '@sillage/dispositif-kit';
import type { EntityManager } from 'typeorm';
import { lignesDeLaPersonne } from './donnees-personnelles.js';

/** All that one table holds on a person, each row by the French names of its columns. */
export interface PartieExportee {
  readonly libelle: string;
  readonly table: string;
  readonly lignes: readonly Readonly<Record<string, unknown>>[];
}

type LigneLue = { readonly id: string } & Readonly<Record<string, unknown>>;

/** All that is held on a person, table by table, sealed values opened (TRANS-30). */
export async function exporter(
  em: EntityManager,
  coffre: Pick<Coffre, 'dechiffrerTous'>,
  tables: readonly TablePersonnelle[],
  { departementId, jeuneId }: { readonly departementId: string; readonly jeuneId: string },
): Promise<readonly PartieExportee[]> {
  const parties: PartieExportee[] = [];
  for (const table of tables) {
    const lues = await lire(em, table, departementId, jeuneId);
    const ouvertes = await ouvrir(em, coffre, table, departementId, lues);
    parties.push({
      libelle: table.libelle,
      table: table.table,
      lignes: ouvertes.map((ligne) =>
        Object.fromEntries(Object.entries(table.colonnes).map(([colonne, nom]) => [nom, ligne[colonne] ?? null])),
      ),
    });
  }
  return parties;
}

/** Each row as JSON writes it, sealed columns in base64, with the uuid under which they are sealed. */
async function lire(
  em: EntityManager,
  table: TablePersonnelle,
  departementId: string,
  jeuneId: string,
): Promise<LigneLue[]> {
  const { chiffrees = [] } = table;
  const valeurs = Object.keys(table.colonnes).map((colonne) => {
    const lue = chiffrees.includes(colonne) ? `encode(${colonne}, 'base64')` : colonne;
    return `'${colonne}', ${lue}`;
  });
  const id = chiffrees.length > 0 ? `'id', id, ` : '';
  const lues = await em.query<{ ligne: LigneLue }[]>(
    `select json_build_object(${id}${valeurs.join(', ')}) as ligne from ${table.table}
      where ${lignesDeLaPersonne(table)} order by ${Object.keys(table.colonnes)[0]}`,
    [departementId, jeuneId],
  );
  return lues.map(({ ligne }) => ligne);
}

async function ouvrir(
  em: EntityManager,
  coffre: Pick<Coffre, 'dechiffrerTous'>,
  { table, chiffrees = [] }: TablePersonnelle,
  departementId: string,
  lignes: readonly LigneLue[],
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  let ouvertes: readonly LigneLue[] = lignes;
  for (const colonne of chiffrees) {
    const scellees = ouvertes.filter((ligne) => typeof ligne[colonne] === 'string');
    const textes = await coffre.dechiffrerTous(
      em,
      departementId,
      scellees.map((ligne) => ({
        place: { table, colonne, id: ligne.id },
        octets: Buffer.from(ligne[colonne] as string, 'base64'),
      })),
    );
    const parLigne = new Map(scellees.map((ligne, rang) => [ligne.id, textes[rang]]));
    ouvertes = ouvertes.map((ligne) => ({ ...ligne, [colonne]: parLigne.get(ligne.id) ?? null }));
  }
  return ouvertes;
}

/** The same for whoever reads it on paper: plain text, one heading a table. */
export function enDocument(titre: string, parties: readonly PartieExportee[]): string {
  const sections = parties
    .filter(({ lignes }) => lignes.length > 0)
    .map(({ libelle, lignes }) => `## ${libelle}\n\n${lignes.map(enParagraphe).join('\n\n')}`);
  return [`# ${titre}`, ...sections].join('\n\n');
}

function enParagraphe(ligne: Readonly<Record<string, unknown>>): string {
  return Object.entries(ligne)
    .filter(([, valeur]) => valeur !== null)
    .map(([nom, valeur]) => `- ${nom} : ${typeof valeur === 'string' ? valeur : JSON.stringify(valeur)}`)
    .join('\n');
}
