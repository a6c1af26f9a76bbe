const UNITE = 'libs/persistence/src/unite-de-travail.ts';
const ECHANGE = 'libs/persistence/src/echange.ts';
const RLS = 'libs/persistence/src/rls.ts';

const isolation = (test) => ({ essai: 'libs/persistence/src/isolation.spec.ts', test, parmi: [] });
const unite = (test) => ({ essai: 'libs/persistence/src/unite-de-travail.spec.ts', test, parmi: [] });
const echange = (test) => ({ essai: 'libs/persistence/src/echange.spec.ts', test, parmi: [] });

/** Between départements: the context of a transaction, and the connection that it leaves. */
export const ISOLATION = [
  {
    nom: 'isolation : le contexte meurt avec sa transaction',
    fichier: UNITE,
    cherche: "set_config('${PARAMETRE_DEPARTEMENT}', $1, true)",
    remplace: "set_config('${PARAMETRE_DEPARTEMENT}', $1, false)",
    ...isolation('le contexte ne survit pas à la transaction'),
  },
  {
    nom: 'isolation : le contexte d’une lecture directe meurt avec elle',
    fichier: ECHANGE,
    cherche: "set_config('${PARAMETRE_DEPARTEMENT}', $1, true)",
    remplace: "set_config('${PARAMETRE_DEPARTEMENT}', $1, false)",
    ...echange('leaves no context behind it'),
  },
  {
    nom: 'isolation : le contexte de chacun, sous deux connexions',
    fichier: ECHANGE,
    cherche: 'const connu = contextes.get(departementId);',
    remplace: 'const [connu] = contextes.values();',
    essai: 'test/attacks/entrelacement.spec.ts',
  },
  {
    nom: 'isolation : une lecture n’écrit pas',
    fichier: UNITE,
    cherche: "return this.#suivre(() => this.#derouler(departementId, 'on', travail));",
    remplace: "return this.#suivre(() => this.#derouler(departementId, 'off', travail));",
    ...unite('une lecture n’écrit pas'),
  },
  {
    nom: 'isolation : une lecture directe n’écrit pas',
    fichier: ECHANGE,
    cherche: "set_config('transaction_read_only', 'on', true)",
    remplace: "set_config('transaction_read_only', 'off', true)",
    ...echange('cannot write, even by a function'),
  },
  {
    nom: 'isolation : une connexion douteuse n’est pas rendue',
    fichier: UNITE,
    cherche: '    client.end().catch(() => undefined);\n',
    remplace: '',
    ...unite('la connexion qui ne répond plus à ROLLBACK est détruite'),
  },
  {
    nom: 'isolation : une connexion où une lecture a échoué n’est pas rendue',
    fichier: 'libs/persistence/src/file-de-lectures.ts',
    cherche: 'client.release(!propre);',
    remplace: 'client.release(!propre && client.getTransactionStatus() === null);',
    ...echange('says what PostgreSQL says, and the next read does not suffer from it'),
  },
  {
    nom: 'isolation : une erreur ignorée ne se valide pas',
    fichier: UNITE,
    cherche: "if (command !== 'COMMIT') {",
    remplace: "if (command === '') {",
    ...unite('refuse de valider une transaction dont une erreur a été ignorée'),
  },
  {
    nom: 'isolation : un travail ne clôt pas sa transaction',
    fichier: UNITE,
    cherche:
      "  if (client.getTransactionStatus() === 'I') {\n    throw new UniteAbandonnee(\n      'La transaction a été close",
    remplace:
      "  if (client.getTransactionStatus() === null) {\n    throw new UniteAbandonnee(\n      'La transaction a été close",
    ...unite('dénonce un travail qui clôt lui-même sa transaction'),
  },
  {
    nom: 'isolation : rien ne se demande une fois la transaction finie',
    fichier: UNITE,
    cherche: '    runner.query = refuser;\n',
    remplace: '',
    essai: 'libs/persistence/src/unite-de-travail.spec.ts',
  },
  {
    nom: 'isolation : pas d’unité sans département',
    fichier: UNITE,
    cherche: "if (departementId === '') throw",
    remplace: "if (departementId === ' ') throw",
    ...unite('exige un département'),
  },
  {
    nom: 'isolation : sans contexte, aucune ligne',
    fichier: RLS,
    cherche: "departement_id = (select nullif(current_setting('${PARAMETRE_DEPARTEMENT}', true), ''))`",
    remplace:
      "departement_id = (select coalesce(nullif(current_setting('${PARAMETRE_DEPARTEMENT}', true), ''), departement_id))`",
    ...isolation('sans contexte aucune ligne'),
  },
  {
    nom: 'isolation : FORCE, pour le propriétaire aussi',
    fichier: RLS,
    cherche: '    alter table ${nom} force row level security;\n',
    remplace: '',
    ...isolation('le propriétaire des tables non plus ne voit rien'),
  },
  {
    nom: 'isolation : personne n’écrit chez l’autre',
    fichier: RLS,
    cherche: 'with check (${EXPRESSION_ISOLATION})',
    remplace: 'with check (true)',
    ...isolation('n’écrit pas chez lui'),
  },
];
