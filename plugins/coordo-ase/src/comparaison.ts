import type { CritereComparaison } from '@sillage/dispositif-kit';
import { Fraction, Montant } from '@sillage/kernel';
import type { champsCandidature } from './candidature.champs.js';

/** What rival files are looked at on: the text ranks nothing, and the decision says why (AMB-106). */
export const comparaison: readonly CritereComparaison<typeof champsCandidature>[] = [
  {
    code: 'ETP',
    libelle: 'ETP de coordo',
    regle: 'ASE-FIN-01',
    valeur: ({ etp }) => `${etp.enDecimal().replace('.', ',')} ETP`,
  },
  {
    code: 'PLACES',
    libelle: 'Accompagnements engagés, en file active',
    regle: 'ASE-FIN-07',
    valeur: ({ accompagnementsEngages }) => `${accompagnementsEngages} places`,
  },
  {
    code: 'COUT_PAR_PLACE',
    libelle: 'Participation demandée par place',
    regle: 'ASE-FIN-05',
    valeur: ({ montantDemande, accompagnementsEngages }) =>
      Montant.arrondir(montantDemande.enFraction().divise(Fraction.de(BigInt(accompagnementsEngages)))).enFrancais(),
  },
  {
    code: 'EXPERTISE',
    libelle: 'Expertise auprès des 16-25 ans et ancrage local',
    regle: 'ASE-PORT-01',
    attention: true,
    valeur: ({ expertise }) => expertise,
  },
];
