import { type Dispositif, fabriquerTypes, type TypesGraphql } from '@sillage/dispositif-kit';
import { partie, type TypeLu } from '@sillage/read';
import { partieDeclaree } from '../api/dossier-lu.js';
import { uneFois } from '../api/index.js';
import { conventionLue, lignesConvention } from './convention.lu.js';

interface ConventionDuDispositif {
  /** Says nothing of which dispositif a row is: read by it what is known to be one of its own. */
  readonly lue: TypeLu;
  /** What is given of the terms when a convention is prepared. */
  readonly entree: TypesGraphql['entree'];
}

/** `Convention<Prefixe>` and its terms, made from the dispositif's declaration. */
export const conventionDuDispositif = uneFois(
  ({ code, libelle, prefixe, convention }: Dispositif): ConventionDuDispositif => {
    const nom = `Convention${prefixe}`;
    const { entree, sorties } = fabriquerTypes(`${nom}Termes`, convention.termes);
    const termes = partieDeclaree({
      nom: `${nom}Termes`,
      description: `Les termes d’une convention du dispositif « ${libelle} ».`,
      sorties,
      colonne: 'termes',
      auteurVoitTout: false,
    });
    const lue: TypeLu = {
      nom,
      description: `Une convention du dispositif « ${libelle} ».`,
      ...lignesConvention,
      implemente: { interface: conventionLue, valeur: code },
      champs: { termes: partie(() => termes, { description: 'Ce à quoi la convention engage.' }) },
    };
    return { lue, entree };
  },
);
