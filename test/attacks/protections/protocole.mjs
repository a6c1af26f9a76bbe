const OPTIONS = 'apps/gateway/src/graphql/options-apollo.ts';
const REGLES = 'apps/gateway/src/graphql/regles-de-validation.ts';
const SUIVI = 'apps/gateway/src/graphql/suivi.plugin.ts';
const ADAPTATEUR = 'apps/gateway/src/http/adaptateur.ts';
const FORMATER = 'apps/gateway/src/graphql/formater-erreur.ts';

const http = (test, parmi) => ({ essai: 'test/attacks/protocole/http.spec.ts', test, parmi });
const formes = (test) => http(`Formes de requête ${test}`, 'Formes de requête');
const production = (test) => http(test, 'En production, le schéma ne se devine pas');
const lent = (test) =>
  http(`Un client lent ${test}`, ['dans ses en-têtes est déconnecté', 'dans son corps est déconnecté']);
const limites = (test) => ({
  essai: 'test/e2e/limites.spec.ts',
  test: `Limites des requêtes ${test}`,
  parmi: ['Limites des requêtes refuse', 'Limites des requêtes pages'],
});
const debit = (test) => ({ essai: 'test/attacks/protocole/debit.spec.ts', test, parmi: [] });

/** The door: what is refused before anything is executed, and what answers do not teach. */
export const PROTOCOLE = [
  {
    nom: 'requête : profondeur',
    fichier: REGLES,
    cherche: 'maxDepth: { n: profondeur, flattenFragments: true, ',
    remplace: 'maxDepth: { n: 10_000, flattenFragments: true, ',
    ...limites('refuse une requête trop profonde'),
  },
  {
    nom: 'requête : nombre d’alias',
    fichier: REGLES,
    cherche: 'maxAliases: { n: alias, ',
    remplace: 'maxAliases: { n: 100_000, ',
    ...limites('refuse trop d’alias'),
  },
  {
    nom: 'requête : nombre de directives',
    fichier: REGLES,
    cherche: 'maxDirectives: { n: DIRECTIVES_MAX, ',
    remplace: 'maxDirectives: { n: 100_000, ',
    ...limites('refuse trop de directives'),
  },
  {
    nom: 'requête : nombre de mots et de signes',
    fichier: OPTIONS,
    cherche: '    parseOptions: { maxTokens: limites.jetons },\n',
    remplace: '',
    ...limites('refuse trop de mots et de signes'),
  },
  {
    nom: 'requête : champs répétés par fragments',
    fichier: OPTIONS,
    cherche: 'maxRecursiveSelections: SELECTIONS_MAX,',
    remplace: 'maxRecursiveSelections: false,',
    ...limites('refuse des fragments qui se multiplient'),
  },
  {
    nom: 'requête : largeur, taille possible de la réponse',
    fichier: SUIVI,
    cherche: 'if (cout > coutMax) {',
    remplace: 'if (cout > Number.MAX_SAFE_INTEGER) {',
    ...limites('refuse une réponse trop grande'),
  },
  {
    nom: 'requête : taille de page, au protocole',
    fichier: SUIVI,
    cherche: 'pages.find((taille) => taille > PAGE_MAX)',
    remplace: 'pages.find((taille) => taille > 100 * PAGE_MAX)',
    ...limites('pages'),
  },
  {
    nom: 'requête : taille de page, où le SQL s’écrit',
    fichier: 'libs/read/src/pagination.ts',
    cherche: 'if (taille > PAGE_MAX) throw',
    remplace: 'if (taille > 100 * PAGE_MAX) throw',
    essai: 'libs/read/src/pagination.spec.ts',
  },
  {
    nom: 'requête : taille du corps',
    fichier: ADAPTATEUR,
    cherche: 'bodyLimit: corpsOctets,',
    remplace: 'bodyLimit: 1_000 * corpsOctets,',
    ...limites('refuse un corps trop gros'),
  },
  {
    nom: 'requête : ni U+0000, ni moitié de caractère',
    fichier: SUIVI,
    cherche: 'if (fautif !== undefined) throw refusDeTexte(fautif);',
    remplace: 'void fautif;',
    essai: 'test/attacks/protocole/fuzz.spec.ts',
  },
  {
    nom: 'requête : une mutation ne passe pas par GET',
    fichier: OPTIONS,
    cherche: 'csrfPrevention: true,',
    remplace: 'csrfPrevention: false,',
    ...formes('mutation en GET : refusé'),
  },
  {
    nom: 'requête : ni formulaire, ni texte, que le navigateur enverrait sans permission',
    fichier: ADAPTATEUR,
    cherche: "instance.removeContentTypeParser('text/plain');",
    remplace: '',
    // Behind it Apollo refuses too, otherwise: 400, once it has read.
    essai: 'test/e2e/limites.spec.ts',
    test: 'refuse ce qu’une page d’un autre site peut envoyer sans permission',
  },
  {
    nom: 'requête : pas de lots',
    fichier: OPTIONS,
    cherche: 'allowBatchedHttpRequests: false,',
    remplace: 'allowBatchedHttpRequests: true,',
    ...formes('corps « ['),
  },
  {
    nom: 'requête : personne n’enregistre un texte en l’envoyant',
    fichier: OPTIONS,
    cherche: 'persistedQueries: false,',
    remplace: 'persistedQueries: undefined,',
    ...formes('champs'),
  },
  {
    nom: 'réponse : pas d’introspection en production',
    fichier: OPTIONS,
    cherche: 'introspection: !production,',
    remplace: 'introspection: true,',
    ...production('introspection'),
  },
  {
    nom: 'réponse : pas de suggestion en production',
    fichier: OPTIONS,
    cherche: 'formatError: production ? formaterErreurSansSuggestion : formaterErreur,',
    remplace: 'formatError: formaterErreur,',
    ...production('mal écrit ne se corrige pas'),
  },
  {
    nom: 'réponse : ni SQL, ni détail d’une panne',
    fichier: FORMATER,
    cherche: "return { ...seul('ERREUR_INTERNE'), ...(",
    remplace: "return { ...seul('ERREUR_INTERNE'), message: String(origine), ...(",
    essai: 'apps/gateway/src/graphql/formater-erreur.spec.ts',
  },
  {
    nom: 'débit : le budget d’une personne',
    fichier: 'apps/gateway/src/debit/debit.ts',
    cherche: 'if (depense.connue + depense.attente >= this.options.pointsParMinute) throw this.#refus();',
    remplace: '',
    ...debit('Le budget d’une personne est le même sur deux gateways'),
  },
  {
    nom: 'débit : le budget est commun aux gateways',
    fichier: 'apps/gateway/src/debit/debit.ts',
    cherche: 'depense.connue = await this.options.partager(payeur, depense.minute, points);',
    remplace: 'await this.options.partager(payeur, depense.minute, points);',
    ...debit('Le budget d’une personne est le même sur deux gateways'),
  },
  {
    nom: 'débit : une mutation coûte plus que sa réponse',
    fichier: 'apps/gateway/src/graphql/analyser-operation.ts',
    cherche: 'const POINTS_MUTATION = 50;',
    remplace: 'const POINTS_MUTATION = 0;',
    ...debit('Le budget d’une personne compte une mutation'),
  },
  {
    nom: 'débit : une adresse qui échoue à dire qui elle est',
    fichier: 'apps/gateway/src/debit/debit.ts',
    cherche: 'if (this.#echecs.lire(adresse).nombre >= this.options.echecsParMinute && !connu()) throw this.#refus();',
    remplace: '',
    ...debit('Les échecs d’une adresse ferment la porte'),
  },
  {
    nom: 'débit : personne ne choisit son adresse',
    fichier: ADAPTATEUR,
    cherche: 'trustProxy: mandataires.length > 0 && [...mandataires],',
    remplace: 'trustProxy: true,',
    ...debit('Le budget d’une personne personne ne choisit son adresse'),
  },
  {
    nom: 'délai : un client lent',
    fichier: ADAPTATEUR,
    cherche: 'requestTimeout: delai,',
    remplace: 'requestTimeout: 0,',
    ...lent('dans son corps'),
  },
  {
    nom: 'délai : une requête SQL sans fin',
    fichier: 'libs/persistence/src/roles-postgres.ts',
    cherche: "    await admin.query(`alter role ${role} set statement_timeout to '30s'`);\n",
    remplace: '',
    ...http('la base coupe ce qui dure'),
  },
  {
    nom: 'délai : une transaction oubliée ouverte',
    fichier: 'libs/persistence/src/roles-postgres.ts',
    cherche: "    await admin.query(`alter role ${role} set idle_in_transaction_session_timeout to '60s'`);\n",
    remplace: '',
    ...http('la base coupe ce qui dure'),
  },
];
