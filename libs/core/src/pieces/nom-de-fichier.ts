import { type TypeDePiece, TYPES_DE_PIECE } from '@sillage/dispositif-kit';

const LONGUEUR_MAX = 120;
/** Names that Windows keeps for its devices, whatever their extension. */
const RESERVES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** Controls, formats (bidirectional overrides, zero widths), private use, separators of lines. */
const INVISIBLES = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;
const EQUIVALENTES: Readonly<Record<string, readonly string[]>> = { jpg: ['jpeg'] };

/**
 * The name under which a file is shown and given back: without folders, controls nor what a system would take for something else, and with
 * the extension of its type at the end. It never names anything on our side.
 */
export function nettoyerNom(nom: string, type: TypeDePiece): string {
  const { extension } = TYPES_DE_PIECE[type];
  const sansChemin = nom.normalize('NFC').toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const propre = sansChemin
    .replace(INVISIBLES, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const radical = raccourcir(sansExtension(propre, extension).replace(/[. ]+$/, '')) || 'piece';
  return `${RESERVES.test(radical) ? '_' : ''}${radical}.${extension}`;
}

function sansExtension(nom: string, extension: string): string {
  const fins = [extension, ...(EQUIVALENTES[extension] ?? [])].map((fin) => `.${fin}`);
  const fin = fins.find((une) => nom.toLowerCase().endsWith(une));
  return fin === undefined ? nom : nom.slice(0, -fin.length);
}

/** By characters, not by halves of one. */
function raccourcir(texte: string): string {
  return [...texte].slice(0, LONGUEUR_MAX).join('').trimEnd();
}

/** RFC 6266: always a download, with a name for old clients and the true one for the others. */
export function dispositionJointe(nom: string): string {
  const ascii = nom
    .normalize('NFD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/["\\%]/g, '_');
  const encode = encodeURIComponent(nom).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encode}`;
}
