/**
 * Spaces, controls, formats, unassigned and private characters; what a font shows nothing for though Unicode calls it a letter or a mark;
 * the empty braille cell.
 */
const RIEN_DE_VISIBLE = /^[\p{Z}\p{C}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** What somebody wrote, without the spaces around it; empty when nothing of it would show. */
export function elaguer(texte: string): string {
  return RIEN_DE_VISIBLE.test(texte) ? '' : texte.trim();
}
