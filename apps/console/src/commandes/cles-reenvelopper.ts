import { reenvelopperCles } from '@sillage/access';
import { listerDepartements } from '@sillage/persistence';
import { avecCoffre } from '../coffre.js';
import type { Commande } from '../commande.js';
import { exiger } from './migrer.js';

/** Part of a change of master key: see docs/cles.md for what comes before and after. */
export const clesReenvelopper: Commande = {
  nom: 'cles:reenvelopper',
  usage: '',
  resume: 'enveloppe les clés des départements avec CLE_MAITRE (DATABASE_URL, CLES_MAITRES_ANCIENNES)',
  async executer() {
    await avecCoffre(exiger('DATABASE_URL'), async (atelier) => {
      const departements = await listerDepartements(atelier.source);
      const faites = await reenvelopperCles({
        ...atelier,
        departements: departements.map(({ departementId }) => departementId),
      });
      console.log(`${faites} clé(s) enveloppée(s) avec la clé maître ${atelier.cles.couranteId}.`);
    });
  },
};
