import { PROTECTIONS } from '../test/attacks/protections/index.mjs';
import { annoncer, ecoule } from './etape.mjs';
import { Empechement, preparerNode } from './preparer.mjs';
import { copierArbre, effacerArbre, obstacle, sansProtection } from './protections/copie.mjs';
import { fauteDuTemoin, interrompre, jouer, verdict } from './protections/jest.mjs';

/**
 * `npm run attacks -- --protections`: removes each protection of the house once, in a copy of the tree, and runs the test said to hold it,
 * which must turn red. Its code is 1 when one stayed green, or could not be judged.
 *
 *   npm run attacks -- --protections jeton    those whose name has this word
 */

/** What is wrong with each outcome but the one that is expected. */
const FAUTES = {
  vert: 'retirées, et aucun test ne le voit',
  invalide: 'sans conclusion : rien n’a pu être attendu',
  périmée: 'dont le texte n’est plus dans le code',
  'témoin rouge': 'dont le test échoue déjà quand rien n’est retiré',
};

/** @returns whether each protection, once removed, turned its test red */
export async function eprouverProtections(mots) {
  console.log('\nSillage : protections, retirées une à une\n');
  const choisies = PROTECTIONS.filter(({ nom }) => mots.every((mot) => simplifier(nom).includes(simplifier(mot))));
  if (choisies.length === 0) throw new Empechement(`Aucune protection ne se nomme « ${mots.join(' ')} ».`);
  const node = await preparerNode();
  const racine = copierArbre();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, interrompre);
  try {
    return conclure(await eprouverToutes(choisies, { node, racine }));
  } finally {
    effacerArbre(racine);
  }
}

/** Spec by spec: each is first run as it is, since a red says nothing of a test that was red already. */
async function eprouverToutes(choisies, lieu) {
  const rangees = [];
  const noter = (protection, issue, depart) => {
    rangees.push({ ...protection, ...issue, duree: ecoule(depart) });
    const signe = issue.couleur === 'rouge' ? '✔' : '✘';
    annoncer(`${signe} ${rangees.length}/${choisies.length} ${protection.nom} : ${issue.couleur} (${ecoule(depart)})`);
    annoncer(`    ${issue.detail}`);
  };
  for (const essai of new Set(choisies.map((protection) => protection.essai))) {
    const siennes = choisies.filter((protection) => protection.essai === essai);
    const noms = siennes.every(({ test }) => test) ? [...new Set(siennes.map(({ test }) => test))] : [];
    const depart = Date.now();
    const faute = fauteDuTemoin(await jouer({ ...lieu, essai, noms }), noms);
    annoncer(`  témoin ${essai} (${ecoule(depart)})`);
    for (const protection of siennes) {
      const commence = Date.now();
      noter(protection, await eprouver(protection, faute, lieu), commence);
    }
  }
  return rangees;
}

async function eprouver(protection, faute, lieu) {
  const obstacleTrouve = obstacle(protection, lieu.racine);
  if (obstacleTrouve !== undefined) return { couleur: 'périmée', detail: obstacleTrouve };
  if (faute !== undefined) return { couleur: 'témoin rouge', detail: faute };
  const { essai, test } = protection;
  const noms = test === undefined ? [] : [test];
  return sansProtection(protection, lieu.racine, async () => verdict(await jouer({ ...lieu, essai, noms })));
}

function conclure(rangees) {
  afficher(rangees);
  for (const [couleur, faute] of Object.entries(FAUTES)) {
    const siennes = rangees.filter((rangee) => rangee.couleur === couleur);
    if (siennes.length === 0) continue;
    console.log(`\n✘ ${siennes.length} protection(s) ${faute} :`);
    for (const { nom, detail } of siennes) console.log(`  - ${nom} : ${detail}`);
  }
  const rouges = rangees.filter(({ couleur }) => couleur === 'rouge').length;
  console.log(`\n${rouges} rouges sur ${rangees.length}. Durée totale : ${ecoule()}`);
  return rouges === rangees.length;
}

function afficher(rangees) {
  const lignes = [
    ['protection', 'fichier', 'essai', 'issue', 'durée'],
    ...rangees.map(({ nom, fichier, essai, couleur, duree }) => [nom, fichier, essai, couleur, duree]),
  ];
  const larges = lignes[0].map((_, rang) => Math.max(...lignes.map((ligne) => ligne[rang].length)));
  const ecrire = (ligne) => `| ${ligne.map((mot, rang) => mot.padEnd(larges[rang])).join(' | ')} |`;
  const [titres, ...corps] = lignes.map(ecrire);
  const trait = `|${larges.map((large) => '-'.repeat(large + 2)).join('|')}|`;
  console.log(`\n${[titres, trait, ...corps].join('\n')}`);
}

/** `Rôle` is found by `role`. */
function simplifier(texte) {
  return texte.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
