import { type Dispositif, type Parametres, type ParametresResolus, resoudreTous } from '@sillage/dispositif-kit';
import type { DateCivile } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull } from 'typeorm';
import { SurchargeEntity } from './surcharge.entity.js';

/** What a dossier stands on: the overrides decided for these, and for nothing else, concern it. */
export interface DossierParametre {
  appelId?: string;
  territoireIds?: readonly string[];
  conventionId?: string;
}

/** The parameters of which dispositif, on which date, for which dossier. */
export interface DemandeParametres {
  dispositif: Dispositif;
  date: DateCivile;
  dossier: DossierParametre;
}

/** The dated parameters of a dispositif, as they hold for one dossier (TRANS-02). */
@Injectable()
export class ParametreService {
  /**
   * Every parameter on a date, with what to cite. Each is resolved when it is read:
   * @throws Refus PARAMETRE_INCONNU or PARAMETRE_AMBIGU, from the property that is read
   */
  async resoudre(
    em: EntityManager,
    departementId: string,
    dispositif: Dispositif,
    date: DateCivile,
    dossier: DossierParametre,
  ): Promise<ParametresResolus<Parametres>> {
    const [resolus] = await this.resoudreTous(em, departementId, [{ dispositif, date, dossier }]);
    return resolus as ParametresResolus<Parametres>;
  }

  /** The same for several dossiers, in their order: one statement whatever their count. */
  async resoudreTous(
    em: EntityManager,
    departementId: string,
    demandes: readonly DemandeParametres[],
  ): Promise<ParametresResolus<Parametres>[]> {
    const surcharges = await lireSurcharges(em, departementId, demandes);
    // Those for which nobody has decided anything share what is declared.
    const declares = new Map<string, ParametresResolus<Parametres>>();
    return demandes.map(({ dispositif, date, dossier }) => {
      const siennes = surcharges.filter((s) => s.dispositif === dispositif.code && concerne(s, dossier));
      const cle = `${dispositif.code} ${date.toString()}`;
      const connus = siennes.length === 0 && declares.get(cle);
      if (connus) return connus;
      const resolus = resoudreTous(dispositif.parametres, date, siennes);
      if (siennes.length === 0) declares.set(cle, resolus);
      return resolus;
    });
  }

  /** The overrides that concern a dossier, whatever their dates; cancelled ones do not count. */
  async surcharges(
    em: EntityManager,
    departementId: string,
    dispositif: Dispositif,
    dossier: DossierParametre,
  ): Promise<SurchargeEntity[]> {
    const surcharges = await lireSurcharges(em, departementId, [{ dispositif, dossier }]);
    return surcharges.filter((surcharge) => concerne(surcharge, dossier));
  }
}

function lireSurcharges(
  em: EntityManager,
  departementId: string,
  demandes: readonly Omit<DemandeParametres, 'date'>[],
): Promise<SurchargeEntity[]> {
  const codes = demandes.map(({ dispositif }) => dispositif.code);
  const cibles = demandes.flatMap(({ dossier: { appelId, territoireIds = [], conventionId } }) =>
    [appelId, conventionId, ...territoireIds].filter((id) => id !== undefined),
  );
  return em.find(SurchargeEntity, {
    where: {
      departementId,
      dispositif: In([...new Set(codes)]),
      porteeId: In([...new Set(cibles)]),
      annuleeLe: IsNull(),
    },
    order: { id: 'ASC' },
  });
}

function concerne({ portee, porteeId }: SurchargeEntity, dossier: DossierParametre): boolean {
  switch (portee) {
    case 'APPEL':
      return porteeId === dossier.appelId;
    case 'TERRITOIRE':
      return dossier.territoireIds?.includes(porteeId) ?? false;
    case 'CONVENTION':
    case 'ANNEXE':
      return porteeId === dossier.conventionId;
  }
}
