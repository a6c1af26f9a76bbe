import { ErreurValeur } from './erreurs.js';

/** The number of an establishment: 14 digits, the first nine being its company's SIREN. */
export class Siret {
  private constructor(readonly valeur: string) {}

  /** Reads a SIRET, spaces allowed. @throws ErreurValeur when it has not 14 digits or its check digit is wrong. */
  static lire(texte: string): Siret {
    const valeur = texte.replace(/\s/g, '');
    if (!/^\d{14}$/.test(valeur) || valeur.startsWith(SIREN_NUL)) {
      throw new ErreurValeur(
        `« ${texte.slice(0, 40)} » n’est pas un SIRET : saisissez les 14 chiffres de l’établissement.`,
      );
    }
    if (!cleExacte(valeur)) {
      throw new ErreurValeur(
        `Le SIRET ${valeur} comporte une erreur de saisie (clé de contrôle fausse) : recopiez-le depuis l’avis de situation de l’INSEE.`,
      );
    }
    return new Siret(valeur);
  }

  get siren(): string {
    return this.valeur.slice(0, 9);
  }

  toString(): string {
    return this.valeur;
  }

  toJSON(): string {
    return this.valeur;
  }
}

const SIREN_NUL = '000000000';
const SIREN_LA_POSTE = '356000000';
const SIEGE_LA_POSTE = '35600000000048';

/** La Poste outgrew the numbers that Luhn allows: its establishments, head office excepted, have a sum of digits that 5 divides. */
function cleExacte(siret: string): boolean {
  const chiffres = enChiffres(siret);
  if (siret.startsWith(SIREN_LA_POSTE) && siret !== SIEGE_LA_POSTE) return somme(chiffres) % 5 === 0;
  return (
    somme(chiffres.map((chiffre, rang) => (rang % 2 === 0 ? somme(enChiffres(`${2 * chiffre}`)) : chiffre))) % 10 === 0
  );
}

function enChiffres(texte: string): number[] {
  return Array.from(texte, (chiffre) => '0123456789'.indexOf(chiffre));
}

function somme(nombres: readonly number[]): number {
  return nombres.reduce((total, nombre) => total + nombre, 0);
}
