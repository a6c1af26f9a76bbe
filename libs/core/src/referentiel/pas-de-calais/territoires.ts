import type { TerritoireASemer } from '../semer-territoires.js';

/**
 * The nine territories of the Pas-de-Calais (regles.md, 0.2): one MDS, one SLAI and one SLISL each. The code is ours and
 * stable; the aliases are the spellings that the département's own texts use. Search ignores case, accents, hyphens and
 * spaces, so a spelling that differs only by these needs no alias (AMB-147).
 */
export const TERRITOIRES_62: readonly TerritoireASemer[] = [
  { code: 'ARRAGEOIS', libelle: 'Arrageois', alias: ["l'Arrageois"] },
  { code: 'ARTOIS', libelle: 'Artois', alias: ["l'Artois"] },
  { code: 'AUDOMAROIS', libelle: 'Audomarois', alias: ["l'Audomarois"] },
  { code: 'BOULONNAIS', libelle: 'Boulonnais', alias: ['le Boulonnais', 'du Boulonnais'] },
  { code: 'CALAISIS', libelle: 'Calaisis', alias: ['Calais'] },
  { code: 'HENIN_CARVIN', libelle: 'Hénin-Carvin', alias: [] },
  { code: 'LENS_LIEVIN', libelle: 'Lens-Liévin', alias: [] },
  { code: 'MONTREUILLOIS', libelle: 'Montreuillois', alias: ['Montreuilsois'] },
  { code: 'TERNOIS', libelle: 'Ternois', alias: ['le Ternois', 'du Ternois'] },
];
