import { ErreurValeur } from './erreurs.js';
import { Fraction } from './fraction.js';

/** An amount of euros held as whole cents (bigint); it may be negative, since corrections are entries too. Never a float. */
export class Montant {
  static readonly ZERO = new Montant(0n);

  private constructor(readonly centimes: bigint) {}

  static centimes(centimes: bigint): Montant {
    return new Montant(centimes);
  }

  /** Reads '52000' or '52000.00': euros, a point, at most 2 decimals and 15 digits before them. @throws ErreurValeur */
  static euros(texte: string): Montant {
    const lu = EUROS.exec(texte);
    if (lu === null) {
      throw new ErreurValeur(
        `« ${texte.slice(0, 40)} » n’est pas un montant : écrivez des euros en chiffres, sans espace, avec un point et au plus deux décimales, par exemple 52000.00.`,
      );
    }
    const [, signe = '', euros = '0', decimales = ''] = lu;
    return new Montant(BigInt(`${signe}${euros}${decimales.padEnd(2, '0')}`));
  }

  /**
   * Rounds exact euros half-up to the cent (AMB-104). A tie moves away from zero on both sides,
   * so that the amount of a correction is the exact opposite of what it corrects.
   */
  static arrondir(euros: Fraction): Montant {
    const { num, den } = euros.fois(CENT);
    const valeur = num < 0n ? -num : num;
    const arrondie = (2n * valeur + den) / (2n * den);
    return new Montant(num < 0n ? -arrondie : arrondie);
  }

  static somme(montants: Iterable<Montant>): Montant {
    let total = 0n;
    for (const montant of montants) total += montant.centimes;
    return new Montant(total);
  }

  static min(premier: Montant, ...autres: Montant[]): Montant {
    return autres.reduce((min, montant) => (montant.centimes < min.centimes ? montant : min), premier);
  }

  static max(premier: Montant, ...autres: Montant[]): Montant {
    return autres.reduce((max, montant) => (montant.centimes > max.centimes ? montant : max), premier);
  }

  plus(autre: Montant): Montant {
    return new Montant(this.centimes + autre.centimes);
  }

  moins(autre: Montant): Montant {
    return new Montant(this.centimes - autre.centimes);
  }

  /** The same amount in euros, exact, to compute a share of it. */
  enFraction(): Fraction {
    return Fraction.de(this.centimes, 100n);
  }

  comparer(autre: Montant): -1 | 0 | 1 {
    if (this.centimes === autre.centimes) return 0;
    return this.centimes < autre.centimes ? -1 : 1;
  }

  egale(autre: Montant): boolean {
    return this.centimes === autre.centimes;
  }

  estNegatif(): boolean {
    return this.centimes < 0n;
  }

  /** '31200.00': the form of the API and of `Montant.euros`. */
  toString(): string {
    const { signe, euros, decimales } = this.parties();
    return `${signe}${euros}.${decimales}`;
  }

  toJSON(): string {
    return this.toString();
  }

  /** '31 200,00 €' as French typography has it: U+202F between thousands, U+00A0 before the sign. */
  enFrancais(): string {
    const { signe, euros, decimales } = this.parties();
    return `${signe}${euros.replace(/\B(?=(?:\d{3})+$)/g, '\u202F')},${decimales}\u00A0€`;
  }

  private parties(): { signe: string; euros: string; decimales: string } {
    const chiffres = (this.centimes < 0n ? -this.centimes : this.centimes).toString().padStart(3, '0');
    return { signe: this.centimes < 0n ? '-' : '', euros: chiffres.slice(0, -2), decimales: chiffres.slice(-2) };
  }
}

/** 15 digits of euros stay within a PostgreSQL bigint of cents, sums included. */
const EUROS = /^(-?)(\d{1,15})(?:\.(\d{1,2}))?$/;
const CENT = Fraction.de(100n);
