import { type Decision, type Explication, Fraction, type Motif, non, oui, type ParametreCite } from '@sillage/kernel';
import type { Chiffre } from '../finance/chiffre.js';
import { type ItemDeGrille, itemsDeGrille, type RubriqueDeGrille, type VersionDeGrille } from './grille.js';

/** What an item is given, in whole points; its shares, when it has some, make them together. */
export interface NoteDItem {
  readonly points: number;
  readonly sousPoints?: Readonly<Record<string, number>>;
}

/** By code of item; one that is left out is not scored yet. */
export type Notes = Readonly<Record<string, NoteDItem>>;

/** A grid, and the scores that a convention holds on it. */
export interface Cotation {
  readonly version: VersionDeGrille;
  readonly notes: Notes;
}

/** Whether scores stay within their items: known codes, whole points from 0 to the maximum, shares that add up. */
export function deciderNotes(version: VersionDeGrille, notes: Notes, chemin: readonly string[]): Decision {
  const items = new Map(itemsDeGrille(version).map((item) => [item.code, item]));
  const motifs = Object.entries(notes).flatMap(([code, note]): Motif[] => {
    const item = items.get(code);
    const defaut = item === undefined ? 'n’est pas un item de la grille' : defautDeNote(item, note);
    if (defaut === null) return [];
    const regle = item?.regle ?? 'TRANS-14';
    return [{ code: 'VALEUR_INVALIDE', message: `« ${code} » ${defaut}.`, regle, chemin: [...chemin, code] }];
  });
  return motifs.length === 0 ? oui() : non(motifs);
}

function defautDeNote({ max, sousPoints }: ItemDeGrille, note: NoteDItem): string | null {
  if (!dansLesBornes(note.points, max)) return `se note en points entiers, de 0 à ${max}`;
  if (note.sousPoints === undefined) {
    return sousPoints === undefined ? null : 'se note part par part : donnez ses sous-points';
  }
  if (sousPoints === undefined) return 'n’a pas de sous-points';
  const donnes = note.sousPoints;
  const attendus = sousPoints.map(({ code, max: part }) => ({ code, part, points: donnes[code] }));
  const inconnus = Object.keys(donnes).filter((code) => !sousPoints.some((s) => s.code === code));
  const faux = attendus.find(({ points, part }) => points === undefined || !dansLesBornes(points, part));
  if (faux) return `: la part ${faux.code} se note en points entiers, de 0 à ${faux.part}`;
  if (inconnus.length > 0) return `n’a pas de part ${inconnus.join(', ')}`;
  const somme = attendus.reduce((total, { points = 0 }) => total + points, 0);
  return somme === note.points ? null : `vaut ${note.points} points, ses parts en font ${somme}`;
}

function dansLesBornes(points: number, max: number): boolean {
  return Number.isInteger(points) && points >= 0 && points <= max;
}

/** The items that nobody has scored. */
export function itemsSansNote(version: VersionDeGrille, notes: Notes): string[] {
  return itemsDeGrille(version)
    .map(({ code }) => code)
    .filter((code) => notes[code] === undefined);
}

interface Reglage {
  readonly valeur: number;
  readonly cite: ParametreCite;
}

/**
 * The score of a grid: points of its items, less a penalty by MALUS item at zero (AMB-075), within 0 and a cap, so that bonuses only make
 * up for points lost in the grid (AMB-076). What is not scored counts for nothing.
 */
export function scoreDeGrille(
  { version, notes }: Cotation,
  options: { libelle: string; regle: string; penaliteMalus: Reglage; plafond: Reglage },
): Chiffre {
  const { libelle, regle, penaliteMalus, plafond } = options;
  const rubriques = version.rubriques.map((rubrique) => scoreDeRubrique(rubrique, notes, penaliteMalus.valeur));
  const brut = rubriques.reduce((total, { points }) => total + points, 0);
  const score = Math.max(0, Math.min(brut, plafond.valeur));
  return {
    valeur: Fraction.de(BigInt(score)),
    explication: {
      libelle,
      resultat: enPoints(score),
      formule: 'somme des rubriques, bonus compris, malus déduits, entre zéro et le plafond',
      regle,
      interpretation: 'AMB-076',
      entrees: [
        { nom: 'Version de la grille', valeur: version.code },
        { nom: 'Somme des rubriques', valeur: enPoints(brut) },
      ],
      parametres: [penaliteMalus.cite, plafond.cite],
      lignes: rubriques.map(({ explication }) => explication),
    },
  };
}

function scoreDeRubrique(
  { code, libelle, max, regle, items }: RubriqueDeGrille,
  notes: Notes,
  penalite: number,
): { points: number; explication: Explication } {
  const lignes = items.map((item) => ({ item, points: notes[item.code]?.points ?? 0 }));
  const malus = lignes.filter(({ item, points }) => item.drapeau === 'MALUS' && points === 0).length * penalite;
  const points = lignes.reduce((total, ligne) => total + ligne.points, 0) - malus;
  return {
    points,
    explication: {
      libelle: `${code}. ${libelle}`,
      resultat: `${enPoints(points)} sur ${max}`,
      regle,
      ...(malus > 0 ? { interpretation: 'AMB-075' } : {}),
      entrees: [
        ...lignes.map(({ item, points: siens }) => ({
          nom: `${item.code} ${item.libelle}`,
          valeur: `${enPoints(siens)} sur ${item.max}${item.drapeau === 'BONUS' ? ', en bonus' : ''}`,
        })),
        ...(malus > 0 ? [{ nom: 'Malus', valeur: enPoints(-malus) }] : []),
      ],
    },
  };
}

function enPoints(points: number): string {
  return `${String(points).replace('-', '\u2212')} point${Math.abs(points) > 1 ? 's' : ''}`;
}
