import type { Dispositif } from '@sillage/dispositif-kit';
import { type Horloge, jourDe, Montant, Refus } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { HORLOGE, numeroter } from '../api/index.js';
import { insererSiLibre } from '../api/inserer-si-libre.js';
import { type Auteur, JournalService } from '../journal/index.js';
import { ParametreService } from '../parametres/index.js';
import type { Compte } from './compte.js';
import { Enveloppe } from './comptabilite.entity.js';
import { GrandLivre } from './grand-livre.js';

/** A convention's commitment, on the credits of its appel. */
export interface AEngager {
  readonly dispositif: Dispositif;
  readonly appelId: string;
  readonly conventionId: string;
  readonly montant: Montant;
}

/** What has left the commitment and is not back: what is claimed is out as long as nobody has given it back. */
const CONSOMMES = ['LIQUIDE', 'MANDATE', 'PAYE', 'A_REVERSER', 'TITRE'] as const satisfies readonly Compte[];

/** The text says nothing of an enveloppe: what is committed is followed, and nothing limits it. */
const SANS_LIMITE = 'AMB-085';

/** Credits and what is committed on them (TRANS-10, AMB-191). Runs in the caller's transaction. */
@Injectable()
export class EnveloppeService {
  constructor(
    private readonly grandLivre: GrandLivre,
    private readonly parametres: ParametreService,
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /**
   * Commits a convention's amount: never more, in all, than was opened where the text limits it.
   * @throws Refus SOLDE_INSUFFISANT with the rule that limits the enveloppe
   */
  async engager(
    em: EntityManager,
    auteur: Auteur,
    { dispositif, appelId, conventionId, montant }: AEngager,
  ): Promise<void> {
    const enveloppe = await this.deLAppel(em, auteur, dispositif, appelId);
    const { id: enveloppeId, limitative, numero, regle } = enveloppe;
    const { departementId } = auteur;
    const ou = { enveloppeId, compte: 'DISPONIBLE', auxiliaire: enveloppeId } as const;
    const disponible = limitative ? await this.grandLivre.solde(em, departementId, ou) : montant;
    if (disponible.comparer(montant) < 0) {
      throw Refus.de(
        'SOLDE_INSUFFISANT',
        `L’enveloppe ${numero} n’a plus que ${disponible.enFrancais()} pour un engagement de ${montant.enFrancais()}.`,
        { path: ['input', 'conventionId'], regle },
      );
    }
    // Others engage at the same time: PostgreSQL has the last word.
    await this.grandLivre.passer(em, auteur, {
      nature: 'ENGAGEMENT',
      objet: conventionId,
      enveloppeId,
      conventionId,
      montant,
      chemin: ['input', 'conventionId'],
    });
  }

  /**
   * Makes the commitment of a convention what is still to be liquidated of its amount: more, or less, than it is. What was liquidated
   * beyond its new amount is not for the commitment to take back: the payments computed again propose it.
   * @throws Refus SOLDE_INSUFFISANT when the enveloppe does not cover more
   */
  async ajuster(
    em: EntityManager,
    auteur: Auteur,
    ajustement: AEngager & { readonly objet: string },
    chemin: readonly string[],
  ): Promise<void> {
    const { conventionId, montant } = ajustement;
    const { engage, consomme } = await this.#etatDe(em, auteur.departementId, conventionId);
    const aEngager = Montant.max(Montant.ZERO, montant.moins(consomme));
    await this.#porter(em, auteur, { ...ajustement, montant: aEngager.moins(engage) }, chemin);
  }

  /**
   * The same after money came back or a liquidation was undone, but it asks for no new credits: what the enveloppe does not cover any more
   * is committed again when it is liquidated (see {@link completer}).
   */
  async suivre(em: EntityManager, auteur: Auteur, ajustement: AEngager & { readonly objet: string }): Promise<void> {
    const { conventionId, montant, dispositif, appelId } = ajustement;
    const { departementId } = auteur;
    const { engage, consomme } = await this.#etatDe(em, departementId, conventionId);
    const manque = Montant.max(Montant.ZERO, montant.moins(consomme)).moins(engage);
    const { id: enveloppeId, limitative } = await this.deLAppel(em, auteur, dispositif, appelId);
    const disponible = await this.grandLivre.soldeVerrouille(em, departementId, enveloppeId);
    const plafond = limitative ? Montant.max(Montant.ZERO, disponible) : manque;
    await this.#porter(em, auteur, { ...ajustement, montant: Montant.min(manque, plafond) }, []);
  }

  /**
   * Commits again, before a liquidation, what a correction or a reversement took away from the commitment, as long as all that is
   * liquidated stays within the convention's amount (AMB-192).
   * @throws Refus SOLDE_INSUFFISANT beyond that amount, or when the enveloppe does not cover it
   */
  async completer(
    em: EntityManager,
    auteur: Auteur,
    { aLiquider, ...complement }: AEngager & { readonly objet: string; readonly aLiquider: Montant },
  ): Promise<void> {
    const { conventionId, montant } = complement;
    const { engage, consomme } = await this.#etatDe(em, auteur.departementId, conventionId);
    if (engage.comparer(aLiquider) >= 0) return;
    const path = ['input', 'versementId'];
    if (consomme.plus(aLiquider).comparer(montant) > 0) {
      throw Refus.de(
        'SOLDE_INSUFFISANT',
        `La convention porte ${montant.enFrancais()}, dont ${consomme.enFrancais()} déjà liquidés : ${aLiquider.enFrancais()} n’y tiennent pas. Un avenant peut la porter plus haut.`,
        { path, regle: 'TRANS-10' },
      );
    }
    await this.#porter(em, auteur, { ...complement, montant: aLiquider.moins(engage) }, path);
  }

  /** What is committed for a convention, and what was liquidated of its amount and not given back. */
  async #etatDe(
    em: EntityManager,
    departementId: string,
    conventionId: string,
  ): Promise<{ engage: Montant; consomme: Montant }> {
    const soldes = await this.grandLivre.soldesDeConvention(em, departementId, conventionId);
    const de = (compte: Compte): Montant => soldes.get(compte) ?? Montant.ZERO;
    return { engage: de('ENGAGE'), consomme: Montant.somme(CONSOMMES.map(de)) };
  }

  /** Moves that much to the commitment, or from it when it is negative. */
  async #porter(
    em: EntityManager,
    auteur: Auteur,
    { dispositif, appelId, conventionId, objet, montant }: AEngager & { readonly objet: string },
    chemin: readonly string[],
  ): Promise<void> {
    if (montant.centimes === 0n) return;
    const { id: enveloppeId, numero } = await this.deLAppel(em, auteur, dispositif, appelId);
    const nature = montant.estNegatif() ? 'DESENGAGEMENT' : 'ENGAGEMENT';
    const absolu = montant.estNegatif() ? Montant.ZERO.moins(montant) : montant;
    const aEcrire = { nature, objet, enveloppeId, conventionId, montant: absolu, chemin } as const;
    await this.grandLivre.passer(em, auteur, aEcrire).catch((erreur: unknown) => {
      if (!(erreur instanceof Refus)) throw erreur;
      throw Refus.de(
        'SOLDE_INSUFFISANT',
        `L’enveloppe ${numero} ne couvre pas un engagement de ${absolu.enFrancais()} de plus : faites-y ouvrir des crédits.`,
        { path: [...chemin], regle: 'TRANS-10' },
      );
    });
  }

  /** The enveloppe of an appel, opened at its first use with the credits that the dispositif's text gives it. */
  async deLAppel(em: EntityManager, auteur: Auteur, dispositif: Dispositif, appelId: string): Promise<Enveloppe> {
    const { departementId } = auteur;
    const connue = await em.findOneBy(Enveloppe, { departementId, appelId });
    if (connue) return connue;
    const creeLe = this.horloge.maintenant();
    const ligne = {
      departementId,
      id: uuidv7(),
      numero: await numeroter(em, departementId, 'ENV', jourDe(creeLe).year),
      appelId,
      dispositif: dispositif.code,
      limitative: dispositif.enveloppe !== undefined,
      regle: dispositif.enveloppe?.regle ?? SANS_LIMITE,
      creeLe,
    };
    const [id] = await insererSiLibre(em, Enveloppe, [ligne]);
    if (id === undefined) return em.findOneByOrFail(Enveloppe, { departementId, appelId });
    await this.journal.ecrire(em, auteur, {
      action: 'enveloppeOuvrir',
      objetType: 'Enveloppe',
      objetId: id,
      regles: [ligne.regle],
    });
    if (dispositif.enveloppe) await this.#doter(em, auteur, dispositif, ligne, dispositif.enveloppe.montant);
    return ligne;
  }

  async #doter(
    em: EntityManager,
    auteur: Auteur,
    dispositif: Dispositif,
    { id, appelId, creeLe }: Enveloppe,
    cle: string,
  ): Promise<void> {
    const parametres = await this.parametres.resoudre(em, auteur.departementId, dispositif, jourDe(creeLe), {
      appelId,
    });
    const montant = parametres[cle]?.valeur;
    if (!(montant instanceof Montant) || montant.comparer(Montant.ZERO) <= 0) return;
    await this.grandLivre.passer(em, auteur, {
      nature: 'OUVERTURE',
      objet: id,
      enveloppeId: id,
      conventionId: null,
      montant,
    });
  }
}
