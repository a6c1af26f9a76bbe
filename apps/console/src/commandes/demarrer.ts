import type { Commande } from '../commande.js';
import { accueil } from '../demarrage/accueil.js';
import { Demonstration } from '../demarrage/demonstration.js';
import { Progres } from '../demarrage/progres.js';
import { DOSSIER } from '../dossier.js';

/** What `npm start` hands over to, once the house is built. Runs until it is asked to stop, or until a process falls. */
export const demarrer: Commande = {
  nom: 'demarrer',
  usage: '[--reset]',
  resume: 'démarre la démonstration (lancez plutôt npm start)',
  options: { reset: { type: 'boolean' } },
  async executer({ options }) {
    const arret = ecouterArret();
    const progres = new Progres();
    const demonstration = new Demonstration({
      dossier: DOSSIER,
      progres,
      reset: options['reset'] === true,
      arret: arret.signal,
    });
    try {
      const ouverte = await demonstration.ouvrir();
      console.log(accueil(ouverte.adresses, ouverte.horloge, progres.total()));
      const accident = await Promise.race([demonstration.accident(), arret.demande]);
      if (accident !== undefined) throw accident;
      console.log('\nArrêt de la démonstration…');
    } catch (erreur) {
      if (!arret.signal.aborted) throw erreur;
      console.log('\nArrêt pendant le démarrage…');
    } finally {
      await demonstration.fermer();
    }
    console.log('Tout est arrêté.');
  },
};

/** Asked by `npm start` (a message), by a signal, or by the disappearance of `npm start`, even killed. */
function ecouterArret(): { signal: AbortSignal; demande: Promise<undefined> } {
  const controleur = new AbortController();
  const demande = new Promise<undefined>((resolve) =>
    controleur.signal.addEventListener('abort', () => resolve(undefined)),
  );
  const arreter = (): void => controleur.abort();
  process.on('message', (message) => message === 'arreter' && arreter());
  process.on('disconnect', arreter);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, arreter);
  // Who read our lines may be gone: that must not prevent an orderly stop.
  for (const sortie of [process.stdout, process.stderr]) sortie.on('error', () => undefined);
  // The channel alone must not keep the process alive once everything is closed.
  process.channel?.unref();
  return { signal: controleur.signal, demande };
}
