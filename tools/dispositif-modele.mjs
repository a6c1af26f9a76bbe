// What a new plugin starts from: a declaration that conforms, its package and its spec.

/** `solutionsLogement` and `SolutionsLogement` for `solutions-logement`. */
export function nommer(code) {
  const mots = code.split('-').map((mot) => mot.charAt(0).toUpperCase() + mot.slice(1));
  const prefixe = mots.join('');
  return { prefixe, constante: prefixe.charAt(0).toLowerCase() + prefixe.slice(1) };
}

/** Path in the plugin's folder -> text. */
export function fichiersDuPlugin(code, libelle) {
  const { constante } = nommer(code);
  return {
    'package.json': paquet(code),
    'tsconfig.json': tsconfig,
    'src/index.ts': `export { ${constante} } from './${code}.js';\n`,
    [`src/${code}.ts`]: declaration(code, libelle, constante),
    [`src/${code}.spec.ts`]: essai(code, libelle, constante),
  };
}

const paquet = (code) =>
  `${JSON.stringify(
    {
      name: `@sillage/${code}`,
      version: '0.1.0',
      private: true,
      license: 'EUPL-1.2',
      type: 'module',
      exports: { '.': { '@sillage/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' } },
      dependencies: { '@sillage/kernel': '0.1.0', '@sillage/dispositif-kit': '0.1.0', '@sillage/core': '0.1.0' },
      nx: { tags: ['etage:4', 'type:plugin'] },
    },
    null,
    2,
  )}\n`;

const tsconfig = `${JSON.stringify(
  {
    extends: '../../tsconfig.base.json',
    compilerOptions: { rootDir: 'src', outDir: 'dist', tsBuildInfoFile: 'dist/tsconfig.tsbuildinfo' },
    include: ['src'],
    exclude: ['src/**/*.spec.ts'],
    references: [{ path: '../../libs/kernel' }, { path: '../../libs/dispositif-kit' }, { path: '../../libs/core' }],
  },
  null,
  2,
)}\n`;

const texteTs = (texte) => `'${texte.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const declaration = (
  code,
  libelle,
  constante,
) => `import { avance, champ, definirDispositif, parametre } from '@sillage/dispositif-kit';

/** Write here what the text says; cite its rules (docs/regles.md) in place of the transverse ones. */
export const ${constante} = definirDispositif({
  code: '${code}',
  libelle: ${texteTs(libelle)},
  description: ${texteTs(`À décrire en une phrase : à quoi sert « ${libelle} ».`)},
  version: '1',
  textes: [${texteTs(`Appel à projets « ${libelle} »`)}],
  parametres: {
    montantMax: parametre.montant([{ du: '2026-01-01', valeur: '10000.00' }], {
      libelle: 'Participation la plus élevée',
      regle: 'TRANS-10',
    }),
    tauxAvance: parametre.taux([{ du: '2026-01-01', valeur: 60 }], { libelle: 'Taux de l’avance', regle: 'TRANS-12' }),
    dureeMax: parametre.mois([{ du: '2026-01-01', valeur: 12 }], {
      libelle: 'Durée la plus longue d’une convention',
      regle: 'TRANS-09',
    }),
  },
  candidature: {
    regleFenetre: 'TRANS-03',
    champs: {
      intitule: champ.texte({ libelle: 'Intitulé du projet', max: 200 }),
      montantDemande: champ.montant({ libelle: 'Participation demandée au Département', unite: '€', regle: 'TRANS-10' }),
    },
    recevabilite: [],
    avis: ['SLAI'],
  },
  convention: {
    termes: { objectif: champ.entier({ libelle: 'Jeunes accompagnés', unite: 'jeunes', min: 1 }) },
    dureeMax: 'dureeMax',
    plafond: ({ parametres }) => ({
      montant: parametres.montantMax.valeur,
      explication: {
        libelle: 'Plafond de la participation',
        resultat: parametres.montantMax.valeur.enFrancais(),
        regle: 'TRANS-10',
        parametres: [parametres.montantMax.cite],
      },
    }),
    regles: { duree: 'TRANS-09', plafond: 'TRANS-10' },
  },
  versements: [avance({ taux: 'tauxAvance', a: 'CONVENTION_SIGNEE', regle: 'TRANS-12' })],
});
`;

const essai = (code, libelle, constante) => `import { describe, expect, it } from '@jest/globals';
import { verifierConformite } from '@sillage/dispositif-kit';
import { ${constante} } from './index.js';

describe(${texteTs(libelle)}, () => {
  it('conforms', () => {
    expect(verifierConformite(${constante})).toEqual([]);
  });
});
`;
