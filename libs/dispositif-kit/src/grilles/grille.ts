import { type DateCivile, dateCivile, Refus, type Role } from '@sillage/kernel';
import type { Parametres } from '../parametre.js';

/** A share of an item's points, scored apart: `ASE 3 · SLAI 2 · siège 1`. */
export interface SousPoint {
  code: string;
  libelle: string;
  max: number;
}

/** A line of a grid. `max` in whole points; a BONUS is outside the rubrique's total, a MALUS inside it. */
export interface ItemDeGrille {
  code: string;
  libelle: string;
  /** What is expected, for who scores and who is scored. */
  attendu: string;
  max: number;
  sousPoints?: readonly SousPoint[];
  drapeau?: 'BONUS' | 'MALUS';
  /** The evidence that is proposed to the porteur. */
  preuve: string;
  /** Who scores it (AMB-078). */
  notateurs: readonly Role[];
  regle: string;
}

export interface RubriqueDeGrille {
  code: string;
  libelle: string;
  /** What its items make together, bonuses apart. */
  max: number;
  regle: string;
  items: readonly ItemDeGrille[];
}

/** A grid as it stands from a day on: a text that changes it adds a version, and leaves the others as they were (TRANS-14). */
export interface VersionDeGrille {
  code: string;
  /** First day; conventions signed from then on are scored by it. */
  du: string;
  /** What the rubriques make together. */
  total: number;
  rubriques: readonly RubriqueDeGrille[];
}

/** What a convention is scored by: a grid in its versions, and the keys of the parameters that its score depends on. */
export interface DeclarationGrille<P extends Parametres = Parametres> {
  libelle: string;
  regle: string;
  versions: readonly VersionDeGrille[];
  /** Key of the `entier` parameter: points taken off for a MALUS item scored zero (AMB-075). */
  penaliteMalus: keyof P & string;
  /** Key of the `entier` parameter: what a score is capped at, bonuses included (AMB-076). */
  plafond: keyof P & string;
  /** Key of the `jours` parameter: how long the porteur may contradict the scores that services propose (AMB-078). */
  delaiObservations: keyof P & string;
}

/** What it says by itself, whatever the parameters. */
type GrilleEcrite = Pick<DeclarationGrille, 'libelle' | 'regle' | 'versions'>;

/** The version in force on a day. @throws Refus when the first one starts later */
export function grilleAu({ versions, libelle, regle }: GrilleEcrite, jour: DateCivile): VersionDeGrille {
  const version = versions
    .filter(({ du }) => jour.since(dateCivile(du)).days >= 0)
    .reduce<VersionDeGrille | undefined>((a, b) => (a === undefined || a.du < b.du ? b : a), undefined);
  if (version) return version;
  throw Refus.de('ETAT_INCOMPATIBLE', `« ${libelle} » n’a aucune version à cette date.`, { regle });
}

export function itemsDeGrille({ rubriques }: VersionDeGrille): ItemDeGrille[] {
  return rubriques.flatMap(({ items }) => items);
}

/** Every rule that a grid cites. */
export function reglesDeGrille({ regle, versions }: GrilleEcrite): string[] {
  const rubriques = versions.flatMap((version) => version.rubriques);
  return [regle, ...rubriques.flatMap((r) => [r.regle, ...r.items.map((item) => item.regle)])];
}

/** What does not add up, version by version: sums of items, of rubriques, of shares (regles.md, 8.3). */
export function defautsDeGrille({ libelle, versions }: GrilleEcrite): string[] {
  const jours = versions.map(({ du }) => du);
  const codes = versions.map(({ code }) => code);
  return [
    ...(versions.length === 0 ? ['n’a aucune version.'] : []),
    ...(uniques(jours) && uniques(codes) ? [] : ['a deux versions du même jour ou du même code.']),
    ...versions.flatMap((version) => defautsDeVersion(version).map((defaut) => `version ${version.code} : ${defaut}`)),
  ].map((defaut) => `grille « ${libelle} » : ${defaut}`);
}

function defautsDeVersion(version: VersionDeGrille): string[] {
  const { du, total, rubriques } = version;
  const items = itemsDeGrille(version);
  const points = [...items, ...items.flatMap(({ sousPoints = [] }) => sousPoints)].map(({ max }) => max);
  return [
    ...(/^\d{4}-\d{2}-\d{2}$/.test(du) ? [] : [`le jour ${du} n’est pas une date.`]),
    ...(uniques(rubriques.map(({ code }) => code)) && uniques(items.map(({ code }) => code))
      ? []
      : ['deux rubriques ou deux items portent le même code.']),
    ...(points.every((max) => Number.isInteger(max) && max > 0) ? [] : ['un maximum n’est pas un entier positif.']),
    ...rubriques.flatMap(({ code, max, items: siens }) => {
      const somme = sommeDes(siens.filter(({ drapeau }) => drapeau !== 'BONUS'));
      return somme === max ? [] : [`la rubrique ${code} affiche ${max} points, ses items en font ${somme}.`];
    }),
    ...items.flatMap(({ code, max, sousPoints }) =>
      sousPoints === undefined || (sommeDes(sousPoints) === max && uniques(sousPoints.map((s) => s.code)))
        ? []
        : [`les sous-points de ${code} font ${sommeDes(sousPoints)} points au lieu de ${max}.`],
    ),
    ...items.filter(({ notateurs }) => notateurs.length === 0).map(({ code }) => `personne ne note ${code}.`),
    ...(sommeDes(rubriques) === total ? [] : [`les rubriques font ${sommeDes(rubriques)} points au lieu de ${total}.`]),
  ];
}

function sommeDes(lignes: readonly { max: number }[]): number {
  return lignes.reduce((somme, { max }) => somme + max, 0);
}

function uniques(valeurs: readonly string[]): boolean {
  return new Set(valeurs).size === valeurs.length;
}
