import { randomBytes } from 'node:crypto';
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
 * The key by which a statement tells whose names a row holds, beside the fields asked; it is taken out before the answer. Drawn at start:
 * JSON that somebody has stored cannot hold it.
 */
export const MARQUE_PERSONNE = `@lu-${randomBytes(6).toString('hex')}`;
const MARQUES = new RegExp(`,"${MARQUE_PERSONNE}":(?:null|"(\\d+) ([0-9a-f-]{36})")`, 'g');

/**
 * Takes the marks out of a statement's JSON.
 * @param groupes the fields that were asked together, by the rank that marks give
 */
export function releverPersonnes(
  json: string,
  groupes: readonly (readonly string[])[],
): { readonly json: string; readonly lues: readonly Pick<LectureNominative, 'champs' | 'personnes'>[] } {
  const personnes = groupes.map(() => new Set<string>());
  const sansMarques = json.replace(MARQUES, (_, rang: string | undefined, personne: string) => {
    if (rang !== undefined) personnes[Number(rang)]?.add(personne);
    return '';
  });
  const lues = groupes.flatMap((champs, rang) => {
    const vues = [...(personnes[rang] ?? [])];
    return vues.length > 0 ? [{ champs, personnes: vues }] : [];
  });
  return { json: sansMarques, lues };
}
