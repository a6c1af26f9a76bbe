import { spawn } from 'node:child_process';
import { Empechement } from '../preparer.mjs';

/** What makes a cluster what it is: where one of these is changed, Jest must start its own. */
const FAIT_LA_GRAPPE = /^libs\/persistence\/src\/(migrations\/|rls\.ts|roles-postgres\.ts|migrer\.ts|embarque\/)/;

/** Half of a short run is the start of PostgreSQL: one cluster serves all those that change nothing in it. */
export async function ouvrirGrappe({ node, racine }) {
  const args = ['--no-warnings', '--import', './tools/sources.mjs', 'test/support/grappe-a-part.ts'];
  const enfant = spawn(node, args, { cwd: racine, stdio: ['pipe', 'pipe', 'inherit'] });
  const fin = new Promise((resolve) => enfant.once('close', resolve));
  const ligne = await Promise.race([premiereLigne(enfant.stdout), fin.then(() => undefined)]);
  if (ligne === undefined) throw new Empechement('La base commune aux essais n’a pas démarré : voir ci-dessus.');
  const env = JSON.parse(ligne);
  return {
    /** What a run needs in its environment to use it, or nothing. */
    pour: (fichier) => (FAIT_LA_GRAPPE.test(fichier) ? {} : env),
    fermer: async () => {
      enfant.stdin.end();
      await fin;
    },
  };
}

function premiereLigne(flux) {
  return new Promise((resolve) => {
    let texte = '';
    flux.setEncoding('utf8').on('data', (morceau) => {
      texte += morceau;
      if (texte.includes('\n')) resolve(texte.split('\n')[0]);
    });
  });
}
