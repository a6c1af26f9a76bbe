import { dateCivile, type Horloge } from '@sillage/kernel';
import type { UniteDeTravail } from '@sillage/persistence';
import type { Cog } from '../cog.js';
import { proposerRattachements } from '../proposer-rattachements.js';
import { semerDepartement, type BilanSemis } from '../semer-departement.js';
import { EPCI_TERRITOIRES_62 } from './epci-territoires.js';
import { MISSIONS_LOCALES_62 } from './missions-locales.js';
import { TERRITOIRES_62 } from './territoires.js';

export const PAS_DE_CALAIS = { departementId: '62', nom: 'Pas-de-Calais' } as const;

/**
 * The Pas-de-Calais: its nine territories, the proposal commune -> territory, its offices and its nine missions locales.
 * @param cog communes and EPCI of the 62, as `lireCog('62')` gives them and `chargerReferentiel` loads them
 * @throws Error when an EPCI of the 62 has no territory
 */
export async function semerDepartement62(unites: UniteDeTravail, horloge: Horloge, cog: Cog): Promise<BilanSemis> {
  return semerDepartement(unites, horloge, {
    departementId: PAS_DE_CALAIS.departementId,
    siege: 'Siège du Département (DPID)', // AMB-123
    territoires: TERRITOIRES_62,
    rattachements: {
      proposes: proposerRattachements(cog, EPCI_TERRITOIRES_62),
      du: dateCivile(`${cog.millesime}-01-01`),
      source: `Proposition par EPCI, code officiel géographique ${cog.millesime} (AMB-139)`,
    },
    structures: MISSIONS_LOCALES_62.map(({ cle, raisonSociale, territoire }) => ({
      cle,
      raisonSociale,
      nature: 'MISSION_LOCALE' as const,
      siret: null,
      communeCode: null,
      territoires: [territoire],
    })),
  });
}
