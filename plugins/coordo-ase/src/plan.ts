import { naturesAuForfait, planDeFinancement } from '@sillage/dispositif-kit';

/** The direct expenses of a coordo: the list of eligible ones is closed, the flat rate covers the rest (ASE-FIN-02, ASE-FIN-03). */
export const plan = planDeFinancement({
  ...naturesAuForfait({ personnel: 'ASE-FIN-02', fonctionnement: 'ASE-FIN-03' }),
  ORDINATEUR: {
    libelle: 'Ordinateur',
    famille: 'FONCTIONNEMENT',
    regle: 'AMB-083',
    refus: 'noté par la charte, couvert par le forfait, non éligible en direct',
  },
});
