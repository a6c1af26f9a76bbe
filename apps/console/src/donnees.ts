import {
  type CompteDemo,
  chargerReferentiel,
  DEPARTEMENT_ESSAI,
  lireCog,
  PAS_DE_CALAIS,
  semerDemo,
  semerDepartement62,
  semerDispositifs,
} from '@sillage/core';
import type { Dispositif } from '@sillage/dispositif-kit';
import type { Horloge } from '@sillage/kernel';
import { creerDataSource, UniteDeTravail, type UrlsBase } from '@sillage/persistence';
import { entites } from '@sillage/socle';

export interface OptionsDonnees {
  readonly urls: Pick<UrlsBase, 'urlProprietaire' | 'urlApp'>;
  readonly horloge: Horloge;
  readonly dispositifs: readonly Dispositif[];
  /** The demonstration's accounts and the issuer of their tokens; without them, the reference data alone. */
  readonly demo?: { readonly emetteur: string; readonly comptes: readonly CompteDemo[] };
}

/**
 * Loads the Pas-de-Calais (communes, EPCI, territories, offices, missions locales), the appels that the dispositifs' texts
 * date and, if asked, the demonstration. Idempotent: nothing that is there is changed.
 * @returns how many rows were written
 */
export async function semerDonnees({ urls, horloge, dispositifs, demo }: OptionsDonnees): Promise<number> {
  const proprietaire = creerDataSource({ url: urls.urlProprietaire, connexions: 1, entites: [] });
  const application = creerDataSource({ url: urls.urlApp, connexions: 1, entites: entites(dispositifs) });
  try {
    await Promise.all([proprietaire.initialize(), application.initialize()]);
    const unites = new UniteDeTravail(application);
    const cog = lireCog(PAS_DE_CALAIS.departementId);
    await chargerReferentiel(proprietaire, [{ ...PAS_DE_CALAIS, cog }]);
    const bilans: object[] = [await semerDepartement62(unites, horloge, cog)];
    const departements: string[] = [PAS_DE_CALAIS.departementId];
    if (demo !== undefined) {
      bilans.push(await semerDemo({ proprietaire, unites, horloge, ...demo }));
      departements.push(DEPARTEMENT_ESSAI.departementId);
    }
    for (const departementId of departements) {
      bilans.push([await semerDispositifs(unites, horloge, departementId, dispositifs)]);
    }
    return bilans.flatMap((bilan) => Object.values(bilan) as number[]).reduce((total, n) => total + n, 0);
  } finally {
    await Promise.all([proprietaire, application].filter((s) => s.isInitialized).map((s) => s.destroy()));
  }
}
