import { type ContexteActeur, exigerDroit, habilitationsQuiPermettent } from '@sillage/access';
import {
  type Dispositif,
  type FinCalculee,
  type NatureDeFin,
  type PARAMETRES_DE_CONVENTION,
  type ParametresResolus,
  REGLES_DE_FIN,
  RegistreDispositifs,
} from '@sillage/dispositif-kit';
import { aujourdhui, type DateCivile, exiger, type Horloge, Refus } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { HORLOGE, lireDate, lireId, lireMotif } from '../api/index.js';
import { CandidatureService } from '../candidatures/index.js';
import { JournalService } from '../journal/index.js';
import { ParametreService } from '../parametres/index.js';
import { EvenementsDossier } from '../versements/index.js';
import { Avenant } from './avenant.entity.js';
import { Convention, ConventionFin, type Partie } from './convention.entity.js';
import { signePour } from './convention.policy.js';
import { type ConventionSituee, SituationsConvention } from './convention.situation.js';
import { deciderAbandon, deciderFin, FINS, fixerFin } from './fin-de-convention.policy.js';

const CONVENTION = ['input', 'conventionId'];

export interface Abandon {
  conventionId: string;
  motif: string;
}

export interface FinDemandee {
  conventionId: string;
  /** The party that ends it. */
  partie: Partie;
  nature: NatureDeFin;
  /** Day on which the registered letter was sent. */
  envoyeeLe: string;
  /** Last day, inclusive; the earliest when it is left out. */
  effetLe?: string | null;
  motif: string;
}

/** How a convention ends otherwise than by its last day (CONV-WF-01). Runs in the caller's transaction. */
@Injectable()
export class FinDeConventionService {
  constructor(
    private readonly registre: RegistreDispositifs,
    private readonly candidatures: CandidatureService,
    private readonly situations: SituationsConvention,
    private readonly parametres: ParametreService,
    private readonly evenements: EvenementsDossier,
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /**
   * Gives up a project: it counts in no limit any more, and its candidature may be conventioned anew.
   * @returns the convention's uuid
   * @throws Refus ETAT_INCOMPATIBLE once both have signed
   */
  async abandonner(em: EntityManager, contexte: ContexteActeur, input: Abandon): Promise<string> {
    const { departementId } = contexte;
    const { convention, candidature, objet, situation } = await this.#ouvrir(em, contexte, input.conventionId);
    exigerDroit(contexte, 'conventionner', 'Convention', objet, CONVENTION);
    exiger(deciderAbandon(situation));
    const motif = lireMotif(input.motif, 'CONV-WF-01');
    const { id } = convention;
    const lueLe = this.horloge.maintenant();
    await em.update(Convention, { departementId, id }, { etat: 'ABANDONNEE', modifieLe: lueLe });
    await this.candidatures.changer(em, contexte, { candidature, lueLe }, 'candidatureReconventionner', {
      etat: 'RETENUE',
    });
    await this.journal.ecrire(em, contexte, {
      action: 'conventionAbandonner',
      objetType: 'Convention',
      objetId: id,
      regles: ['CONV-WF-01'],
      details: { motif },
    });
    return id;
  }

  /**
   * Ends a signed convention by the word of one party: its period stops, what is due is computed on what was done until then, and no
   * avenant changes it any more; one that waits for a signature is given up.
   * @returns the convention's uuid
   * @throws Refus ETAT_INCOMPATIBLE, or PERIODE_INVALIDE with CONV-DEL-01 or CONV-DEL-02 when the letter does not allow that day
   */
  async resilier(em: EntityManager, contexte: ContexteActeur, input: FinDemandee): Promise<string> {
    const { departementId, acteur } = contexte;
    const situee = await this.#ouvrir(em, contexte, input.conventionId);
    const { convention, objet, situation } = situee;
    const { partie, nature } = input;
    exigerDroit(contexte, 'signer', 'Convention', objet, CONVENTION);
    const habilitations = habilitationsQuiPermettent(contexte, 'signer', 'Convention', objet);
    if (!signePour(partie, habilitations, convention.structureId)) {
      throw Refus.de('ACTION_INTERDITE', 'Votre habilitation ne permet pas d’agir pour cette partie.', {
        path: ['input', 'partie'],
        regle: 'TRANS-29',
      });
    }
    exiger(deciderFin(nature, situation));
    const envoyeeLe = lireDate(input.envoyeeLe, ['input', 'envoyeeLe']);
    const effetLe = donne(input.effetLe) ? lireDate(input.effetLe, ['input', 'effetLe']) : null;
    const { le, explication } = await this.#fixer(em, situee, { nature, envoyeeLe, effetLe });
    const motif = lireMotif(input.motif, REGLES_DE_FIN[nature]);
    const { id, au } = convention;
    const prononceeLe = this.horloge.maintenant();
    await em.insert(ConventionFin, {
      departementId,
      id: uuidv7(),
      conventionId: id,
      nature,
      partie,
      envoyeeLe,
      effetLe: le,
      auAvant: au,
      motif,
      explication: explication as object,
      prononceeLe,
      prononceePar: acteur.utilisateurId,
    });
    await em.update(Convention, { departementId, id }, { etat: FINS[nature].vers, au: le, modifieLe: prononceeLe });
    await this.journal.ecrire(em, contexte, {
      action: 'conventionResilier',
      objetType: 'Convention',
      objetId: id,
      regles: [REGLES_DE_FIN[nature], 'CONV-WF-01'],
      details: { nature, partie, envoyeeLe: input.envoyeeLe, effetLe: le.toString(), auAvant: au.toString() },
    });
    await this.#abandonnerAvenant(em, contexte, id);
    await this.evenements.annoncer(em, { departementId, conventionId: id, evenement: 'CONVENTION_SIGNEE' });
    return id;
  }

  #ouvrir(em: EntityManager, contexte: ContexteActeur, conventionId: string): Promise<ConventionSituee> {
    return this.situations.verrouiller(em, contexte, lireId('Convention', conventionId, CONVENTION), CONVENTION);
  }

  /** Delays are those of the day of the last signature: what changed since is for the conventions signed since. */
  async #fixer(
    em: EntityManager,
    { convention, appelId, objet: { territoireIds } }: ConventionSituee,
    demande: { nature: NatureDeFin; envoyeeLe: DateCivile; effetLe: DateCivile | null },
  ): Promise<FinCalculee> {
    const { departementId, id: conventionId, du, au } = convention;
    const signeeLe = convention.signeeLe as DateCivile;
    const dispositif = this.registre.trouver(convention.dispositif) as Dispositif;
    const parametres = await this.parametres.resoudre(em, departementId, dispositif, signeeLe, {
      appelId,
      territoireIds,
      conventionId,
    });
    return fixerFin({
      ...demande,
      du,
      au,
      signeeLe,
      aujourdhui: aujourdhui(this.horloge),
      parametres: parametres as ParametresResolus<typeof PARAMETRES_DE_CONVENTION>,
    });
  }

  async #abandonnerAvenant(em: EntityManager, contexte: ContexteActeur, conventionId: string): Promise<void> {
    const { departementId } = contexte;
    const avenant = await em.findOneBy(Avenant, { departementId, conventionId, etat: 'PROJET' });
    if (!avenant) return;
    await em.update(Avenant, { departementId, id: avenant.id }, { etat: 'ABANDONNE' });
    await this.journal.ecrire(em, contexte, {
      action: 'avenantAbandonner',
      objetType: 'Avenant',
      objetId: avenant.id,
      regles: ['CONV-WF-01'],
      details: { motif: 'La convention prend fin.' },
    });
  }
}

/** An empty text is a fault, not something left out. */
function donne(saisie: string | null | undefined): saisie is string {
  return saisie !== undefined && saisie !== null;
}
