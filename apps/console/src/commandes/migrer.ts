import { dispositifs } from '@sillage/dispositifs';
import { type Commande, RefusConsole } from '../commande.js';
import { mettreAJourBase } from '../schema-base.js';

/** The migration job of a deployment: run it before the new gateway and worker start. Safe to run again. */
export const migrerBase: Commande = {
  nom: 'migrer',
  usage: '',
  resume: 'met à jour les tables (DATABASE_URL_PROPRIETAIRE, et DATABASE_URL_FILE sans Redis)',
  async executer() {
    await mettreAJourBase({
      urlProprietaire: exiger('DATABASE_URL_PROPRIETAIRE'),
      urlFile: process.env['REDIS_URL'] ? undefined : exiger('DATABASE_URL_FILE'),
      dispositifs,
      journal: (ligne) => console.log(ligne),
    });
  },
};

/** The value of a variable that a command cannot do without. @throws RefusConsole */
export function exiger(variable: string): string {
  const valeur = process.env[variable];
  if (valeur) return valeur;
  throw new RefusConsole(`${variable} manque : voir docs/configuration.md.`);
}
