import type { ObjetProtege } from '@sillage/access';
import { type Dispositif, RegistreDispositifs } from '@sillage/dispositif-kit';
import { aujourdhui, type Decision, type Horloge, type Role } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In, Not } from 'typeorm';
import { ActivationService } from '../activations/index.js';
import { HORLOGE } from '../api/index.js';
import { Candidature } from '../candidatures/candidature.entity.js';
import { Convention, ConventionTerritoire } from '../conventions/convention.entity.js';
import { ParametreService } from '../parametres/index.js';
import { Versement, VersementEtape } from './versement.entity.js';
import type { SituationVersement } from './versement.policy.js';

/** A versement with what rights and decisions on it depend on. */
export interface VersementSitue {
  versement: Versement;
  objet: Required<ObjetProtege>;
  situation: SituationVersement;
  /** Who may liquidate it: the siège, and the services whose opinion the dispositif asks. */
  services: readonly Role[];
  appelId: string;
}

/** Gathers what a decision on a versement depends on. Runs in the caller's transaction. */
@Injectable()
export class SituationsVersement {
  constructor(
    private readonly registre: RegistreDispositifs,
    private readonly activations: ActivationService,
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
    const candidatures = await em.findBy(Candidature, {
      departementId,
      id: In(conventions.map((c) => c.candidatureId)),
    });
    const liens = await em.findBy(ConventionTerritoire, { departementId, conventionId: In(conventionIds) });
    const tous = await em.findBy(Versement, { departementId, conventionId: In(conventionIds), etat: Not('REFUSE') });
    const etapes = await em.find(VersementEtape, {
      where: { departementId, versementId: In(versements.map((v) => v.id)), etape: 'LIQUIDATION' },
      order: { id: 'ASC' },
    });
    const dossiers = versements.map(({ dispositif: code, conventionId }) => {
      const convention = conventions.find((c) => c.id === conventionId);
      const candidature = candidatures.find((c) => c.id === convention?.candidatureId) as Candidature;
      const territoireIds = liens.filter((l) => l.conventionId === conventionId).map((l) => l.territoireId);
      return { code, dispositif: this.registre.trouver(code), conventionId, candidature, territoireIds };
    });
    const continuer = await this.activations.deciderTous(
      em,
      departementId,
      dossiers.map(({ code, territoireIds, candidature: { deposeeLe, creeLe } }) => ({
        dispositif: code,
        territoireIds,
        pour: 'CONTINUER' as const,
        commenceLe: deposeeLe ?? creeLe,
      })),
      ['input', 'versementId'],
    );
    const deuxPersonnes = await this.#separations(em, departementId, dossiers);
    return versements.map((versement, rang) => {
      const { id, conventionId, dispositif, structureId, etat, montant } = versement;
      const { territoireIds, candidature, dispositif: declare } = dossiers[rang] as (typeof dossiers)[number];
      const autres = tous.filter((autre) => autre.conventionId === conventionId && autre.id !== id);
      return {
        versement,
        objet: { dispositif, structureId, etat, territoireIds },
        situation: {
          etat,
          estNul: montant.centimes === 0n,
          continuer: continuer[rang] as Decision,
          enAttenteAvant: autres.filter((a) => a.id < id && a.etat === 'PROPOSE').map((a) => a.numero),
          calculesApres: autres.filter((a) => a.id > id).map((a) => a.numero),
          liquidePar: etapes.findLast((e) => e.versementId === id)?.franchiePar ?? null,
          deuxPersonnes: deuxPersonnes[rang] as boolean,
        },
        services: ['SIEGE', ...(declare?.candidature.avis ?? [])],
        appelId: candidature.appelId,
      };
    });
  }

  /** Of each dossier, whether two persons are needed: yes, unless a parameter of its dispositif says otherwise. */
  async #separations(
    em: EntityManager,
    departementId: string,
    dossiers: readonly {
      dispositif: Dispositif | undefined;
      candidature: Candidature;
      conventionId: string;
      territoireIds: readonly string[];
    }[],
  ): Promise<boolean[]> {
    const date = aujourdhui(this.horloge);
    const demandes = dossiers.flatMap(({ dispositif, candidature: { appelId }, conventionId, territoireIds }) =>
      dispositif?.separation === undefined
        ? []
        : [{ dispositif, date, dossier: { appelId, conventionId, territoireIds } }],
    );
    const resolus = await this.parametres.resoudreTous(em, departementId, demandes);
    return dossiers.map(({ dispositif, conventionId }) => {
      const rang = demandes.findIndex(({ dossier }) => dossier.conventionId === conventionId);
      return rang < 0 || resolus[rang]?.[dispositif?.separation ?? '']?.valeur !== false;
    });
  }
}
