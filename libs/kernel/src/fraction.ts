import { ErreurValeur } from './erreurs.js';

/**
 * An exact rational number on bigint, always reduced, its denominator positive.
 * Amounts are computed as fractions and rounded once, at the end (AMB-169).
 */
export class Fraction {
  static readonly ZERO = new Fraction(0n, 1n);
  static readonly UN = new Fraction(1n, 1n);

  private constructor(
    readonly num: bigint,
    readonly den: bigint,
  ) {}

  /** @throws ErreurValeur when the denominator is zero. */
  static de(num: bigint, den: bigint = 1n): Fraction {
    if (den === 0n) throw new ErreurValeur('Division par zéro : donnez un diviseur différent de 0.');
    const signe = den < 0n ? -1n : 1n;
    const diviseur = plusGrandCommunDiviseur(num, den);
    // eslint-disable-next-line no-restricted-syntax -- bigints: an exact division
    return new Fraction((signe * num) / diviseur, (signe * den) / diviseur);
  }

  /** Reads '12', '0.80', '-3.5': a point, no spaces, at most 18 digits on either side. @throws ErreurValeur */
  static decimale(texte: string): Fraction {
    const lu = DECIMAL.exec(texte);
    if (lu === null) {
      throw new ErreurValeur(
        `« ${citer(texte)} » n’est pas un nombre décimal : écrivez-le en chiffres, avec un point, par exemple 0.80.`,
      );
    }
    const [, signe = '', entiers = '0', decimales = ''] = lu;
    return Fraction.de(BigInt(`${signe}${entiers}${decimales}`), 10n ** BigInt(decimales.length));
  }

  /** Reads a percentage without its sign: '60' is 3/5, '12.5' is 1/8. @throws ErreurValeur */
  static pourcentage(texte: string): Fraction {
    return Fraction.decimale(texte).divise(Fraction.de(100n));
  }

  static somme(fractions: Iterable<Fraction>): Fraction {
    let total = Fraction.ZERO;
    for (const fraction of fractions) total = total.plus(fraction);
    return total;
  }

  static min(premiere: Fraction, ...autres: Fraction[]): Fraction {
    return autres.reduce((min, fraction) => (fraction.comparer(min) < 0 ? fraction : min), premiere);
  }

  static max(premiere: Fraction, ...autres: Fraction[]): Fraction {
    return autres.reduce((max, fraction) => (fraction.comparer(max) > 0 ? fraction : max), premiere);
  }

  plus(autre: Fraction): Fraction {
    return Fraction.de(this.num * autre.den + autre.num * this.den, this.den * autre.den);
  }

  moins(autre: Fraction): Fraction {
    return Fraction.de(this.num * autre.den - autre.num * this.den, this.den * autre.den);
  }

  fois(autre: Fraction): Fraction {
    return Fraction.de(this.num * autre.num, this.den * autre.den);
  }

  /** @throws ErreurValeur when the other is zero. */
  divise(autre: Fraction): Fraction {
    return Fraction.de(this.num * autre.den, this.den * autre.num);
  }

  comparer(autre: Fraction): -1 | 0 | 1 {
    const ecart = this.num * autre.den - autre.num * this.den;
    if (ecart === 0n) return 0;
    return ecart < 0n ? -1 : 1;
  }

  estNegative(): boolean {
    return this.num < 0n;
  }

  estNulle(): boolean {
    return this.num === 0n;
  }

  /** The greatest whole number that does not exceed it: 7/2 gives 3, -7/2 gives -4. */
  entierInferieur(): bigint {
    // eslint-disable-next-line no-restricted-syntax -- bigints: a whole quotient, towards zero
    const quotient = this.num / this.den;
    return this.num < 0n && quotient * this.den !== this.num ? quotient - 1n : quotient;
  }

  /** The smallest whole number that is not below it: 7/2 gives 4, -7/2 gives -3. */
  entierSuperieur(): bigint {
    return -Fraction.de(-this.num, this.den).entierInferieur();
  }

  /** '3/5', or '3' for a whole number. */
  toString(): string {
    return this.den === 1n ? `${this.num}` : `${this.num}/${this.den}`;
  }

  /** Bigints have no JSON: a fraction is written as its text. */
  toJSON(): string {
    return this.toString();
  }

  /** The exact decimal text ('0.6') when it is finite; otherwise the fraction itself ('1/3'), since no digit may be lost. */
  enDecimal(): string {
    const decimales = nombreDeDecimales(this.den);
    if (decimales === null) return this.toString();
    const chiffres = absolue((this.num * 10n ** BigInt(decimales)) / this.den)
      .toString()
      .padStart(decimales + 1, '0');
    const signe = this.estNegative() ? '-' : '';
    if (decimales === 0) return `${signe}${chiffres}`;
    return `${signe}${chiffres.slice(0, -decimales)}.${chiffres.slice(-decimales)}`;
  }
}

/** The length is bounded because a caller chooses the text: arithmetic on a megabyte of digits would stop the process. */
const DECIMAL = /^(-?)(\d{1,18})(?:\.(\d{1,18}))?$/;
const LONGUEUR_CITEE = 40;

function citer(texte: string): string {
  return texte.length > LONGUEUR_CITEE ? `${texte.slice(0, LONGUEUR_CITEE)}…` : texte;
}

function absolue(n: bigint): bigint {
  return n < 0n ? -n : n;
}

function plusGrandCommunDiviseur(a: bigint, b: bigint): bigint {
  let [x, y] = [absolue(a), absolue(b)];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** The digits after the point of 1/den, or null when they never end: den is reduced, so only 2 and 5 may divide it. */
function nombreDeDecimales(den: bigint): number | null {
  let reste = den;
  let deux = 0;
  let cinq = 0;
  for (; reste % 2n === 0n; reste /= 2n) deux += 1;
  for (; reste % 5n === 0n; reste /= 5n) cinq += 1;
  return reste === 1n ? Math.max(deux, cinq) : null;
}
