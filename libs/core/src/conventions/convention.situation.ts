import { type ContexteActeur, type ObjetProtege, peut } from '@sillage/access';
import { type DateCivile, jourDe } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { introuvable } from '../api/index.js';
import { Bilan } from '../bilans/bilan.entity.js';
import { type Candidature, CandidatureDecision } from '../candidatures/candidature.entity.js';
import { Convention, ConventionSignature } from './convention.entity.js';
import type { SituationConvention } from './convention.policy.js';
import { DossiersConvention } from './dossiers-convention.js';

/** A convention with what rights and decisions on it depend on. */
export interface ConventionSituee {
  convention: Convention;
  objet: Required<ObjetProtege>;
  situation: SituationConvention;
  decisionPriseLe: DateCivile;
  candidature: Candidature;
  /** The appel that its candidature answered. */
  appelId: string;
  /** Whether the dispositif asks for a bilan. */
  bilanAttendu: boolean;
}

/** Gathers what a signature depends on. Runs in the caller's transaction. */
@Injectable()
export class SituationsConvention {
  constructor(private readonly dossiers: DossiersConvention) {}

  /**
   * One convention, its row locked: one gesture at a time on what hangs on it.
   * @throws Refus INTROUVABLE at `path`, also when the caller may not read it
   */
  async verrouiller(
    em: EntityManager,
    contexte: ContexteActeur,
    id: string,
    path: string[],
  ): Promise<ConventionSituee> {
    const convention = await em
      .createQueryBuilder(Convention, 'c')
      .setLock('pessimistic_write')
      .where({ departementId: contexte.departementId, id })
      .getOne();
    const [situee] = convention === null ? [] : await this.situer(em, [convention]);
    if (situee === undefined || !peut(contexte, 'lire', 'Convention', situee.objet)) throw introuvable(path);
    return situee;
  }

  /** Conventions of one département, in their order: a fixed number of statements whatever their count. */
  async situer(em: EntityManager, conventions: readonly Convention[]): Promise<ConventionSituee[]> {
    const [premiere] = conventions;
    if (premiere === undefined) return [];
    const { departementId } = premiere;
    const dossierDe = await this.dossiers.lire(em, conventions, ['input', 'conventionId']);
    const candidatureIds = In(conventions.map((c) => c.candidatureId));
    const decisions = await em.findBy(CandidatureDecision, { departementId, candidatureId: candidatureIds });
    const conventionId = In(conventions.map((c) => c.id));
    const signatures = await em.findBy(ConventionSignature, { departementId, conventionId });
    const bilans = await em.find(Bilan, {
      select: { departementId: true, id: true, conventionId: true },
      where: { departementId, conventionId, etat: In(['REMIS', 'CONFIRME']) },
    });
    return conventions.map((convention) => {
      const { id, dispositif, structureId, etat, candidatureId } = convention;
      const { candidature, territoireIds, continuer, dispositif: declare } = dossierDe(id);
      const { priseLe } = decisions.find((d) => d.candidatureId === candidatureId) as CandidatureDecision;
      return {
        convention,
        objet: { dispositif, structureId, etat, territoireIds },
        situation: {
          etat,
          signataires: signatures.filter((s) => s.conventionId === id).map((s) => s.partie),
          bilanRemis: bilans.some((b) => b.conventionId === id),
          continuer,
        },
        decisionPriseLe: jourDe(priseLe),
        candidature,
        appelId: candidature.appelId,
        bilanAttendu: declare?.bilan !== undefined,
      };
    });
  }
}
