import { lireConfiguration } from './configuration.js';
import { demarrerFournisseur } from './demarrer-fournisseur.js';

/** The identity provider as a process: it ends on SIGTERM, on SIGINT, and when the process that started it is gone. */
async function principal(): Promise<void> {
  const fournisseur = await demarrerFournisseur(lireConfiguration(process.env));
  console.log(`Fournisseur d’identité de développement : ${fournisseur.adresse}`);
  let enArret = false;
  const arreter = (): void => {
    if (enArret) return;
    enArret = true;
    void fournisseur.arreter().then(() => process.exit(0));
  };
  process.on('SIGTERM', arreter);
  process.on('SIGINT', arreter);
  process.on('disconnect', arreter);
}

principal().catch((erreur: unknown) => {
  console.error(erreur instanceof Error ? erreur.message : erreur);
  process.exit(1);
});
