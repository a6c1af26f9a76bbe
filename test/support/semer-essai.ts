import {
  chargerReferentiel,
  type Cog,
  type CompteDemo,
  DEPARTEMENT_ESSAI,
  lireCog,
  PAS_DE_CALAIS,
  semerDemo,
  semerDepartement62,
  semerDispositifs,
} from '@sillage/core';
import type { Dispositif } from '@sillage/dispositif-kit';
import type { Horloge } from '@sillage/kernel';
import { creerDataSource, UniteDeTravail } from '@sillage/persistence';
import { entites } from '@sillage/socle';
import type { BaseEssai } from './base-essai.js';

export interface OptionsSemis {
  readonly base: BaseEssai;
  readonly horloge: Horloge;
  readonly dispositifs: readonly Dispositif[];
  readonly emetteur: string;
  readonly comptes: readonly CompteDemo[];
}

/** Fills a database as `npm start` does: the Pas-de-Calais, the second département, the accounts, the dispositifs' appels. */
export async function semerEssai({ base, horloge, dispositifs, emetteur, comptes }: OptionsSemis): Promise<void> {
  const proprietaire = creerDataSource({ url: base.urlProprietaire, connexions: 1, entites: [] });
  const application = creerDataSource({ url: base.urlApp, connexions: 1, entites: entites(dispositifs) });
  try {
    await Promise.all([proprietaire.initialize(), application.initialize()]);
    const unites = new UniteDeTravail(application);
    const cog = cogDuPasDeCalais();
    await chargerReferentiel(proprietaire, [{ ...PAS_DE_CALAIS, cog }]);
    await semerDepartement62(unites, horloge, cog);
    await semerDemo({ proprietaire, unites, horloge, emetteur, comptes });
    for (const { departementId } of [PAS_DE_CALAIS, DEPARTEMENT_ESSAI]) {
      await semerDispositifs(unites, horloge, departementId, dispositifs);
    }
  } finally {
    for (const source of [proprietaire, application]) if (source.isInitialized) await source.destroy();
  }
}

let lu: Cog | undefined;

/** Read once for all the specs of a worker. */
function cogDuPasDeCalais(): Cog {
  return (lu ??= lireCog(PAS_DE_CALAIS.departementId));
}
