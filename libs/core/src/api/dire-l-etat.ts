/**
 * The end of a refusal, in the words of the labels that the API gives to states: what the state is, and what it should have been.
 * @param libelles the labels of the states, as `ETATS_CANDIDATURE`
 */
export function direLEtat<E extends string>(
  libelles: Readonly<Record<E, string>>,
  etat: E,
  attendus: readonly E[] = [],
): string {
  const faudrait = attendus.map((attendu) => `« ${libelles[attendu]} »`).join(' ou ');
  return `son état est « ${libelles[etat]} »${faudrait && ` ; il faudrait ${faudrait}`}.`;
}
