import type { FieldNode } from 'graphql';
import type { Compilation, Morceau } from './compilation.js';
import { curseurSql, lireCurseur } from './curseur.js';
import type { Ligne, Ordre, TypeLu } from './declaration.js';
import { typeDeCle } from './identifiant.js';
import { type Json, NUL, sousRequete, sqlDe, tableauJson, valeurJson } from './json.js';
import { lirePage, type PageDemandee, TOTAL_MAX } from './pagination.js';
import { type ChampChoisi, champsChoisis, typeObjet } from './selection.js';
import { annexesDe, ordreSql, ouSql } from './source.js';
import type { Suites } from './suite.js';

type Arguments = Readonly<Record<string, unknown>>;

/** A list from which a page is taken. */
export interface Liste {
  /** Names the list in its cursors. */
  readonly nom: string;
  readonly type: TypeLu;
  /** Its row, in `from` and `conditions`. */
  readonly ligne: Ligne;
  readonly parent: Ligne | null;
  readonly from: string;
  readonly conditions: readonly string[];
  readonly ordre: Ordre;
  readonly args: Arguments;
  readonly rang: number;
}

const RIEN: Suites = new Map();

/** By what in its arguments the text of a page changes. @throws Refus */
export function formeDePage(args: Arguments): string {
  const { taille, aRebours, apres, avant } = lirePage(args);
  return [taille, aRebours ? 'r' : '', apres === null ? '' : 'a', avant === null ? '' : 'b'].join('');
}

/**
 * A page of a list as a Relay connection. The rows of the page are read once, one more than asked to know whether others
 * follow; the count is made only when asked.
 */
export function ecrirePage(c: Compilation, liste: Liste, noeuds: readonly FieldNode[]): Morceau {
  const { type, ligne, ordre } = liste;
  const page = lirePage(liste.args);
  const connexion = typeObjet(c.op.schema, `${type.nom}Connection`);
  const choisis = champsChoisis(c.op, connexion, noeuds);
  if (liste.parent !== null && estEnsembleCompte(choisis, page)) return lignesEtCompte(c, liste, page, choisis);
  const conditions = [...liste.conditions, ...bornes(c, liste, page)];
  const enOrdre = (colonnes: readonly string[]): string =>
    `select ${deLaLigne(ligne, colonnes)} from ${liste.from}${ouSql(conditions)} order by ${ordreSql(ligne, ordre, page.aRebours)}`;
  // In the order of the list, so that the count walks the same index as the rows, among the caller's own alone.
  const comptees = `select from ${liste.from}${ouSql(liste.conditions)} order by ${ordreSql(ligne, ordre, false)}`;
  const compte = `select count(*)::int as n from (${comptees} limit ${TOTAL_MAX + 1}) t`;
  // What serves several times is read once, apart; what serves once is read in place, where PostgreSQL leaves out the columns
  // that nobody asks.
  const lignesApart = serviesDeuxFois(choisis, ['nodes', 'edges', 'pageInfo']) || choisis.some(estSituation);
  const compteApart = serviesDeuxFois(choisis, ['totalCount', 'totalCountExact']);
  const nom = `p_${ligne.alias}`;
  const p: PageEcrite = {
    liste,
    page,
    nom,
    lues: lignesApart ? `select * from ${nom}` : enOrdre(['*']),
    compte: compteApart ? `n_${ligne.alias}` : `(${compte}) n`,
    alias: [],
  };
  const { json, suite } = c.objet(choisis, connexion.name, (champ) => champDeConnexion(c, p, champ));
  const lu = sqlDe(json);
  const avec = [
    ...(lignesApart ? [`${nom} as materialized (${enOrdre(colonnesLues(lu, p.alias))} limit ${page.taille + 1})`] : []),
    ...(compteApart ? [`n_${ligne.alias} as materialized (${compte})`] : []),
  ];
  return {
    json: avec.length > 0 ? [{ sql: `(with ${avec.join(', ')} select ${lu})` }] : json,
    suites: new Map([[connexion.name, suite]]),
  };
}

interface PageEcrite {
  readonly liste: Liste;
  readonly page: PageDemandee;
  /** Of the rows of the page and the one after, where they are read apart. */
  readonly nom: string;
  /** A query for the rows of the page, in the order in which they are read, which still lacks its LIMIT. */
  readonly lues: string;
  /** What follows FROM to have `n`. */
  readonly compte: string;
  /** The names under which those rows are read. */
  readonly alias: string[];
}

/** The columns of rows that a statement names: each is written `alias.colonne`, everywhere. */
function colonnesLues(sql: string, alias: readonly string[]): string[] {
  if (alias.length === 0) return [];
  const nommees = sql.matchAll(new RegExp(`\\b(?:${alias.join('|')})\\.(\\*|\\w+)`, 'g'));
  const colonnes = [...new Set([...nommees].map(([, colonne = '*']) => colonne))];
  return colonnes.includes('*') ? ['*'] : colonnes;
}

function deLaLigne({ alias }: Ligne, colonnes: readonly string[]): string {
  return colonnes.map((colonne) => `${alias}.${colonne}`).join(', ');
}

/** The first rows of a list that hangs on another row, and how many there are: one walk along the index gives both. */
function estEnsembleCompte(choisis: readonly ChampChoisi[], { aRebours, apres, avant }: PageDemandee): boolean {
  const noms = choisis.map(({ nom }) => nom).sort();
  return noms.join() === 'nodes,totalCount' && !aRebours && apres === null && avant === null;
}

function lignesEtCompte(c: Compilation, liste: Liste, page: PageDemandee, choisis: readonly ChampChoisi[]): Morceau {
  const { type, ligne, from, conditions, ordre } = liste;
  const par = ordreSql(ligne, ordre, false);
  const lue = c.redaction.ligne(type, liste.parent);
  const connexion = typeObjet(c.op.schema, `${type.nom}Connection`);
  const { json, suite } = c.objet(choisis, connexion.name, (champ) => {
    if (champ.nom === 'totalCount') {
      return { json: valeurJson(`least(count(*), ${TOTAL_MAX})`, 'nue', true), suites: RIEN };
    }
    const objet = c.lignes(type, lue, champ.noeuds, { source: null, enListe: false });
    return { json: premieres(sqlDe(objet.json), lue, page.taille), suites: objet.suites };
  });
  const lu = sqlDe(json);
  const rang = lu.includes(lue.colonne(RANG)) ? [`row_number() over (order by ${par}) as ${RANG}`] : [];
  const annexes = annexesDe(type, lue);
  const colonnes = [...colonnesLues(`${lu}${annexes}`, [lue.alias]).map((colonne) => ligne.colonne(colonne)), ...rang];
  const lues = `select ${colonnes.join(', ')} from ${from}${ouSql(conditions)} order by ${par}`;
  const source = `(${lues} limit ${TOTAL_MAX + 1}) ${lue.alias}${annexes}`;
  return { json: sousRequete(json, source), suites: new Map([[connexion.name, suite]]) };
}

const RANG = '"@rang"';

/** The first of a group's rows, in their order. To write one that reads nothing else costs less than to number it. */
function premieres(lu: string, ligne: Ligne, taille: number): Json {
  // A constant alone, where all is masked, has no type for PostgreSQL.
  const element = `(${lu})::text`;
  if (element.includes('(select ')) return tableauJson(element, ` filter (where ${ligne.colonne(RANG)} <= ${taille})`);
  return [
    { mot: '[' },
    { sql: `coalesce(array_to_string((array_agg(${element}))[1:${taille}], ','), '')` },
    { mot: ']' },
  ];
}

function serviesDeuxFois(choisis: readonly ChampChoisi[], noms: readonly string[]): boolean {
  return choisis.filter(({ nom }) => noms.includes(nom)).length > 1;
}

function estSituation({ nom }: ChampChoisi): boolean {
  return nom === 'pageInfo';
}

function champDeConnexion(c: Compilation, p: PageEcrite, champ: ChampChoisi): Morceau {
  switch (champ.nom) {
    case 'nodes':
      return lignesDePage(c, p, (ligne, source) =>
        c.lignes(p.liste.type, ligne, champ.noeuds, { source, enListe: true }),
      );
    case 'edges':
      return lignesDePage(c, p, (ligne, source) => aretes(c, p, champ, ligne, source));
    case 'pageInfo':
      return situation(c, p, champ);
    case 'totalCount':
      return { json: valeurJson(`select least(n, ${TOTAL_MAX}) from ${p.compte}`, 'nue', true), suites: RIEN };
    case 'totalCountExact':
      return { json: valeurJson(`select n <= ${TOTAL_MAX} from ${p.compte}`, 'nue', true), suites: RIEN };
    default:
      throw new Error(`Une liste n’a pas de « ${champ.nom} ».`);
  }
}

function lignesDePage(
  c: Compilation,
  { liste, page, lues, alias }: PageEcrite,
  ecrire: (ligne: Ligne, source: string) => Morceau,
): Morceau {
  const ligne = c.redaction.ligne(liste.type, liste.parent);
  alias.push(ligne.alias);
  const dansLOrdre = page.aRebours ? ` order by ${ordreSql(ligne, liste.ordre, false)}` : '';
  return ecrire(ligne, `(${lues} limit ${page.taille}) ${ligne.alias}${annexesDe(liste.type, ligne)}${dansLOrdre}`);
}

function aretes(c: Compilation, { liste }: PageEcrite, champ: ChampChoisi, ligne: Ligne, source: string): Morceau {
  const type = typeObjet(c.op.schema, `${liste.type.nom}Edge`);
  const { json, suite } = c.objet(champsChoisis(c.op, type, champ.noeuds), type.name, (choisi) =>
    choisi.nom === 'cursor'
      ? { json: valeurJson(curseurSql(liste.nom, ligne, liste.ordre), 'citee', true), suites: RIEN }
      : c.lignes(liste.type, ligne, choisi.noeuds, { source: null, enListe: false }),
  );
  return {
    json: sousRequete(tableauJson('e.o'), `(select ${sqlDe(json)} as o from ${source}) e`),
    suites: new Map([[type.name, suite]]),
  };
}

function situation(c: Compilation, p: PageEcrite, champ: ChampChoisi): Morceau {
  const type = typeObjet(c.op.schema, 'PageInfo');
  const { page, nom } = p;
  const autres = `(select count(*) from ${nom}) > ${page.taille}`;
  const valeurs: Readonly<Record<string, () => Json>> = {
    hasNextPage: () => valeurJson(page.aRebours ? String(page.avant !== null) : autres, 'nue', true),
    hasPreviousPage: () => valeurJson(page.aRebours ? autres : String(page.apres !== null), 'nue', true),
    startCursor: () => valeurJson(bord(c, p, false), 'citee'),
    endCursor: () => valeurJson(bord(c, p, true), 'citee'),
  };
  const { json } = c.objet(champsChoisis(c.op, type, champ.noeuds), type.name, ({ nom: demande }) => ({
    json: valeurs[demande]?.() ?? NUL,
    suites: RIEN,
  }));
  return { json, suites: RIEN };
}

/** The cursor of the first row of the page, or of its last. */
function bord(c: Compilation, { liste, page, nom, alias: lus }: PageEcrite, dernier: boolean): string {
  const ligne = c.redaction.ligne(liste.type, liste.parent);
  const { alias } = ligne;
  lus.push(alias);
  const lignes = `(select * from ${nom} limit ${page.taille}) ${alias}`;
  const bout = `(select * from ${lignes} order by ${ordreSql(ligne, liste.ordre, dernier)} limit 1) ${alias}`;
  return `(select ${curseurSql(liste.nom, ligne, liste.ordre)} from ${bout})`;
}

/** What stands after one cursor, before another. */
function bornes(c: Compilation, { nom, type, ligne, ordre, rang }: Liste, { apres, avant }: PageDemandee): string[] {
  const borne = (champ: 'after' | 'before', plusLoin: boolean): string => {
    const colonnes = [...ordre.colonnes, { nom: 'id', type: typeDeCle(type) }];
    const types = colonnes.map((colonne) => colonne.type);
    const valeurs = types.map((typeSql, position) =>
      c.redaction.deLaDemande(
        ({ args }) => lireCurseur(nom, types, String(args[rang]?.[champ]), champ)[position],
        typeSql,
      ),
    );
    const comparaison = (ordre.sens === 'desc') === plusLoin ? '<' : '>';
    return `(${colonnes.map((k) => ligne.colonne(k.nom)).join(', ')}) ${comparaison} (${valeurs.join(', ')})`;
  };
  return [...(apres === null ? [] : [borne('after', true)]), ...(avant === null ? [] : [borne('before', false)])];
}
