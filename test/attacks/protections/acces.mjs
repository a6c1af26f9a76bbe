const REDACTION = 'libs/read/src/redaction.ts';
const DROITS = 'libs/access/src/droits.ts';

const acces = (test) => ({ essai: 'test/attacks/acces.spec.ts', test });
const lectures = acces('est exactement ce que la table des droits donne');
const mutations = acces('fait ce que la table des droits dit');
const etrangers = acces('répond mot pour mot comme un identifiant qui n’existe pas');
const droits = (test) => ({ essai: 'libs/access/src/droits.spec.ts', test, parmi: [] });
const personnes = (test) => ({
  essai: 'test/e2e/droits-des-personnes.spec.ts',
  test,
  parmi: 'Rights of persons',
});

/** Who reads what, and who does what. */
export const ACCES = [
  {
    nom: 'accès : la condition des droits, dans les lectures',
    fichier: REDACTION,
    cherche: "condition = droit === 'true' ? droit :",
    remplace: "condition = droit === 'true' || action === 'lire' ? 'true' :",
    ...lectures,
  },
  {
    nom: 'accès : la condition des droits, par identifiant',
    fichier: REDACTION,
    cherche: "condition = droit === 'true' ? droit :",
    remplace: "condition = droit === 'true' || action === 'lire' ? 'true' :",
    ...acces('n’est rien de plus quand on demande une ligne par son identifiant'),
  },
  {
    nom: 'accès : le masque nominatif',
    fichier: 'libs/read/src/champs.ts',
    cherche: 'const condition = ligne.peut(droit);',
    remplace: "const condition = ligne.peut('lire');",
    ...lectures,
  },
  {
    nom: 'accès : la réserve d’une personne limitée',
    fichier: REDACTION,
    cherche: "if (reserve === undefined || permis === 'false') return permis;",
    remplace: "if (reserve !== '') return permis;",
    ...personnes('limits: who follows the person'),
  },
  {
    nom: 'accès : la réserve, pour les noms',
    fichier: 'libs/core/src/accompagnements/jeune.lu.ts',
    cherche: "  reserve: (l) => l.colonne('reserve'),\n",
    remplace: '',
    ...personnes('limits: who follows the person'),
  },
  {
    nom: 'accès : la réserve, pour les notes',
    fichier: 'libs/core/src/accompagnements/acte.lu.ts',
    cherche: 'and j.reserve)`',
    remplace: 'and false)`',
    ...personnes('limits: who follows the person'),
  },
  {
    nom: 'accès : tout service demande un droit',
    fichier: DROITS,
    cherche: '  if (peut(contexte, action, sujet, objet)) return;\n',
    remplace: "  if (action !== 'lire' || peut(contexte, action, sujet, objet)) return;\n",
    ...mutations,
  },
  {
    nom: 'accès : droit de signer une convention',
    fichier: 'libs/core/src/conventions/convention.service.ts',
    // Both guards say the same: the right, then the party that it lets sign for.
    cherche: `    exigerDroit(contexte, 'signer', 'Convention', objet, CHEMIN_ID);
    const habilitations = habilitationsQuiPermettent(contexte, 'signer', 'Convention', objet);
    if (!signePour(input.partie, habilitations, convention.structureId)) {`,
    remplace: `    void [exigerDroit, objet, CHEMIN_ID, habilitationsQuiPermettent];
    if (input.partie !== 'PORTEUR' && input.partie !== 'DEPARTEMENT') {`,
    ...mutations,
  },
  {
    nom: 'accès : droit sur un versement',
    fichier: 'libs/core/src/versements/versement.service.ts',
    cherche: '    exigerAction(contexte, action, situe);\n',
    remplace: '    void exigerAction;\n',
    ...mutations,
  },
  {
    nom: 'accès : droit sur une candidature',
    fichier: 'libs/core/src/candidatures/candidature.service.ts',
    cherche:
      "    exigerDroit(contexte, ACTIONS_CANDIDATURE[action].droit, 'Candidature', objetProtege(dossier), CHEMIN_ID);\n",
    remplace: '',
    ...mutations,
  },
  {
    nom: 'accès : droit d’accorder une habilitation',
    fichier: 'libs/core/src/habilitations/habilitation.administration.ts',
    cherche: "    exigerDroit(contexte, 'habiliter', 'Habilitation', {});\n    const { role, du, au } = demande;",
    remplace: '    const { role, du, au } = demande;',
    ...mutations,
  },
  {
    nom: 'accès : droit de révoquer une habilitation',
    fichier: 'libs/core/src/habilitations/habilitation.administration.ts',
    cherche: "    exigerDroit(contexte, 'habiliter', 'Habilitation', {});\n    const { role } = await",
    remplace: '    const { role } = await',
    ...mutations,
  },
  {
    nom: 'accès : droit de changer une structure',
    fichier: 'libs/core/src/structures/structure.service.ts',
    cherche:
      "    exigerDroit(contexte, demande.id === null ? 'creer' : 'modifier', 'Structure', { structureId: id });\n",
    remplace: '',
    ...mutations,
  },
  {
    nom: 'accès : droits sur une personne',
    fichier: 'libs/core/src/jeunes/jeune.service.ts',
    cherche: "    exigerDroit(contexte, geste, 'Jeune', { territoireIds: [lu.territoire_id] }, JEUNE);\n",
    remplace: '',
    ...personnes('is the siège’s alone'),
  },
  {
    nom: 'accès : ce qui est interdit ne se distingue pas de ce qui n’existe pas',
    fichier: DROITS,
    cherche: "action === 'lire' || !peut(contexte, 'lire', sujet, objet)",
    remplace: "action === 'lire'",
    ...etrangers,
  },
  {
    nom: 'accès : un dossier parent illisible ne se distingue pas d’un inconnu',
    fichier: 'libs/core/src/bilans/bilan.service.ts',
    cherche:
      "    if (!peut(contexte, 'lire', 'Convention', { ...objet, etat: convention.etat })) throw introuvable(CONVENTION);\n",
    remplace: '',
    ...etrangers,
  },
  {
    nom: 'accès : le parent d’un autre département ne se distingue pas d’un inconnu',
    fichier: 'libs/core/src/candidatures/candidature.dossier.ts',
    cherche: 'if (candidature === null) throw introuvable(path);',
    remplace: `if (candidature === null) {
      await em.query("select set_config('sillage.departement', '99', true)");
      const [ailleurs] = await em.query<unknown[]>('select from sillage.candidature where id = $1', [id]);
      throw introuvable(ailleurs ? ['ailleurs'] : path);
    }`,
    ...etrangers,
  },
  {
    nom: 'accès : qui n’est personne n’a rien',
    fichier: 'apps/gateway/src/graphql/contexte.ts',
    cherche: 'if (authorization === undefined && anonymesAdmis) return',
    remplace: 'if (authorization === undefined && anonymesAdmis !== null) return',
    essai: 'test/attacks/protocole/http.spec.ts',
    test: 'En production, le schéma ne se devine pas introspection',
    parmi: 'En production, le schéma ne se devine pas',
  },
  {
    nom: 'accès : qui n’est personne n’a rien, même en développement',
    fichier: 'apps/gateway/src/graphql/suivi.plugin.ts',
    cherche: "if (contexte === undefined && !introspectionSeule) throw erreurProtocole('NON_AUTHENTIFIE');",
    remplace: 'void introspectionSeule;',
    essai: 'test/e2e/limites.spec.ts',
    test: 'sans jeton, les données jamais',
  },
  {
    nom: 'accès : sans habilitation, pas même les faits publics',
    fichier: DROITS,
    cherche: 'acteur.habilitations.length > 0 ? FAITS_PUBLICS.flatMap(reglesPubliques) : []',
    remplace: 'FAITS_PUBLICS.flatMap(reglesPubliques)',
    ...droits('toute personne habilitée lit les appels publiés'),
  },
  {
    nom: 'accès : un rôle sans territoire n’est nulle part',
    fichier: DROITS,
    cherche: 'return territoireIds.length > 0 ? { territoireIds: { $in: territoireIds } } : null;',
    remplace: 'return territoireIds.length > 0 ? { territoireIds: { $in: territoireIds } } : {};',
    ...droits('un SLAI sans territoire n’est nulle part'),
  },
  {
    nom: 'accès : une habilitation limitée à un dispositif',
    fichier: DROITS,
    cherche: 'if (dispositifs.length === 0) return {};',
    remplace: 'if (dispositifs.length >= 0) return {};',
    ...droits('limitée à un dispositif'),
  },
];
