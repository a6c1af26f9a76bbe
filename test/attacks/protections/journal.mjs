const LECTURES = 'libs/read/src/lectures.ts';
const TEMOIN = 'libs/core/src/journal/journal-des-lectures.ts';
const VERIFIER = 'libs/core/src/journal/verifier-journal.ts';
const PURGE = 'libs/core/src/journal/purge-des-lectures.ts';
const CHAINE = 'libs/persistence/src/migrations/1763800000013-journal-enchaine.ts';

const lues = (test) => ({ essai: 'test/e2e/journal-des-lectures.spec.ts', test, parmi: [] });
const chaine = (test) => ({
  essai: 'libs/core/src/journal/verifier-journal.spec.ts',
  test,
  parmi: 'ce qu’un administrateur du serveur a changé se voit',
});
const ajout = (test) => ({ essai: 'libs/persistence/src/journal.spec.ts', test, parmi: [] });
const purge = (test) => ({ essai: 'libs/core/src/journal/purge-des-lectures.spec.ts', test, parmi: [] });
const ecriture = { essai: 'test/attacks/acces.spec.ts', test: 'fait ce que la table des droits dit' };

/** The trace: what was done, and what was read. */
export const JOURNAL = [
  {
    nom: 'journal : une écriture sans sa ligne (candidature)',
    fichier: 'libs/core/src/candidatures/candidature.service.ts',
    cherche: '    await this.journal.ecrire(em, contexte, {\n      action,\n',
    remplace: '    void ({\n      action,\n',
    essai: 'test/e2e/journal-des-ecritures.spec.ts',
  },
  {
    nom: 'journal : une écriture sans sa ligne (structure)',
    fichier: 'libs/core/src/structures/structure.service.ts',
    cherche: "    await this.journal.ecrire(em, contexte, {\n      action: 'structureEnregistrer',",
    remplace: "    void ({\n      action: 'structureEnregistrer',",
    ...ecriture,
  },
  {
    nom: 'journal : une écriture sans sa ligne (tout service)',
    fichier: 'libs/core/src/journal/journal.service.ts',
    cherche: "    const parJob = 'jobId' in auteur;\n",
    remplace: "    const parJob = 'jobId' in auteur;\n    if (!parJob) return;\n",
    ...ecriture,
  },
  {
    nom: 'journal : les droits d’ajouter, et rien de plus',
    fichier: CHAINE,
    cherche: "'journal_chaine', ['select', 'insert']",
    remplace: "'journal_chaine', ['select', 'insert', 'update', 'delete']",
    ...ajout('est refusé à l’application'),
  },
  {
    nom: 'journal : le journal immuable, même pour l’administrateur',
    fichier: CHAINE,
    cherche: 'before update or delete or truncate on sillage.journal\n',
    remplace: 'before truncate on sillage.journal\n',
    ...ajout('est refusé même à l’administrateur'),
  },
  {
    nom: 'journal : la chaîne immuable, même pour l’administrateur',
    fichier: CHAINE,
    cherche: 'before update or delete or truncate on sillage.journal_chaine\n',
    remplace: 'before truncate on sillage.journal_chaine\n',
    ...ajout('est refusé même à l’administrateur'),
  },
  {
    nom: 'journal : la chaîne ne s’écrit que par le journal',
    fichier: CHAINE,
    cherche: 'if pg_trigger_depth() < 2 then',
    remplace: 'if pg_trigger_depth() < 1 then',
    ...ajout('l’application n’écrit dans la chaîne que par le journal'),
  },
  {
    nom: 'chaîne : une ligne changée',
    fichier: VERIFIER,
    cherche: "else if (presente && !conforme) r.noter({ nature: 'LIGNE_ALTEREE', rang: ici, ligneId });",
    remplace: 'void conforme;',
    ...chaine('n’importe quelle colonne de n’importe quelle ligne'),
  },
  {
    nom: 'chaîne : une ligne effacée',
    fichier: VERIFIER,
    cherche: "if (!presente && ici > purge) r.noter({ nature: 'LIGNE_EFFACEE', rang: ici, ligneId });",
    remplace: 'if (!presente && ici > purge) void ligneId;',
    ...chaine('une ligne effacée'),
  },
  {
    nom: 'chaîne : un maillon qui ne suit pas le précédent',
    fichier: VERIFIER,
    cherche: "if (!suit) r.noter({ nature: 'LIEN_ROMPU', rang: ici, ligneId });",
    remplace: 'void suit;',
    ...chaine('deux maillons échangés'),
  },
  {
    nom: 'chaîne : un maillon qui manque',
    fichier: VERIFIER,
    cherche: 'if (manquants > 0) r.noter(',
    remplace: 'if (manquants > 1_000_000) r.noter(',
    ...chaine('le début coupé'),
  },
  {
    nom: 'chaîne : une ligne ajoutée à côté',
    fichier: VERIFIER,
    cherche: '  await chercherHorsChaine(cible, releve);\n',
    remplace: '',
    ...chaine('une ligne glissée sans maillon'),
  },
  {
    nom: 'chaîne : la fin coupée, ou tout récrit',
    fichier: VERIFIER,
    cherche: '  for (const notee of notees) await comparerALaTeteNotee(cible, notee, releve);\n',
    remplace: '',
    ...chaine('par la tête notée ailleurs, et par elle seule'),
  },
  {
    nom: 'chaîne : celle d’un département donnée pour celle d’un autre',
    fichier: CHAINE,
    cherche: "return sha256(convert_to('sillage/' || departement_id || '/' || chaine, 'UTF8'));",
    remplace: "return sha256(convert_to('sillage/' || chaine, 'UTF8'));",
    ...chaine('la chaîne d’un département donnée pour celle d’un autre'),
  },
  {
    nom: 'lectures : ce qui nomme est noté',
    fichier: LECTURES,
    cherche: '    if (lues.length > 0)\n',
    remplace: '    if (lues.length > 1_000)\n',
    ...lues('who, when, of whom'),
  },
  {
    nom: 'lectures : ce qu’une mutation rend et qui nomme est noté',
    fichier: LECTURES,
    cherche: 'const json = ligne?.lu ? await this.#temoigner(contexte, ligne.lu, instruction, origine) : null;',
    remplace: `const json = !ligne?.lu
      ? null
      : operation.operation === 'mutation'
        ? releverPersonnes(ligne.lu, instruction.nominatifs).json
        : await this.#temoigner(contexte, ligne.lu, instruction, origine);`,
    ...lues('what a mutation leaves, and that names somebody'),
  },
  {
    nom: 'lectures : ce qui est remis à la personne est noté',
    fichier: 'libs/core/src/jeunes/jeune.service.ts',
    cherche: '    await this.temoin.noter(contexte, [\n',
    remplace: '    void ([\n',
    essai: 'test/e2e/droits-des-personnes.spec.ts',
    test: 'hands over all that is held on one person',
    parmi: 'Rights of persons',
  },
  {
    nom: 'lectures : ce que PostgreSQL n’a pas pris attend',
    fichier: TEMOIN,
    cherche: '        this.#enAttente.push(...siennes);\n',
    remplace: '',
    ...lues('a stop writes what waits'),
  },
  {
    nom: 'lectures : l’arrêt écrit ce qui attend',
    fichier: TEMOIN,
    cherche: '  async onApplicationShutdown(): Promise<void> {\n    await this.vider();\n',
    remplace: '  async onApplicationShutdown(): Promise<void> {\n',
    ...lues('a stop writes what waits'),
  },
  {
    nom: 'lectures : sans journal, plus de noms',
    fichier: TEMOIN,
    cherche: 'if (this.#enAttente.length >= EN_ATTENTE_MAX) {',
    remplace: 'if (this.#enAttente.length >= Infinity) {',
    essai: 'libs/core/src/journal/journal-des-lectures.spec.ts',
  },
  {
    nom: 'lectures : personne de l’application ne les change',
    fichier: 'libs/persistence/src/migrations/1763800000016-lectures.ts',
    cherche: "await tableLocataire(q, 'sillage', table, ['select', 'insert']);",
    remplace: "await tableLocataire(q, 'sillage', table, ['select', 'insert', 'update', 'delete']);",
    ...lues('nobody of the application changes or removes a line'),
  },
  {
    nom: 'lectures : pas de purge avant six mois',
    fichier: 'libs/persistence/src/migrations/1763800000022-duree-des-lectures.ts',
    cherche: "- interval '6 months')",
    remplace: "- interval '0 months')",
    ...purge('ne laisse retirer ni par la plateforme, ni avant six mois'),
  },
  {
    nom: 'lectures : une purge se dit au journal',
    fichier: PURGE,
    cherche: '    await this.journal.ecrire(\n      em,\n      { departementId, jobId },\n      {',
    remplace: '    void (\n      jobId,\n      {',
    ...purge('garde douze mois, puis six'),
  },
  {
    nom: 'lectures : la purge garde ce qui doit l’être',
    fichier: PURGE,
    cherche: 'const premierJour = ajouterMois(jourDe(this.horloge.maintenant()), -this.mois);',
    remplace: 'const premierJour = ajouterMois(jourDe(this.horloge.maintenant()), 1 - this.mois);',
    ...purge('garde douze mois, puis six'),
  },
];
