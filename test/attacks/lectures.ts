import { createMongoAbility } from '@casl/ability';
import type { Action, ContexteActeur, Droits } from '@sillage/access';
import { ROLES } from '@sillage/kernel';
import { type Ligne, type Racine, resolveurParDefaut } from '@sillage/read';
import { execute, parse } from 'graphql';
import { RegistreLectures } from '../../libs/read/src/registre.js';
import { type Acteur, type Departement, tousLesRoles } from './monde/acteurs.js';
import type { Monde, Reponse } from './monde/monde.js';
import { lireObjets, OBJETS } from './monde/objets.js';
import type { ObjetLu } from './oracle.js';
import type { Connus } from './masque.js';
import { noeudsDe, type Plan, Selecteur } from './selection.js';

/** A list of Query, and the text that asks for a page of it. */
export interface ListeAttaquee {
  readonly racine: Racine;
  readonly plan: Plan;
  readonly query: string;
}

export function registreDe(monde: Monde): RegistreLectures {
  return monde.gateway.app.get(RegistreLectures, { strict: false });
}

/** Every list that is declared, with all that can be asked of its rows. */
export function listesDe(monde: Monde, profondeur: number): ListeAttaquee[] {
  const registre = registreDe(monde);
  const selecteur = new Selecteur(monde.schema, registre);
  const champs = monde.schema.getQueryType()?.getFields() ?? {};
  return registre.racines
    .filter(({ genre, type }) => genre !== 'un' && type.droits)
    .map((racine) => {
      const champ = champs[racine.nom];
      if (champ === undefined) throw new Error(`Query n’a pas de champ ${racine.nom}.`);
      const page = racine.genre === 'page';
      const { texte, plan } = selecteur.de(page ? noeudsDe(champ.type) : champ.type, profondeur);
      const query = page
        ? `query A($after: String) { lues: ${racine.nom}(first: 100, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { ${texte} } } }`
        : `{ lues: ${racine.nom} { ${texte} } }`;
      return { racine, plan, query };
    });
}

interface PageLue {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly unknown[];
}

/** Every row of a list, page after page. @throws Error on a fault, or when the count is not that of the rows */
export async function toutLire(
  { racine, query }: ListeAttaquee,
  demander: (query: string, variables: Readonly<Record<string, unknown>>) => Promise<Reponse>,
): Promise<unknown[]> {
  const lues: unknown[] = [];
  for (let after: string | null = null; ;) {
    const { data, errors } = await demander(query, { after });
    if (errors !== undefined || !data) throw new Error(`${racine.nom} : ${JSON.stringify(errors)}`);
    if (racine.genre !== 'page') return data['lues'] as unknown[];
    const { totalCount, pageInfo, nodes } = data['lues'] as PageLue;
    lues.push(...nodes);
    if (!pageInfo.hasNextPage) {
      if (totalCount !== lues.length) throw new Error(`${racine.nom} : ${totalCount} annoncées, ${lues.length} lues`);
      return lues;
    }
    after = pageInfo.endCursor;
  }
}

/** Reads what nobody may: all rights, all roles, inside the gateway's own schema. Only the tests have it. */
export function toutVoir(monde: Monde, departementId: Departement) {
  const droits = createMongoAbility([{ action: 'manage', subject: 'all' }]) as unknown as Droits;
  const habilitations = tousLesRoles.map((role) => ({ role, portee: ROLES[role].portee, structureId: null }));
  const contexte = {
    departementId,
    droits,
    requeteId: 'superutilisateur',
    acteur: { departementId, utilisateurId: '00000000-0000-7000-8000-000000000000', habilitations },
  } as unknown as ContexteActeur;
  return async (query: string, variables: Readonly<Record<string, unknown>>): Promise<Reponse> => {
    const resultat = await execute({
      schema: monde.schema,
      document: parse(query),
      variableValues: { ...variables },
      contextValue: { contexte, requeteId: 'superutilisateur', trace: {} },
      fieldResolver: resolveurParDefaut,
    });
    return JSON.parse(JSON.stringify(resultat)) as Reponse;
  };
}

/** What rights depend on, for every row of a tenant; a plugin's own types by their own declaration. */
export async function connaitre(monde: Monde, departement: Departement): Promise<Connus> {
  const { superutilisateur, oracle, dispositifs } = monde;
  const registre = registreDe(monde);
  const objets = new Map<string, Map<string, ObjetLu>>();
  for (const type of Object.keys(OBJETS)) objets.set(type, await lireObjets(superutilisateur, type, departement));
  for (const type of registre.types) {
    if (!type.droits || type.sansId || type.implemente || objets.has(type.nom)) continue;
    const champs = type.droits.champs('x');
    const sql = (nom: string, vide: string): string => {
      const champ = champs[nom];
      return champ && 'colonne' in champ ? champ.colonne : vide;
    };
    const { rows } = await superutilisateur.query<Record<'id' | 't' | 's' | 'd' | 'e', string | null>>(
      `select x.id, ${sql('territoireIds', 'null')}::text as t, ${sql('structureId', 'null')}::text as s,
         ${sql('dispositif', 'null')} as d, ${sql('etat', 'null')} as e
       from ${type.table ?? ''} x where x.departement_id = $1`,
      [departement],
    );
    objets.set(
      type.nom,
      new Map(
        rows.map(({ id, t, s, d, e }) => [
          id ?? '',
          { territoireIds: t === null ? [] : [t], structureId: s, dispositif: d, etat: e },
        ]),
      ),
    );
  }
  const { rows } = await superutilisateur.query<{ id: string; utilisateur_id: string }>(
    'select id, utilisateur_id from sillage.habilitation where departement_id = $1',
    [departement],
  );
  const titulaires = new Map(rows.map(({ id, utilisateur_id }) => [id, utilisateur_id]));
  return { oracle, registre, dispositifs, objets, titulaires };
}

/** The fields whose SQL asks for a right on the row, whatever the caller, each with that right. */
export function champsSousDroit(registre: RegistreLectures): [champ: string, droit: Action][] {
  return registre.types
    .flatMap((type) =>
      Object.entries(type.champs).flatMap(([nom, champ]): [string, Action][] => {
        if (champ.genre !== 'sql' && champ.genre !== 'chiffre') return [];
        const demandes = new Set<Action>();
        const ligne = {
          alias: 'x',
          maintenant: 'now()',
          colonne: (colonne: string) => `x.${colonne}`,
          lier: () => '$1',
          argument: () => null,
          peut: (action: Action) => {
            demandes.add(action);
            return 'true';
          },
          contexte: { acteur: { habilitations: tousLesRoles.map((role) => ({ role, structureId: null })) } },
        } as unknown as Ligne;
        champ.sql(ligne);
        return [...demandes].map((droit) => [`${type.nom}.${nom}`, droit]);
      }),
    )
    .sort(([un], [autre]) => (un < autre ? -1 : 1));
}

/** The first place where two answers part, for people. */
export function premierEcart(attendu: unknown, lu: unknown, chemin = ''): string | null {
  if (Object.is(attendu, lu)) return null;
  const objets = [attendu, lu].every((valeur) => typeof valeur === 'object' && valeur !== null);
  if (!objets) return `${chemin} : ${JSON.stringify(attendu)} attendu, ${JSON.stringify(lu)} lu`.slice(0, 500);
  const [a, b] = [attendu, lu] as [Record<string, unknown>, Record<string, unknown>];
  for (const cle of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const ecart = premierEcart(a[cle], b[cle], `${chemin}.${cle}`);
    if (ecart !== null) return ecart;
  }
  return null;
}

export function nomDe(acteur: Acteur): string {
  return acteur.sub.replace(/^attaque-/, '');
}
