/**
 * A pure function of a text that remembers its last answers, at most `max` of them: they are given again as they are, and must be
 * immutable. What it throws is not remembered.
 */
export function memoriser<V>(max: number, calculer: (cle: string) => V): (cle: string) => V {
  const connues = new Map<string, V>();
  return (cle) => {
    const connue = connues.get(cle);
    if (connue !== undefined) return connue;
    const valeur = calculer(cle);
    if (connues.size >= max) connues.clear();
    connues.set(cle, valeur);
    return valeur;
  };
}
