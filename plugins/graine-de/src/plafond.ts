import { type ContexteConvention, type PlafondExplique, plafondSiDecide } from '@sillage/dispositif-kit';
import { Fraction } from '@sillage/kernel';
import type { termesConvention } from './candidature.champs.js';
import type { parametres } from './parametres.js';

type Contexte = Omit<ContexteConvention<typeof termesConvention, typeof parametres>, 'montant'>;

/** GRAINE-FIN-05: no amount in the text; bounds by place once somebody decided one (AMB-085). */
export function plafondConvention({ termes, periode, parametres }: Contexte): PlafondExplique {
  return plafondSiDecide({
    libelle: 'Plafond de la participation du Département',
    parUnite: parametres.plafondParPlace,
    quantite: {
      valeur: Fraction.de(BigInt(termes.places)),
      explication: { libelle: 'Places accordées', resultat: `${termes.places} places`, regle: 'GRAINE-FIN-06' },
    },
    unite: 'places accordées',
    periode,
    prorata: parametres.prorataPlafond,
    regle: 'GRAINE-FIN-05',
  });
}
