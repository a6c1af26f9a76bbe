import type { ObjetProtege } from '@sillage/access';
import { aujourdhui, type Horloge, type Role } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In, Not } from 'typeorm';
import { HORLOGE } from '../api/index.js';
import { Convention } from '../conventions/convention.entity.js';
import { type DossierConvention, DossiersConvention } from '../conventions/dossiers-convention.js';
import { ParametreService } from '../parametres/index.js';
import { Versement, VersementEtape } from './versement.entity.js';
import type { SituationVersement } from './versement.policy.js';

/** A versement with what rights and decisions on it depend on. */
export interface VersementSitue {
  versement: Versement;
  objet: Required<ObjetProtege>;
  situation: SituationVersement;
  /** Who may liquidate it. */
  services: readonly Role[];
  appelId: string;
}

/** Gathers what a decision on a versement depends on. Runs in the caller's transaction. */
@Injectable()
export class SituationsVersement {
  constructor(
    private readonly dossiers: DossiersConvention,
    private readonly parametres: ParametreService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /** Versements of one département, in their order: a fixed number of statements whatever their count. */
  async situer(em: EntityManager, versements: readonly Versement[]): Promise<VersementSitue[]> {
    const [premier] = versements;
    if (premier === undefined) return [];
    const { departementId } = premier;
    const conventionIds = [...new Set(versements.map((v) => v.conventionId))];
    const conventions = await em.findBy(Convention, { departementId, id: In(conventionIds) });
    const dossierDe = await this.dossiers.lire(em, conventions, ['input', 'versementId']);
    const tous = await em.findBy(Versement, { departementId, conventionId: In(conventionIds), etat: Not('REFUSE') });
    const liquidations = await em.find(VersementEtape, {
      where: { departementId, versementId: In(versements.map((v) => v.id)), etape: 'LIQUIDATION' },
      order: { id: 'ASC' },
    });
    const deuxPersonnes = await this.#separations(em, departementId, conventionIds, dossierDe);
    return versements.map((versement) => {
      const { id, conventionId, dispositif, structureId, etat, montant } = versement;
      const { territoireIds, candidature, continuer, services } = dossierDe(conventionId);
      const autres = tous.filter((autre) => autre.conventionId === conventionId && autre.id !== id);
      return {
        versement,
        objet: { dispositif, structureId, etat, territoireIds },
        situation: {
          etat,
          estNul: montant.centimes === 0n,
          continuer,
          enAttenteAvant: autres.filter((a) => a.id < id && a.etat === 'PROPOSE').map((a) => a.numero),
          calculesApres: autres.filter((a) => a.id > id && a.etat !== 'PAYE').map((a) => a.numero),
          liquidePar: liquidations.findLast((e) => e.versementId === id)?.franchiePar ?? null,
          deuxPersonnes: deuxPersonnes.get(conventionId) ?? true,
        },
        services,
        appelId: candidature.appelId,
      };
    });
  }

  /** Of conventions whose dispositif lets a parameter say it, whether two persons are needed; the others need two. */
  async #separations(
    em: EntityManager,
    departementId: string,
    conventionIds: readonly string[],
    dossierDe: (conventionId: string) => DossierConvention,
  ): Promise<ReadonlyMap<string, boolean>> {
    const date = aujourdhui(this.horloge);
    const demandes = conventionIds.flatMap((conventionId) => {
      const { dispositif, candidature, territoireIds } = dossierDe(conventionId);
      const dossier = { appelId: candidature.appelId, conventionId, territoireIds };
      return dispositif?.separation === undefined ? [] : [{ dispositif, date, dossier, cle: dispositif.separation }];
    });
    const resolus = await this.parametres.resoudreTous(em, departementId, demandes);
    return new Map(
      demandes.map(({ dossier, cle }, rang) => [dossier.conventionId, resolus[rang]?.[cle]?.valeur !== false]),
    );
  }
}
