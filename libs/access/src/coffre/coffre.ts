import type { KeyObject } from 'node:crypto';
import type { Horloge } from '@sillage/kernel';
import type { EntityManager } from 'typeorm';
import { Memoire } from '../identite/memoire.js';
import { ChiffreIllisible, ouvrir, type Place, sceller, versionDuChiffre } from './chiffre.js';
import { inscrire, type Lecteur, lireVersions, retenirCourante } from './cles-departement.js';
import type { CleEnveloppee, ClesMaitres } from './cles-maitres.js';
import { type ColonneChiffree, nomDeColonne } from './colonne-chiffree.js';

export interface OptionsCoffre {
  readonly cles: ClesMaitres;
  /** Every sealed column there is, whoever owns it. */
  readonly colonnes: readonly ColonneChiffree[];
  readonly horloge: Horloge;
}

/** A text and where it will be written. */
export interface AChiffrer {
  readonly place: Place;
  readonly texte: string;
}

/** A sealed value and where it was read. */
export interface ADechiffrer {
  readonly place: Place;
  readonly octets: Buffer;
}

/** More than the départements of France have together, a few versions each. */
const CAPACITE = 1_000;
/** After which a key leaves the memory, destroyed or not: it is then read again. */
const RETENUE_MS = 3_600_000;
/** A rotation may retire the key that was asked for while it was asked: once is rare, so many times is a fault. */
const ESSAIS = 5;

/**
 * Seals and opens values of a département, each under its key. Data keys are kept in memory by version; whether one may still
 * seal is asked of the database each time, so that a rotation made elsewhere counts at once.
 */
export class Coffre {
  readonly colonnes: readonly ColonneChiffree[];
  readonly #cles: ClesMaitres;
  readonly #horloge: Horloge;
  readonly #declarees: ReadonlySet<string>;
  readonly #memoire: Memoire<{ readonly enveloppe: Buffer; readonly cle: KeyObject }>;

  constructor({ cles, colonnes, horloge }: OptionsCoffre) {
    this.colonnes = colonnes;
    this.#cles = cles;
    this.#horloge = horloge;
    this.#declarees = new Set(colonnes.map(nomDeColonne));
    this.#memoire = new Memoire(CAPACITE, () => horloge.maintenant().epochMilliseconds);
  }

  /** What to write there, in this same transaction: its key may be retired afterwards. @throws TypeError for a column not declared */
  async chiffrer(em: EntityManager, departementId: string, place: Place, texte: string): Promise<Buffer> {
    const [octets] = await this.chiffrerTous(em, departementId, [{ place, texte }]);
    return octets as Buffer;
  }

  /** The same for several, in their order and in one statement. */
  async chiffrerTous(em: EntityManager, departementId: string, valeurs: readonly AChiffrer[]): Promise<Buffer[]> {
    if (valeurs.length === 0) return [];
    for (const { place } of valeurs) this.#exigerDeclaree(place);
    const { version, cle } = await this.#courante(em, departementId);
    return valeurs.map(({ place, texte }) => sceller(cle, { ...place, departementId, version }, texte));
  }

  /**
   * The text that was sealed there. `em` is asked for a key that is not in memory, and for nothing else.
   * @throws ChiffreIllisible
   */
  async dechiffrer(em: Lecteur, departementId: string, place: Place, octets: Buffer): Promise<string> {
    const [texte] = await this.dechiffrerTous(em, departementId, [{ place, octets }]);
    return texte as string;
  }

  /** The same for several, in their order and in one statement at most. @throws ChiffreIllisible for the first that cannot be opened */
  async dechiffrerTous(em: Lecteur, departementId: string, valeurs: readonly ADechiffrer[]): Promise<string[]> {
    const aLire = valeurs.map(({ place, octets }) => ({
      ...place,
      departementId,
      version: versionDuChiffre(octets),
      octets,
    }));
    const connues = this.#connues(departementId, aLire);
    await this.#charger(
      em,
      departementId,
      aLire.filter(({ version }) => !connues.has(version)),
      connues,
    );
    try {
      return aLire.map((valeur) => ouvrirAvec(connues, valeur));
    } catch (erreur) {
      if (!(erreur instanceof ChiffreIllisible)) throw erreur;
    }
    // A key in memory may be one whose transaction was undone, and that another has replaced: the database knows.
    await this.#charger(em, departementId, aLire, connues);
    return aLire.map((valeur) => ouvrirAvec(connues, valeur));
  }

  /** Signs values for a use: see {@link ClesMaitres.attester}. */
  attester(usage: string, parties: readonly (string | number)[]): Buffer {
    return this.#cles.attester(usage, parties);
  }

  atteste(usage: string, parties: readonly (string | number)[], recue: Buffer): boolean {
    return this.#cles.atteste(usage, parties, recue);
  }

  async #courante(em: EntityManager, departementId: string): Promise<{ version: number; cle: KeyObject }> {
    for (let essai = 0; essai < ESSAIS; essai += 1) {
      const enveloppee = await retenirCourante(em, departementId);
      if (enveloppee) return { version: enveloppee.version, cle: this.#ouvrir(enveloppee) };
      // The first need of this département, unless somebody else's came first: then theirs is read.
      await inscrire(em, this.#horloge, this.#cles.tirer(departementId, 1));
    }
    throw new ChiffreIllisible('CLE_INDISPONIBLE');
  }

  #connues(departementId: string, valeurs: readonly { readonly version: number }[]): Map<number, KeyObject> {
    const connues = new Map<number, KeyObject>();
    for (const { version } of valeurs) {
      const retenue = this.#memoire.lire(nomDeCle(departementId, version));
      if (retenue) connues.set(version, retenue.cle);
    }
    return connues;
  }

  async #charger(
    em: Lecteur,
    departementId: string,
    valeurs: readonly { readonly version: number }[],
    connues: Map<number, KeyObject>,
  ): Promise<void> {
    const versions = [...new Set(valeurs.map(({ version }) => version))];
    if (versions.length === 0) return;
    for (const enveloppee of await lireVersions(em, departementId, versions)) {
      connues.set(enveloppee.version, this.#ouvrir(enveloppee));
    }
  }

  /** From memory when it is the same wrapped key, to the byte. */
  #ouvrir(enveloppee: CleEnveloppee): KeyObject {
    const nom = nomDeCle(enveloppee.departementId, enveloppee.version);
    const retenue = this.#memoire.lire(nom);
    if (retenue?.enveloppe.equals(enveloppee.enveloppe)) return retenue.cle;
    const cle = this.#cles.ouvrir(enveloppee);
    if (cle === null) throw new ChiffreIllisible('CLE_INDISPONIBLE');
    const present = this.#horloge.maintenant().epochMilliseconds;
    this.#memoire.retenir(nom, { enveloppe: enveloppee.enveloppe, cle }, present + RETENUE_MS);
    return cle;
  }

  #exigerDeclaree(place: Place): void {
    if (this.#declarees.has(nomDeColonne(place))) return;
    throw new TypeError(
      `${nomDeColonne(place)} n’est pas déclarée : sans « colonneChiffree », un renouvellement de clé l’oublierait.`,
    );
  }
}

type Valeur = Place & { readonly departementId: string; readonly version: number; readonly octets: Buffer };

function ouvrirAvec(cles: ReadonlyMap<number, KeyObject>, valeur: Valeur): string {
  const cle = cles.get(valeur.version);
  if (cle === undefined) throw new ChiffreIllisible('CLE_INDISPONIBLE');
  return ouvrir(cle, valeur, valeur.octets);
}

function nomDeCle(departementId: string, version: number): string {
  return `${departementId}/${version}`;
}
