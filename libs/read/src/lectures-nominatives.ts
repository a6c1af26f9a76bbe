import type { ContexteActeur } from '@sillage/access';

/** What one statement let somebody see of young people. */
export interface LectureNominative {
  /** Name that the client gave to its operation. */
  readonly operation: string | null;
  /** What they were reached by: a field of Query, or the object that a mutation leaves. */
  readonly depart: string;
  /** `Jeune.nom`, `Acte.commentaire`: asked together, of the same rows. */
  readonly champs: readonly string[];
  /** Their uuids, each once. */
  readonly personnes: readonly string[];
}

/** Keeps who has seen what names young people (TRANS-30). Reads wait for it before they answer. */
export abstract class TemoinDesLectures {
  abstract noter(contexte: ContexteActeur, lectures: readonly LectureNominative[]): Promise<void>;
}

/**
 * Begins a mark, before the rank of the fields asked and the uuid of whose they are. JSON holds no control character: nothing that somebody
 * has stored can pass for a mark.
 */
const DEBUT = '\u0001';
const CHIFFRES_DU_RANG = 4;
const LONGUEUR = CHIFFRES_DU_RANG + 36;

/** SQL of the mark that a row bears: whose names it holds. It is taken out before the answer. */
export function marqueSql(rang: number, personne: string): string {
  return `E'\\x01${String(rang).padStart(CHIFFRES_DU_RANG, '0')}' || ${personne}`;
}

/**
 * Takes the marks out of a statement's JSON.
 * @param groupes the fields that were asked together, by the rank that marks give
 */
export function releverPersonnes(
  marque: string,
  groupes: readonly (readonly string[])[],
): { readonly json: string; readonly lues: readonly Pick<LectureNominative, 'champs' | 'personnes'>[] } {
  const [debut = '', ...suites] = marque.split(DEBUT);
  if (suites.length === 0) return { json: debut, lues: [] };
  const personnes = groupes.map(() => new Set<string>());
  let json = debut;
  for (const suite of suites) {
    personnes[Number(suite.slice(0, CHIFFRES_DU_RANG))]?.add(suite.slice(CHIFFRES_DU_RANG, LONGUEUR));
    json += suite.slice(LONGUEUR);
  }
  const lues = groupes.flatMap((champs, rang) => {
    const vues = [...(personnes[rang] ?? [])];
    return vues.length > 0 ? [{ champs, personnes: vues }] : [];
  });
  return { json, lues };
}
