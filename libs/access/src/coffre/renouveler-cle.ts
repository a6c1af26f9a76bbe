import { setTimeout as attendre } from 'node:timers/promises';
import type { Horloge } from '@sillage/kernel';
import type { UniteDeTravail } from '@sillage/persistence';
import type { EntityManager } from 'typeorm';
import { entier32 } from './aes-gcm.js';
import { inscrire, journaliser } from './cles-departement.js';
import type { ClesMaitres } from './cles-maitres.js';
import type { Coffre } from './coffre.js';
import { nomDeColonne } from './colonne-chiffree.js';
import { compterAnciennes, rechiffrerColonne } from './rechiffrer-colonne.js';

export interface OptionsRenouvellement {
  readonly unites: UniteDeTravail;
  readonly coffre: Coffre;
  readonly cles: ClesMaitres;
  readonly horloge: Horloge;
  readonly departementId: string;
  /** Receives one French line a step. */
  readonly annoncer: (ligne: string) => void;
  /** Values a transaction. */
  readonly page?: number;
  /** Between the last value sealed anew and the end of the old key: longer than any request lasts. */
  readonly delaiMs?: number;
}

/** A key could not be renewed to the end: the message says what remains and what to do. Nothing is lost. */
export class RenouvellementInacheve extends Error {
  override readonly name = 'RenouvellementInacheve';
}

const PAGE = 200;
const DELAI_MS = 60_000;
const LIGNES_DITES = 5;

/**
 * Gives a département a new data key, while everybody works: new values take it at once, the others are sealed anew, and the
 * old key is destroyed once nothing needs it. Stopped anywhere and run again, it finishes what was begun before it begins anew.
 * @returns the version in use, or null when this département has sealed nothing yet
 * @throws RenouvellementInacheve when something still needs the old key
 */
export async function renouvelerCle(options: OptionsRenouvellement): Promise<number | null> {
  const { unites, coffre, departementId, annoncer, page = PAGE, delaiMs = DELAI_MS } = options;
  const version = await unites.executer(departementId, (em) => commencer(em, options));
  if (version === null) return null;
  // Whoever was sealing with the old version has written when this returns; new values have not waited: they take the new one.
  await unites.executer(departementId, (em) => retirer(em, options, version));
  annoncer(`version ${version} en service`);

  const rechiffrement = { unites, coffre, departementId, version, page, annoncer };
  const illisibles: string[] = [];
  for (const colonne of coffre.colonnes) {
    const siennes = await rechiffrerColonne(rechiffrement, colonne);
    if (siennes.length > 0) illisibles.push(direLignes(nomDeColonne(colonne), siennes));
  }
  if (illisibles.length > 0) {
    throw new RenouvellementInacheve(
      `Des valeurs ne s’ouvrent pas, et gardent l’ancienne clé : ${illisibles.join(' ; ')}. ` +
        'Restaurez-les depuis une sauvegarde, ou videz-les, puis relancez la commande.',
    );
  }
  annoncer(`${Math.ceil(delaiMs / 1000)} s d’attente : une lecture en cours peut avoir besoin de l’ancienne clé`);
  await attendre(delaiMs);
  const detruites = await unites.executer(departementId, (em) => detruire(em, options, version));
  annoncer(`${detruites} ancienne(s) clé(s) détruite(s)`);
  return version;
}

function direLignes(colonne: string, ids: readonly string[]): string {
  const suite = ids.length > LIGNES_DITES ? ', …' : '';
  return `${colonne}, ${ids.length} ligne(s) (${ids.slice(0, LIGNES_DITES).join(', ')}${suite})`;
}

/** The version to go to: the one that an earlier run has begun, or a new one. */
async function commencer(
  em: EntityManager,
  { cles, horloge, departementId }: OptionsRenouvellement,
): Promise<number | null> {
  const versions = await em.query<{ version: number }[]>(
    `select version from sillage.cle_departement
      where departement_id = $1 and detruite_le is null order by version desc`,
    [departementId],
  );
  const [derniere] = versions;
  if (derniere === undefined) return null;
  // Two keys are there: the passage from one to the other is not over.
  if (versions.length > 1) return derniere.version;
  const version = derniere.version + 1;
  await inscrire(em, horloge, cles.tirer(departementId, version));
  return version;
}

/** From its COMMIT on, nothing is sealed with an earlier version. */
async function retirer(
  em: EntityManager,
  { horloge, departementId }: OptionsRenouvellement,
  version: number,
): Promise<void> {
  const [retirees] = await em.query<[{ id: string }[], number]>(
    `update sillage.cle_departement set retiree_le = $3
      where departement_id = $1 and version < $2 and retiree_le is null returning id`,
    [departementId, version, horloge.maintenant().toString()],
  );
  await journaliser(em, horloge, departementId, 'cleRetirer', retirees);
}

/** What is counted here stays true: earlier versions are retired. */
async function detruire(
  em: EntityManager,
  { coffre, horloge, departementId }: OptionsRenouvellement,
  version: number,
): Promise<number> {
  const encore: string[] = [];
  for (const colonne of coffre.colonnes) {
    const nombre = await compterAnciennes(em, departementId, colonne, version);
    if (nombre > 0) encore.push(`${nomDeColonne(colonne)} (${nombre})`);
  }
  encore.push(...(await colonnesOubliees(em, { coffre, departementId }, version)));
  if (encore.length > 0) {
    throw new RenouvellementInacheve(
      `L’ancienne clé n’est pas détruite, des valeurs en dépendent : ${encore.join(', ')}. ` +
        'Déclarez ces colonnes (colonneChiffree), ou relancez avec tous les dispositifs installés.',
    );
  }
  const [detruites] = await em.query<[{ id: string }[], number]>(
    `update sillage.cle_departement set enveloppe = null, detruite_le = $3
      where departement_id = $1 and version < $2 and retiree_le is not null and detruite_le is null returning id`,
    [departementId, version, horloge.maintenant().toString()],
  );
  await journaliser(em, horloge, departementId, 'cleDetruire', detruites);
  return detruites.length;
}

/**
 * Columns that nobody declares here and that hold what looks sealed by an earlier version: those of a dispositif that this
 * installation no longer lists, for one. A destroyed key does not come back.
 */
async function colonnesOubliees(
  em: EntityManager,
  { coffre, departementId }: Pick<OptionsRenouvellement, 'coffre' | 'departementId'>,
  version: number,
): Promise<string[]> {
  const declarees = coffre.colonnes.map(nomDeColonne);
  const autres = await em.query<{ table: string; colonne: string }[]>(
    `select format('%I.%I', n.nspname, c.relname) as "table", quote_ident(a.attname) as colonne
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where a.atttypid = 'bytea'::regtype and a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p')
        and (n.nspname = 'sillage' or n.nspname like 'plugin\\_%')
        and has_table_privilege(c.oid, 'select') and c.oid <> 'sillage.cle_departement'::regclass
        and exists (select from pg_attribute d where d.attrelid = c.oid and d.attname = 'departement_id')
        and format('%s.%s.%s', n.nspname, c.relname, a.attname) <> all ($1::text[])
      order by 1, 2`,
    [declarees],
  );
  const oubliees: string[] = [];
  for (const { table, colonne } of autres) {
    const [{ trouvee }] = await em.query<[{ trouvee: boolean }]>(
      `select exists (select from ${table} where departement_id = $1
          and substring(${colonne} from 1 for 5) between '\\x0100000001'::bytea and $2::bytea) as trouvee`,
      [departementId, Buffer.concat([Buffer.of(1), entier32(version - 1)])],
    );
    if (trouvee) oubliees.push(`${table}.${colonne}`);
  }
  return oubliees;
}
