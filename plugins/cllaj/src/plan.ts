import { planDeFinancement } from '@sillage/dispositif-kit';

/** The text names no eligible expense (CLLAJ-FIN-02); what the State already pays for is not paid for twice (AMB-101). */
export const plan = planDeFinancement({
  RENFORT_HUMAIN: { libelle: 'Renfort de moyens humains', famille: 'PERSONNEL', regle: 'CLLAJ-WF-03' },
  FONCTIONNEMENT: {
    libelle: 'Fonctionnement des permanences, ateliers et actions d’aller-vers',
    famille: 'FONCTIONNEMENT',
    regle: 'CLLAJ-WF-01',
  },
  AUTRE: { libelle: 'Autre dépense de l’expérimentation', famille: 'FONCTIONNEMENT', regle: 'CLLAJ-FIN-02' },
  CREDITS_ETAT: {
    libelle: 'Dépense déjà financée par l’État ou par un autre financeur',
    famille: 'FONCTIONNEMENT',
    regle: 'AMB-101',
    refus: 'une dépense ne s’impute qu’une fois',
  },
});
