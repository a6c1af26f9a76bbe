import { type Dispositif, RegistreDispositifs } from '@sillage/dispositif-kit';
import type { Decision, Role } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { ActivationService } from '../activations/index.js';
import { Candidature } from '../candidatures/candidature.entity.js';
import { type Convention, ConventionTerritoire } from './convention.entity.js';

type ConventionConnue = Pick<Convention, 'departementId' | 'id' | 'dispositif' | 'candidatureId'>;

/**
 * Locks conventions, in one order for everybody, until the end of the transaction: whoever touches a payment or a bilan takes its convention
 * first, as the job that computes them does.
 */
export async function verrouillerConventions(
  em: EntityManager,
  departementId: string,
  conventionIds: readonly string[],
): Promise<void> {
  await em.query(
    'select from sillage.convention where departement_id = $1 and id = any($2::uuid[]) order by id for update',
    [departementId, conventionIds],
  );
}

/** What a convention stands on, and whether it may go on. */
export interface DossierConvention {
  readonly candidature: Candidature;
  readonly territoireIds: readonly string[];
  readonly dispositif: Dispositif | undefined;
  /** Whether the dispositif lets its dossier go on, on its territories (TRANS-01). */
  readonly continuer: Decision;
  /** Who follows it: the siège, and the services whose opinion the dispositif asks (AMB-193). */
  readonly services: readonly Role[];
}

/** Gathers what gestures on conventions, bilans and payments depend on. Runs in the caller's transaction. */
@Injectable()
export class DossiersConvention {
  constructor(
    private readonly registre: RegistreDispositifs,
    private readonly activations: ActivationService,
  ) {}

  /**
   * Conventions of one département, by their id: a fixed number of statements whatever their count.
   * @param path where a refusal to go on points in the request
   */
  async lire(
    em: EntityManager,
    conventions: readonly ConventionConnue[],
    path: string[] = [],
  ): Promise<(conventionId: string) => DossierConvention> {
    const departementId = conventions[0]?.departementId ?? '';
    const candidatureIds = In(conventions.map((c) => c.candidatureId));
    const lues = await em.findBy(Candidature, { departementId, id: candidatureIds });
    const candidatures = new Map(lues.map((lue) => [lue.id, lue]));
    const conventionId = In(conventions.map((c) => c.id));
    const liens = new Map<string, string[]>(conventions.map(({ id }) => [id, []]));
    for (const lien of await em.findBy(ConventionTerritoire, { departementId, conventionId })) {
      liens.get(lien.conventionId)?.push(lien.territoireId);
    }
    const dossiers = conventions.map(({ id, dispositif, candidatureId }) => ({
      id,
      code: dispositif,
      candidature: candidatures.get(candidatureId) as Candidature,
      territoireIds: liens.get(id) ?? [],
    }));
    const continuer = await this.activations.deciderTous(
      em,
      departementId,
      dossiers.map(({ code, territoireIds, candidature: { deposeeLe, creeLe } }) => ({
        dispositif: code,
        territoireIds,
        pour: 'CONTINUER' as const,
        commenceLe: deposeeLe ?? creeLe,
      })),
      path,
    );
    const parId = new Map(
      dossiers.map(({ id, code, ...dossier }, rang): [string, DossierConvention] => {
        const dispositif = this.registre.trouver(code);
        const services: readonly Role[] = ['SIEGE', ...(dispositif?.candidature.avis ?? [])];
        return [id, { ...dossier, dispositif, services, continuer: continuer[rang] as Decision }];
      }),
    );
    return (id) => parId.get(id) as DossierConvention;
  }
}
