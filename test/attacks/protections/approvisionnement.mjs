const VERROUILLAGE = 'tools/approvisionnement/verrouillage.mjs';

const essai = 'tools/approvisionnement/verrouillage.spec.ts';
const maison = { essai, test: 'les dépendances de la maison sont en règle' };

/** What we install. */
export const APPROVISIONNEMENT = [
  {
    nom: 'dépendances : versions exactes, la règle',
    fichier: VERROUILLAGE,
    cherche: '.filter(([, version]) => valid(version) !== version)',
    remplace: '.filter(([, version]) => valid(version) === undefined)',
    essai,
    test: 'une version est exacte',
  },
  {
    nom: 'dépendances : versions exactes, les nôtres',
    fichier: 'package.json',
    cherche: '"rxjs": "7.8.2"',
    remplace: '"rxjs": "^7.8.2"',
    ...maison,
  },
  {
    nom: 'dépendances : empreintes',
    fichier: VERROUILLAGE,
    cherche: "!/^sha512-[\\w+/]{86}==$/.test(paquet.integrity ?? '')",
    remplace: "!/^/.test(paquet.integrity ?? '')",
    essai,
    test: 'scelle chaque paquet du registre',
  },
  {
    nom: 'dépendances : rien que du registre',
    fichier: VERROUILLAGE,
    cherche: 'if (adresse) return [',
    remplace: "if (adresse === '') return [",
    essai,
    test: 'ne nomme aucune machine ni aucun fichier',
  },
  {
    nom: 'dépendances : scripts d’installation par leur nom, la règle',
    fichier: VERROUILLAGE,
    cherche: '.filter((nom) => !(nom in decides))',
    remplace: '.filter((nom) => nom in {})',
    essai,
    test: 'sont tous connus par leur nom',
  },
  {
    nom: 'dépendances : scripts d’installation par leur nom, les nôtres',
    fichier: 'package.json',
    cherche: '    "msgpackr-extract": false,\n',
    remplace: '',
    ...maison,
  },
  {
    nom: 'dépendances : aucun script d’installation ne court',
    fichier: '.npmrc',
    cherche: 'ignore-scripts=true',
    remplace: 'ignore-scripts=false',
    ...maison,
  },
  {
    nom: 'dépendances : licences, la règle',
    fichier: 'tools/approvisionnement/licences.mjs',
    cherche: 'if (admise(licence, admises)) return [];',
    remplace: 'if (admise(licence, admises) || nom) return [];',
    essai,
    test: 'les licences',
  },
  {
    nom: 'dépendances : licences, celles qui sont installées',
    fichier: 'tools/approvisionnement/regles.mjs',
    cherche: "  'MIT',\n];",
    remplace: '];',
    ...maison,
  },
];
