import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { documentAcces } from '@sillage/access';
import { documentConfiguration } from '@sillage/configuration';
import { droitsDesDispositifs } from '@sillage/socle';
import { documenterDispositif } from '@sillage/dispositif-kit';
import { dispositifs } from '@sillage/dispositifs';
import { imprimerSchema } from '@sillage/gateway';
import { documentErreurs } from '@sillage/kernel';
import { type Commande, RefusConsole } from '../commande.js';
import { RACINE } from '../dossier.js';

const PAGES_DISPOSITIFS = 'docs/dispositifs';

/** Writes the files that code alone decides, or says which ones are out of date. */
export const generer: Commande = {
  nom: 'generer',
  usage: '[--verifier]',
  resume: 'écrit schema.graphql et les pages produites de docs/, ou vérifie qu’ils sont à jour',
  options: { verifier: { type: 'boolean' } },
  async executer({ options }) {
    const attendus = await fichiersProduits();
    const perimes = [...attendus].filter(([chemin, contenu]) => lire(chemin) !== contenu).map(([chemin]) => chemin);
    const enTrop = pagesDeDispositifs().filter((chemin) => !attendus.has(chemin));
    if (options['verifier'] === true) {
      if (perimes.length + enTrop.length === 0) return;
      throw new RefusConsole(`À refaire par « npm run generer » : ${[...perimes, ...enTrop].join(', ')}.`);
    }
    for (const chemin of enTrop) rmSync(join(RACINE, chemin));
    for (const chemin of perimes) ecrire(chemin, attendus.get(chemin) ?? '');
    console.log([...perimes.map((c) => `écrit : ${c}`), ...enTrop.map((c) => `retiré : ${c}`), 'À jour.'].join('\n'));
  },
};

/** Path from the root -> content. */
async function fichiersProduits(): Promise<Map<string, string>> {
  return new Map([
    ['schema.graphql', await imprimerSchema({ dispositifs })],
    ['docs/access.md', documentAcces(droitsDesDispositifs(dispositifs))],
    ['docs/errors.md', documentErreurs()],
    ['docs/configuration.md', documentConfiguration()],
    ...dispositifs.map((d): [string, string] => [`${PAGES_DISPOSITIFS}/${d.code}.md`, documenterDispositif(d)]),
  ]);
}

function pagesDeDispositifs(): string[] {
  try {
    return readdirSync(join(RACINE, PAGES_DISPOSITIFS)).map((nom) => `${PAGES_DISPOSITIFS}/${basename(nom)}`);
  } catch {
    return [];
  }
}

function lire(chemin: string): string | undefined {
  try {
    return readFileSync(join(RACINE, chemin), 'utf8');
  } catch {
    return undefined;
  }
}

function ecrire(chemin: string, contenu: string): void {
  mkdirSync(dirname(join(RACINE, chemin)), { recursive: true });
  writeFileSync(join(RACINE, chemin), contenu);
}
