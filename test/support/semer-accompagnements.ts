import { ecrireIdentifiant } from '@sillage/read';
import type { Client } from 'pg';

export interface AccompagnementSeme {
  readonly departementId: string;
  readonly id: string;
  readonly territoire: string;
  readonly structureId: string;
  readonly dispositif: string;
  readonly etat: string;
  readonly du: string;
  readonly prenom: string;
  /** Latest first. */
  readonly actes: readonly { readonly id: string; readonly date: string }[];
}

const ETATS = ['EN_ATTENTE', 'EN_COURS', 'TERMINE', 'ABANDONNE'];
/** What JSON must escape, and what it need not. */
const TORDU = '"\\ \n\t\u0001 \u2028 😀 {},[] % $1';
const DISPOSITIFS = ['coordo-ase', 'autre'];

/**
 * Young people, accompaniments and acts in every territory of a département, with many equal dates. Synthetic.
 * @param client the owner of the tables
 */
export async function semerAccompagnements(
  client: Client,
  departementId: string,
  combien: number,
): Promise<AccompagnementSeme[]> {
  await client.query("select set_config('sillage.departement', $1, false)", [departementId]);
  const { rows: territoires } = await client.query<TerritoireLu>(
    `select t.departement_id, t.id, t.code, (select u.id from sillage.utilisateur u limit 1) as auteur
     from sillage.territoire t order by t.code`,
  );
  const { rows: structures } = await client.query<{ id: string }>('select id from sillage.structure order by id');
  const semes: AccompagnementSeme[] = [];
  for (let rang = 0; rang < combien; rang += 1) {
    const territoire = prendre(territoires, rang);
    const { id: structureId } = prendre(structures, Math.floor(rang / territoires.length));
    const seme = decrire(rang, territoire, structureId);
    await inserer(client, seme, territoire, rang);
    semes.push(seme);
  }
  return semes.toSorted((a, b) => comparer(`${b.du} ${b.id}`, `${a.du} ${a.id}`));
}

interface TerritoireLu {
  readonly departement_id: string;
  readonly id: string;
  readonly code: string;
  readonly auteur: string;
}

function comparer(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function decrire(rang: number, { departement_id, code }: TerritoireLu, structureId: string) {
  const actes = Array.from({ length: rang % 6 }, (_, n) => ({
    id: ecrireIdentifiant('Acte', uuid(3, rang * 10 + n)),
    date: `2026-01-${String(1 + ((rang + n) % 9)).padStart(2, '0')}`,
  }));
  return {
    departementId: departement_id,
    id: ecrireIdentifiant('Accompagnement', uuid(2, rang)),
    territoire: code,
    structureId,
    dispositif: prendre(DISPOSITIFS, rang % 3),
    etat: prendre(ETATS, Math.floor(rang / 2)),
    du: `2025-${String(1 + (rang % 4)).padStart(2, '0')}-15`,
    prenom: `Prénom ${rang} ${TORDU}`,
    actes: actes.toSorted((a, b) => comparer(`${b.date} ${b.id}`, `${a.date} ${a.id}`)),
  };
}

async function inserer(
  client: Client,
  seme: AccompagnementSeme,
  { departement_id, id: territoireId, auteur }: TerritoireLu,
  rang: number,
): Promise<void> {
  const nu = (identifiant: string): string => identifiant.slice(identifiant.indexOf('-') + 1);
  await client.query(
    `with jeune as (
       insert into sillage.jeune (departement_id, id, numero, date_naissance, territoire_id, cree_le, cree_par, modifie_le)
       values ($1, $2, $3, '2005-01-01', $5, now(), $6, now()) returning departement_id, id)
     insert into sillage.identite (departement_id, jeune_id, prenom, nom) select departement_id, id, $4, 'Essai' from jeune`,
    [departement_id, uuid(1, rang), `J-${rang}`, seme.prenom, territoireId, auteur],
  );
  await client.query(
    `insert into sillage.accompagnement (departement_id, id, numero, jeune_id, structure_id, territoire_id, dispositif, etat, du,
       cree_le, cree_par, modifie_le)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, now(), $10, now())`,
    [
      departement_id,
      nu(seme.id),
      `ACC-${rang}`,
      uuid(1, rang),
      seme.structureId,
      territoireId,
      seme.dispositif,
      seme.etat,
      seme.du,
      auteur,
    ],
  );
  for (const { id, date } of seme.actes) {
    await client.query(
      `insert into sillage.acte (departement_id, id, accompagnement_id, nature, date, saisi_le, saisi_par)
       values ($1, $2, $3, 'ENTRETIEN', $4, now(), $5)`,
      [departement_id, nu(id), nu(seme.id), date, auteur],
    );
  }
}

function prendre<T>(liste: readonly T[], rang: number): T {
  return liste[rang % liste.length] as T;
}

function uuid(sorte: number, rang: number): string {
  return `0198${sorte}000-0000-7000-8000-${rang.toString(16).padStart(12, '0')}`;
}
