/** What `npm start` and `npm test` say while they prepare the house: one line a step, with the time it took. */

const RAPPEL_MS = 15_000;
const debut = Date.now();

/** What a step resolves to when it could not be made, through no fault: it is neither a success nor a failure. */
export const IGNORE = Symbol('ignore');

/** Seconds since the command was typed, in French: `12,3 s`. */
export function ecoule(depuis = debut) {
  return `${((Date.now() - depuis) / 1000).toFixed(1).replace('.', ',')} s`;
}

export const debutCommande = debut;

export function annoncer(ligne) {
  console.log(`  ${ligne}`);
}

/** Runs one step; a long one recalls every 15 seconds that it is still there. Its error is the caller's to tell. */
export async function etape(libelle, travail) {
  const depart = Date.now();
  const rappel = setInterval(() => annoncer(`… ${libelle} : toujours en cours (${ecoule(depart)})`), RAPPEL_MS);
  annoncer(`… ${libelle}`);
  try {
    const resultat = await travail();
    annoncer(`${resultat === IGNORE ? '–' : '✔'} ${libelle} (${ecoule(depart)})`);
    return resultat;
  } catch (erreur) {
    annoncer(`✘ ${libelle} (${ecoule(depart)})`);
    throw erreur;
  } finally {
    clearInterval(rappel);
  }
}
