import { setTimeout as attendre } from 'node:timers/promises';
import type { UniteDeTravail } from '@sillage/persistence';
import type { EntityManager } from 'typeorm';
import { entier32 } from './aes-gcm.js';
import { ChiffreIllisible, type Place } from './chiffre.js';
import type { Coffre } from './coffre.js';
import { type ColonneChiffree, nomDeColonne } from './colonne-chiffree.js';

export interface OptionsRechiffrement {
  readonly unites: UniteDeTravail;
  readonly coffre: Coffre;
  readonly departementId: string;
  /** Values sealed by an earlier version than this are sealed anew. */
  readonly version: number;
  /** Values a transaction. */
  readonly page: number;
  /** Receives one French line a page. */
  readonly annoncer: (ligne: string) => void;
}

/** How long somebody else's transaction is given to end before its rows are tried again. */
const PATIENCE_MS = 200;

/**
 * Seals anew, page by page, every value of a column that an older version seals. What is done shows in the values themselves: stopped
 * anywhere and run again, it goes on. A row that somebody is writing is left to them and seen again later: neither waits for
 * the other while it holds something, and no write is undone.
 * @returns the rows whose value cannot be opened, left as they are
 */
export async function rechiffrerColonne(options: OptionsRechiffrement, colonne: ColonneChiffree): Promise<string[]> {
  const { unites, departementId, version, annoncer } = options;
  const restantes = (): Promise<number> =>
    unites.lecture(departementId, (em) => compterAnciennes(em, departementId, colonne, version));
  const illisibles = new Set<string>();
  const total = await restantes();
  let faites = 0;
  for (let reste = total, passe = 1; reste > illisibles.size; reste = await restantes(), passe += 1) {
    if (passe > 1) await attendre(PATIENCE_MS);
    let curseur: string | null = null;
    do {
      const page: Page = await unites.executer(departementId, (em) => rechiffrerPage(em, options, colonne, curseur));
      for (const id of page.illisibles) illisibles.add(id);
      faites += page.faites;
      if (page.faites > 0) annoncer(`${nomDeColonne(colonne)} : ${faites} valeur(s) rechiffrée(s) sur ${total}`);
      curseur = page.dernier;
    } while (curseur !== null);
  }
  return [...illisibles];
}

/** How many values of the column an earlier version seals, or nothing known does. */
export async function compterAnciennes(
  em: Pick<EntityManager, 'query'>,
  departementId: string,
  { table, colonne }: ColonneChiffree,
  version: number,
): Promise<number> {
  const [{ nombre }] = await em.query<[{ nombre: number }]>(
    `select count(*)::int as nombre from ${table} where departement_id = $1 and ${ancienne(colonne, '$2')}`,
    [departementId, entier32(version)],
  );
  return nombre;
}

/** After the byte of the format, the version has its heaviest byte first: bytea compares it as a number. NULL is nobody's. */
function ancienne(colonne: string, version: string): string {
  return `substring(${colonne} from 2 for 4) < ${version}::bytea`;
}

interface Page {
  readonly faites: number;
  readonly illisibles: readonly string[];
  /** The last row seen; null when there was none. */
  readonly dernier: string | null;
}

async function rechiffrerPage(
  em: EntityManager,
  { coffre, departementId, version, page }: OptionsRechiffrement,
  { table, colonne, cle }: ColonneChiffree,
  apres: string | null,
): Promise<Page> {
  const lignes = await em.query<{ id: string; octets: Buffer }[]>(
    `select ${cle} as id, ${colonne} as octets from ${table}
      where departement_id = $1 and ($2::uuid is null or ${cle} > $2) and ${ancienne(colonne, '$3')}
      order by ${cle} limit $4 for update skip locked`,
    [departementId, apres, entier32(version), page],
  );
  const clairs: { place: Place; texte: string }[] = [];
  const illisibles: string[] = [];
  for (const { id, octets } of lignes) {
    const place = { table, colonne, id };
    try {
      clairs.push({ place, texte: await coffre.dechiffrer(em, departementId, place, octets) });
    } catch (erreur) {
      if (!(erreur instanceof ChiffreIllisible)) throw erreur;
      illisibles.push(id);
    }
  }
  const nouveaux = await coffre.chiffrerTous(em, departementId, clairs);
  await em.query(
    `update ${table} t set ${colonne} = n.octets from unnest($2::uuid[], $3::bytea[]) n (id, octets)
      where t.departement_id = $1 and t.${cle} = n.id`,
    [departementId, clairs.map(({ place }) => place.id), nouveaux],
  );
  return { faites: clairs.length, illisibles, dernier: lignes.at(-1)?.id ?? null };
}
