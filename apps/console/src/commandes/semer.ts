import { dispositifs } from '@sillage/dispositifs';
import { horlogeSysteme } from '@sillage/kernel';
import type { Commande } from '../commande.js';
import { semerDonnees } from '../donnees.js';
import { exiger } from './migrer.js';

/** Enters the Pas-de-Calais and its official geography in a database of one's own; the demonstration is `npm start`'s. */
export const semer: Commande = {
  nom: 'semer',
  usage: '',
  resume: 'charge les données de référence (DATABASE_URL et DATABASE_URL_PROPRIETAIRE)',
  async executer() {
    const urls = { urlProprietaire: exiger('DATABASE_URL_PROPRIETAIRE'), urlApp: exiger('DATABASE_URL') };
    const lignes = await semerDonnees({ urls, horloge: horlogeSysteme, dispositifs });
    console.log(lignes === 0 ? 'Tout était déjà là.' : `${lignes} ligne(s) écrite(s).`);
  },
};
