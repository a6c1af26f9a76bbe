import type { ContexteActeur } from '@sillage/access';
import {
  type FieldNode,
  getNullableType,
  GraphQLBoolean,
  GraphQLInt,
  type GraphQLObjectType,
  isEnumType,
} from 'graphql';
import type {
  Champ,
  ChampLignes,
  ChampRelie,
  ChampSql,
  Depart,
  DepartParUuid,
  Filtres,
  Ligne,
  RacineListe,
  RacinePage,
  RacineUn,
  TypeLu,
} from './declaration.js';
import { parIdentifiant } from './filtres-usuels.js';
import { filtrer, formeDesFiltres, type RechercheEcrite, trouver } from './filtres.js';
import { typeDeCle } from './identifiant.js';
import {
  type Forme,
  type Json,
  nomJson,
  NUL,
  objetJson,
  ouNul,
  sousRequete,
  sqlDe,
  tableauJson,
  valeurJson,
} from './json.js';
import { marqueSql } from './lectures-nominatives.js';
import { ecrirePage, formeDePage } from './page.js';
import { Redaction, sansValeurInutile, trouvee, type Valeur } from './redaction.js';
import { champDe, colonneSure, estNominatif, type RegistreLectures, tableDuChiffre } from './registre.js';
import { argumentsDe, type ChampChoisi, champsChoisis, type Operation, typeObjet } from './selection.js';
import { depuis, exigerOrdre, ordreSql, ouSql } from './source.js';
import { MARQUE, SANS_SUITE, type Suite, type Suites, UUID_LU } from './suite.js';
import { formeDuTri, trier } from './tris.js';

/** A field with arguments that the statement depends on; `forme` says by what in them its text would change. */
export interface ChampAArguments {
  readonly type: GraphQLObjectType;
  readonly noeud: FieldNode;
  readonly forme: (args: Readonly<Record<string, unknown>>) => string;
}

/** A statement, made once for a selection, a caller's rights and the shape of a request. */
export interface Compile {
  readonly texte: string;
  readonly valeurs: readonly Valeur[];
  /** Of the values that the text uses, in its order. */
  readonly rangs: readonly number[];
  readonly arguments: readonly ChampAArguments[];
  readonly suites: Suites;
  readonly recherches: readonly RechercheEcrite[];
  /** Fields that name young people, as rows show them together: marks tell whose, by the rank here. */
  readonly nominatifs: readonly (readonly string[])[];
}

/** Something of the answer: its JSON, and what code does on it next. */
export interface Morceau {
  readonly json: Json;
  readonly suites: Suites;
}

export interface EntreeCompilation {
  readonly registre: RegistreLectures;
  readonly op: Operation;
  readonly contexte: ContexteActeur;
  /** Whether code will go through the rows: they then bear marks. */
  readonly marquer: boolean;
}

const RIEN: Suites = new Map();

/** From a root field and what is asked of it to one SQL statement. Pure, but for the rights that it asks. */
export function compiler(entree: EntreeCompilation, depart: Depart, noeuds: readonly FieldNode[]): Compile {
  const compilation = new Compilation(entree);
  const { json, suites } = compilation.depart(depart, noeuds);
  const { redaction, champsAArguments, nominatifs } = compilation;
  const { recherches } = redaction;
  return {
    ...sansValeurInutile(enonce(sqlDe(json), recherches), redaction.valeurs),
    arguments: champsAArguments,
    suites,
    recherches,
    nominatifs,
  };
}

/** No JSON begins so: what the statement answers when it has not found something that it looked for, before the rank of that. */
export const MANQUE = '!';

function enonce(sql: string, recherches: readonly RechercheEcrite[]): string {
  if (recherches.length === 0) return `select ${sql} as lu`;
  const faites = recherches.map((recherche, rang) => `r${rang} as materialized (select (${recherche.sql}) as trouvee)`);
  const cas = recherches.map((_, rang) => `when ${trouvee(rang)} is null then '${MANQUE}${rang}'`);
  return `with ${faites.join(', ')} select case ${cas.join(' ')} else ${sql} end as lu`;
}

export class Compilation {
  readonly redaction: Redaction;
  readonly champsAArguments: ChampAArguments[] = [];
  readonly nominatifs: string[][] = [];

  constructor(readonly entree: EntreeCompilation) {
    this.redaction = new Redaction(entree.contexte);
  }

  get op(): Operation {
    return this.entree.op;
  }

  depart(depart: Depart, noeuds: readonly FieldNode[]): Morceau {
    const ligne = this.redaction.ligne(depart.type, null);
    switch (depart.genre) {
      case 'un':
        return this.#racineUn(depart, ligne, noeuds);
      case 'parUuid':
        return this.#parUuid(depart, ligne, noeuds);
      case 'liste':
        return this.#racineListe(depart, ligne, noeuds);
      case 'page':
        return this.#racinePage(depart, this.#query(), ligne, noeuds);
      case 'sur': {
        const { page, objet } = depart;
        return this.#racinePage({ ...page, nom: `${objet.name}.${page.nom}` }, objet, ligne, noeuds);
      }
    }
  }

  /** The arguments of a field, and the place by which each request brings its own. */
  lireArguments(
    type: GraphQLObjectType,
    noeud: FieldNode,
    forme: ChampAArguments['forme'],
  ): { args: Readonly<Record<string, unknown>>; rang: number } {
    this.champsAArguments.push({ type, noeud, forme });
    return { args: argumentsDe(this.op, type, noeud), rang: this.champsAArguments.length - 1 };
  }

  /** The rows of `source` as JSON: one, or an array. Without it, the parent's own row. */
  lignes(
    type: TypeLu,
    ligne: Ligne,
    noeuds: readonly FieldNode[],
    { source, enListe }: { source: string | null; enListe: boolean },
  ): Morceau {
    const variantes = this.entree.registre.variantes(type).map((variante) => ({
      variante,
      ...this.#objet(variante, ligne, noeuds),
    }));
    const suites: Suites = new Map(variantes.map(({ variante, suite }) => [variante.nom, suite]));
    const objet = this.#selon(type, ligne, variantes);
    if (source === null) return { json: objet, suites };
    const lus = `(select ${sqlDe(objet)} as o from ${source}) r`;
    const json = enListe ? sousRequete(tableauJson('r.o'), lus) : ouNul(`(select r.o from ${lus})`);
    return { json, suites };
  }

  /** The object of a row whose type one of its columns tells. */
  #selon(type: TypeLu, ligne: Ligne, variantes: readonly { readonly variante: TypeLu; readonly json: Json }[]): Json {
    const [seule, ...autres] = variantes;
    // No type of that interface is installed: no row is found.
    if (seule === undefined) return NUL;
    if (autres.every(({ json }) => sqlDe(json) === sqlDe(seule.json))) return seule.json;
    const cas = variantes.map(
      ({ variante, json }) => `when ${this.redaction.fixer(variante.implemente?.valeur, 'text')} then ${sqlDe(json)}`,
    );
    return ouNul(`case ${ligne.colonne(type.selon ?? '')} ${cas.join(' ')} end`);
  }

  /**
   * What every row must satisfy to be shown: the caller's rights on it and, of an interface, a type that is installed. A row
   * without rights of its own shares those of its parent; without a parent it is nobody's.
   */
  conditions(type: TypeLu, ligne: Ligne, parent: Ligne | null): string[] {
    const droit = type.droits || parent === null ? ligne.peut('lire') : 'true';
    const conditions = droit === 'true' ? [] : [droit];
    if (type.selon !== undefined) {
      const valeurs = this.entree.registre.variantes(type).map(({ implemente }) => implemente?.valeur);
      conditions.push(`${ligne.colonne(type.selon)} = any(${this.redaction.fixer(valeurs, 'text[]')})`);
    }
    return conditions;
  }

  /** The selected fields of one object. */
  objet(
    champs: readonly ChampChoisi[],
    nomType: string,
    valeur: (champ: ChampChoisi) => Morceau,
    autres: readonly { readonly cle: string; readonly json: Json }[] = [],
  ): { json: Json; suite: Suite } {
    const enfants: Suite['enfants'][number][] = [];
    const choisis = champs.map((champ) => {
      const { json, suites } = champ.nom === '__typename' ? { json: nomJson(nomType), suites: RIEN } : valeur(champ);
      if (suites.size > 0) enfants.push({ cle: champ.cle, suites });
      return { cle: champ.cle, json };
    });
    const marque = this.entree.marquer ? [{ cle: MARQUE, json: nomJson(nomType) }] : [];
    return { json: objetJson([...choisis, ...marque, ...autres]), suite: { ...SANS_SUITE, enfants } };
  }

  #objet(type: TypeLu, ligne: Ligne, noeuds: readonly FieldNode[]): { json: Json; suite: Suite } {
    const objet = typeObjet(this.op.schema, type.nom);
    const repris: Suite['repris'][number][] = [];
    const calcules: Suite['calcules'][number][] = [];
    const chiffres: Suite['chiffres'][number][] = [];
    const choisis = champsChoisis(this.op, objet, noeuds);
    const valeur = (choisi: ChampChoisi): Morceau => {
      if (choisi.nom === 'id' && !type.sansId) {
        const prefixe = (type.implemente?.interface ?? type).nom;
        return { json: [{ mot: `"${prefixe}-` }, { sql: `${ligne.colonne('id')}::text` }, { mot: '"' }], suites: RIEN };
      }
      const champ = champDe(type, choisi.nom);
      if (champ === undefined)
        throw new Error(`${type.nom}.${choisi.nom} est au schéma, mais rien ne dit comment le lire.`);
      if (champ.genre === 'repris') repris.push({ cle: choisi.cle, apres: champ.apres });
      if (champ.genre === 'calcule') calcules.push({ cle: choisi.cle, par: champ.par });
      if (champ.genre === 'chiffre')
        chiffres.push({ cle: choisi.cle, table: tableDuChiffre(type, champ), colonne: champ.colonne });
      return this.#valeur(champ, choisi, ligne, { type, objet });
    };
    const retrouver = choisis.some(({ nom }) => ['calcule', 'chiffre'].includes(champDe(type, nom)?.genre ?? ''));
    const uuid = retrouver ? [{ cle: UUID_LU, json: valeurJson(ligne.colonne('id'), 'json', true) }] : [];
    const { json, suite } = this.objet(choisis, type.nom, valeur, uuid);
    return {
      json: [...this.#personne(type, ligne, choisis), ...json],
      suite: { ...suite, repris, calcules, chiffres },
    };
  }

  /** Whose names a row shows, where it shows some. */
  #personne(type: TypeLu, ligne: Ligne, choisis: readonly ChampChoisi[]): Json {
    const { personne } = ligne;
    const noms = choisis.map(({ nom }) => nom).filter((nom) => estNominatif(champDe(type, nom)));
    const permis = ligne.peut('lireNominatif');
    if (personne === null || noms.length === 0 || permis === 'false') return [];
    const rang = this.nominatifs.push([...new Set(noms)].map((nom) => `${type.nom}.${nom}`)) - 1;
    const marque = marqueSql(rang, personne);
    return [{ sql: `coalesce(${permis === 'true' ? marque : `case when ${permis} then ${marque} end`}, '')` }];
  }

  #valeur(
    champ: Champ,
    choisi: ChampChoisi,
    ligne: Ligne,
    { type, objet }: { type: TypeLu; objet: GraphQLObjectType },
  ): Morceau {
    switch (champ.genre) {
      case 'sql':
        return {
          json: valeurJson(champ.sql(ligne), formeDe(champ, objet, choisi.nom), colonneSure(type, champ) !== undefined),
          suites: RIEN,
        };
      case 'repris':
      case 'chiffre':
        return { json: valeurJson(champ.sql(ligne), 'json'), suites: RIEN };
      case 'calcule':
        return { json: NUL, suites: RIEN };
      case 'partie':
        return this.#partie(champ, choisi, ligne);
      case 'lignes':
        return this.#lignesJson(champ, choisi, ligne);
      case 'un':
      case 'liste':
      case 'page':
        return this.#relation(champ, choisi, ligne, objet);
    }
  }

  #partie(champ: ChampRelie, choisi: ChampChoisi, ligne: Ligne): Morceau {
    const type = champ.vers();
    return this.lignes(type, this.redaction.partie(ligne, type), choisi.noeuds, { source: null, enListe: false });
  }

  #lignesJson(champ: ChampLignes, choisi: ChampChoisi, parent: Ligne): Morceau {
    const type = champ.vers();
    const ligne = this.redaction.ligne(type, parent);
    const json = champ.json(parent);
    const colonnes = ['v.*', ...champ.avec.map((nom) => parent.colonne(nom))].join(', ');
    const rangees = `select ${colonnes} from jsonb_array_elements(${json}) with ordinality v(valeur, rang)`;
    const source = `(${rangees}) ${ligne.alias} order by ${ligne.colonne('rang')}`;
    const { json: tableau, suites } = this.lignes(type, ligne, choisi.noeuds, { source, enListe: true });
    return { json: ouNul(`case when jsonb_typeof(${json}) = 'array' then ${sqlDe(tableau)} end`), suites };
  }

  #relation(champ: ChampRelie, choisi: ChampChoisi, parent: Ligne, objet: GraphQLObjectType): Morceau {
    const type = champ.vers();
    const ligne = this.redaction.ligne(type, parent);
    const lien = champ.depuis?.(parent, ligne);
    if (lien === undefined) throw new Error(`${objet.name}.${choisi.nom} ne dit pas d’où viennent ses lignes.`);
    const conditions = [lien.where, ...this.conditions(type, ligne, parent)];
    if (champ.genre === 'page') {
      const { filtres = {} } = champ;
      const { args, rang } = this.lireArguments(objet, choisi.noeud, formeDeListe(filtres));
      conditions.push(...filtrer(this.redaction, filtres, ligne, { args, rang }));
      const nom = `${objet.name}.${choisi.nom}`;
      return ecrirePage(
        this,
        { nom, type, ligne, parent, from: lien.from, conditions, ordre: exigerOrdre(champ), args, rang },
        choisi.noeuds,
      );
    }
    const ordre = champ.genre === 'liste' ? ` order by ${ordreSql(ligne, exigerOrdre(champ), false)}` : '';
    const source = `${lien.from} where ${conditions.join(' and ')}${ordre}`;
    return this.lignes(type, ligne, choisi.noeuds, { source, enListe: champ.genre === 'liste' });
  }

  #racineUn({ type, par, ou }: RacineUn, ligne: Ligne, noeuds: readonly FieldNode[]): Morceau {
    const filtres = par ?? { id: parIdentifiant(type) };
    const { args, rang } = this.#argumentsDeRacine(noeuds, () => '');
    const conditions = [
      ...trouver(this.redaction, filtres, ligne, { args, rang }),
      ...this.#conditions(type, ligne, ou),
    ];
    return this.lignes(type, ligne, noeuds, { source: `${depuis(type, ligne, conditions)} limit 1`, enListe: false });
  }

  #parUuid({ type, uuid, arguments: donnes = {} }: DepartParUuid, ligne: Ligne, noeuds: readonly FieldNode[]): Morceau {
    for (const [nom, { valeur, type: typeSql }] of Object.entries(donnes)) {
      this.redaction.donner(nom, this.redaction.fixer(valeur, typeSql));
    }
    const cle = this.redaction.fixer(uuid, typeDeCle(type));
    const conditions = [`${ligne.colonne('id')} = ${cle}`, ...this.#conditions(type, ligne)];
    return this.lignes(type, ligne, noeuds, { source: depuis(type, ligne, conditions), enListe: false });
  }

  #racineListe(racine: RacineListe, ligne: Ligne, noeuds: readonly FieldNode[]): Morceau {
    const { type, ordre, filtres = {}, ou, depuis: groupes } = racine;
    const { args, rang } = this.#argumentsDeRacine(noeuds, (a) => formeDesFiltres(filtres, a));
    const conditions = filtrer(this.redaction, filtres, ligne, { args, rang });
    const par = ordreSql(ligne, ordre, false, groupes === undefined);
    const source = groupes
      ? `${groupes(ligne, (autre) => this.redaction.ligne(autre, null))}${ouSql([...conditions, ...(ou ? [ou(ligne)] : [])])}`
      : depuis(type, ligne, [...conditions, ...this.#conditions(type, ligne, ou)]);
    return this.lignes(type, ligne, noeuds, { source: `${source} order by ${par}`, enListe: true });
  }

  #racinePage(
    page: Omit<RacinePage, 'genre'>,
    objet: GraphQLObjectType,
    ligne: Ligne,
    noeuds: readonly FieldNode[],
  ): Morceau {
    const { type, filtres, ou } = page;
    const { args, rang } = this.lireArguments(objet, noeudDe(noeuds), formeDeListe(filtres));
    const { nom, ordre } = trier(page, args);
    const conditions = [
      ...filtrer(this.redaction, filtres, ligne, { args, rang }),
      ...this.#conditions(type, ligne, ou),
    ];
    const from = depuis(type, ligne);
    return ecrirePage(this, { nom, type, ligne, parent: null, from, conditions, ordre, args, rang }, noeuds);
  }

  /** Of a row from which a statement begins. */
  #conditions(type: TypeLu, ligne: Ligne, ou?: (ligne: Ligne) => string): string[] {
    return [...(ou ? [ou(ligne)] : []), ...this.conditions(type, ligne, null)];
  }

  #argumentsDeRacine(noeuds: readonly FieldNode[], forme: ChampAArguments['forme']) {
    return this.lireArguments(this.#query(), noeudDe(noeuds), forme);
  }

  #query(): GraphQLObjectType {
    const query = this.op.schema.getQueryType();
    if (query) return query;
    throw new Error('Un schéma a un type Query.');
  }
}

/** Values of an enumeration, numbers and booleans have nothing to escape. */
function formeDe({ forme = 'json' }: ChampSql, objet: GraphQLObjectType, nom: string): Forme {
  if (forme !== 'selonLeType') return forme;
  const type = objet.getFields()[nom]?.type;
  const nommee = type && getNullableType(type);
  if (isEnumType(nommee)) return 'citee';
  return nommee === GraphQLInt || nommee === GraphQLBoolean ? 'nue' : 'json';
}

function formeDeListe(filtres: Filtres): ChampAArguments['forme'] {
  return (args) => [formeDePage(args), formeDuTri(args), formeDesFiltres(filtres, args)].join(' ');
}

function noeudDe([noeud]: readonly FieldNode[]): FieldNode {
  if (noeud) return noeud;
  throw new Error('Une lecture part d’un champ.');
}
