import { type Dispositif, fabriquerTypes, type TypesGraphql } from '@sillage/dispositif-kit';
import { partie, type TypeLu } from '@sillage/read';
import { partieDeclaree } from '../api/dossier-lu.js';
import { uneFois } from '../api/index.js';
import { modeleDe } from './suivi.entity.js';
import { lignesSuivi, suiviLu } from './suivi.lu.js';

interface SuiviDuDispositif {
  readonly nom: string;
  /** `Suivi<Prefixe><Nom>`. */
  readonly type: string;
  readonly libelle: string;
  readonly lu: TypeLu;
  readonly declare: TypesGraphql['entree'];
}

/** The type of each report that a dispositif declares, and what its porteur fills in. */
export const suivisDuDispositif = uneFois(({ code, libelle: de, prefixe, suivis = {} }: Dispositif) =>
  Object.entries(suivis).map(([nom, { libelle, champs }]): SuiviDuDispositif => {
    const type = `Suivi${prefixe}${nom.charAt(0).toUpperCase()}${nom.slice(1)}`;
    const { entree, sorties } = fabriquerTypes(`${type}Champs`, champs);
    const declares = partieDeclaree({
      nom: `${type}Champs`,
      description: `Ce que déclare « ${libelle} », du dispositif « ${de} ».`,
      sorties,
      colonne: 'champs',
      auteurVoitTout: true,
    });
    const lu: TypeLu = {
      nom: type,
      description: `« ${libelle} », du dispositif « ${de} ».`,
      ...lignesSuivi,
      implemente: { interface: suiviLu, valeur: modeleDe(code, nom) },
      champs: { champs: partie(() => declares, { description: 'Ce que le porteur a déclaré.' }) },
    };
    return { nom, type, libelle, lu, declare: entree };
  }),
);
