import type { Dispositif } from '@sillage/dispositif-kit';
import { type GraphQLSchema, isInputType } from 'graphql';
import type { Client } from 'pg';
import { saisir } from '../saisies.js';
import { type Acteur, canari, type Departement, idDe, STRUCTURES, TERRITOIRES } from './acteurs.js';
import { inserer, type Rangee } from './inserer.js';
import { semerDossiers } from './semer-dossiers.js';

/** What the rows of a tenant are made from. */
export interface Semis {
  readonly departement: Departement;
  readonly client: Client;
  readonly schema: GraphQLSchema;
  readonly dispositifs: readonly Dispositif[];
  readonly emetteur: string;
  /** Ids of the territories by code. */
  readonly territoires: ReadonlyMap<string, string>;
  /** Who did everything: the siège, then somebody else. */
  readonly auteur: string;
  readonly autre: string;
}

export const LE = '2026-01-20T09:00:00Z';

/**
 * Fills a tenant, as the superuser, with rows of every table that the API reads: each state, on the territory of the actors, on the
 * other and on both, for each structure and each dispositif. Texts bear the tenant's word, names of persons too.
 */
export async function semerMonde(semis: Semis, acteurs: readonly Acteur[]): Promise<void> {
  await semerActeurs(semis, acteurs);
  await semerCadre(semis);
  await semerDossiers(semis);
  await semerJeunes(semis);
  await semerConservation(semis);
  await semerTablesDePlugins(semis);
}

/** The JSON of a dispositif's fields, made from their own GraphQL type. */
export function champsDe({ schema, departement }: Semis, type: string): unknown {
  const declare = schema.getType(type);
  if (declare === undefined || !isInputType(declare)) return {};
  return saisir(declare, { texte: canari(departement), complete: true });
}

async function semerActeurs(semis: Semis, acteurs: readonly Acteur[]): Promise<void> {
  const { client, departement, emetteur, territoires } = semis;
  const departement_id = departement;
  await inserer(
    client,
    'sillage.structure',
    STRUCTURES.map((nom, rang) => ({
      departement_id,
      id: idDe(departement, 'structure', nom),
      raison_sociale: `${canari(departement)} ${nom}`,
      nature: nom === 'PERSONNE' ? 'AUTRE' : nom,
      siret: `0000${departement}0000000${rang}`.padEnd(14, '0'),
      cree_le: LE,
      modifie_le: LE,
    })),
  );
  await inserer(
    client,
    'sillage.utilisateur',
    acteurs.map(({ utilisateurId, sub }) => ({
      departement_id,
      id: utilisateurId,
      iss: emetteur,
      sub,
      libelle: `${canari(departement)} ${sub}`,
      cree_le: LE,
    })),
  );
  const habilitations = acteurs.flatMap((acteur) =>
    acteur.habilitations.map((habilitation, rang) => ({
      ...habilitation,
      id: idDe(departement, 'habilitation', `${acteur.sub} ${rang}`),
      acteur,
    })),
  );
  await inserer(
    client,
    'sillage.habilitation',
    habilitations.map(({ id, acteur, role, structureId, du, au, revoquee }) => ({
      departement_id,
      id,
      utilisateur_id: acteur.utilisateurId,
      role,
      structure_id: structureId,
      du: du ?? '2026-01-01',
      au: au ?? null,
      accordee_le: LE,
      revoquee_le: revoquee ? LE : null,
    })),
  );
  await inserer(
    client,
    'sillage.habilitation_territoire',
    habilitations.flatMap(({ id, territoires: codes }) =>
      codes.map((code) => ({ departement_id, habilitation_id: id, territoire_id: territoires.get(code) })),
    ),
  );
  await inserer(
    client,
    'sillage.habilitation_dispositif',
    habilitations.flatMap(({ id, dispositifs }) =>
      dispositifs.map((dispositif) => ({ departement_id, habilitation_id: id, dispositif })),
    ),
  );
}

/** Appels, activations, credits, overrides, a task. */
async function semerCadre({ client, departement, dispositifs, territoires, auteur }: Semis): Promise<void> {
  const departement_id = departement;
  const ids = TERRITOIRES[departement].map((code) => territoires.get(code));
  const appels = dispositifs.flatMap(({ code: dispositif }) =>
    (['PUBLIE', 'BROUILLON'] as const).map((etat) => ({
      departement_id,
      id: idDe(departement, 'appel', `${dispositif} ${etat}`),
      dispositif,
      code: `attaque-${dispositif}-${etat.toLowerCase()}`,
      libelle: `${canari(departement)} ${dispositif}`,
      ouverture: '2026-01-12',
      cloture: '2026-02-15',
      etat,
      cree_le: LE,
      modifie_le: LE,
      publie_le: etat === 'PUBLIE' ? LE : null,
    })),
  );
  await inserer(client, 'sillage.appel', appels);
  const liens = (lignes: readonly { id: string }[], colonne: string): Rangee[] =>
    lignes.flatMap(({ id }) => ids.map((territoire_id) => ({ departement_id, [colonne]: id, territoire_id })));
  await inserer(client, 'sillage.appel_territoire', liens(appels, 'appel_id'));
  await inserer(
    client,
    'sillage.activation',
    dispositifs.flatMap(({ code: dispositif }) =>
      ids.map((territoire_id) => ({
        departement_id,
        id: idDe(departement, 'activation', `${dispositif} ${String(territoire_id)}`),
        dispositif,
        territoire_id,
        du: '2025-12-01T00:00:00Z',
        au: null,
        en_cours: 'TERMINER',
        cree_le: LE,
        cree_par: auteur,
        modifie_le: LE,
      })),
    ),
  );
  const publies = appels.filter(({ etat }) => etat === 'PUBLIE');
  const enveloppes = publies.map(({ id, dispositif }) => ({
    departement_id,
    id: idDe(departement, 'enveloppe', dispositif),
    numero: `${canari(departement)}-ENV-${dispositif}`,
    appel_id: id,
    dispositif,
    limitative: false,
    regle: 'TRANS-10',
    cree_le: LE,
  }));
  await inserer(client, 'sillage.enveloppe', enveloppes);
  await inserer(
    client,
    'sillage.ecriture',
    enveloppes.map(({ id, dispositif }) => ({
      departement_id,
      id: idDe(departement, 'ecriture', `ouverture ${dispositif}`),
      cle: `attaque ouverture ${dispositif}`,
      nature: 'OUVERTURE',
      jour: '2026-01-20',
      enveloppe_id: id,
      de: 'CREDITS',
      vers: 'DISPONIBLE',
      centimes: 1_000_000_000,
      passee_le: LE,
      passee_par: auteur,
    })),
  );
  await inserer(
    client,
    'sillage.parametre_surcharge',
    dispositifs.flatMap(({ code: dispositif, parametres }) => {
      const [cle] = Object.keys(parametres);
      if (cle === undefined) return [];
      return ids.map((portee_id) => ({
        departement_id,
        id: idDe(departement, 'surcharge', `${dispositif} ${String(portee_id)}`),
        dispositif,
        cle,
        portee: 'TERRITOIRE',
        portee_id,
        du: '2030-01-01',
        au: '2030-12-31',
        valeur: parametres[cle]?.valeurs?.[0]?.valeur ?? '1.00',
        motif: canari(departement),
        decide_par: auteur,
        decide_le: LE,
        annulee_le: null,
      }));
    }),
  );
  await inserer(
    client,
    'sillage.tache',
    publies.map(({ id, dispositif }) => ({
      departement_id,
      id: idDe(departement, 'tache', dispositif),
      numero: `${canari(departement)}-TACH-${dispositif}`,
      genre: 'RECALCUL',
      appel_id: id,
      dispositif,
      appliquer: false,
      etat: 'TERMINEE',
      total: 0,
      faites: 0,
      suspendues: 0,
      demandee_le: LE,
      demandee_par: auteur,
      modifiee_le: LE,
      terminee_le: LE,
    })),
  );
}

const ETATS_ACCOMPAGNEMENT = ['EN_ATTENTE', 'EN_COURS', 'TERMINE', 'ABANDONNE'];

async function semerJeunes({ client, departement, dispositifs, territoires, auteur }: Semis): Promise<void> {
  const departement_id = departement;
  const combinaisons = STRUCTURES.flatMap((structure) =>
    TERRITOIRES[departement].flatMap((code) => dispositifs.map((dispositif) => ({ structure, code, dispositif }))),
  ).map(({ structure, code, dispositif }, rang) => ({
    cle: `${structure} ${code} ${dispositif.code}`,
    rang,
    structure_id: idDe(departement, 'structure', structure),
    territoire_id: territoires.get(code),
    dispositif: dispositif.code,
  }));
  const personne = canari(departement);
  await inserer(
    client,
    'sillage.jeune',
    combinaisons.map(({ cle, rang, territoire_id }) => ({
      departement_id,
      id: idDe(departement, 'jeune', cle),
      numero: `J-${departement}-${rang}`,
      date_naissance: '2005-01-01',
      commune_code: '62498',
      territoire_id,
      cree_le: LE,
      cree_par: auteur,
      modifie_le: LE,
    })),
  );
  await inserer(
    client,
    'sillage.identite',
    combinaisons.map(({ cle, rang }) => ({
      departement_id,
      jeune_id: idDe(departement, 'jeune', cle),
      prenom: `${personne} prénom ${rang}`,
      nom: `${personne} nom ${rang}`,
    })),
  );
  await inserer(
    client,
    'sillage.accompagnement',
    combinaisons.map(({ cle, rang, structure_id, territoire_id, dispositif }) => ({
      departement_id,
      id: idDe(departement, 'accompagnement', cle),
      numero: `${personne}-ACC-${rang}`,
      jeune_id: idDe(departement, 'jeune', cle),
      structure_id,
      territoire_id,
      dispositif,
      etat: ETATS_ACCOMPAGNEMENT[rang % ETATS_ACCOMPAGNEMENT.length],
      du: '2025-11-15',
      champs: {},
      cree_le: LE,
      cree_par: auteur,
      modifie_le: LE,
    })),
  );
  await inserer(
    client,
    'sillage.acte',
    combinaisons.map(({ cle }) => ({
      departement_id,
      id: idDe(departement, 'acte', cle),
      accompagnement_id: idDe(departement, 'accompagnement', cle),
      nature: 'ENTRETIEN',
      date: '2026-01-10',
      a_domicile: false,
      exterieur: false,
      collectif: false,
      partenaire: personne,
      saisi_le: LE,
      saisi_par: auteur,
    })),
  );
}

async function semerConservation({ client, departement }: Semis): Promise<void> {
  await client.query(
    `insert into sillage.conservation_proposition
       (departement_id, id, jeune_id, nature, dernier_contact, echeance, parametres, proposee_le, etat)
     select departement_id, gen_random_uuid(), id, 'ARCHIVER', '2023-01-01', '2025-01-02', '{}', $2, 'PROPOSEE'
       from sillage.jeune where departement_id = $1`,
    [departement, LE],
  );
}

/**
 * Rows of the plugins' own tables, made from the catalogue: text, dates and numbers by type, and the keys to the territories and
 * structures. A plugin of tomorrow has its rows the day its tables are there, parents before children.
 */
async function semerTablesDePlugins({ client, departement, territoires }: Semis): Promise<void> {
  const { rows: tables } = await client.query<{ table: string; colonnes: ColonneDeTable[] }>(COLONNES_DES_PLUGINS);
  for (const { table, colonnes } of tables) {
    const rangees = TERRITOIRES[departement].flatMap((code) =>
      STRUCTURES.map((structure) =>
        Object.fromEntries(
          colonnes.map(({ nom, type }) => [
            nom,
            valeurDePlugin(nom, type, {
              departement,
              cle: `${code} ${structure}`,
              table,
              territoireId: territoires.get(code),
              structureId: idDe(departement, 'structure', structure),
            }),
          ]),
        ),
      ),
    );
    await inserer(client, table, rangees);
  }
}

interface ColonneDeTable {
  readonly nom: string;
  readonly type: string;
}

interface LigneDePlugin {
  readonly departement: Departement;
  readonly table: string;
  readonly cle: string;
  readonly territoireId: string | undefined;
  readonly structureId: string;
}

/** The id of a row is made from its table's last name: `seance_id` finds the row of `plugin_x.seance`. */
function valeurDePlugin(nom: string, type: string, ligne: LigneDePlugin): unknown {
  const { departement, cle } = ligne;
  if (nom === 'departement_id') return departement;
  if (nom === 'territoire_id') return ligne.territoireId;
  if (nom === 'structure_id') return ligne.structureId;
  if (nom === 'id') return idDe(departement, ligne.table.split('.')[1] ?? '', cle);
  if (type === 'uuid') return idDe(departement, nom.replace(/_id$/, ''), cle);
  if (type === 'text') return `${canari(departement)} ${nom}`;
  if (type === 'date') return '2026-01-20';
  if (type.startsWith('timestamp')) return LE;
  return type === 'boolean' ? false : type === 'jsonb' ? {} : 1;
}

const COLONNES_DES_PLUGINS = `
  select format('%I.%I', n.nspname, c.relname) as table,
    (select json_agg(json_build_object('nom', a.attname, 'type', format_type(a.atttypid, null)) order by a.attnum)
       from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as colonnes
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where starts_with(n.nspname, 'plugin_') and c.relkind in ('r', 'p') and c.relname <> '_migrations'
  order by c.oid`;
