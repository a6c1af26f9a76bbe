const RENOUVELER = 'libs/access/src/coffre/renouveler-cle.ts';

const renouveler = (test) => ({ essai: 'libs/access/src/coffre/renouveler-cle.spec.ts', test });
const maitre = (test) => ({ essai: 'test/e2e/cles.spec.ts', test });

/** Keys: how they change, and what is seen when they are lost. */
export const CLES = [
  {
    nom: 'clés : une clé maître perdue arrête le démarrage',
    fichier: 'libs/access/src/coffre/coffre.module.ts',
    cherche: '    await exigerClesAccessibles(this.dataSource, this.unites, this.cles);\n',
    remplace: '    void exigerClesAccessibles;\n',
    ...maitre('remplacée, suffit si l’ancienne est gardée'),
  },
  {
    nom: 'clés : une enveloppe est liée à son département',
    fichier: 'libs/access/src/coffre/aes-gcm.ts',
    cherche: 'parties.flatMap((partie) => {',
    remplace: 'parties.slice(1).flatMap((partie) => {',
    essai: 'libs/access/src/coffre/cles-maitres.spec.ts',
    test: 'n’ouvre pas une enveloppe pour un autre département',
  },
  {
    nom: 'clés : une colonne qui n’est pas déclarée ne se scelle pas',
    fichier: 'libs/access/src/coffre/coffre.ts',
    cherche: 'if (this.#declarees.has(nomDeColonne(place))) return;',
    remplace: 'if (this.#declarees.size >= 0) return;',
    essai: 'libs/access/src/coffre/coffre.spec.ts',
    test: 'ne scelle pas pour une colonne que personne n’a déclarée',
  },
  {
    nom: 'rotation : l’ancienne clé ne scelle plus',
    fichier: 'libs/access/src/coffre/cles-departement.ts',
    cherche: 'and retiree_le is null order by version desc limit 1 for share',
    remplace: 'order by version limit 1 for share',
    ...renouveler('rescelle tout, puis détruit l’ancienne clé'),
  },
  {
    nom: 'rotation : on attend qui scelle encore avec l’ancienne clé',
    fichier: 'libs/access/src/coffre/cles-departement.ts',
    cherche: 'order by version desc limit 1 for share',
    remplace: 'order by version desc limit 1',
    ...renouveler('attend qui scelle encore avec l’ancienne clé'),
  },
  {
    nom: 'rotation : une clé dont une valeur dépend n’est pas détruite',
    fichier: RENOUVELER,
    cherche: 'if (nombre > 0) encore.push(',
    remplace: 'if (nombre > 1_000_000) encore.push(',
    ...renouveler('ne détruit pas une clé dont une valeur revient'),
  },
  {
    nom: 'rotation : une colonne oubliée garde l’ancienne clé',
    fichier: RENOUVELER,
    cherche: 'if (trouvee) oubliees.push(`${table}.${colonne}`);',
    remplace: 'void trouvee;',
    ...renouveler('ne détruit pas la clé d’une colonne que cette installation ne déclare pas'),
  },
  {
    nom: 'rotation : une valeur illisible garde l’ancienne clé',
    fichier: RENOUVELER,
    cherche: '  if (illisibles.length > 0) {\n',
    remplace: '  if (illisibles.length > 1_000_000) {\n',
    ...renouveler('une valeur qui ne s’ouvre pas garde l’ancienne clé'),
  },
  {
    nom: 'rotation : les lectures en cours ont le temps de finir',
    fichier: RENOUVELER,
    cherche: '  await attendre(delaiMs);\n',
    remplace: '',
    ...renouveler('laisse l’ancienne clé à qui a lu une valeur juste avant'),
  },
];
