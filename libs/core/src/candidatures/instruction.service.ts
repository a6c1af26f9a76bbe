import { type ContexteActeur, habilitationsQuiPermettent } from '@sillage/access';
import { ecrireNotification, MODELES_DE_NOTIFICATION, montantDemande } from '@sillage/dispositif-kit';
import {
  dateEnFrancais,
  elaguer,
  exiger,
  type Horloge,
  jourDe,
  non,
  Refus,
  type Role,
  type StructureId,
} from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { HORLOGE } from '../api/index.js';
import { PiecesFournies } from '../pieces/pieces-fournies.js';
import { Structure } from '../structures/index.js';
import {
  avisAttendus,
  type DossierCandidature,
  DossiersCandidature,
  lireChamps,
  objetProtege,
} from './candidature.dossier.js';
import { CandidatureAvis, CandidatureDecision, type SensAvis, type SensDecision } from './candidature.entity.js';
import { CandidatureService } from './candidature.service.js';
import { MessagesCandidature } from './messages-candidature.js';

export interface AvisADonner {
  candidatureId: string;
  /** Code of the territory; may be left out when the caller is awaited on one only. */
  territoire?: string | null;
  sens: SensAvis;
  motif: string;
}

export interface DecisionAPrendre {
  candidatureId: string;
  sens: SensDecision;
  motif: string;
  /** Ids of the rules whose borderline outcome the caller confirms. */
  confirmations: readonly string[];
}

/** What the Département does with a validated candidature: territorial opinions, then the decision (AMB-105). */
@Injectable()
export class InstructionService {
  constructor(
    private readonly candidatures: CandidatureService,
    private readonly dossiers: DossiersCandidature,
    private readonly pieces: PiecesFournies,
    private readonly messages: MessagesCandidature,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /** Records the opinion of one of the caller's services, on one of its territories. */
  async donnerAvis(em: EntityManager, contexte: ContexteActeur, input: AvisADonner): Promise<string> {
    const dossier = await this.candidatures.ouvrir(em, contexte, input.candidatureId, 'DONNER_AVIS');
    const motif = exigerMotif(input.motif);
    const { role, territoireId } = avisDeLAppelant(dossier, contexte, input.territoire ?? null);
    await em.insert(CandidatureAvis, {
      departementId: contexte.departementId,
      id: uuidv7(),
      candidatureId: dossier.candidature.id,
      territoireId,
      role,
      sens: input.sens,
      motif,
      renduLe: this.horloge.maintenant(),
      renduPar: contexte.acteur.utilisateurId,
    });
    await this.candidatures.changer(em, contexte, dossier, 'candidatureDonnerAvis', {});
    return dossier.candidature.id;
  }

  /**
   * Retains or rejects, with a reason. To retain, each borderline point must be confirmed by the id of its rule.
   * @throws Refus A_CONFIRMER, one error a point left unconfirmed
   */
  async decider(em: EntityManager, contexte: ContexteActeur, input: DecisionAPrendre): Promise<string> {
    const dossier = await this.candidatures.ouvrir(em, contexte, input.candidatureId, 'DECIDER');
    const motif = exigerMotif(input.motif);
    if (input.sens === 'RETENUE') await this.exigerPieces(em, dossier);
    await this.exigerConfirmations(em, dossier, input);
    const id = uuidv7();
    await em.insert(CandidatureDecision, {
      departementId: contexte.departementId,
      id,
      candidatureId: dossier.candidature.id,
      sens: input.sens,
      motif,
      confirmations: [...new Set(input.confirmations)],
      notification: await this.notifier(em, dossier, input.sens, motif),
      priseLe: this.horloge.maintenant(),
      prisePar: contexte.acteur.utilisateurId,
    });
    await this.candidatures.changer(em, contexte, dossier, 'candidatureDecider', { etat: input.sens });
    await this.messages.ecrire(em, contexte.departementId, [
      {
        candidatureId: dossier.candidature.id,
        destinataire: 'PORTEUR',
        nature: 'DECISION',
        cle: id,
        texte: `« ${dossier.appel.libelle} » : la décision sur la candidature ${dossier.candidature.numero} est prise ; lisez sa notification.`,
        regle: 'AMB-105',
      },
    ]);
    return dossier.candidature.id;
  }

  /** What was joined to it has left quarantine, and what was refused since has been given anew (TRANS-27). */
  private async exigerPieces(em: EntityManager, dossier: DossierCandidature): Promise<void> {
    const { candidature, dispositif } = dossier;
    exiger(await this.pieces.deciderCandidature(em, dispositif, candidature, ['input', 'candidatureId']));
    if (!dispositif.pieces?.some(({ quand }) => quand === 'DEPOT')) return;
    const { refus } = await this.dossiers.recevabilite(em, dossier);
    const manquantes = refus.filter(({ code }) => code === 'PIECE_MANQUANTE');
    if (manquantes.length > 0) exiger(non(manquantes));
  }

  /** By the dispositif's own template, with what is known on that day; it is kept as it is written. */
  private async notifier(
    em: EntityManager,
    dossier: DossierCandidature,
    sens: SensDecision,
    motif: string,
  ): Promise<string> {
    const { candidature, dispositif, appel, lueLe } = dossier;
    const { departementId, structureId } = candidature;
    const { raisonSociale } = await em.findOneByOrFail(Structure, { departementId, id: structureId as StructureId });
    const modeles = dispositif.candidature.notification ?? MODELES_DE_NOTIFICATION;
    return ecrireNotification(modeles[sens], {
      dispositif: dispositif.libelle,
      appel: appel.libelle,
      numero: candidature.numero,
      structure: raisonSociale,
      montant: montantDemande(lireChamps(dossier))?.enFrancais() ?? 'non chiffré',
      motif,
      date: dateEnFrancais(jourDe(lueLe)),
    });
  }

  private async exigerConfirmations(
    em: EntityManager,
    dossier: DossierCandidature,
    { sens, confirmations }: DecisionAPrendre,
  ): Promise<void> {
    const { aConfirmer } = await this.dossiers.recevabilite(em, dossier);
    const path = ['input', 'confirmations'];
    const etrangere = confirmations.find((regle) => !aConfirmer.some((point) => point.regle === regle));
    if (etrangere !== undefined) {
      throw Refus.de('VALEUR_INVALIDE', `Aucun cas limite n’est à confirmer au titre de « ${etrangere} ».`, { path });
    }
    const manquantes = aConfirmer.filter(({ regle }) => sens === 'RETENUE' && !confirmations.includes(regle));
    if (manquantes.length === 0) return;
    throw new Refus(
      manquantes.flatMap(({ motifs, regle }) =>
        motifs.map(({ message }) => ({ code: 'A_CONFIRMER', message, path, regle })),
      ),
    );
  }
}

/** The one awaited opinion that the caller's habilitations let them give. */
function avisDeLAppelant(
  dossier: DossierCandidature,
  contexte: ContexteActeur,
  codeTerritoire: string | null,
): { role: Role; territoireId: string } {
  const siens = avisAttendus(dossier).filter(
    ({ role, territoire }) =>
      (codeTerritoire === null || territoire.code === codeTerritoire) &&
      habilitationsQuiPermettent(contexte, 'donnerAvis', 'Candidature', {
        ...objetProtege(dossier),
        territoireIds: [territoire.id],
      }).some((h) => h.role === role),
  );
  const [seul, ...autres] = siens;
  if (seul !== undefined && autres.length === 0) return { role: seul.role, territoireId: seul.territoire.id };
  const path = ['input', 'territoire'];
  if (seul === undefined) {
    throw Refus.de('ETAT_INCOMPATIBLE', 'Aucun avis n’est attendu de vous ici, ou il est déjà rendu.', {
      path,
      regle: 'AMB-105',
    });
  }
  const choix = siens.map(({ territoire: { code, libelle } }) => `${libelle} (${code})`).join(', ');
  throw Refus.de('CHAMP_OBLIGATOIRE', `Précisez le territoire de l’avis : ${choix}.`, { path, regle: 'AMB-105' });
}

export function exigerMotif(motif: string): string {
  const texte = elaguer(motif);
  if (texte.length >= 3 && texte.length <= 5000) return texte;
  throw Refus.de('CHAMP_OBLIGATOIRE', 'Le motif est à écrire, en 3 à 5 000 caractères.', {
    path: ['input', 'motif'],
    regle: 'TRANS-08',
  });
}
