import { join } from 'node:path';
import { COMPTES_DEMO, lireCleMachine, obtenirJeton, obtenirJetonMachine } from '@sillage/oidc-dev';
import { type Commande, RefusConsole } from '../commande.js';
import { lireEtat } from '../demarrage/etat.js';
import { DOSSIER } from '../dossier.js';

/** Prints the access token of a demonstration account, and nothing else: `TOKEN=$(npm run -s jeton -- siege)`. */
export const jeton: Commande = {
  nom: 'jeton',
  usage: '<compte>',
  resume: 'affiche un jeton d’accès de la démonstration qui tourne',
  async executer({ arguments: [sub, ...reste] }) {
    const compte = COMPTES_DEMO.find((c) => c.sub === sub);
    if (compte === undefined || reste.length > 0) {
      throw new RefusConsole(`Quel compte ? L’un de : ${COMPTES_DEMO.map((c) => c.sub).join(', ')}.`);
    }
    const { emetteur, oidc: adresse } = lireEtat(DOSSIER);
    console.log(
      compte.machine
        ? await obtenirJetonMachine({
            emetteur,
            adresse,
            machine: compte.sub,
            cle: await lireCleMachine(join(DOSSIER, 'oidc'), compte.sub),
          })
        : await obtenirJeton({ emetteur, adresse, compte: compte.sub }),
    );
  },
};
