// `npm run operations -- <files or folders> --sortie manifeste.json`: checks a front-end's operations against the schema and
// writes the manifest that a gateway takes in OPERATIONS_MANIFESTES. Needs graphql and a `schema.graphql`, nothing built.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  buildSchema,
  concatAST,
  getLocation,
  GraphQLError,
  isExecutableDefinitionNode,
  Kind,
  NoUnusedFragmentsRule,
  parse,
  print,
  separateOperations,
  Source,
  specifiedRules,
  validate,
} from 'graphql';

const USAGE = 'npm run operations -- <fichiers ou dossiers .graphql> --sortie manifeste.json [--schema schema.graphql]';

// npm goes to the root of the project; paths are said from where the command was typed.
const ici = process.env.npm_lifecycle_event === 'operations' ? process.env.INIT_CWD : process.cwd();
const { chemins, sortie, schema } = lireArguments();
const documents = fichiersDe(chemins).map(lireDocument);
const fautes = documents.flatMap(({ faute }) => faute ?? []);
const ensemble = concatAST(documents.flatMap(({ document }) => document ?? []));
if (fautes.length === 0) fautes.push(...fautesDe(ensemble));
if (fautes.length > 0) refuser(fautes.join('\n'));

const operations = declarer(ensemble);
const manifeste = { format: 'apollo-persisted-query-manifest', version: 1, operations };
writeFileSync(sortie, `${JSON.stringify(manifeste, null, 2)}\n`);
console.log(
  `${operations.length} opération(s) dans ${relative(ici, sortie)}, lue(s) dans ${documents.length} fichier(s).`,
);

function lireArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { sortie: { type: 'string' }, schema: { type: 'string' } },
    });
    if (positionals.length === 0 || values.sortie === undefined) refuser(`Usage : ${USAGE}`);
    return {
      chemins: positionals,
      sortie: resolve(ici, values.sortie),
      schema: values.schema ? resolve(ici, values.schema) : join(import.meta.dirname, '../schema.graphql'),
    };
  } catch {
    return refuser(`Usage : ${USAGE}`);
  }
}

/** Each file once, in an order that does not depend on the machine. */
function fichiersDe(donnes) {
  const trouves = donnes.flatMap((donne) => {
    const chemin = resolve(ici, donne);
    const genre = statSync(chemin, { throwIfNoEntry: false });
    if (genre === undefined) return refuser(`${donne} : introuvable.`);
    if (genre.isFile()) return [chemin];
    return readdirSync(chemin, { recursive: true })
      .filter((nom) => /\.(graphql|gql)$/.test(nom) && !nom.includes('node_modules'))
      .map((nom) => join(chemin, nom));
  });
  if (trouves.length === 0) refuser('Aucun fichier .graphql ou .gql dans ce qui est donné.');
  return [...new Set(trouves)].sort();
}

function lireDocument(chemin) {
  const source = new Source(readFileSync(chemin, 'utf8'), relative(ici, chemin));
  try {
    const document = parse(source);
    const etrangere = document.definitions.find((definition) => !isExecutableDefinitionNode(definition));
    if (etrangere === undefined) return { document };
    return { faute: `${lieuDe(etrangere)} : ce fichier décrit un schéma, pas des opérations ; ne le donnez pas.` };
  } catch (erreur) {
    if (!(erreur instanceof GraphQLError)) throw erreur;
    return { faute: `${lieu(source, erreur.positions[0])} : ce n’est pas du GraphQL. Détail : ${erreur.message}` };
  }
}

/** What the schema refuses, and what a manifest cannot say: an operation without a name. */
function fautesDe(document) {
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operations.length === 0) return ['Aucune opération : ces fichiers ne portent que des fragments.'];
  const anonymes = operations.filter(({ name }) => name === undefined);
  if (anonymes.length > 0) return anonymes.map((o) => `${lieuDe(o)} : donnez un nom à l’opération.`);
  // A fragment that no operation takes yet harms nobody: it stays out of the manifest.
  const regles = specifiedRules.filter((regle) => regle !== NoUnusedFragmentsRule);
  return validate(lireSchema(), document, regles).map(
    ({ nodes, message }) => `${nodes.map(lieuDe).join(', ')} : le schéma refuse cette opération. Détail : ${message}`,
  );
}

function lireSchema() {
  try {
    return buildSchema(readFileSync(schema, 'utf8'));
  } catch (erreur) {
    return refuser(`${relative(ici, schema)} : ce schéma ne se lit pas. Détail : ${erreur.message}`);
  }
}

/** One entry an operation, with the fragments that it takes, wherever they are written. */
function declarer(document) {
  return Object.entries(separateOperations(document))
    .map(([name, seule]) => {
      const body = print(seule);
      const { operation } = seule.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
      return { id: createHash('sha256').update(body).digest('hex'), name, type: operation, body };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function lieuDe({ loc }) {
  return lieu(loc.source, loc.start);
}

function lieu(source, position) {
  const { line, column } = getLocation(source, position);
  return `${source.name}:${line}:${column}`;
}

function refuser(message) {
  console.error(message);
  process.exit(1);
}
