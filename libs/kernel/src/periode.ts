import { Temporal } from 'temporal-polyfill';
import { ajouterMois, dateEnFrancais } from './dates.js';
import type { DateCivile } from './dates.js';
import { ErreurValeur } from './erreurs.js';
import { Fraction } from './fraction.js';

/** From one civil day to another, both included; without `au`, it has no end. */
export class Periode {
  private constructor(
    readonly du: DateCivile,
    readonly au: DateCivile | null,
  ) {}

  /** @throws ErreurValeur when it would end before it starts. */
  static de(du: DateCivile, au: DateCivile | null): Periode {
    if (au !== null && avant(au, du)) {
      throw new ErreurValeur(
        `La période finit (${dateEnFrancais(au)}) avant de commencer (${dateEnFrancais(du)}) : corrigez l’une des deux dates.`,
      );
    }
    return new Periode(du, au);
  }

  contient(date: DateCivile): boolean {
    return !avant(date, this.du) && (this.au === null || !avant(this.au, date));
  }

  /** Whether the two share at least one day. */
  chevauche(autre: Periode): boolean {
    return (this.au === null || !avant(this.au, autre.du)) && (autre.au === null || !avant(autre.au, this.du));
  }

  /**
   * Its length in months, exact: whole months (AMB-055), then the days that remain over the days of the month that they begin.
   * @throws ErreurValeur when it has no end.
   */
  nombreDeMois(): Fraction {
    if (this.au === null)
      throw new ErreurValeur('La période n’a pas de fin : indiquez sa date de fin pour en compter les mois.');
    const lendemain = this.au.add({ days: 1 });
    const mois = moisEntiers(this.du, lendemain);
    const debutDuReste = ajouterMois(this.du, mois);
    const reste = debutDuReste.until(lendemain).days;
    const joursDuMois = debutDuReste.until(ajouterMois(this.du, mois + 1)).days;
    return Fraction.de(BigInt(mois)).plus(Fraction.de(BigInt(reste), BigInt(joursDuMois)));
  }

  /** Whether it ends after `du + mois − 1 day`, the last day of that many months (ASE-CAL-02). Without an end, it exceeds any length. */
  depasse(mois: number): boolean {
    if (this.au === null) return true;
    return avant(ajouterMois(this.du, mois).subtract({ days: 1 }), this.au);
  }
}

function avant(a: DateCivile, b: DateCivile): boolean {
  return Temporal.PlainDate.compare(a, b) < 0;
}

/** The greatest n such that `du + n months` is not after `jour`. */
function moisEntiers(du: DateCivile, jour: DateCivile): number {
  const mois = (jour.year - du.year) * 12 + jour.month - du.month;
  return avant(jour, ajouterMois(du, mois)) ? mois - 1 : mois;
}
