import { type ContexteActeur, exigerDroit, peut } from '@sillage/access';
import {
  deciderDates,
  type Dispositif,
  lireQuantites,
  lireValeurs,
  type PARAMETRES_DES_DATES,
  type ParametresResolus,
} from '@sillage/dispositif-kit';
import { aujourdhui, type Decision, exiger, type Horloge, jourDe, Periode, Refus, toutes } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, Not } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { ACTION_INTERDITE, HORLOGE, introuvable, lireId, lireMotif, numeroter } from '../api/index.js';
import { Convention } from '../conventions/convention.entity.js';
import { avenantsSignes, champsEnVigueur, termesSuccessifs } from '../conventions/termes-successifs.js';
import { JournalService } from '../journal/index.js';
import { ParametreService } from '../parametres/index.js';
import { PiecesFournies } from '../pieces/pieces-fournies.js';
import { SuivisAvantBilan } from '../suivis/suivi.avant-bilan.js';
import { suivisConfirmes } from '../suivis/suivi.confirmes.js';
import { estDeLaTranche } from '../versements/ecart.js';
import { EvenementsDossier } from '../versements/evenements-dossier.js';
import { ChaineVersement } from '../versements/versement.chaine.js';
import { Versement } from '../versements/versement.entity.js';
import { peutExaminer } from './bilan.actions.js';
import { Bilan, BILAN_ROUVERT } from './bilan.entity.js';
import { deciderControles, deciderExamen, deciderRemise, deciderReouverture } from './bilan.policy.js';
import { type BilanSitue, SituationsBilan } from './bilan.situation.js';

const CONVENTION = ['input', 'conventionId'];
const BILAN = ['input', 'bilanId'];

export interface Remise {
  conventionId: string;
  champs: unknown;
}

export interface Confirmation {
  bilanId: string;
  /** The version that was read: what the porteur handed in since is another bilan. */
  version: number;
  /** What the service retains, when it is not what was declared. */
  retenus?: unknown;
  motif?: string | null;
}

/** From what the porteur hands in to what the service confirms; the balance is computed then. Runs in the caller's transaction. */
@Injectable()
export class BilanService {
  constructor(
    private readonly situations: SituationsBilan,
    private readonly parametres: ParametreService,
    private readonly pieces: PiecesFournies,
    private readonly evenements: EvenementsDossier,
    private readonly chaine: ChaineVersement,
    private readonly suivis: SuivisAvantBilan,
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /** Hands a bilan in, or again after it was sent back or as long as nobody confirmed it. */
  async remettre(em: EntityManager, contexte: ContexteActeur, dispositif: Dispositif, input: Remise): Promise<string> {
    const { departementId, acteur } = contexte;
    const situe = await this.#ouvrir(em, contexte, lireId('Convention', input.conventionId, CONVENTION), CONVENTION);
    const { convention, objet, situation } = situe;
    if (convention.dispositif !== dispositif.code) throw introuvable(CONVENTION);
    if (!peut(contexte, 'lire', 'Convention', { ...objet, etat: convention.etat })) throw introuvable(CONVENTION);
    exiger(
      peut(contexte, 'remettre', 'Bilan', objet)
        ? deciderRemise(situation, aujourdhui(this.horloge))
        : interdite(CONVENTION),
    );
    await this.#controler(em, situe, dispositif, input.champs, ['input', 'champs']);
    const demande = { quand: 'BILAN', chemin: CONVENTION, liberees: false } as const;
    await this.pieces.exigerConvention(em, dispositif, convention, demande);
    const maintenant = this.horloge.maintenant();
    const remise = {
      etat: 'REMIS',
      champs: input.champs as Record<string, object>,
      motif: null,
      modifieLe: maintenant,
      remisLe: maintenant,
      remisPar: acteur.utilisateurId,
    } as const;
    const id = situe.bilan?.id ?? uuidv7();
    if (situe.bilan) {
      await em.update(Bilan, { departementId, id }, { ...remise, version: situe.bilan.version + 1 });
    } else {
      await em.insert(Bilan, {
        ...remise,
        departementId,
        id,
        numero: await numeroter(em, departementId, 'BIL', jourDe(maintenant).year),
        conventionId: convention.id,
        dispositif: dispositif.code,
        structureId: convention.structureId,
        version: 1,
        creeLe: maintenant,
      });
    }
    await this.#journaliser(em, contexte, id, 'bilanRemettre', dispositif);
    return id;
  }

  /** Confirms the service fait, as declared or as corrected; the payments that depend on it are asked for. */
  async confirmer(
    em: EntityManager,
    contexte: ContexteActeur,
    dispositif: Dispositif,
    input: Confirmation,
  ): Promise<string> {
    const { departementId, acteur } = contexte;
    const situe = await this.#examiner(em, contexte, input.bilanId, input.version);
    const { bilan, convention } = situe;
    if (bilan.dispositif !== dispositif.code) throw introuvable(BILAN);
    const retenus = input.retenus ?? bilan.champs;
    const motif = input.retenus === undefined && !input.motif ? null : lireMotif(input.motif ?? '', 'TRANS-25');
    await this.suivis.exiger(em, convention, motif);
    await this.#controler(em, situe, dispositif, retenus, ['input', 'retenus']);
    await this.pieces.exigerConvention(em, dispositif, convention, { quand: 'BILAN', chemin: BILAN, liberees: true });
    const maintenant = this.horloge.maintenant();
    await em.update(
      Bilan,
      { departementId, id: bilan.id },
      {
        etat: 'CONFIRME',
        retenus: retenus,
        motif,
        modifieLe: maintenant,
        confirmeLe: maintenant,
        confirmePar: acteur.utilisateurId,
      },
    );
    await this.#journaliser(em, contexte, bilan.id, 'bilanConfirmer', dispositif);
    const conventionId = convention.id;
    await this.evenements.annoncer(em, { departementId, conventionId, evenement: 'BILAN_CONFIRME' });
    return bilan.id;
  }

  /** Sends a bilan back to the porteur, who hands it in again. */
  async renvoyer(
    em: EntityManager,
    contexte: ContexteActeur,
    input: { bilanId: string; version: number; motif: string },
  ): Promise<string> {
    const { departementId } = contexte;
    const { bilan, dispositif } = await this.#examiner(em, contexte, input.bilanId, input.version);
    const motif = lireMotif(input.motif, 'TRANS-25');
    const modifieLe = this.horloge.maintenant();
    await em.update(Bilan, { departementId, id: bilan.id }, { etat: 'A_COMPLETER', motif, modifieLe });
    await this.#journaliser(em, contexte, bilan.id, 'bilanRenvoyer', dispositif);
    return bilan.id;
  }

  /** Takes a confirmation back: what it made due is refused, and the porteur hands the bilan in again. */
  async rouvrir(
    em: EntityManager,
    contexte: ContexteActeur,
    input: { bilanId: string; motif: string },
  ): Promise<string> {
    const { departementId } = contexte;
    const connu = await em.findOneBy(Bilan, { departementId, id: lireId('Bilan', input.bilanId, BILAN) });
    if (!connu) throw introuvable(BILAN);
    const situe = await this.#ouvrir(em, contexte, connu.conventionId, BILAN);
    exigerDroit(contexte, 'rouvrir', 'Bilan', situe.objet, BILAN);
    const { dispositif, candidature } = situe;
    const tranches = dispositif?.versements.filter(({ a }) => a === 'BILAN_CONFIRME').map((v) => v.tranche) ?? [];
    const { conventionId, id } = connu;
    const dus = (await em.findBy(Versement, { departementId, conventionId, etat: Not('REFUSE') })).filter((versement) =>
      tranches.some((tranche) => estDeLaTranche(versement, tranche)),
    );
    const liquides = dus.filter(({ etat }) => etat !== 'PROPOSE').map(({ numero }) => numero);
    exiger(deciderReouverture(situe.situation, liquides));
    const motif = lireMotif(input.motif, 'TRANS-25');
    const refus = { appelId: candidature.appelId, etape: 'REFUS', vers: 'REFUSE', motif: BILAN_ROUVERT } as const;
    for (const versement of dus) await this.chaine.franchir(em, contexte, { ...refus, versement });
    await em.update(
      Bilan,
      { departementId, id },
      {
        etat: 'A_COMPLETER',
        motif,
        retenus: null,
        confirmeLe: null,
        confirmePar: null,
        modifieLe: this.horloge.maintenant(),
      },
    );
    await this.#journaliser(em, contexte, id, 'bilanRouvrir', dispositif);
    return id;
  }

  async #examiner(
    em: EntityManager,
    contexte: ContexteActeur,
    bilanId: string,
    version: number,
  ): Promise<BilanSitue & { bilan: Bilan }> {
    const { departementId } = contexte;
    const id = lireId('Bilan', bilanId, BILAN);
    const connu = await em.findOneBy(Bilan, { departementId, id });
    if (!connu) throw introuvable(BILAN);
    const situe = await this.#ouvrir(em, contexte, connu.conventionId, BILAN);
    const bilan = situe.bilan as Bilan;
    exigerDroit(contexte, 'confirmer', 'Bilan', situe.objet, BILAN);
    const permise = peutExaminer(contexte, situe);
    exiger(
      permise
        ? deciderExamen(situe.situation, contexte.acteur.utilisateurId, aujourdhui(this.horloge))
        : interdite(BILAN),
    );
    if (bilan.version === version) return { ...situe, bilan };
    throw Refus.de('CONFLIT_DE_VERSION', 'Le porteur a remis ce bilan à nouveau depuis que vous l’avez lu.', {
      path: ['input', 'version'],
      regle: 'TRANS-25',
    });
  }

  /** The convention's row is locked: one gesture at a time on its bilan. */
  async #ouvrir(em: EntityManager, { departementId }: ContexteActeur, id: string, path: string[]): Promise<BilanSitue> {
    const convention = await em
      .createQueryBuilder(Convention, 'c')
      .setLock('pessimistic_write')
      .where({ departementId, id })
      .getOne();
    const [situe] = convention ? await this.situations.situer(em, [convention]) : [];
    if (!situe) throw introuvable(path);
    return situe;
  }

  async #controler(
    em: EntityManager,
    { convention, candidature, objet }: BilanSitue,
    dispositif: Dispositif,
    donnees: unknown,
    chemin: readonly string[],
  ): Promise<void> {
    const declare = dispositif.bilan;
    if (!declare) {
      throw Refus.de('ETAT_INCOMPATIBLE', 'Ce dispositif ne demande pas de bilan.', { path: CONVENTION });
    }
    const bilan = lireValeurs(declare.champs, donnees, chemin);
    const date = aujourdhui(this.horloge);
    const parametres = await this.parametres.resoudre(
      em,
      convention.departementId,
      dispositif,
      convention.signeeLe ?? date,
      { appelId: candidature.appelId, territoireIds: objet.territoireIds, conventionId: convention.id },
    );
    const avenantsDe = await avenantsSignes(em, [convention]);
    const contexte = {
      champs: lireValeurs(dispositif.candidature.champs, champsEnVigueur(candidature, avenantsDe(convention.id)), [
        'champs',
      ]),
      termes: lireValeurs(dispositif.convention.termes, convention.termes, ['termes']),
      termesSuccessifs: termesSuccessifs(dispositif, convention, avenantsDe(convention.id)),
      montantConventionne: convention.montant,
      periode: Periode.de(convention.du, convention.au),
      date,
      parametres,
      bilan,
      quantites: lireQuantites(dispositif.quantites, parametres, {
        bilan,
        suivis: (await suivisConfirmes(em, [convention]))(convention.id),
      }),
    };
    const { horizonDesDates: horizon } = parametres as ParametresResolus<typeof PARAMETRES_DES_DATES>;
    const dates = deciderDates(declare.champs, bilan, { le: date, remisLe: date, horizon, chemin });
    exiger(toutes(dates, deciderControles(declare, contexte, chemin)));
  }

  async #journaliser(
    em: EntityManager,
    contexte: ContexteActeur,
    objetId: string,
    action: string,
    dispositif: Dispositif | undefined,
  ): Promise<void> {
    const regles = ['TRANS-25', ...(dispositif?.bilan ? [dispositif.bilan.regle] : [])];
    await this.journal.ecrire(em, contexte, { action, objetType: 'Bilan', objetId, regles });
  }
}

function interdite(chemin: string[]): Decision {
  return { ...ACTION_INTERDITE, motifs: ACTION_INTERDITE.motifs.map((motif) => ({ ...motif, chemin })) };
}
