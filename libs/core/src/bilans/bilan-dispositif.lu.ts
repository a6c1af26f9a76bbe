import { type Champs, type Dispositif, fabriquerTypes, type TypesGraphql } from '@sillage/dispositif-kit';
import { partie, type TypeLu } from '@sillage/read';
import { partieDeclaree } from '../api/dossier-lu.js';
import { uneFois } from '../api/index.js';
import { bilanLu, lignesBilan } from './bilan.lu.js';

interface BilanDuDispositif {
  readonly lu: TypeLu;
  /** What the porteur declares, what the service retains. */
  readonly declare: TypesGraphql['entree'];
  readonly retenu: TypesGraphql['entree'];
}

/** `Bilan<Prefixe>`, what its porteur declared and what the service retained, made from the dispositif's declaration. */
export const bilanDuDispositif = uneFois(({ code, libelle, prefixe, bilan }: Dispositif): BilanDuDispositif => {
  const nom = `Bilan${prefixe}`;
  const champs: Champs = bilan?.champs ?? {};
  const part = (suffixe: string, colonne: string, description: string) => {
    const { entree, sorties } = fabriquerTypes(`${nom}${suffixe}`, champs);
    return {
      entree,
      lue: partieDeclaree({ nom: `${nom}${suffixe}`, description, sorties, colonne, auteurVoitTout: true }),
    };
  };
  const declares = part('Champs', 'champs', `Ce que déclare un bilan du dispositif « ${libelle} ».`);
  const retenus = part('Retenus', 'retenus', `Ce que le service a retenu d’un bilan du dispositif « ${libelle} ».`);
  const lu: TypeLu = {
    nom,
    description: `Un bilan du dispositif « ${libelle} ».`,
    ...lignesBilan,
    implemente: { interface: bilanLu, valeur: code },
    champs: {
      champs: partie(() => declares.lue, { description: 'Ce que le porteur a déclaré.' }),
      retenus: partie(() => retenus.lue, { description: 'Ce que le service a retenu ; ses champs sont nuls avant.' }),
    },
  };
  return { lu, declare: declares.entree, retenu: retenus.entree };
});
