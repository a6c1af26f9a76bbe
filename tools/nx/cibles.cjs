const { readFileSync } = require('node:fs');
const { dirname } = require('node:path');

const NODE = '{workspaceRoot}/node_modules/.bin/node';

/**
 * Nx plugin: every workspace package with a `nx.tags` entry gets the same three cached targets, so that a package.json
 * never repeats them. `npx nx affected -t lint test` then runs what a change touches.
 */
module.exports = {
  name: 'sillage-cibles',
  createNodesV2: [
    '{libs,plugins,apps}/*/package.json',
    (fichiers) => fichiers.filter(declarePaquet).map((fichier) => [fichier, noeud(dirname(fichier))]),
  ],
};

function declarePaquet(fichier) {
  return JSON.parse(readFileSync(fichier, 'utf8')).nx?.tags !== undefined;
}

function noeud(racine) {
  const outillage = ['{workspaceRoot}/package-lock.json', '{workspaceRoot}/tsconfig.base.json'];
  const cible = (command, reste) => ({ command, cache: true, options: { cwd: '{workspaceRoot}' }, ...reste });
  return {
    projects: {
      [racine]: {
        targets: {
          build: cible(`${NODE} node_modules/typescript/bin/tsc -b ${racine}`, {
            dependsOn: ['^build'],
            inputs: ['sources', '^sources', ...outillage],
            outputs: ['{projectRoot}/dist'],
          }),
          lint: cible(`${NODE} node_modules/eslint/bin/eslint.js ${racine}`, {
            inputs: [
              'default',
              '^sources',
              ...outillage,
              '{workspaceRoot}/eslint.config.mjs',
              '{workspaceRoot}/tools/lint/**/*',
            ],
          }),
          test: cible(`${NODE} node_modules/jest/bin/jest.js ${racine}/ --passWithNoTests`, {
            inputs: [
              'default',
              '^sources',
              ...outillage,
              '{workspaceRoot}/jest.config.mjs',
              '{workspaceRoot}/test/support/**/*',
            ],
          }),
        },
      },
    },
  };
}
