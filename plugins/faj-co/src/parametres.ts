import { parametre, parametreBorneDuPrevu, parametreBorneHaute, parametreTauxAvance } from '@sillage/dispositif-kit';

const DU = '2026-01-12';

/** The dated values of the 2026 text (regles.md, section 15); each can be overridden by appel, territory, convention or annex. */
export const parametres = {
  ageMin: parametre.entier([{ du: DU, valeur: 18 }], {
    libelle: 'Âge le plus bas, en années révolues au dépôt',
    regle: 'FAJCO-ELIG-01',
    interpretation: 'AMB-004',
    unite: 'ans',
  }),
  ageMax: parametre.entier([{ du: DU, valeur: 25 }], {
    libelle: 'Âge le plus haut, en années révolues au dépôt',
    regle: 'FAJCO-ELIG-01',
    interpretation: 'AMB-001',
    unite: 'ans',
  }),
  borneHaute: parametreBorneHaute(DU, 'FAJCO-ELIG-01'),
  ageMinExtension: parametre.entier([{ du: DU, valeur: 16 }], {
    libelle: 'Âge le plus bas, dans un parcours d’insertion professionnelle validé',
    regle: 'FAJCO-ELIG-04',
    unite: 'ans',
  }),
  justificatifMineurs: parametre.booleen([{ du: DU, valeur: true }], {
    libelle: 'Justificatif du parcours exigé avant 18 ans',
    regle: 'FAJCO-ELIG-04',
    interpretation: 'AMB-005',
  }),
  effectifMin: parametre.entier([{ du: DU, valeur: 2 }], {
    libelle: 'Jeunes au moins pour un projet collectif, à confirmer en deçà',
    regle: 'FAJCO-ELIG-06',
    interpretation: 'AMB-007',
    unite: 'jeunes',
  }),
  dureeMax: parametre.mois([{ du: DU, valeur: 24 }], {
    libelle: 'Durée de financement la plus longue d’une même action, toutes conventions cumulées',
    regle: 'FAJCO-ELIG-11',
    interpretation: 'AMB-045',
  }),
  exercicesMax: parametre.entier([{ du: DU, valeur: 2 }], {
    libelle: 'Exercices d’attribution d’une même action, au plus',
    regle: 'FAJCO-ELIG-11',
    interpretation: 'AMB-045',
    unite: 'exercices',
  }),
  borneDuPrevu: parametreBorneDuPrevu(DU, 'FAJCO-BIL-03'),
  tauxAvance: parametreTauxAvance(DU, 60, 'FAJCO-PAY-01'),
  delaiBilan: parametre.mois([{ du: DU, valeur: 1 }], {
    libelle: 'Délai du bilan final après la fin effective de l’action',
    regle: 'FAJCO-DEL-01',
    interpretation: 'AMB-063',
  }),
};
