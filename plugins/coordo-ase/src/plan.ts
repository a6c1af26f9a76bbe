import { planDeFinancement } from '@sillage/dispositif-kit';

/** The direct expenses of a coordo: the list of eligible ones is closed, the flat rate covers the rest (ASE-FIN-02, ASE-FIN-03). */
export const plan = planDeFinancement({
  SALAIRES: {
    libelle: 'Salaires bruts et charges patronales, hors fonctions supports',
    famille: 'PERSONNEL',
    regle: 'ASE-FIN-02',
  },
  DEPLACEMENTS: { libelle: 'Frais de déplacement', famille: 'FONCTIONNEMENT', regle: 'ASE-FIN-03' },
  TELEPHONE: { libelle: 'Téléphone portable professionnel', famille: 'FONCTIONNEMENT', regle: 'ASE-FIN-03' },
  FONCTIONS_SUPPORTS: {
    libelle: 'Fonctions supports',
    famille: 'PERSONNEL',
    regle: 'ASE-FIN-02',
    refus: 'les fonctions supports ne sont pas éligibles',
  },
  ORDINATEUR: {
    libelle: 'Ordinateur',
    famille: 'FONCTIONNEMENT',
    regle: 'AMB-083',
    refus: 'noté par la charte, couvert par le forfait, non éligible en direct',
  },
  AUTRE: {
    libelle: 'Autre dépense de fonctionnement',
    famille: 'FONCTIONNEMENT',
    regle: 'ASE-FIN-03',
    refus: 'seuls les déplacements et le téléphone sont éligibles, le forfait couvre le reste',
  },
});
