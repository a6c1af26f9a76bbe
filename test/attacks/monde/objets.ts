import type { Client } from 'pg';
import { type ObjetLu, SANS_CHAMP } from '../oracle.js';
import type { Departement } from './acteurs.js';

const LIENS = (table: string, cle: string, suit: string): string =>
  `array(select l.territoire_id::text from sillage.${table} l where l.departement_id = x.departement_id and l.${cle} = x.${suit})`;
const DOSSIER = (table: string, territoires: string): string =>
  `select x.id, x.dispositif, x.structure_id, x.etat, ${territoires} as territoires from sillage.${table} x`;
const SANS = (table: string): string =>
  `select x.id, null as dispositif, null::uuid as structure_id, null as etat, '{}'::text[] as territoires from ${table} x`;
const PAR_DISPOSITIF = (table: string): string =>
  `select x.id, x.dispositif, null::uuid as structure_id, null as etat, '{}'::text[] as territoires from sillage.${table} x`;

const JEUNE = {
  sujet: 'Jeune',
  sql: `select x.id, null as dispositif, null::uuid as structure_id, null as etat, array[x.territoire_id::text] as territoires
    from sillage.jeune x`,
};

/**
 * Where the superuser finds what rights depend on, said again apart from the reads: by GraphQL type, the subject and its rows. A type
 * of a plugin that is not here is read by its own declaration.
 */
export const OBJETS: Readonly<Record<string, { readonly sujet: string; readonly sql: string }>> = {
  Candidature: {
    sujet: 'Candidature',
    sql: DOSSIER('candidature', LIENS('candidature_territoire', 'candidature_id', 'id')),
  },
  Convention: {
    sujet: 'Convention',
    sql: DOSSIER('convention', LIENS('convention_territoire', 'convention_id', 'id')),
  },
  // An avenant and its signatures follow the convention.
  Avenant: {
    sujet: 'Convention',
    sql: `select a.id, x.dispositif, x.structure_id, x.etat, ${LIENS('convention_territoire', 'convention_id', 'id')} as territoires
      from sillage.avenant a join sillage.convention x on x.departement_id = a.departement_id and x.id = a.convention_id`,
  },
  // A piece follows its dossier; those of this world hang on candidatures.
  Piece: {
    sujet: 'Candidature',
    sql: `select p.id, x.dispositif, x.structure_id, x.etat, ${LIENS('candidature_territoire', 'candidature_id', 'id')} as territoires, p.departement_id
      from sillage.piece p join sillage.candidature x on x.departement_id = p.departement_id and x.id = p.candidature_id`,
  },
  Bilan: { sujet: 'Bilan', sql: DOSSIER('bilan', LIENS('convention_territoire', 'convention_id', 'convention_id')) },
  Cotation: {
    sujet: 'Cotation',
    sql: DOSSIER('cotation', LIENS('convention_territoire', 'convention_id', 'convention_id')),
  },
  Suivi: { sujet: 'Bilan', sql: DOSSIER('suivi', LIENS('convention_territoire', 'convention_id', 'convention_id')) },
  Versement: {
    sujet: 'Versement',
    sql: DOSSIER('versement', LIENS('convention_territoire', 'convention_id', 'convention_id')),
  },
  Accompagnement: { sujet: 'Accompagnement', sql: DOSSIER('accompagnement', 'array[x.territoire_id::text]') },
  Appel: {
    sujet: 'Appel',
    sql: `select x.id, x.dispositif, null::uuid as structure_id, x.etat, ${LIENS('appel_territoire', 'appel_id', 'id')} as territoires
      from sillage.appel x`,
  },
  Activation: {
    sujet: 'Activation',
    sql: `select x.id, x.dispositif, null::uuid as structure_id, null as etat, array[x.territoire_id::text] as territoires
      from sillage.activation x`,
  },
  Enveloppe: { sujet: 'Enveloppe', sql: PAR_DISPOSITIF('enveloppe') },
  Ecriture: {
    sujet: 'Enveloppe',
    sql: `select e.id, x.dispositif, null::uuid as structure_id, null as etat, '{}'::text[] as territoires
      from sillage.ecriture e join sillage.enveloppe x on x.departement_id = e.departement_id and x.id = e.enveloppe_id`,
  },
  Jeune: JEUNE,
  DossierPersonnel: JEUNE,
  PropositionConservation: {
    sujet: 'Jeune',
    sql: `select p.id, null as dispositif, null::uuid as structure_id, null as etat, array[x.territoire_id::text] as territoires
      from sillage.conservation_proposition p join sillage.jeune x on x.departement_id = p.departement_id and x.id = p.jeune_id`,
  },
  Tache: { sujet: 'Tache', sql: PAR_DISPOSITIF('tache') },
  ImportationCandidatures: { sujet: 'Tache', sql: PAR_DISPOSITIF('candidature_importation') },
  SurchargeParametre: { sujet: 'Parametre', sql: PAR_DISPOSITIF('parametre_surcharge') },
  Bordereau: { sujet: 'Bordereau', sql: SANS('sillage.bordereau') },
  LectureNominative: { sujet: 'Journal', sql: SANS('sillage.journal_lecture') },
  LigneJournal: { sujet: 'Journal', sql: SANS('sillage.journal') },
  Utilisateur: { sujet: 'Utilisateur', sql: SANS('sillage.utilisateur') },
  Habilitation: { sujet: 'Habilitation', sql: SANS('sillage.habilitation') },
  Territoire: { sujet: 'Territoire', sql: SANS('sillage.territoire') },
  Service: { sujet: 'Service', sql: SANS('sillage.service') },
  Structure: {
    sujet: 'Structure',
    sql: `select x.id, null as dispositif, x.id as structure_id, null as etat, '{}'::text[] as territoires from sillage.structure x`,
  },
};

interface Lue {
  readonly id: string;
  readonly dispositif: string | null;
  readonly structure_id: string | null;
  readonly etat: string | null;
  readonly territoires: readonly string[];
}

/** Every row of a type in a tenant, by its uuid. @param client the superuser */
export async function lireObjets(
  client: Client,
  type: string,
  departement: Departement,
): Promise<Map<string, ObjetLu>> {
  const objet = OBJETS[type];
  if (objet === undefined) throw new Error(`Dites dans OBJETS où le superutilisateur lit ${type}.`);
  const { rows } = await client.query<Lue>(`${objet.sql} where x.departement_id = $1 order by 1`, [departement]);
  return new Map(rows.map((lue) => [lue.id, enObjet(lue)]));
}

/** One row, as it is now. */
export async function lireObjet(client: Client, type: string, uuid: string): Promise<ObjetLu | null> {
  const { rows } = await client.query<Lue>(`select * from (${OBJETS[type]?.sql ?? ''}) o where o.id = $1`, [uuid]);
  return rows[0] === undefined ? null : enObjet(rows[0]);
}

function enObjet({ dispositif, structure_id, etat, territoires }: Lue): ObjetLu {
  return { ...SANS_CHAMP, dispositif, structureId: structure_id, etat, territoireIds: territoires };
}
