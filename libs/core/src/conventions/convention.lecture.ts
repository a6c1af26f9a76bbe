import { type ContexteActeur, habilitationsQuiPermettent, peutVoirNominatif } from '@sillage/access';
import { RegistreDispositifs } from '@sillage/dispositif-kit';
import { type Decision, Refus } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import {
  ACTION_INTERDITE,
  champsVisibles,
  idOpaque,
  lignesVisibles,
  type Page,
  type PaginationArgs,
  paginer,
  presenterExplication,
} from '../api/index.js';
import { presenterStructure, Structure, StructureService } from '../structures/index.js';
import { presenterTerritoire, Territoire } from '../territoires/index.js';
import { LectureVersements, presenterVersement } from '../versements/index.js';
import {
  Convention,
  ConventionSignature,
  ConventionTerritoire,
  type EtatConvention,
  PARTIES,
  type Partie,
} from './convention.entity.js';
import { deciderSignature, signePour } from './convention.policy.js';
import { ConventionService, objetProtege } from './convention.service.js';
import type { ConventionPresentee } from './convention.types.js';

export interface FiltreConventions {
  dispositif?: string | null;
  etats?: readonly EtatConvention[] | null;
}

const SOURCE = {
  entite: Convention,
  sujet: 'Convention',
  alias: 'c',
  territoires: { table: 'sillage.convention_territoire', cle: 'convention_id', suit: 'id' },
} as const;

/** Reads conventions as the caller may see them. Runs in the caller's transaction. */
@Injectable()
export class LectureConventions {
  constructor(
    private readonly registre: RegistreDispositifs,
    private readonly structures: StructureService,
    private readonly versements: LectureVersements,
    private readonly conventions: ConventionService,
  ) {}

  /** @throws Refus PAGE_TROP_GRANDE, CURSEUR_INVALIDE */
  async lister(
    em: EntityManager,
    contexte: ContexteActeur,
    filtre: FiltreConventions,
    args: PaginationArgs,
  ): Promise<Page<Convention>> {
    const requete = lignesVisibles(em, contexte, SOURCE);
    if (filtre.dispositif) requete.andWhere('c.dispositif = :dispositif', { dispositif: filtre.dispositif });
    if (filtre.etats) requete.andWhere('c.etat = any(:etats)', { etats: filtre.etats });
    return paginer(requete, 'c', args);
  }

  /** Presented, or null when it does not exist or the caller may not read it. */
  async relire(
    em: EntityManager,
    contexte: ContexteActeur,
    critere: { id: string } | { candidatureId: string },
  ): Promise<ConventionPresentee | null> {
    const ligne = await lignesVisibles(em, contexte, SOURCE).andWhere(critere).getOne();
    if (ligne === null) return null;
    const [presentee] = await this.presenter(em, contexte, [ligne]);
    return presentee ?? null;
  }

  /** Presents rows with what they are shown with, in a fixed number of statements whatever their count. */
  async presenter(
    em: EntityManager,
    contexte: ContexteActeur,
    lignes: readonly Convention[],
  ): Promise<ConventionPresentee[]> {
    if (lignes.length === 0) return [];
    const { departementId } = contexte;
    const conventionIds = lignes.map((c) => c.id);
    const liens = await em.findBy(ConventionTerritoire, { departementId, conventionId: In(conventionIds) });
    const territoires = await em.find(Territoire, { where: { departementId }, order: { code: 'ASC' } });
    const signatures = await em.find(ConventionSignature, {
      where: { departementId, conventionId: In(conventionIds) },
      order: { id: 'ASC' },
    });
    const versements = await this.versements.desConventions(em, contexte, conventionIds);
    const structureIds = [...new Set(lignes.map((c) => c.structureId))];
    const structures = await em.findBy(Structure, { departementId, id: In(structureIds) });
    const situees = await this.structures.situer(em, departementId, structures);
    return lignes.map((convention) => {
      const siens = new Set(liens.filter((l) => l.conventionId === convention.id).map((l) => l.territoireId));
      const situee = situees.find((s) => s.id === convention.structureId);
      return {
        ...this.presenterSeule(contexte, convention, [...siens]),
        structure: situee && presenterStructure(situee),
        territoires: territoires.filter((t) => siens.has(t.id)).map(presenterTerritoire),
        signatures: signatures
          .filter((s) => s.conventionId === convention.id)
          .map(({ partie, signeeLe, qualite }) => ({ partie, signeeLe: signeeLe.toString(), qualite })),
        versements: versements.filter((v) => v.conventionId === convention.id).map(presenterVersement),
      };
    });
  }

  /** Whether the caller may sign for each party and, where not, why. */
  async actions(
    em: EntityManager,
    contexte: ContexteActeur,
    id: string,
  ): Promise<{ action: string; decision: Decision }[]> {
    const { departementId } = contexte;
    const convention = await em.findOneByOrFail(Convention, { departementId, id });
    const territoireIds = await this.conventions.territoireIds(em, convention);
    const { situation } = await this.conventions.situation(em, convention, territoireIds);
    const objet = objetProtege(convention, territoireIds);
    const habilitations = habilitationsQuiPermettent(contexte, 'signer', 'Convention', objet);
    return (Object.keys(PARTIES) as Partie[]).map((partie) => {
      const permise = signePour(partie, habilitations, convention.structureId);
      return { action: `SIGNER_${partie}`, decision: permise ? deciderSignature(partie, situation) : ACTION_INTERDITE };
    });
  }

  private presenterSeule(contexte: ContexteActeur, convention: Convention, territoireIds: readonly string[]) {
    const dispositif = this.registre.trouver(convention.dispositif);
    if (dispositif === undefined) {
      throw Refus.de('DISPOSITIF_INCONNU', `Le dispositif « ${convention.dispositif} » n’est pas installé.`, {
        regle: 'TRANS-01',
      });
    }
    return {
      typeGraphql: `Convention${dispositif.prefixe}`,
      uuid: convention.id,
      id: idOpaque('Convention', convention.id),
      numero: convention.numero,
      candidatureId: idOpaque('Candidature', convention.candidatureId),
      dispositif: convention.dispositif,
      etat: convention.etat,
      du: convention.du.toString(),
      au: convention.au.toString(),
      montant: convention.montant.toString(),
      plafond: presenterExplication(convention.plafond),
      signeeLe: convention.signeeLe?.toString() ?? null,
      creeLe: convention.creeLe.toString(),
      modifieLe: convention.modifieLe.toString(),
      termes: champsVisibles(dispositif.convention.termes, convention.termes, {
        contexte,
        nominatif: peutVoirNominatif(contexte, 'Convention', objetProtege(convention, territoireIds)),
        auteur: false,
      }),
    };
  }
}
