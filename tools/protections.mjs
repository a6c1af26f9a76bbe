import { PROTECTIONS } from '../test/attacks/protections/index.mjs';
import { annoncer, ecoule } from './etape.mjs';
import { Empechement, preparerNode } from './preparer.mjs';
import { copierArbre, effacerArbre, obstacle, sansProtection } from './protections/copie.mjs';
import { GrappeCommune } from './protections/grappe.mjs';
import { fauteDuTemoin, interrompre, jouer, verdict } from './protections/jest.mjs';

/**
 * `npm run attacks -- --protections`: removes each protection of the house once, in a copy of the tree, and runs the test said to hold it,
 * which must turn red. Its code is 1 when one stayed green, or could not be judged.
 *
 *   npm run attacks -- --protections jeton    those whose name has this word
 */

const ROUGE = 'rouge';
/** What is wrong with each outcome but the one that is expected. */
const FAUTES = {
  vert: 'retirées, et aucun test ne le voit',
  invalide: 'sans conclusion : rien n’a pu être attendu',
  périmée: 'dont le texte n’est plus dans le code',
  'témoin rouge': 'dont le test échoue déjà quand rien n’est retiré',
};

/** @returns whether each protection, once removed, turned its test red */
export async function eprouverProtections(args) {
  const mots = args.flatMap((arg) => arg.split(' ')).filter((mot) => mot !== '');
  console.log('\nSillage : protections, retirées une à une\n');
  const choisies = PROTECTIONS.filter(({ nom }) => mots.every((mot) => simplifier(nom).includes(simplifier(mot))));
  if (choisies.length === 0) throw new Empechement(`Aucune protection ne se nomme « ${mots.join(' ')} ».`);
  const node = await preparerNode();
  const racine = copierArbre();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, interrompre);
  const grappe = new GrappeCommune({ node, racine });
  try {
    return conclure(await eprouverToutes(choisies, { node, racine, grappe }));
  } finally {
    await grappe.fermer();
    effacerArbre(racine);
  }
}

/** The tests that run are first run as they are, since a red says nothing of a test that was red already. */
async function eprouverToutes(choisies, lieu) {
  const rangees = [];
  for (const { essai, noms, siennes } of parEssai(choisies)) {
    const depart = Date.now();
    const faute = fauteDuTemoin(
      await jouer({ ...lieu, essai, noms, env: await lieu.grappe.pour(essai) }),
      siennes.map(({ test = '' }) => test),
    );
    annoncer(`  témoin : ${essai} ${noms.join(' | ')} (${ecoule(depart)})`);
    for (const protection of siennes) {
      const commence = Date.now();
      const issue = await eprouver(protection, { ...lieu, essai, noms, faute });
      rangees.push({ ...protection, ...issue, duree: ecoule(commence) });
      const signe = issue.couleur === ROUGE ? '✔' : '✘';
      const place = `${rangees.length}/${choisies.length}`;
      annoncer(`${signe} ${place} ${protection.nom} : ${issue.couleur} (${ecoule(commence)})`);
      annoncer(`    ${issue.detail}`);
    }
  }
  return rangees;
}

/** Protections that one run of the same tests can vouch for. */
function parEssai(choisies) {
  const groupes = new Map();
  for (const protection of choisies) {
    const { essai, test, parmi = test } = protection;
    const noms = [parmi ?? []].flat();
    const cle = JSON.stringify([essai, noms]);
    const groupe = groupes.get(cle) ?? { essai, noms, siennes: [] };
    groupes.set(cle, groupe);
    groupe.siennes.push(protection);
  }
  return [...groupes.values()];
}

async function eprouver(protection, { faute, ...jeu }) {
  const empeche = obstacle(protection, jeu.racine);
  if (empeche !== undefined) return { couleur: 'périmée', detail: empeche };
  if (faute !== undefined) return { couleur: 'témoin rouge', detail: faute };
  return sansProtection(protection, jeu.racine, async () =>
    verdict(await jouer({ ...jeu, env: await jeu.grappe.pour(protection.fichier) }), protection.test),
  );
}

function conclure(rangees) {
  afficher(rangees);
  for (const [couleur, faute] of Object.entries(FAUTES)) {
    const siennes = rangees.filter((rangee) => rangee.couleur === couleur);
    if (siennes.length === 0) continue;
    console.log(`\n✘ ${siennes.length} protection(s) ${faute} :`);
    for (const { nom, detail } of siennes) console.log(`  - ${nom} : ${detail}`);
  }
  const rouges = rangees.filter(({ couleur }) => couleur === ROUGE).length;
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
