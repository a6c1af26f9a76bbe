import { type GraphQLField, isLeafType, getNamedType, isNonNullType } from 'graphql';
import { gesteDe } from './gestes.js';
import { registreDe } from './lectures.js';
import { type Departement, TERRITOIRES } from './monde/acteurs.js';
import type { Monde, Requete } from './monde/monde.js';
import { TABLES_DE_SUIVI } from './monde/sonde.js';
import { cheminsDIds, saisir } from './saisies.js';
import { Selecteur } from './selection.js';

/** A root field of the schema, its document made once, and where it takes ids. */
export interface Operation {
  readonly nom: string;
  readonly genre: 'query' | 'mutation';
  readonly champ: GraphQLField<unknown, unknown>;
  readonly document: string;
  readonly ids: readonly CheminDId[];
}

export interface CheminDId {
  /** `input.candidatureId`, `appelId`. */
  readonly chemin: string;
  /** GraphQL type of what it names, by what it is called. */
  readonly type: string;
}

/** Every root field of the schema as an operation that asks all that can be asked, down to a depth. */
export function operationsDe(monde: Monde, profondeur: number): Operation[] {
  const selecteur = new Selecteur(monde.schema, registreDe(monde));
  const racines = [
    ['query', monde.schema.getQueryType()],
    ['mutation', monde.schema.getMutationType()],
  ] as const;
  return racines.flatMap(([genre, type]) =>
    Object.values(type?.getFields() ?? {}).map((champ) => {
      const arguments_ = champ.args.map(({ name, type: typeArgument }) => `$${name}: ${String(typeArgument)}`);
      const passes = champ.args.map(({ name }) => `${name}: $${name}`);
      const texte = isLeafType(getNamedType(champ.type)) ? '' : `{ ${selecteur.de(champ.type, profondeur).texte} }`;
      const liste = (textes: readonly string[]): string => (textes.length > 0 ? `(${textes.join(', ')})` : '');
      return {
        nom: champ.name,
        genre,
        champ,
        document: `${genre} A${liste(arguments_)} { lues: ${champ.name}${liste(passes)} ${texte} }`,
        ids: champ.args.flatMap(({ name, type: typeArgument }) =>
          cheminsDIds(typeArgument, [name]).map((chemin) => ({ chemin, type: typeNomme(monde, champ, chemin) })),
        ),
      };
    }),
  );
}

/** The operation with values of the schema and, at some paths, values that are chosen. */
export function requeteDe(
  monde: Monde,
  operation: Operation,
  departement: Departement,
  choisies: Readonly<Record<string, unknown>>,
): Requete {
  const { champ, nom } = operation;
  const trouve = gesteDe(nom, monde.dispositifs);
  const dispositif =
    trouve?.dispositif ?? monde.dispositifs.find(({ prefixe }) => nom.includes(prefixe)) ?? monde.dispositifs[0];
  if (dispositif === undefined) throw new Error('Un monde a des dispositifs.');
  const propres = trouve?.geste.valeurs?.({ departement, dispositif }) ?? {};
  const valeurs = {
    dispositif: dispositif.code,
    territoires: [TERRITOIRES[departement][0]],
    ...Object.fromEntries(Object.entries(propres).map(([cle, valeur]) => [`input.${cle}`, valeur])),
    ...choisies,
  };
  const variables = champ.args.flatMap(({ name, type }) => {
    const donnee = Object.keys(choisies).some((chemin) => chemin === name || chemin.startsWith(`${name}.`));
    return isNonNullType(type) || donnee ? [[name, saisir(type, { texte: 'Attaque', valeurs }, [name])] as const] : [];
  });
  return { query: operation.document, variables: Object.fromEntries(variables) };
}

/** `candidatureId` names a Candidature; a bare `id`, what the mutation or the root is about. */
function typeNomme(monde: Monde, champ: GraphQLField<unknown, unknown>, chemin: string): string {
  const dernier = chemin.split('.').at(-1) ?? '';
  const nom = dernier.replace(/Id$/, '');
  if (nom !== 'id') return nom.charAt(0).toUpperCase() + nom.slice(1);
  return gesteDe(champ.name, monde.dispositifs)?.geste.ligne?.type ?? getNamedType(champ.type).name;
}

/** md5 of every row of a tenant, in every tenant table but those that note requests. */
export async function empreinteDe(
  { superutilisateur }: Pick<Monde, 'superutilisateur'>,
  departement: Departement,
): Promise<string> {
  const { rows } = await superutilisateur.query<{ empreinte: string }>(
    `select string_agg(query_to_xml(format(
        'select coalesce(md5(string_agg(t::text, E''\\n'' order by t::text)), '''') as e from %I.%I t where departement_id = %L',
        n.nspname, c.relname, $1::text), true, false, '')::text, ' ' order by n.nspname, c.relname) as empreinte
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where (n.nspname = 'sillage' or starts_with(n.nspname, 'plugin_')) and c.relkind = 'r' and c.relname <> '_migrations'
       and n.nspname || '.' || c.relname <> all($2)`,
    [departement, TABLES_DE_SUIVI],
  );
  return rows[0]?.empreinte ?? '';
}
