import { COMPTES } from './comptes.js';
import type { NomServeur } from './options.js';

/** What is asked. Q5 is Q1 by a mission locale, which sees its own accompagnements only: a right that only Sillage knows. */
export const REQUETES = ['Q1', 'Q2', 'Q3', 'Q4', 'Q5'] as const;
export type NomRequete = (typeof REQUETES)[number];

export const LIBELLES: Readonly<Record<NomRequete, string>> = {
  Q1: 'une page de 50 accompagnements d’un territoire et d’un état, avec jeune, structure et trois derniers actes',
  Q2: 'un accompagnement',
  Q3: 'les accompagnements comptés par territoire, dispositif et état',
  Q4: 'les 50 dernières candidatures, avec convention et versements',
  Q5: 'Q1 demandée par une mission locale',
};

/** A request as it is posted. */
export interface Corps {
  readonly operationName: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Sends one request and gives its `data`. @throws Error when the answer holds errors, or is not 200 */
export type Demander = (corps: Corps) => Promise<Record<string, unknown>>;

/** A territory by the code that people write and by the id that PostGraphile's conditions want. */
export interface Territoire {
  readonly code: string;
  readonly id: string;
}

type Documents = Readonly<Record<'Q1' | 'Q2' | 'Q3' | 'Q4', string>>;

const NOEUD =
  'id numero dispositif etat du au jeune { prenom nom } structure { raisonSociale } actes(first: 3) { totalCount nodes { id nature date } }';
const PAGE = `totalCount pageInfo { hasNextPage endCursor } nodes { ${NOEUD} }`;
const VERSEMENT = 'id numero tranche montant etat';
const CANDIDATURE = `id numero etat structure { raisonSociale } territoires { code } convention { id numero etat montant versements { ${VERSEMENT} } }`;

const SILLAGE: Documents = {
  Q1: `query Q1($territoire: String!, $etat: EtatAccompagnement!, $after: String) { accompagnements(territoire: $territoire, etats: [$etat], first: 50, after: $after) { ${PAGE} } }`,
  Q2: `query Q2($id: ID!) { accompagnement(id: $id) { ${NOEUD} } }`,
  Q3: 'query Q3 { accompagnementsParEtat { territoire { code } dispositif etat nombre } }',
  Q4: `query Q4($dispositif: String!) { candidatures(dispositif: $dispositif, first: 50) { nodes { ${CANDIDATURE} } } }`,
};

const ORDINAIRE: Documents = {
  ...SILLAGE,
  Q1: `query Q1($territoire: String!, $etat: String!, $after: String) { accompagnements(territoire: $territoire, etat: $etat, first: 50, after: $after) { ${PAGE.replace('(first: 3)', '')} } }`,
  Q2: SILLAGE.Q2.replace('(first: 3)', ''),
};

/** The names that PostGraphile gives; aliases bring the answer back to the shape of the others. */
const NOEUD_PG = `id: rowId numero dispositif etat du au
  jeune: jeuneByDepartementIdAndJeuneId { identite: identiteByDepartementIdAndJeuneId { prenom nom } }
  structure: structureByDepartementIdAndStructureId { raisonSociale }
  actes: actesByDepartementIdAndAccompagnementId(first: 3, orderBy: [DATE_DESC, ROW_ID_DESC]) { totalCount nodes { id: rowId nature date } }`;

const POSTGRAPHILE: Documents = {
  Q1: `query Q1($territoireId: UUID!, $etat: String!, $after: Cursor) { accompagnements: allAccompagnements(first: 50, after: $after, condition: { territoireId: $territoireId, etat: $etat }, orderBy: [DU_DESC, ROW_ID_DESC]) { totalCount pageInfo { hasNextPage endCursor } nodes { ${NOEUD_PG} } } }`,
  Q2: `query Q2($departement: String!, $id: UUID!) { accompagnement: accompagnementByDepartementIdAndRowId(departementId: $departement, rowId: $id) { ${NOEUD_PG} } }`,
  Q3: 'query Q3 { accompagnementsParEtat: allPostgraphileAccompagnementsParEtats { nodes { territoire dispositif etat nombre } } }',
  Q4: `query Q4($dispositif: String!) { candidatures: allCandidatures(first: 50, condition: { dispositif: $dispositif }, orderBy: [ROW_ID_DESC]) { nodes {
    id: rowId numero etat structure: structureByDepartementIdAndStructureId { raisonSociale }
    territoires: candidatureTerritoiresByDepartementIdAndCandidatureId { nodes { territoire: territoireByDepartementIdAndTerritoireId { code } } }
    convention: conventionByDepartementIdAndCandidatureId { id: rowId numero etat montantCentimes
      versements: versementsByDepartementIdAndConventionId(orderBy: [ROW_ID_ASC]) { nodes { id: rowId numero tranche montantCentimes etat } } } } } }`,
};

const DOCUMENTS: Readonly<Record<NomServeur, Documents>> = {
  // It reads no GraphQL; it is sent what Sillage is sent.
  limite: SILLAGE,
  sillage: SILLAGE,
  postgraphile: POSTGRAPHILE,
  ordinaire: ORDINAIRE,
};

const ETATS = ['EN_COURS', 'TERMINE', 'ABANDONNE', 'EN_ATTENTE'];
/** Taken from the first page of each territory and state. */
const IDS_PAR_PAGE = 3;
const UUID_NUL = '00000000-0000-0000-0000-000000000000';

export function compteDe(requete: NomRequete): string {
  return requete === 'Q5' ? COMPTES.missionLocale : COMPTES.siege;
}

/** Whether that server has something to answer to that request. */
export function concerne(serveur: NomServeur, requete: NomRequete): boolean {
  return requete !== 'Q5' || serveur === 'sillage';
}

/** A request that any server that is ready answers, without a row. */
export function corpsDeSonde(serveur: NomServeur, departement: string): Corps {
  const id = serveur === 'sillage' || serveur === 'limite' ? `Accompagnement-${UUID_NUL}` : UUID_NUL;
  return { operationName: 'Q2', query: DOCUMENTS[serveur].Q2, variables: { departement, id } };
}

/**
 * The bodies that a measure rotates over. Pages and ids come from the server's own answers, so that each is asked in its
 * own words; their order is the same for all.
 * @param demander asks as {@link compteDe} says
 */
export async function preparerCorps(
  serveur: NomServeur,
  requete: NomRequete,
  jeu: { readonly departement: string; readonly territoires: readonly Territoire[] },
  demander: Demander,
): Promise<Corps[]> {
  const corps = (operationName: keyof Documents, variables: Record<string, unknown>): Corps => ({
    operationName,
    query: DOCUMENTS[serveur][operationName],
    variables,
  });
  if (requete === 'Q3') return [corps('Q3', {})];
  if (requete === 'Q4') return [corps('Q4', { dispositif: 'coordo-ase' })];

  const pages: Corps[] = [];
  const ids: unknown[] = [];
  for (const { code, id } of jeu.territoires) {
    for (const etat of ETATS) {
      const variables = { ...(serveur === 'postgraphile' ? { territoireId: id } : { territoire: code }), etat };
      const premiere = corps('Q1', variables);
      const { pageInfo, nodes } = (await demander(premiere))['accompagnements'] as Page;
      ids.push(...nodes.slice(0, IDS_PAR_PAGE).map((noeud) => noeud.id));
      pages.push(premiere);
      if (pageInfo.hasNextPage) pages.push(corps('Q1', { ...variables, after: pageInfo.endCursor }));
    }
  }
  if (requete !== 'Q2') return pages;
  const departement = serveur === 'postgraphile' ? { departement: jeu.departement } : {};
  return ids.map((id) => corps('Q2', { ...departement, id }));
}

interface Page {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly { readonly id: string }[];
}
