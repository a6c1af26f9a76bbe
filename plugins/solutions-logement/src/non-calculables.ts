import type { RegleNonCalculable } from '@sillage/dispositif-kit';

/** Rules of the text that nothing in the software can hold (docs/regles.md, section 10). */
export const nonCalculables: readonly RegleNonCalculable[] = [
  {
    regle: 'SOLLOG-ELIG-04',
    pourquoi: 'Les profils cités le sont à titre d’exemple, sans limiter l’accès : il n’y a rien à vérifier.',
  },
  {
    regle: 'SOLLOG-DATA-01',
    pourquoi: 'Ce sont des chiffres d’étude, donnés comme contexte : aucun calcul ne s’en sert (TRANS-44).',
  },
];
