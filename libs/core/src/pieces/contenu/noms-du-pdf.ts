/** What makes a PDF run something, or carry another file (ISO 32000, 12.6.4 and 7.11.4). */
const ACTIFS = /^\/(?:JavaScript|JS|Launch|EmbeddedFiles?)$/;

/** A name, a keyword or a number; the beginning of a string or of a comment. */
const JETON = /[(%]|\/?[^\0\t\n\f\r ()<>[\]{}/%]+/g;
const CHAINE = /\\[\s\S]|[()]/g;
const FIN_DE_COMMENTAIRE = /[\r\n]/g;
const FIN_DE_FLUX = /endstream/g;
/** What begins something that is no name, and how that ends. */
const SUITES: ReadonlyMap<string, RegExp> = new Map([
  ['(', CHAINE],
  ['%', FIN_DE_COMMENTAIRE],
  ['stream', FIN_DE_FLUX],
]);
/** Kept from one piece to the next: none of ours is longer, every character of it written as `#4A`. */
const JETON_MAX = 64;

/**
 * Reads a PDF from its first byte to its last, a piece at a time, for the names that stand outside strings, comments and streams: the address
 * of a link, the words of a page and compressed bytes are no names. What is compressed is not seen.
 */
export class NomsDuPdf {
  #cherche: RegExp = JETON;
  #ouvertes = 0;
  #reste = '';

  /** @returns whether a name that makes the file active has been met */
  lire(morceau: string): boolean {
    const texte = this.#reste + morceau;
    let ici = 0;
    for (;;) {
      const motif = this.#cherche;
      motif.lastIndex = ici;
      const [jeton] = motif.exec(texte) ?? [];
      // What reaches the end may go on.
      if (jeton === undefined || (motif === JETON && motif.lastIndex === texte.length)) break;
      ici = motif.lastIndex;
      if (this.#estActif(jeton)) return true;
    }
    this.#reste = texte.slice(Math.max(ici, texte.length - JETON_MAX));
    return false;
  }

  #estActif(jeton: string): boolean {
    switch (this.#cherche) {
      case JETON:
        if (jeton === '(') this.#ouvertes = 1;
        this.#cherche = SUITES.get(jeton) ?? JETON;
        return ACTIFS.test(enClair(jeton));
      case CHAINE:
        if (jeton === '(') this.#ouvertes++;
        else if (jeton === ')') this.#ouvertes--;
        if (this.#ouvertes === 0) this.#cherche = JETON;
        return false;
      default:
        this.#cherche = JETON;
        return false;
    }
  }
}

/** Any character of a name may be written by its code. */
function enClair(nom: string): string {
  return nom.replace(/#([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
