import type { Cog } from './cog.js';

export interface RattachementPropose {
  communeCode: string;
  territoireCode: string;
}

/**
 * Proposes the territory of each commune through its EPCI (AMB-139).
 * @param territoireParEpci SIREN of the EPCI -> code of the territory
 * @throws Error with one French line for each EPCI that has no territory, and for each commune that has no EPCI
 */
export function proposerRattachements(
  cog: Cog,
  territoireParEpci: Readonly<Record<string, string>>,
): RattachementPropose[] {
  const fautes = [
    ...cog.epci
      .filter((e) => territoireParEpci[e.siren] === undefined)
      .map((e) => `L’EPCI ${e.siren} (${e.nom}) n’est rattaché à aucun territoire.`),
    ...cog.communes
      .filter((c) => c.epciSiren === null)
      .map((c) => `La commune ${c.code} (${c.nom}) n’appartient à aucun EPCI : rattachez-la à la main.`),
  ];
  if (fautes.length > 0) throw new Error(fautes.join('\n'));
  return cog.communes.flatMap((c) => {
    const territoireCode = c.epciSiren === null ? undefined : territoireParEpci[c.epciSiren];
    return territoireCode === undefined ? [] : [{ communeCode: c.code, territoireCode }];
  });
}
