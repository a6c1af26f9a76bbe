/** The middle of what was observed; the mean of both middles when there are two. @throws Error on nothing */
export function mediane(valeurs: readonly number[]): number {
  const triees = [...valeurs].sort((a, b) => a - b);
  const haut = triees[triees.length >> 1];
  const bas = triees[(triees.length - 1) >> 1];
  if (haut === undefined || bas === undefined) throw new Error('La médiane de rien n’existe pas.');
  return (haut + bas) / 2;
}

/** (largest − smallest) / median, as a part of one: how far repetitions disagree. Undefined around zero. */
export function etendueRelative(valeurs: readonly number[]): number | undefined {
  const milieu = mediane(valeurs);
  return milieu === 0 ? undefined : (Math.max(...valeurs) - Math.min(...valeurs)) / milieu;
}
