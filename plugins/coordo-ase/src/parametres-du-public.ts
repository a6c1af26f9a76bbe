import { parametre } from '@sillage/dispositif-kit';

const DU = '2026-01-12';

/** Who the dispositif is for, and the days that count in a young person's course (regles.md, 8.1 and 15). */
export const parametresDuPublic = {
  ageMin: parametre.entier([{ du: DU, valeur: 16 }], {
    libelle: 'Âge à l’entrée, au moins',
    regle: 'ASE-ELIG-03',
    interpretation: 'AMB-014',
    unite: 'ans',
  }),
  ageMax: parametre.entier([{ du: DU, valeur: 21 }], {
    libelle: 'Anniversaire au-delà duquel un jeune encore confié n’entre plus',
    regle: 'ASE-ELIG-03',
    interpretation: 'AMB-014',
    unite: 'ans',
  }),
  ageFin: parametre.entier([{ du: DU, valeur: 25 }], {
    libelle: 'Anniversaire où l’accompagnement finit, et avant lequel un jeune sorti de l’ASE peut entrer',
    regle: 'ASE-ELIG-03',
    interpretation: 'AMB-014',
    unite: 'ans',
  }),
  mnaSansStatut: parametre.booleen([{ du: DU, valeur: false }], {
    libelle: 'Entrée d’un mineur non accompagné qui n’a été ni confié, ni suivi',
    regle: 'ASE-ELIG-01',
    interpretation: 'AMB-015',
  }),
  rsaExclu: parametre.choix(
    { TOUT: 'tout RSA, à l’entrée', DEPARTEMENT: 'le RSA du Pas-de-Calais seulement' },
    [{ du: DU, valeur: 'TOUT' }],
    { libelle: 'RSA qui exclut', regle: 'ASE-ELIG-02', interpretation: 'AMB-017' },
  ),
  ageEntretien: parametre.entier([{ du: '2016-03-14', valeur: 17 }], {
    libelle: 'Âge de l’entretien légal',
    regle: 'ASE-WF-06',
    unite: 'ans',
  }),
  ageContrat: parametre.entier([{ du: '2022-02-07', valeur: 21 }], {
    libelle: 'Anniversaire jusqu’auquel un contrat jeune majeur est possible',
    regle: 'ASE-WF-07',
    unite: 'ans',
  }),
  seuilAbsence: parametre.jours([{ du: DU, valeur: 28 }], {
    libelle: 'Jours d’absence consécutifs d’un coordo au-delà desquels les services sont informés',
    regle: 'ASE-WF-11',
    interpretation: 'AMB-067',
  }),
};
