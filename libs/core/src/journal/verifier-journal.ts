import { type Chaine, CHAINES } from './chaines.js';
import type { Ecart } from './ecarts-chaine.js';
import { rangPurge } from './rang-purge.js';
import type { TeteDeChaine } from './tete-chaine.js';

/** Runs one statement on the rows of the département: in a transaction of its own, or in one that is open. */
export type Lecteur = <L extends object>(sql: string, parametres: unknown[]) => Promise<L[]>;

export interface Verification {
  readonly departementId: string;
  readonly chaine: Chaine;
  /** Heads noted earlier, elsewhere: without one, nothing tells that the end of a chain was cut off, or the whole written anew. */
  readonly notees?: readonly TeteDeChaine[];
  /** Links judged by one statement: what is held in memory, by us and by PostgreSQL. */
  readonly lot?: number;
  readonly progres?: (maillons: number, total: number) => void;
}

export interface Constat {
  readonly departementId: string;
  readonly chaine: Chaine;
  readonly maillons: number;
  /** Null for an empty chain. */
  readonly tete: TeteDeChaine | null;
  /** The first ones, by rang, at most {@link ECARTS_MAX}; the first one says where the chain breaks. */
  readonly ecarts: readonly Ecart[];
  /** All of them. */
  readonly nombreEcarts: number;
}

export const ECARTS_MAX = 100;
const LOT = 5_000;

/**
 * Recomputes the chain of a tenant, as it was when the verification began, in batches: any length, in bounded memory. PostgreSQL
 * computes, so that the canonical form is written once; only what departs from it comes back.
 */
export async function verifierChaine(lire: Lecteur, verification: Verification): Promise<Constat> {
  const { departementId, chaine, notees = [], lot = LOT, progres } = verification;
  const cible: Cible = { lire, departementId, chaine, lot };
  const tete = await lireTeteActuelle(cible);
  const releve = new Releve();
  const purge = await rangPurge(lire, departementId, chaine);
  const maillons = await jugerMaillons(cible, { total: tete?.rang ?? 0, purge }, releve, progres);
  await chercherHorsChaine(cible, releve);
  for (const notee of notees) await comparerALaTeteNotee(cible, notee, releve);
  return {
    departementId,
    chaine,
    maillons,
    tete,
    ecarts: await reconnaitreLesDeplacees(cible, releve.retenus),
    nombreEcarts: releve.nombre,
  };
}

interface Cible {
  readonly lire: Lecteur;
  readonly departementId: string;
  readonly chaine: Chaine;
  readonly lot: number;
}

/** Keeps the first faults, counts them all. */
class Releve {
  readonly retenus: Ecart[] = [];
  nombre = 0;

  noter(ecart: Ecart, fois = 1): void {
    this.nombre += fois;
    if (this.retenus.length < ECARTS_MAX) this.retenus.push(ecart);
  }
}

async function lireTeteActuelle({ lire, departementId, chaine }: Cible): Promise<TeteDeChaine | null> {
  const [derniere] = await lire<{ rang: string; empreinte: string }>(
    `select rang, encode(empreinte, 'hex') as empreinte from sillage.journal_chaine
      where departement_id = $1 and chaine = $2 order by rang desc limit 1`,
    [departementId, chaine],
  );
  return derniere ? { departementId, chaine, rang: Number(derniere.rang), empreinte: derniere.empreinte } : null;
}

interface MaillonJuge {
  rang: string;
  rang_avant: string;
  ligne_id: string;
  /** In hexadecimal; given back for the next batch. */
  empreinte: string;
  suit: boolean;
  presente: boolean;
  conforme: boolean;
  nombre: number;
  dernier: boolean;
}

/** @returns how many links there are */
async function jugerMaillons(
  { lire, departementId, chaine, lot }: Cible,
  { total, purge }: { readonly total: number; readonly purge: number },
  releve: Releve,
  progres: Verification['progres'],
): Promise<number> {
  let [maillons, rang, empreinte] = [0, 0, null as string | null];
  for (;;) {
    const juges = await lire<MaillonJuge>(sqlMaillons(chaine), [departementId, chaine, rang, empreinte, lot, total]);
    for (const juge of juges) noterMaillon(juge, purge, releve);
    const dernier = juges.at(-1);
    if (!dernier) return maillons;
    maillons += dernier.nombre;
    [rang, empreinte] = [Number(dernier.rang), dernier.empreinte];
    progres?.(maillons, total);
  }
}

/** The faulty links of a batch, and its last one. Parameters: département, chain, last rang seen, its fingerprint, size, last rang. */
function sqlMaillons(chaine: Chaine): string {
  return `
    with lot as materialized (
      select rang, journal_id, forme, precedente, empreinte from sillage.journal_chaine
       where departement_id = $1 and chaine = $2 and rang > $3 and rang <= $6 order by rang limit $5),
    juge as (
      select m.rang, lag(m.rang, 1, $3::bigint) over parRang as rang_avant, m.journal_id as ligne_id, m.empreinte,
          m.precedente = lag(m.empreinte, 1, coalesce(decode($4, 'hex'), sillage.origine_chaine($1, $2))) over parRang as suit,
          l.id is not null as presente,
          m.empreinte is not distinct from
            sillage.empreinte_maillon(m.precedente, sillage.forme_canonique(l, m.forme)) as conforme,
          count(*) over ()::int as nombre, m.rang = max(m.rang) over () as dernier
        from lot m left join ${CHAINES[chaine]} l on l.departement_id = $1 and l.id = m.journal_id
        window parRang as (order by m.rang))
    select rang, rang_avant, ligne_id, encode(empreinte, 'hex') as empreinte, suit, presente, conforme, nombre, dernier
      from juge where dernier or not (suit and presente and conforme and rang = rang_avant + 1) order by rang`;
}

/** `purge`: up to that link, a line that is gone has been kept long enough. */
function noterMaillon(
  { rang, rang_avant, ligne_id: ligneId, suit, presente, conforme }: MaillonJuge,
  purge: number,
  r: Releve,
): void {
  const [ici, avant] = [Number(rang), Number(rang_avant)];
  const manquants = ici - avant - 1;
  if (manquants > 0) r.noter({ nature: 'MAILLON_MANQUANT', rang: avant + 1, ligneId: null }, manquants);
  if (!suit) r.noter({ nature: 'LIEN_ROMPU', rang: ici, ligneId });
  if (!presente && ici > purge) r.noter({ nature: 'LIGNE_EFFACEE', rang: ici, ligneId });
  else if (presente && !conforme) r.noter({ nature: 'LIGNE_ALTEREE', rang: ici, ligneId });
}

/** A line and its link come in one transaction: whatever one statement sees has both, or was not written by the platform. */
async function chercherHorsChaine({ lire, departementId, chaine, lot }: Cible, releve: Releve): Promise<void> {
  let curseur: string | null = null;
  do {
    const [page]: { dernier: string | null; orphelines: string[] }[] = await lire(
      `with lot as materialized (
         select l.id from ${CHAINES[chaine]} l
          where l.departement_id = $1 and ($3::uuid is null or l.id > $3) order by l.id limit $4)
       select (select id from lot order by id desc limit 1) as dernier,
         array(select id::text from lot where not exists (select from sillage.journal_chaine m
           where m.departement_id = $1 and m.chaine = $2 and m.journal_id = lot.id) order by id) as orphelines`,
      [departementId, chaine, curseur, lot],
    );
    for (const ligneId of page?.orphelines ?? []) releve.noter({ nature: 'LIGNE_HORS_CHAINE', rang: null, ligneId });
    curseur = page?.dernier ?? null;
  } while (curseur !== null);
}

async function comparerALaTeteNotee(
  { lire, departementId, chaine }: Cible,
  notee: TeteDeChaine,
  releve: Releve,
): Promise<void> {
  const [maillon] = await lire<{ ligne_id: string; empreinte: string }>(
    `select journal_id as ligne_id, encode(empreinte, 'hex') as empreinte from sillage.journal_chaine
      where departement_id = $1 and chaine = $2 and rang = $3`,
    [departementId, chaine, notee.rang],
  );
  if (!maillon) releve.noter({ nature: 'TETE_TRONQUEE', rang: notee.rang, ligneId: null });
  else if (maillon.empreinte !== notee.empreinte) {
    releve.noter({ nature: 'TETE_RECRITE', rang: notee.rang, ligneId: maillon.ligne_id });
  }
}

/** A link that attests another of the lines found altered: nothing was rewritten, they changed places. */
async function reconnaitreLesDeplacees(
  { lire, departementId, chaine }: Cible,
  ecarts: readonly Ecart[],
): Promise<readonly Ecart[]> {
  const alterees = ecarts.filter(({ nature }) => nature === 'LIGNE_ALTEREE');
  if (alterees.length < 2) return ecarts;
  const deplacees = await lire<{ id: string }>(
    `select distinct l.id from ${CHAINES[chaine]} l join sillage.journal_chaine m
        on m.departement_id = $1 and m.chaine = $2 and m.rang = any($3::bigint[])
          and m.empreinte = sillage.empreinte_maillon(m.precedente, sillage.forme_canonique(l, m.forme))
      where l.departement_id = $1 and l.id = any($4::uuid[])`,
    [departementId, chaine, alterees.map(({ rang }) => rang), alterees.map(({ ligneId }) => ligneId)],
  );
  const ids = new Set(deplacees.map(({ id }) => id));
  return ecarts.map((ecart) =>
    ecart.nature === 'LIGNE_ALTEREE' && ids.has(ecart.ligneId ?? '') ? { ...ecart, nature: 'LIGNE_DEPLACEE' } : ecart,
  );
}
