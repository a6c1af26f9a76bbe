import {
  arrondir,
  type Chiffre,
  depensesAuForfait,
  fileActiveMoyenne,
  type MontantExplique,
  moyenneDesTermes,
  plafondConventionne,
  plafonner,
  selonLObjectif,
} from '@sillage/dispositif-kit';
import { Fraction } from '@sillage/kernel';
import type { ContexteDuBilan } from './bilan.regles.js';
import { plan } from './plan.js';

/** GRAINE-PAY-02: what was retained of the expenses, at most what the convention grants; the places held are shown, and by default reduce nothing. */
export function montantDu(contexte: ContexteDuBilan): MontantExplique {
  const { quantites, periode, termesSuccessifs, montantConventionne, parametres } = contexte;
  return arrondir(
    selonLObjectif({
      libelle: 'Montant dû au titre de l’opération',
      base: plafonner(
        { libelle: 'Base du financement', regle: 'GRAINE-PAY-02' },
        plafondConventionne(montantConventionne),
        depenses(contexte),
      ),
      realise: fileActiveMoyenne({ quantites, periode, regle: 'GRAINE-FIN-06' }),
      attendu: moyenneDesTermes({
        libelle: 'Places accordées',
        unite: 'places',
        periode,
        termesSuccessifs,
        quantite: ({ places }) => Fraction.de(BigInt(places)),
        regle: 'GRAINE-FIN-06',
      }),
      effet: parametres.effetDesObjectifs,
      regle: 'GRAINE-PAY-02',
    }),
  );
}

function depenses({ champs, bilan, parametres }: ContexteDuBilan): Chiffre {
  return depensesAuForfait({
    plan,
    prevues: champs.depensesDirectes,
    encourues: bilan.depensesEncourues,
    borne: parametres.borneDuPrevu,
    taux: parametres.forfaitIndirect,
    regle: 'GRAINE-FIN-01',
    regleForfait: 'GRAINE-FIN-04',
  });
}
