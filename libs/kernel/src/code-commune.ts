import { ErreurValeur } from './erreurs.js';

/** INSEE's code of a commune (not its postal code): '62041' for Arras, '2A004' for Ajaccio, '97411' overseas. */
export class CodeCommune {
  private constructor(readonly valeur: string) {}

  /** Checks the form only: whether the commune exists is for the reference data to say. @throws ErreurValeur */
  static lire(texte: string): CodeCommune {
    const valeur = texte.trim().toUpperCase();
    if (!CODE_INSEE.test(valeur)) {
      throw new ErreurValeur(
        `« ${texte.slice(0, 40)} » n’est pas un code commune de l’INSEE : saisissez ses 5 caractères, par exemple 62041 (ce n’est pas le code postal).`,
      );
    }
    return new CodeCommune(valeur);
  }

  /** '62', '2A', or three digits overseas: '974'. */
  get departement(): string {
    return this.valeur.slice(0, /^9[78]/.test(this.valeur) ? 3 : 2);
  }

  toString(): string {
    return this.valeur;
  }

  toJSON(): string {
    return this.valeur;
  }
}

const CODE_INSEE = /^(?:(?:0[1-9]|1\d|2[1-9AB]|[3-8]\d|9[0-5])\d{3}|97[1-8]\d{2}|98[4-9]\d{2})$/;
