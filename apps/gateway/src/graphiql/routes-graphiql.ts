import type { FastifyInstance } from 'fastify';
import { CHEMIN_GRAPHQL } from '../graphql/options-apollo.js';

export const CHEMIN_GRAPHIQL = '/graphiql';

/**
 * GraphiQL, for development only, from files that npm installed: nothing is fetched elsewhere, and the page may not. The package
 * weighs nine megabytes: it is loaded when somebody first asks for it.
 */
export function routesGraphiql(serveur: FastifyInstance): void {
  serveur.get(CHEMIN_GRAPHIQL, async (_requete, reponse) =>
    reponse
      .headers({ 'content-security-policy': POLITIQUE, 'x-frame-options': 'DENY' })
      .type('text/html; charset=utf-8')
      .send(PAGE),
  );
  for (const [nom, { type, contenu }] of Object.entries(FICHIERS)) {
    serveur.get(`${CHEMIN_GRAPHIQL}/${nom}`, async (_requete, reponse) =>
      reponse
        // A worker follows the policy of its own answer.
        .headers({ 'content-security-policy': POLITIQUE, 'cache-control': 'private, max-age=3600' })
        .type(type)
        .send(await contenu()),
    );
  }
}

/** Monaco, GraphiQL's editor, writes styles as it goes; scripts come from files of ours, none inline. */
const POLITIQUE = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PAGE = `<!doctype html>
<html lang="fr">
  <head>
    <meta charset="utf-8">
    <title>Sillage : GraphiQL</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="${CHEMIN_GRAPHIQL}/graphiql.css">
  </head>
  <body id="body" class="no-focus-outline">
    <noscript>GraphiQL a besoin de JavaScript.</noscript>
    <div id="root"></div>
    <script src="${CHEMIN_GRAPHIQL}/avant.js"></script>
    <script src="${CHEMIN_GRAPHIQL}/graphiql.js"></script>
    <script src="${CHEMIN_GRAPHIQL}/apres.js"></script>
  </body>
</html>
`;

const AVANT = `self.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_module, nom) => '${CHEMIN_GRAPHIQL}/' + nom + '.worker.js',
};
`;

/** Without a token the schema can be read, and nothing else; a false token would hide even the schema. */
const REQUETE_PROPOSEE = `# Ctrl-Entrée exécute, Ctrl-Espace propose ; le livre, à gauche,
# ouvre la documentation. Pour lire des données, il faut un jeton :
#   npm run jeton -- siege
# à coller sous « Headers » :
#   { "Authorization": "Bearer ..." }
{
  __schema {
    queryType {
      fields {
        name
        description
      }
    }
  }
}
`;

const APRES = `YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), ${JSON.stringify({
  endpoint: CHEMIN_GRAPHQL,
  title: 'Sillage',
  defaultQuery: REQUETE_PROPOSEE,
})});
`;

interface Fichier {
  readonly type: string;
  readonly contenu: () => Promise<string> | string;
}

const JAVASCRIPT = 'text/javascript; charset=utf-8';

const FICHIERS: Readonly<Record<string, Fichier>> = {
  'avant.js': { type: JAVASCRIPT, contenu: () => AVANT },
  'apres.js': { type: JAVASCRIPT, contenu: () => APRES },
  'graphiql.js': duPaquet(JAVASCRIPT, 'js'),
  'graphiql.css': duPaquet('text/css; charset=utf-8', 'css'),
  'editorWorkerService.worker.js': duPaquet(JAVASCRIPT, 'editorWorkerService'),
  'json.worker.js': duPaquet(JAVASCRIPT, 'jsonWorker'),
  'graphql.worker.js': duPaquet(JAVASCRIPT, 'graphqlWorker'),
};

function duPaquet(type: string, nom: 'js' | 'css' | 'editorWorkerService' | 'jsonWorker' | 'graphqlWorker'): Fichier {
  return { type, contenu: async () => (await import('@graphql-yoga/render-graphiql/graphiql'))[nom] };
}
