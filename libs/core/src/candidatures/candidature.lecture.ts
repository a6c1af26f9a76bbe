import { type ContexteActeur, peut, peutVoirNominatif } from '@sillage/access';
import { lireValeurs } from '@sillage/dispositif-kit';
import { type Decision, type Horloge, Refus, ROLES } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { lireDepuis } from '../api/depuis.js';
import {
  ACTION_INTERDITE,
  champsVisibles,
  HORLOGE,
  idOpaque,
  type ListeArgs,
  lignesVisibles,
  type Page,
  paginer,
} from '../api/index.js';
import { AppelEntity, presenterAppel, situerAppels } from '../appels/index.js';
import { presenterStructure, Structure, StructureService } from '../structures/index.js';
import { presenterTerritoire, Territoire } from '../territoires/index.js';
import {
  type DossierCandidature,
  DossiersCandidature,
  objetProtege,
  type Recevabilite,
} from './candidature.dossier.js';
import {
  Candidature,
  CandidatureAvis,
  CandidatureDecision,
  CandidatureTerritoire,
  type EtatCandidature,
} from './candidature.entity.js';
import { ACTIONS_CANDIDATURE, type ActionCandidature, deciderAction } from './candidature.policy.js';
import type { CandidaturePresentee } from './candidature.types.js';

export interface FiltreCandidatures {
  dispositif?: string | null;
  etats?: readonly EtatCandidature[] | null;
  appelId?: string | null;
}

const SOURCE = {
  entite: Candidature,
  sujet: 'Candidature',
  alias: 'c',
  territoires: { table: 'sillage.candidature_territoire', cle: 'candidature_id', suit: 'id' },
} as const;

/** Reads candidatures as the caller may see them. Runs in the caller's transaction. */
@Injectable()
export class LectureCandidatures {
  constructor(
    private readonly dossiers: DossiersCandidature,
    private readonly structures: StructureService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /** @throws Refus PAGE_TROP_GRANDE, CURSEUR_INVALIDE, VALEUR_INVALIDE */
  async lister(
    em: EntityManager,
    contexte: ContexteActeur,
    filtre: FiltreCandidatures,
    args: ListeArgs,
  ): Promise<Page<Candidature>> {
    const requete = lignesVisibles(em, contexte, SOURCE);
    if (filtre.dispositif) requete.andWhere('c.dispositif = :dispositif', { dispositif: filtre.dispositif });
    if (filtre.etats) requete.andWhere('c.etat = any(:etats)', { etats: filtre.etats });
    if (filtre.appelId) requete.andWhere('c.appel_id = :appelId', { appelId: filtre.appelId });
    const depuis = lireDepuis(args.updatedSince);
    if (depuis !== null) requete.andWhere('c.modifie_le >= :depuis', { depuis: depuis.toString() });
    return paginer(requete, 'c', args);
  }

  /** Presented, or null when it does not exist or the caller may not read it. */
  async relire(em: EntityManager, contexte: ContexteActeur, id: string): Promise<CandidaturePresentee | null> {
    const ligne = await lignesVisibles(em, contexte, SOURCE).andWhere('c.id = :id', { id }).getOne();
    if (ligne === null) return null;
    const [presentee] = await this.presenter(em, contexte, [ligne]);
    return presentee ?? null;
  }

  /** Presents rows with what they are shown with, in a fixed number of statements whatever their count. */
  async presenter(
    em: EntityManager,
    contexte: ContexteActeur,
    lignes: readonly Candidature[],
  ): Promise<CandidaturePresentee[]> {
    if (lignes.length === 0) return [];
    const { departementId } = contexte;
    const candidatureId = In(lignes.map((c) => c.id));
    const liens = await em.findBy(CandidatureTerritoire, { departementId, candidatureId });
    const territoires = await em.find(Territoire, { where: { departementId }, order: { code: 'ASC' } });
    const avis = await em.find(CandidatureAvis, { where: { departementId, candidatureId }, order: { id: 'ASC' } });
    const decisions = await em.findBy(CandidatureDecision, { departementId, candidatureId });
    const ids = [...new Set(lignes.map((c) => c.structureId))];
    const structures = await em.findBy(Structure, { departementId, id: In(ids) });
    const situees = await this.structures.situer(em, departementId, structures);
    const appelIds = [...new Set(lignes.map((c) => c.appelId))];
    const lus = await em.findBy(AppelEntity, { departementId, id: In(appelIds) });
    const appels = await situerAppels(em, departementId, lus, this.horloge.maintenant());
    // Until the decision, opinions stay between services: nothing says that the porteur reads them (AMB-174).
    const porteurSeul = contexte.acteur.habilitations.every((h) => ROLES[h.role].portee === 'STRUCTURE');
    return lignes.map((candidature) => {
      const siens = new Set(liens.filter((l) => l.candidatureId === candidature.id).map((l) => l.territoireId));
      const situee = situees.find((s) => s.id === candidature.structureId);
      const appel = appels.find((a) => a.id === candidature.appelId);
      const decision = decisions.find((d) => d.candidatureId === candidature.id);
      return {
        ...this.presenterSeule(
          contexte,
          candidature,
          territoires.filter((t) => siens.has(t.id)),
        ),
        structure: situee && presenterStructure(situee),
        appel: appel && presenterAppel(appel),
        avis: avis
          .filter((a) => a.candidatureId === candidature.id && (decision !== undefined || !porteurSeul))
          .map((a) => presenterAvis(a, territoires)),
        decision: decision ? { ...decision, priseLe: decision.priseLe.toString() } : null,
      };
    });
  }

  /** What the caller may do next and, where not, why. */
  async actions(
    em: EntityManager,
    contexte: ContexteActeur,
    id: string,
  ): Promise<{ action: ActionCandidature; decision: Decision }[]> {
    const dossier = await this.lireDossier(em, contexte, id);
    const situation = await this.dossiers.situation(em, dossier);
    const objet = objetProtege(dossier);
    return (Object.keys(ACTIONS_CANDIDATURE) as ActionCandidature[]).map((action) => {
      const permise = peut(contexte, ACTIONS_CANDIDATURE[action].droit, 'Candidature', objet);
      return { action, decision: permise ? deciderAction(action, situation) : ACTION_INTERDITE };
    });
  }

  /** Borderline points; none while the draft cannot be read as a whole. */
  async aConfirmer(em: EntityManager, contexte: ContexteActeur, id: string): Promise<Recevabilite['aConfirmer']> {
    const dossier = await this.lireDossier(em, contexte, id);
    try {
      lireValeurs(dossier.dispositif.candidature.champs, dossier.candidature.champs, []);
    } catch (erreur) {
      if (erreur instanceof Refus) return [];
      throw erreur;
    }
    return (await this.dossiers.recevabilite(em, dossier)).aConfirmer;
  }

  private async lireDossier(em: EntityManager, contexte: ContexteActeur, id: string): Promise<DossierCandidature> {
    const { departementId } = contexte;
    return this.dossiers.completer(em, await em.findOneByOrFail(Candidature, { departementId, id }));
  }

  private presenterSeule(contexte: ContexteActeur, candidature: Candidature, territoires: readonly Territoire[]) {
    const dispositif = this.dossiers.dispositif(candidature.dispositif);
    const objet = objetProtege({ candidature, territoires });
    return {
      typeGraphql: `Candidature${dispositif.prefixe}`,
      uuid: candidature.id,
      id: idOpaque('Candidature', candidature.id),
      numero: candidature.numero,
      dispositif: candidature.dispositif,
      etat: candidature.etat,
      version: candidature.version,
      referenceExterne: candidature.referenceExterne,
      creeLe: candidature.creeLe.toString(),
      modifieLe: candidature.modifieLe.toString(),
      deposeeLe: candidature.deposeeLe?.toString() ?? null,
      valideeLe: candidature.valideeLe?.toString() ?? null,
      territoires: territoires.map(presenterTerritoire),
      champs: champsVisibles(dispositif.candidature.champs, candidature.champs, {
        contexte,
        nominatif: peutVoirNominatif(contexte, 'Candidature', objet),
        auteur: contexte.acteur.habilitations.some((h) => h.structureId === candidature.structureId),
      }),
    };
  }
}

function presenterAvis(
  { territoireId, role, sens, motif, renduLe }: CandidatureAvis,
  territoires: readonly Territoire[],
) {
  const territoire = territoires.find((t) => t.id === territoireId);
  return { territoire: territoire && presenterTerritoire(territoire), role, sens, motif, renduLe: renduLe.toString() };
}
