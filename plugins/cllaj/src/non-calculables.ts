import type { RegleNonCalculable } from '@sillage/dispositif-kit';

/** Rules of the text that nothing in the software can hold (docs/regles.md, section 11). */
export const nonCalculables: readonly RegleNonCalculable[] = [
  {
    regle: 'CLLAJ-DATA-01',
    pourquoi: 'Ce sont la circulaire et le plan départemental cités en référence : ils ne demandent rien de plus.',
  },
];
