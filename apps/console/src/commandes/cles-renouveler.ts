import { exigerClesAccessibles, renouvelerCle } from '@sillage/access';
import { listerDepartements } from '@sillage/persistence';
import { avecCoffre } from '../coffre.js';
import { type Commande, RefusConsole } from '../commande.js';
import { exiger } from './migrer.js';

/** While gateways and workers run. Stopped, it goes on where it was when it is run again: see docs/cles.md. */
export const clesRenouveler: Commande = {
  nom: 'cles:renouveler',
  usage: '--departement <code> [--attente <secondes>]',
  resume: 'donne une nouvelle clé à un département et rechiffre ses données (DATABASE_URL, CLE_MAITRE)',
  options: { departement: { type: 'string' }, attente: { type: 'string' } },
  async executer({ options }) {
    const { departement: departementId, attente } = options;
    if (typeof departementId !== 'string') throw new RefusConsole('Quel département ? Indiquez --departement 62.');
    const delai = lireAttente(attente);
    await avecCoffre(exiger('DATABASE_URL'), async (atelier) => {
      const departements = await listerDepartements(atelier.source);
      if (!departements.some((d) => d.departementId === departementId)) {
        throw new RefusConsole(`Le département ${departementId} n’est pas dans cette base.`);
      }
      await exigerClesAccessibles(atelier.source, atelier.unites, atelier.cles);
      const annoncer = (ligne: string): void => console.log(`… ${ligne}`);
      const version = await renouvelerCle({ ...atelier, ...delai, departementId, annoncer });
      console.log(
        version === null
          ? `Le département ${departementId} n’a encore rien chiffré : il n’a pas de clé à renouveler.`
          : `Le département ${departementId} n’emploie plus que la clé version ${version}.`,
      );
    });
  },
};

/** Unless told, the renewal knows how long a read may last. Zero is for when everything is stopped. */
function lireAttente(secondes: unknown): { delaiMs?: number } {
  if (secondes === undefined) return {};
  if (typeof secondes !== 'string' || !/^\d{1,4}$/.test(secondes)) {
    throw new RefusConsole('--attente demande un nombre entier de secondes, par exemple --attente 60.');
  }
  return { delaiMs: Number(secondes) * 1000 };
}
