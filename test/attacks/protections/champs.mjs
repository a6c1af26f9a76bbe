const CHIFFRE = 'libs/access/src/coffre/chiffre.ts';
const RECTIFICATION = 'libs/core/src/jeunes/rectification.service.ts';
const JEUNE = 'libs/core/src/jeunes/jeune.service.ts';
const ROLES = 'libs/persistence/src/migrations/1763800000020-roles-des-jobs-et-des-statistiques.ts';

const canaris = {
  essai: 'test/attacks/canaris.spec.ts',
  test: 'Les canaris, file PostgreSQL ne sont que là où ils doivent être',
};
const roles = {
  essai: 'libs/persistence/src/roles-postgres.spec.ts',
  test: 'les jobs et les statistiques comptent les jeunes, et ne lisent aucun nom',
};
const echangees = { essai: 'libs/access/src/coffre/coffre.spec.ts', test: 'échangées dans la base' };
const ailleurs = { essai: 'libs/access/src/coffre/chiffre.spec.ts', parmi: [] };
const lieDe = (parties) => ({
  fichier: CHIFFRE,
  cherche: 'encoderContexte([FORMAT, version, departementId, table, colonne, ligne])',
  remplace: `encoderContexte([${parties}].concat(ligne.slice(0, 0)))`,
});

/** What names people, wherever it is written. */
export const CHAMPS = [
  {
    nom: 'champs : une valeur scellée est liée à sa ligne',
    ...lieDe('FORMAT, version, departementId, table, colonne'),
    ...echangees,
  },
  {
    nom: 'champs : une valeur scellée est liée à sa colonne',
    ...lieDe('FORMAT, version, departementId, table, ligne'),
    ...echangees,
  },
  {
    nom: 'champs : une valeur scellée est liée à sa table',
    ...lieDe('FORMAT, version, departementId, colonne, ligne'),
    ...ailleurs,
  },
  {
    nom: 'champs : une valeur scellée est liée à son département',
    ...lieDe('FORMAT, version, table, colonne, ligne'),
    ...ailleurs,
  },
  {
    nom: 'champs : une valeur altérée ne s’ouvre pas',
    fichier: 'libs/access/src/coffre/aes-gcm.ts',
    cherche: 'return Buffer.concat([clair, dechiffreur.final()]);',
    remplace: 'return clair;',
    ...ailleurs,
  },
  {
    nom: 'champs : la longueur d’un texte court ne se voit pas',
    fichier: CHIFFRE,
    cherche: 'const BLOC = 32;',
    remplace: 'const BLOC = 1;',
    ...ailleurs,
  },
  {
    nom: 'champs : les coordonnées sont scellées',
    fichier: RECTIFICATION,
    cherche: 'const scellee = valeur === null ? null : await this.coffre.chiffrer(em, departementId, place, valeur);',
    remplace: 'const scellee = valeur === null ? null : Buffer.from(place.colonne && valeur);',
    ...canaris,
  },
  {
    nom: 'champs : ce qui a été rectifié est scellé',
    fichier: RECTIFICATION,
    cherche: "ancienne === null ? null : await this.coffre.chiffrer(em, departementId, place('ancienne'), ancienne);",
    remplace: 'ancienne === null ? null : Buffer.from(ancienne);',
    ...canaris,
  },
  {
    nom: 'champs : le motif d’une rectification est scellé',
    fichier: RECTIFICATION,
    cherche: "        await this.coffre.chiffrer(em, departementId, place('motif'), motif),\n",
    remplace: '        Buffer.from(motif),\n',
    ...canaris,
  },
  {
    nom: 'champs : le motif d’une limitation est scellé',
    fichier: JEUNE,
    cherche: 'const scelle = await this.coffre.chiffrer(em, contexte.departementId, place, motif);',
    remplace: 'const scelle = Buffer.from(place.colonne && motif);',
    ...canaris,
  },
  {
    nom: 'noms : le journal tient des identifiants, pas des valeurs',
    fichier: RECTIFICATION,
    cherche: 'details: { champs: changements.map(({ champ }) => champ) },',
    remplace: 'details: { champs: changements },',
    ...canaris,
  },
  {
    nom: 'noms : les traces ne disent pas ce qui était demandé',
    fichier: 'apps/gateway/src/graphql/suivi.plugin.ts',
    cherche: 'if (operationName !== null) trace.operation = operationName.slice(0, NOM_MAX);',
    remplace: 'trace.operation = JSON.stringify(variables) + String(operationName).slice(0, NOM_MAX);',
    ...canaris,
  },
  {
    nom: 'noms : les traces ne disent pas l’adresse ni le corps',
    fichier: 'apps/gateway/src/http/journal-requetes.ts',
    cherche: 'requete.log.info({ ...ligne(requete, reponse, route), ...deTrace(trace) }',
    remplace: 'requete.log.info({ ...ligne(requete, reponse, route), ...deTrace(trace), corps: requete.body }',
    ...canaris,
  },
  {
    nom: 'noms : une erreur est décrite sans son message',
    fichier: 'apps/socle/src/journal.ts',
    cherche: 'err: (erreur: unknown) => decrirePanne(erreur)',
    remplace: 'err: (erreur: unknown) => ({ ...decrirePanne(erreur), message: String(erreur) })',
    essai: 'apps/socle/src/journal.spec.ts',
  },
  {
    nom: 'noms : la panne d’un job est décrite sans son message',
    fichier: 'libs/jobs/src/panne.ts',
    cherche: "return `Erreur imprévue : ${details.filter((detail) => detail !== null).join(', ')}.`;",
    remplace:
      "return `Erreur imprévue : ${details.filter((detail) => detail !== null).join(', ')} ${erreur.message}.`;",
    essai: 'libs/jobs/src/panne.spec.ts',
  },
  {
    nom: 'noms : la charge d’un job ne tient que des identifiants',
    fichier: JEUNE,
    cherche: '    await this.outbox.publier(em, consignerEffacement.pour(departementId, { jeuneId }));\n',
    remplace: `    const [autre] = await em.query<{ nom: string }[]>('select nom from sillage.identite order by nom limit 1');
    await this.outbox.publier(em, {
      ...consignerEffacement.pour(departementId, { jeuneId }),
      charge: { jeuneId, nom: autre?.nom },
    });
`,
    ...canaris,
  },
  {
    nom: 'noms : aucun droit des jobs sur les identités',
    fichier: ROLES,
    cherche: "and (n.nspname, c.relname) <> ('sillage', 'identite')\n",
    remplace: '\n',
    ...roles,
  },
  {
    nom: 'noms : aucun droit des statistiques sur les identités',
    fichier: ROLES,
    cherche: 'sillage.accompagnement, sillage.acte\n',
    remplace: 'sillage.accompagnement, sillage.acte, sillage.identite\n',
    ...roles,
  },
  {
    nom: 'noms : aucun droit des jobs sur une table nominative',
    fichier: 'libs/persistence/src/rls.ts',
    cherche: "${nominative ? '' : ', sillage_jobs'}",
    remplace: "${nominative ? ', sillage_jobs' : ', sillage_jobs'}",
    essai: 'libs/persistence/src/catalogue/verifier-catalogue.spec.ts',
  },
];
