import type { TerritoireASemer } from '../semer-territoires.js';

/**
 * The nine territories of the Pas-de-Calais (regles.md, 0.2): one MDS, one SLAI and one SLISL each. The code is ours and
 * stable; the aliases are the spellings that the département's own texts use. Search ignores case, accents, hyphens and
 * spaces, so a spelling that differs only by these needs no alias (AMB-147).
 */
export const TERRITOIRES_62: readonly TerritoireASemer[] = [
  { code: 'ARRAGEOIS', libelle: 'Arrageois', de: 'de l’Arrageois', alias: ['l’Arrageois'] },
  { code: 'ARTOIS', libelle: 'Artois', de: 'de l’Artois', alias: ['l’Artois'] },
  { code: 'AUDOMAROIS', libelle: 'Audomarois', de: 'de l’Audomarois', alias: ['l’Audomarois'] },
  { code: 'BOULONNAIS', libelle: 'Boulonnais', de: 'du Boulonnais', alias: ['le Boulonnais'] },
  { code: 'CALAISIS', libelle: 'Calaisis', de: 'du Calaisis', alias: ['Calais'] },
  { code: 'HENIN_CARVIN', libelle: 'Hénin-Carvin', de: 'd’Hénin-Carvin', alias: [] },
  { code: 'LENS_LIEVIN', libelle: 'Lens-Liévin', de: 'de Lens-Liévin', alias: [] },
  { code: 'MONTREUILLOIS', libelle: 'Montreuillois', de: 'du Montreuillois', alias: ['Montreuilsois'] },
  { code: 'TERNOIS', libelle: 'Ternois', de: 'du Ternois', alias: ['le Ternois'] },
];
