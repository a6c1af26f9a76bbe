import {
  type Chaine,
  CHAINES,
  direEcart,
  ecrireTete,
  lireTete,
  type TeteDeChaine,
  verifierChaine,
} from '@sillage/core';
import { creerDataSource, listerDepartements, UniteDeTravail } from '@sillage/persistence';
import { type Appel, type Commande, RefusConsole } from '../commande.js';
import { exiger } from './migrer.js';

/** Links between two lines of progress. */
const PAS = 100_000;

/** Recomputes the chains of the journal. What it prints of each head is to be kept outside the database, and given back. */
export const journalVerifier: Commande = {
  nom: 'journal:verifier',
  usage: '[--tete …]',
  resume: 'vérifie que rien n’a été changé dans le journal (DATABASE_URL)',
  options: { departement: { type: 'string', multiple: true }, tete: { type: 'string', multiple: true } },
  async executer({ options }) {
    const notees = textes(options['tete']).map(lireTeteNotee);
    const demandes = textes(options['departement']);
    const source = creerDataSource({ url: exiger('DATABASE_URL'), connexions: 1, entites: [] });
    await source.initialize();
    try {
      const connus = (await listerDepartements(source)).map(({ departementId }) => departementId);
      const inconnus = [...demandes, ...notees.map((t) => t.departementId)].filter((d) => !connus.includes(d));
      if (inconnus.length > 0) throw new RefusConsole(`Département inconnu de cette base : ${inconnus.join(', ')}.`);
      const unites = new UniteDeTravail(source);
      let rompues = 0;
      for (const departementId of demandes.length > 0 ? demandes : connus) {
        for (const chaine of Object.keys(CHAINES) as Chaine[]) {
          if (!(await verifier(unites, departementId, chaine, notees))) rompues += 1;
        }
      }
      if (rompues > 0) throw new RefusConsole(`${rompues} chaîne(s) rompue(s) : voir docs/journal.md.`);
    } finally {
      await source.destroy();
    }
  },
};

/** Whether the chain is whole. Each batch is a transaction of its own: nothing is held for long. */
async function verifier(
  unites: UniteDeTravail,
  departementId: string,
  chaine: Chaine,
  notees: readonly TeteDeChaine[],
): Promise<boolean> {
  const siennes = notees.filter((t) => t.departementId === departementId && t.chaine === chaine);
  let dits = 0;
  const { maillons, tete, ecarts, nombreEcarts } = await verifierChaine(
    (sql, parametres) => unites.lecture(departementId, (em) => em.query(sql, parametres)),
    {
      departementId,
      chaine,
      notees: siennes,
      progres: (faits, total) => {
        if (faits - dits < PAS) return;
        dits = faits;
        console.log(`  ${departementId}/${chaine} : ${faits} sur ${total}…`);
      },
    },
  );
  const etat = nombreEcarts === 0 ? '✔ chaîne entière' : `✘ chaîne rompue, ${nombreEcarts} écart(s)`;
  console.log(`${departementId}/${chaine} : ${etat}, ${maillons} maillon(s).`);
  for (const ecart of ecarts) console.log(`  ${direEcart(ecart)}`);
  if (nombreEcarts > ecarts.length) console.log(`  … et ${nombreEcarts - ecarts.length} autre(s).`);
  if (tete) console.log(`  Tête à noter hors de la base : ${ecrireTete(tete)}`);
  return nombreEcarts === 0;
}

function lireTeteNotee(texte: string): TeteDeChaine {
  const tete = lireTete(texte);
  if (tete) return tete;
  throw new RefusConsole(`« ${texte} » n’est pas une tête : recopiez-la comme cette commande l’a affichée.`);
}

function textes(option: Appel['options'][string]): readonly string[] {
  return Array.isArray(option) ? (option as readonly string[]) : [];
}
