const JEUNE = 'libs/core/src/jeunes/jeune.service.ts';
const CONSERVATION = 'libs/core/src/jeunes/conservation.service.ts';
const RECTIFICATION = 'libs/core/src/jeunes/rectification.service.ts';
const EFFACEMENT = 'libs/core/src/jeunes/effacement.ts';

const personnes = (test, parmi = ['Rights of persons', 'Erasure']) => ({
  essai: 'test/e2e/droits-des-personnes.spec.ts',
  test,
  parmi,
});
const export_ = personnes('hands over all that is held on one person');
const rectification = personnes('rectifies, keeps what was written before');
const limitation = personnes('limits: who follows the person');
const effacement = personnes('leaves nothing that names the person');
const conservation = personnes('proposes every night what is due', 'Duration of conservation');

const effacerSauf = (table) => ({
  fichier: EFFACEMENT,
  cherche: 'if (sql === null) continue;',
  remplace: `if (sql === null || table.table === '${table}') continue;`,
  ...effacement,
});

/** What young people may ask, and what is due to them without asking. */
export const PERSONNES = [
  {
    nom: 'personnes : chaque table qui mène à quelqu’un est déclarée',
    fichier: 'libs/core/src/jeunes/donnees-personnelles.ts',
    cherche: 'return [...TABLES_DU_CORE, ...registre',
    remplace: "return [...TABLES_DU_CORE.filter(({ table }) => table !== 'sillage.jeune_statut'), ...registre",
    ...personnes('every table that leads to a young person is declared'),
  },
  {
    nom: 'personnes : l’export ne laisse aucune table',
    fichier: 'libs/core/src/jeunes/export.ts',
    cherche: 'for (const table of tables) {',
    remplace: "for (const table of tables.filter((une) => une.table !== 'sillage.acte')) {",
    ...export_,
  },
  {
    nom: 'personnes : l’export ne remet que les lignes de la personne',
    fichier: 'libs/core/src/jeunes/export.ts',
    cherche: 'where ${lignesDeLaPersonne(table)} order by',
    remplace: 'where ${lignesDeLaPersonne(table)} or (departement_id = $1 and $2::uuid is not null) order by',
    ...export_,
  },
  {
    nom: 'personnes : une rectification garde ce qui était écrit',
    fichier: RECTIFICATION,
    cherche: '      await this.#retenir(em, contexte, jeuneId, changement, motif);\n',
    remplace: '',
    ...rectification,
  },
  {
    nom: 'personnes : une personne limitée ne s’efface pas',
    fichier: JEUNE,
    cherche: "if (limite) throw incompatible('Le traitement de ce dossier est limité : levez d’abord la limitation.');",
    remplace: 'void limite;',
    ...limitation,
  },
  {
    nom: 'personnes : on n’efface pas qui est suivi',
    fichier: JEUNE,
    cherche: '    await this.#refuserSiSuivi(em, contexte.departementId, jeuneId);\n',
    remplace: '',
    ...personnes('is refused while somebody follows the person'),
  },
  { nom: 'personnes : l’effacement ne laisse pas les noms', ...effacerSauf('sillage.identite') },
  { nom: 'personnes : l’effacement ne laisse pas les coordonnées', ...effacerSauf('sillage.jeune_coordonnees') },
  { nom: 'personnes : l’effacement ne laisse pas les rectifications', ...effacerSauf('sillage.jeune_rectification') },
  { nom: 'personnes : l’effacement ne laisse pas les notes', ...effacerSauf('sillage.acte') },
  { nom: 'personnes : l’effacement ne laisse pas le dossier', ...effacerSauf('sillage.jeune') },
  {
    nom: 'personnes : l’effacement se consigne hors de la base',
    fichier: JEUNE,
    cherche: '    await this.outbox.publier(em, consignerEffacement.pour(departementId, { jeuneId }));\n',
    remplace: '',
    ...effacement,
  },
  {
    nom: 'personnes : effacements:rejouer',
    fichier: 'apps/console/src/commandes/effacements-rejouer.ts',
    cherche: '          await effacer(em, tables, { departementId, jeuneId, le: horlogeSysteme.maintenant() });\n',
    remplace: '          void [effacer, tables, horlogeSysteme];\n',
    ...effacement,
  },
  {
    nom: 'personnes : la conservation attend un visa',
    fichier: CONSERVATION,
    cherche: 'if (await this.#proposerPour(em, departementId, due)) faites += 1;',
    remplace: `if (await this.#proposerPour(em, departementId, due)) faites += 1;
        if (due.proposition.nature === 'ARCHIVER')
          await this.#archiver(em, { departementId } as ContexteActeur, due.candidat.id);`,
    ...conservation,
  },
  {
    nom: 'personnes : le visa de la conservation est un droit',
    fichier: CONSERVATION,
    cherche: "    exigerDroit(contexte, 'effacer', 'Jeune', { territoireIds: [lue.territoire_id] }, PROPOSITION);\n",
    remplace: '',
    ...conservation,
  },
  {
    nom: 'personnes : une proposition écartée ne se fait pas',
    fichier: CONSERVATION,
    cherche: 'const bilan = confirmer ? await this.#faire(em, contexte, lue) : null;',
    remplace: 'const bilan = await this.#faire(em, contexte, lue);',
    ...conservation,
  },
  {
    nom: 'personnes : qui a été revu depuis n’est plus à archiver',
    fichier: CONSERVATION,
    cherche: 'if (due?.proposition.nature !== nature) {',
    remplace: "if (nature !== 'ARCHIVER' && due?.proposition.nature !== nature) {",
    ...conservation,
  },
  {
    nom: 'personnes : jamais avant la fin de la durée',
    fichier: 'libs/core/src/jeunes/conservation.ts',
    cherche: 'if (fin.toString() > aujourdhui.toString()) return null;',
    remplace: 'if (fin.toString() > aujourdhui.add({ months: 1 }).toString()) return null;',
    essai: 'libs/core/src/jeunes/conservation.spec.ts',
  },
];
