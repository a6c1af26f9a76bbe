import { naturesAuForfait, planDeFinancement } from '@sillage/dispositif-kit';

/** The direct expenses of a parcours: the list of eligible ones is closed, the flat rate covers the rest (GRAINE-FIN-01 to GRAINE-FIN-04). */
export const plan = planDeFinancement(
  naturesAuForfait({ personnel: 'GRAINE-FIN-02', fonctionnement: 'GRAINE-FIN-03' }),
);
