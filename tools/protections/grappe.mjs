import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { Empechement } from '../preparer.mjs';

/** What makes a cluster what it is: where one of these is changed, Jest must start its own. */
const FAIT_LA_GRAPPE = /^libs\/persistence\/src\/(migrations\/|rls\.ts|roles-postgres\.ts|migrer\.ts|embarque\/)/;

/** Half of a short run is the start of PostgreSQL: one cluster serves all those that change nothing in it. */
export class GrappeCommune {
  #lieu;
  #ouverte;

  constructor(lieu) {
    this.#lieu = lieu;
  }

  /** What a run needs in its environment to use it, or nothing. A cluster that has died is replaced. */
  async pour(fichier) {
    if (FAIT_LA_GRAPPE.test(fichier)) return {};
    if (this.#ouverte !== undefined && !(await repond(this.#ouverte.env))) await this.fermer();
    this.#ouverte ??= await ouvrir(this.#lieu);
    return this.#ouverte.env;
  }

  async fermer() {
    this.#ouverte?.enfant.stdin.end();
    await this.#ouverte?.fin;
    this.#ouverte = undefined;
  }
}

async function ouvrir({ node, racine }) {
  const args = ['--no-warnings', '--import', './tools/sources.mjs', 'test/support/grappe-a-part.ts'];
  const enfant = spawn(node, args, { cwd: racine, stdio: ['pipe', 'pipe', 'inherit'] });
  // One that is gone already hears nothing of its end.
  enfant.stdin.on('error', () => undefined);
  const fin = new Promise((resolve) => enfant.once('close', resolve));
  const ligne = await Promise.race([premiereLigne(enfant.stdout), fin.then(() => undefined)]);
  if (ligne === undefined) throw new Empechement('La base commune aux essais n’a pas démarré : voir ci-dessus.');
  return { enfant, fin, env: JSON.parse(ligne) };
}

function repond(env) {
  const [grappe] = Object.values(env);
  const { hostname, port } = new URL(JSON.parse(grappe).urlAdmin);
  return new Promise((resolve) => {
    const prise = connect({ host: hostname, port: Number(port) });
    const dire = (issue) => {
      prise.destroy();
      resolve(issue);
    };
    prise.once('connect', () => dire(true)).once('error', () => dire(false));
  });
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
