import type { RegleNonCalculable } from '@sillage/dispositif-kit';

/** Rules of the text that nothing in the software can hold (docs/regles.md, section 9). */
export const nonCalculables: readonly RegleNonCalculable[] = [
  {
    regle: 'PRIMO-ELIG-05',
    pourquoi: 'Le texte ne pose ni condition de ressources ni condition de résidence : il n’y a rien à vérifier.',
  },
  {
    regle: 'PRIMO-WF-01',
    pourquoi:
      'Le partenariat des MDS et des SLISL se vit sur le terrain ; le texte ne décrit aucun circuit d’entrée à suivre (AMB-129).',
  },
  {
    regle: 'PRIMO-QUAL-02',
    pourquoi: 'Les freins visés sont un constat sur l’accès au logement social ; le bilan en demande l’analyse.',
  },
  {
    regle: 'PRIMO-QUAL-03',
    pourquoi: 'Refaire du logement social un tremplin est un but affiché, sans mesure ni seuil.',
  },
  {
    regle: 'PRIMO-DATA-01',
    pourquoi: 'Ce sont des chiffres d’étude, donnés comme contexte : aucun calcul ne s’en sert (TRANS-44).',
  },
];
