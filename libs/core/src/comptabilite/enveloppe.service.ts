import type { Dispositif } from '@sillage/dispositif-kit';
import { type Horloge, jourDe, Montant, Refus } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { HORLOGE, numeroter } from '../api/index.js';
import { insererSiLibre } from '../api/inserer-si-libre.js';
import { type Auteur, JournalService } from '../journal/index.js';
import { ParametreService } from '../parametres/index.js';
import { Enveloppe } from './comptabilite.entity.js';
import { GrandLivre } from './grand-livre.js';

/** A convention's commitment, on the credits of its appel. */
export interface AEngager {
  readonly dispositif: Dispositif;
  readonly appelId: string;
  readonly conventionId: string;
  readonly montant: Montant;
}

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
   * Commits more, or gives back what was committed and is not liquidated. What was already liquidated beyond is not for the commitment
   * to take back: the payments computed again propose it.
   * @throws Refus SOLDE_INSUFFISANT
   */
  async ajuster(
    em: EntityManager,
    auteur: Auteur,
    { dispositif, appelId, conventionId, objet, ecart }: Omit<AEngager, 'montant'> & { objet: string; ecart: Montant },
  ): Promise<void> {
    const { id: enveloppeId } = await this.deLAppel(em, auteur, dispositif, appelId);
    const ou = { enveloppeId, compte: 'ENGAGE', auxiliaire: conventionId } as const;
    const engage = await this.grandLivre.solde(em, auteur.departementId, ou);
    const montant = ecart.estNegatif() ? Montant.min(engage, Montant.ZERO.moins(ecart)) : ecart;
    if (montant.comparer(Montant.ZERO) <= 0) return;
    await this.grandLivre.passer(em, auteur, {
      nature: ecart.estNegatif() ? 'DESENGAGEMENT' : 'ENGAGEMENT',
      objet,
      enveloppeId,
      conventionId,
      montant,
      chemin: ['input', 'avenantId'],
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
