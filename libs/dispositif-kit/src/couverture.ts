import type { Dispositif } from './dispositif.js';

/** Families of rules of the catalogue: the middle of an id, PRIMO-FIN-01 (docs/regles.md, conventions). */
export const FAMILLES_DE_REGLES = {
  ELIG: 'éligibilité',
  PORT: 'porteur',
  TERR: 'territoire',
  CAL: 'calendrier',
  WF: 'workflow',
  DEL: 'délai',
  FIN: 'financement',
  PAY: 'versement',
  PIECE: 'pièce',
  BIL: 'bilan',
  IND: 'indicateur',
  ROLE: 'rôle',
  DATA: 'données',
  QUAL: 'qualité',
} as const;

export type FamilleDeRegles = keyof typeof FAMILLES_DE_REGLES;

/** A rule of the text that no field, check or computation can hold, and why: a sentence for users. */
export interface RegleNonCalculable {
  regle: string;
  pourquoi: string;
}

/** What a dispositif says of its rules in the catalogue; `npm run regles` holds it against the sources and the tests. */
export interface CouvertureDeclaree {
  /** What its rules begin with: `PRIMO`. */
  prefixeRegles?: string;
  /** Families claimed complete: each rule implemented and tested, or said not computable. */
  familles?: readonly FamilleDeRegles[];
  nonCalculables?: readonly RegleNonCalculable[];
}

const PHRASE = /^\p{Lu}.{15,}\.$/u;

/** What is wrong in what the declaration says of its rules. `citees`: the rules that the rest of the declaration implements. */
export function defautsDeCouverture(
  d: Pick<Dispositif, keyof CouvertureDeclaree>,
  citees: readonly string[],
  reglesConnues?: ReadonlySet<string>,
): string[] {
  const { prefixeRegles, familles = [], nonCalculables = [] } = d;
  if (prefixeRegles === undefined) {
    return familles.length + nonCalculables.length === 0
      ? []
      : ['familles et nonCalculables demandent prefixeRegles, le préfixe des règles du catalogue.'];
  }
  const regles = nonCalculables.map(({ regle }) => regle);
  return [
    ...(/^[A-Z]+$/.test(prefixeRegles) ? [] : [`le préfixe de règles ${prefixeRegles} s’écrit en majuscules.`]),
    ...doublons(familles).map((famille) => `la famille ${famille} est annoncée deux fois.`),
    ...doublons(regles).map((regle) => `la règle ${regle} est dite non calculable deux fois.`),
    ...familles
      .filter((famille) => reglesConnues !== undefined && !aDesRegles(prefixeRegles, famille, reglesConnues))
      .map((famille) => `la famille ${famille} n’a aucune règle ${prefixeRegles} dans le catalogue.`),
    ...nonCalculables.flatMap(({ regle, pourquoi }) => [
      ...(regle.startsWith(`${prefixeRegles}-`)
        ? []
        : [`la règle non calculable ${regle} n’a pas le préfixe ${prefixeRegles}.`]),
      ...((reglesConnues?.has(regle) ?? true) ? [] : [`la règle ${regle} n’est pas dans le catalogue.`]),
      ...(citees.includes(regle) ? [`la règle ${regle} est dite non calculable, et mise en œuvre.`] : []),
      ...(PHRASE.test(pourquoi)
        ? []
        : [`la règle non calculable ${regle} dit pourquoi en une phrase, majuscule et point compris.`]),
    ]),
  ];
}

function aDesRegles(prefixe: string, famille: FamilleDeRegles, connues: ReadonlySet<string>): boolean {
  return [...connues].some((id) => id.startsWith(`${prefixe}-${famille}-`));
}

function doublons<T>(valeurs: readonly T[]): T[] {
  return [...new Set(valeurs.filter((valeur, rang) => valeurs.indexOf(valeur) < rang))];
}

/** The part of a dispositif's page on its rules; empty when it does not say its prefix. */
export function tableauDeCouverture(d: Dispositif): { texte: string; lignes: string[][] } | undefined {
  if (d.prefixeRegles === undefined) return undefined;
  const familles = (d.familles ?? []).map((famille) => `${famille} (${FAMILLES_DE_REGLES[famille]})`);
  return {
    texte:
      `Règles \`${d.prefixeRegles}-…\` du [catalogue](../regles.md). Familles complètes, chaque règle étant mise en œuvre et éprouvée ` +
      `ou dite non calculable : ${familles.join(', ') || 'aucune'}. Le détail : \`npm run regles -- ${d.code}\`.`,
    lignes: (d.nonCalculables ?? []).map(({ regle, pourquoi }) => [regle, pourquoi]),
  };
}
