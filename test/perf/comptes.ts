/** Who asks, as the data set knows them; nobody logs in. */
export const EMETTEUR = 'https://emetteur.perf.invalid';

/** The one that is measured; the others are its neighbours in the same tables. */
export const DEPARTEMENT = '62';

export const COMPTES = { siege: 'perf-siege', missionLocale: 'perf-mission-locale' } as const;
