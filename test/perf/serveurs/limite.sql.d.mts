/** Types for the harness; the server itself is plain JavaScript. */
export type NomInstruction = 'Q1' | 'Q1Suite' | 'Q2' | 'Q3' | 'Q4';
export const SQL: Readonly<Record<NomInstruction, string>>;
export function preparer(
  requete: string,
  variables: Readonly<Record<string, unknown>>,
): { name: NomInstruction; values: unknown[] };
