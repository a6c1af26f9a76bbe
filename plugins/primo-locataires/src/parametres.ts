import { parametre, parametresDeLOperation } from '@sillage/dispositif-kit';

const DU = '2026-01-12';

/** The dated values of the 2026 text (regles.md, section 15); each can be overridden by appel, territory, convention or annex. */
export const parametres = {
  enveloppe: parametre.montant([{ du: '2026-01-01', valeur: '30000.00' }], {
    libelle: 'Enveloppe de l’appel à projets, pour tous les porteurs',
    regle: 'PRIMO-FIN-01',
    interpretation: 'AMB-094',
  }),
  tauxVersement: parametre.taux([{ du: DU, valeur: 100 }], {
    libelle: 'Part versée en une fois à la signature',
    regle: 'PRIMO-PAY-01',
  }),
  ...parametresDeLOperation(DU, { debut: '2026-10-01', fin: '2027-09-30', dureeMax: 12, regle: 'PRIMO-CAL-02' }),
  objectifMin: parametre.entier([{ du: '2026-01-01', valeur: 30 }], {
    libelle: 'Jeunes à loger au moins, sur l’ensemble du Département',
    regle: 'PRIMO-IND-01',
    interpretation: 'AMB-100',
    unite: 'jeunes',
  }),
  ageMin: parametre.entier([{ du: DU, valeur: 18 }], {
    libelle: 'Âge à la demande, au moins, sauf mineur émancipé',
    regle: 'PRIMO-ELIG-01',
    interpretation: 'AMB-023',
    unite: 'ans',
  }),
  ageMaxExclu: parametre.entier([{ du: DU, valeur: 30 }], {
    libelle: 'Anniversaire avant lequel la demande est faite',
    regle: 'PRIMO-ELIG-01',
    unite: 'ans',
  }),
  enfantsMax: parametre.entier([{ du: DU, valeur: 0 }], {
    libelle: 'Enfants du ménage, au plus',
    regle: 'PRIMO-ELIG-02',
    interpretation: 'AMB-025',
    unite: 'enfants',
  }),
  delaiVisite: parametre.mois([{ du: '2026-10-01', valeur: 1 }], {
    libelle: 'Délai de la visite à domicile après l’arrivée',
    regle: 'PRIMO-DEL-01',
    interpretation: 'AMB-066',
  }),
};
