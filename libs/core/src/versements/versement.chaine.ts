import { type Horloge, Montant, Refus } from '@sillage/kernel';
import { type Dispositif, RegistreDispositifs } from '@sillage/dispositif-kit';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { HORLOGE } from '../api/index.js';
import { type AEngager, EcritureComptable, Enveloppe, EnveloppeService, GrandLivre } from '../comptabilite/index.js';
import { Convention } from '../conventions/convention.entity.js';
import type { Auteur } from '../journal/index.js';
import { type EtapeVersement, type EtatVersement, Versement, VersementEtape } from './versement.entity.js';
import { MOUVEMENT_DE_L_ETAPE } from './versement.policy.js';

export interface Franchissement {
  readonly versement: Versement;
  readonly appelId: string;
  readonly etape: EtapeVersement;
  readonly vers: EtatVersement;
  readonly motif: string | null;
  /** What of the request is at fault when the ledger refuses; the versement unless said otherwise. */
  readonly chemin?: readonly string[];
}

const CHEMIN: readonly string[] = ['input', 'versementId'];

/** Moves a payment one step along its chain: its state, the trace of who did it, and the ledger. The payment's row is locked by the caller. */
@Injectable()
export class ChaineVersement {
  constructor(
    private readonly registre: RegistreDispositifs,
    private readonly grandLivre: GrandLivre,
    private readonly enveloppes: EnveloppeService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /** @throws Refus SOLDE_INSUFFISANT when what it needs has not been engaged, or paid, before */
  async franchir(em: EntityManager, auteur: Auteur, franchissement: Franchissement): Promise<void> {
    const { versement, etape, vers } = franchissement;
    const { departementId, id } = versement;
    await this.noter(em, auteur, [franchissement]);
    await em.update(Versement, { departementId, id }, { etat: vers });
    if (versement.montant.centimes > 0n) await this.#compter(em, auteur, franchissement);
    if (etape === 'LIQUIDATION') await this.#liberer(em, auteur, franchissement);
    // A liquidation undone, or money given back: the commitment follows what is still promised.
    const revenu =
      (etape === 'REFUS' && versement.etat === 'LIQUIDE') || (etape === 'PAIEMENT' && versement.sens === 'A_REVERSER');
    if (revenu) await this.#suivre(em, auteur, franchissement, Montant.ZERO);
  }

  /** The trace of steps, in one statement whatever their count. */
  async noter(
    em: EntityManager,
    auteur: Auteur,
    franchis: readonly (Pick<Franchissement, 'etape' | 'motif'> & { versement: Pick<Versement, 'id'> })[],
  ): Promise<void> {
    const franchieLe = this.horloge.maintenant();
    const franchiePar = 'jobId' in auteur ? null : auteur.acteur.utilisateurId;
    const { departementId } = auteur;
    await em.insert(
      VersementEtape,
      franchis.map(({ versement: { id: versementId }, etape, motif }) => {
        return { departementId, id: uuidv7(), versementId, etape, motif, franchieLe, franchiePar };
      }),
    );
  }

  async #compter(em: EntityManager, auteur: Auteur, franchissement: Franchissement): Promise<void> {
    const { versement, appelId, etape, motif, chemin = CHEMIN } = franchissement;
    const { departementId, id, sens, conventionId, montant, etat } = versement;
    if (etape === 'PROPOSITION') return;
    if (etape === 'REFUS') {
      const cle = `${sens === 'A_PAYER' ? 'LIQUIDATION' : 'TROP_PERCU'}/${id}`;
      const liquidation = etat === 'LIQUIDE' && (await em.findOneByOrFail(EcritureComptable, { departementId, cle }));
      if (liquidation) await this.grandLivre.corriger(em, auteur, liquidation, motif ?? '');
      return;
    }
    const nature = MOUVEMENT_DE_L_ETAPE[sens][etape];
    if (nature === 'LIQUIDATION') await this.#completer(em, auteur, versement, appelId);
    // Ordered again after a rejection, it is another fact.
    const fois = await em.countBy(VersementEtape, { departementId, versementId: id, etape: 'ORDONNANCEMENT' });
    if (etape === 'REJET' && etat === 'PAYE') await this.#revenir(em, auteur, franchissement, fois);
    await this.grandLivre.passer(em, auteur, {
      nature,
      objet: etape === 'LIQUIDATION' ? id : `${id}/${fois}`,
      enveloppeId: await this.#enveloppe(em, departementId, appelId),
      conventionId,
      versementId: id,
      montant,
      chemin,
    });
  }

  /** What was said to be paid is not: its écriture is undone, and what a reversement had committed again is given back first (AMB-196). */
  async #revenir(em: EntityManager, auteur: Auteur, franchissement: Franchissement, fois: number): Promise<void> {
    const { versement, motif, chemin = CHEMIN } = franchissement;
    const { departementId, id, sens, montant } = versement;
    if (sens === 'A_REVERSER') await this.#suivre(em, auteur, franchissement, montant);
    const cle = `${MOUVEMENT_DE_L_ETAPE[sens].PAIEMENT}/${id}/${fois}`;
    const paiement = await em.findOneByOrFail(EcritureComptable, { departementId, cle });
    await this.grandLivre.corriger(em, auteur, paiement, motif ?? '', chemin);
  }

  async #completer(em: EntityManager, auteur: Auteur, versement: Versement, appelId: string): Promise<void> {
    const engagement = await this.#engagementDe(em, versement, appelId);
    await this.enveloppes.completer(em, auteur, { ...engagement, objet: versement.id, aLiquider: versement.montant });
  }

  /**
   * Brings the commitment to what is still promised: nothing once every tranche is liquidated (AMB-192), else the convention's amount.
   * @param reprise what is about to be out again
   */
  async #suivre(
    em: EntityManager,
    auteur: Auteur,
    { versement, appelId }: Franchissement,
    reprise: Montant,
  ): Promise<void> {
    const engagement = await this.#engagementDe(em, versement, appelId);
    const promis = (await this.#estSoldee(em, versement)) ? Montant.ZERO : engagement.montant.moins(reprise);
    await this.enveloppes.suivre(em, auteur, { ...engagement, montant: promis, objet: `${versement.id}/${uuidv7()}` });
  }

  async #engagementDe(em: EntityManager, versement: Versement, appelId: string): Promise<AEngager> {
    const { departementId, conventionId } = versement;
    const { montant, dispositif } = await em.findOneByOrFail(Convention, { departementId, id: conventionId });
    return { dispositif: this.registre.trouver(dispositif) as Dispositif, appelId, conventionId, montant };
  }

  /** Once every tranche is liquidated, what is left of the commitment goes back to the credits (AMB-192). */
  async #liberer(em: EntityManager, auteur: Auteur, { versement, appelId }: Franchissement): Promise<void> {
    const { departementId, conventionId } = versement;
    if (!(await this.#estSoldee(em, versement))) return;
    const enveloppeId = await this.#enveloppe(em, departementId, appelId);
    const reste = await this.grandLivre.solde(em, departementId, {
      enveloppeId,
      compte: 'ENGAGE',
      auxiliaire: conventionId,
    });
    if (reste.centimes <= 0n) return;
    await this.grandLivre.passer(em, auteur, {
      nature: 'DESENGAGEMENT',
      objet: versement.id,
      enveloppeId,
      conventionId,
      montant: reste,
    });
  }

  /** Whether every tranche that the dispositif declares is liquidated, or further. */
  async #estSoldee(em: EntityManager, versement: Versement): Promise<boolean> {
    const { departementId, conventionId, dispositif } = versement;
    const tranches = this.registre.trouver(dispositif)?.versements.map(({ tranche }) => tranche) ?? [];
    const etat = In(['LIQUIDE', 'ORDONNE', 'PAYE']);
    const liquides = await em.findBy(Versement, { departementId, conventionId, etat });
    return tranches.every((tranche) => liquides.some((liquide) => liquide.tranche === tranche));
  }

  async #enveloppe(em: EntityManager, departementId: string, appelId: string): Promise<string> {
    const enveloppe = await em.findOneBy(Enveloppe, { departementId, appelId });
    if (enveloppe) return enveloppe.id;
    throw Refus.de('SOLDE_INSUFFISANT', 'Cette convention n’a pas été engagée : aucune enveloppe ne porte son appel.', {
      regle: 'TRANS-10',
    });
  }
}
