import { readFileSync } from 'node:fs';
import { effacer, lireEffacements, tablesPersonnelles } from '@sillage/core';
import { RegistreDispositifs } from '@sillage/dispositif-kit';
import { dispositifs } from '@sillage/dispositifs';
import { horlogeSysteme } from '@sillage/kernel';
import { creerDataSource, UniteDeTravail } from '@sillage/persistence';
import { type Commande, RefusConsole } from '../commande.js';
import { exiger } from './migrer.js';

/** After a backup was restored: erases again those whom it brought back, as the worker's log tells them. Safe to run again. */
export const effacementsRejouer: Commande = {
  nom: 'effacements:rejouer',
  usage: '<journal du worker> …',
  resume: 'efface à nouveau les personnes qu’une sauvegarde restaurée a ramenées (DATABASE_URL)',
  async executer({ arguments: fichiers }) {
    if (fichiers.length === 0) throw new RefusConsole('Donnez les journaux du worker depuis la sauvegarde restaurée.');
    const dits = dedoubler(fichiers.flatMap((fichier) => lireEffacements(lire(fichier))));
    const source = await creerDataSource({
      url: exiger('DATABASE_URL'),
      connexions: 1,
      entites: [],
    }).initialize();
    try {
      const tables = tablesPersonnelles(new RegistreDispositifs(dispositifs));
      const unites = new UniteDeTravail(source);
      let refaits = 0;
      for (const { departementId, jeuneId } of dits) {
        const revenu = await unites.executer(departementId, async (em) => {
          const [jeune] = await em.query<unknown[]>(
            `select from sillage.jeune where departement_id = $1 and id = $2 and efface_le is null for update`,
            [departementId, jeuneId],
          );
          if (jeune === undefined) return false;
          await effacer(em, tables, { departementId, jeuneId, le: horlogeSysteme.maintenant() });
          return true;
        });
        if (revenu) refaits += 1;
      }
      console.log(`${dits.length} effacement(s) lus, ${refaits} personne(s) revenue(s) effacée(s) à nouveau.`);
    } finally {
      await source.destroy();
    }
  },
};

function lire(fichier: string): string {
  try {
    return readFileSync(fichier, 'utf8');
  } catch (erreur) {
    throw new RefusConsole(`${fichier} ne se lit pas : ${(erreur as Error).message}`);
  }
}

function dedoubler(effacements: ReturnType<typeof lireEffacements>): ReturnType<typeof lireEffacements> {
  return [...new Map(effacements.map((e) => [`${e.departementId}/${e.jeuneId}`, e])).values()];
}
