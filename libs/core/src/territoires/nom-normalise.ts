/**
 * The form under which names are compared: without case, accents, ligatures, hyphens, apostrophes or spaces, so that
 * `HENIN CARVIN`, `Hénin-Carvin` and `HENIN_CARVIN` are one name (AMB-147).
 */
export function normaliserNom(texte: string): string {
  return texte
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll(/[^a-z0-9]/g, '');
}

/**
 * The same form computed by PostgreSQL, for names in composed (NFC) French as the COG writes them. A test holds both
 * together on every commune loaded.
 */
export function nomNormaliseSql(colonne: string): string {
  const minuscules = `replace(replace(lower(${colonne}), 'œ', 'oe'), 'æ', 'ae')`;
  return `regexp_replace(translate(${minuscules}, 'àâäáãéèêëíìîïóòôöõúùûüýÿçñ', 'aaaaaeeeeiiiiooooouuuuyycn'), '[^a-z0-9]', '', 'g')`;
}
