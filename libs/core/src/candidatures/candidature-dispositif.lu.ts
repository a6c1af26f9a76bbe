import { type Dispositif, fabriquerTypes, type TypesGraphql } from '@sillage/dispositif-kit';
import { partie, type TypeLu } from '@sillage/read';
import { partieDeclaree } from '../api/dossier-lu.js';
import { uneFois } from '../api/index.js';
import { candidatureLue, lignesCandidature } from './candidature.lu.js';

interface CandidatureDuDispositif {
  /** Says nothing of which dispositif a row is: read by it what is known to be one of its own. */
  readonly lue: TypeLu;
  /** What is given of the fields when a draft is written. */
  readonly entree: TypesGraphql['entree'];
}

/** `Candidature<Prefixe>` and its fields, made from the dispositif's declaration. */
export const candidatureDuDispositif = uneFois(
  ({ code, libelle, prefixe, candidature }: Dispositif): CandidatureDuDispositif => {
    const nom = `Candidature${prefixe}`;
    const { entree, sorties } = fabriquerTypes(`${nom}Champs`, candidature.champs);
    const champs = partieDeclaree({
      nom: `${nom}Champs`,
      description: `Les champs d’une candidature au dispositif « ${libelle} ».`,
      sorties,
      colonne: 'champs',
      auteurVoitTout: true,
    });
    const lue: TypeLu = {
      nom,
      description: `Une candidature au dispositif « ${libelle} ».`,
      ...lignesCandidature,
      implemente: { interface: candidatureLue, valeur: code },
      champs: {
        champs: partie(() => champs, {
          description: 'Ce que le dispositif demande ; nul si non renseigné ou masqué.',
        }),
      },
    };
    return { lue, entree };
  },
);
