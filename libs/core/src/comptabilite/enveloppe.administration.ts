import { type ContexteActeur, exigerDroit, peut } from '@sillage/access';
import { type Dispositif, RegistreDispositifs } from '@sillage/dispositif-kit';
import { Montant, Refus } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { introuvable, lireId, lireMontantPositif, lireMotif } from '../api/index.js';
import { AppelService } from '../appels/index.js';
import { JournalService } from '../journal/index.js';
import { NATURES } from './compte.js';
import { EcritureComptable, Enveloppe } from './comptabilite.entity.js';
import { EnveloppeService } from './enveloppe.service.js';
import { GrandLivre } from './grand-livre.js';

const APPEL = ['input', 'appelId'];
const ECRITURE = ['input', 'ecritureId'];
/**
 * Euros that one opening adds at most: more than any département spends in a year, and little enough that it takes ninety million openings
 * for a balance to leave a bigint of cents.
 */
const OUVERTURE_MAX = Montant.euros('1000000000');

/** What the siège does with credits and with the ledger. Runs in the caller's transaction. */
@Injectable()
export class EnveloppeAdministration {
  constructor(
    private readonly registre: RegistreDispositifs,
    private readonly appels: AppelService,
    private readonly enveloppes: EnveloppeService,
    private readonly grandLivre: GrandLivre,
    private readonly journal: JournalService,
  ) {}

  /**
   * Opens more credits on an appel's enveloppe, itself opened if need be.
   * @returns the enveloppe's uuid
   * @throws Refus VALEUR_INVALIDE at `input.montant` for nothing, or for more than {@link OUVERTURE_MAX}
   */
  async ouvrirCredits(
    em: EntityManager,
    contexte: ContexteActeur,
    input: { appelId: string; montant: string; motif: string },
  ): Promise<string> {
    const appel = await this.appels.trouver(em, contexte, lireId('Appel', input.appelId, APPEL));
    if (!appel) throw introuvable(APPEL);
    exigerDroit(contexte, 'ouvrirCredits', 'Enveloppe', { dispositif: appel.dispositif }, APPEL);
    const path = ['input', 'montant'];
    const montant = lireMontantPositif(input.montant, path, 'TRANS-10');
    if (montant.comparer(OUVERTURE_MAX) > 0) {
      const message = `Une ouverture de crédits est d’au plus ${OUVERTURE_MAX.enFrancais()} : vérifiez le montant.`;
      throw Refus.de('VALEUR_INVALIDE', message, { path, regle: 'TRANS-10' });
    }
    const motif = lireMotif(input.motif, 'TRANS-39');
    const dispositif = this.registre.trouver(appel.dispositif) as Dispositif;
    const { id } = await this.enveloppes.deLAppel(em, contexte, dispositif, appel.id);
    const ouverture = { nature: 'OUVERTURE', enveloppeId: id, conventionId: null, montant } as const;
    await this.grandLivre.passer(em, contexte, { ...ouverture, objet: uuidv7() });
    await this.journal.ecrire(em, contexte, {
      action: 'creditsOuvrir',
      objetType: 'Enveloppe',
      objetId: id,
      regles: ['TRANS-10'],
      details: { montant: montant.toString(), motif },
    });
    return id;
  }

  /**
   * Undoes an opening of credits by its opposite, as long as nothing was committed on them. What follows a dossier is undone with it, by
   * its own gestures.
   * @returns the enveloppe's uuid
   */
  async corriger(
    em: EntityManager,
    contexte: ContexteActeur,
    input: { ecritureId: string; motif: string },
  ): Promise<string> {
    const { departementId } = contexte;
    const id = lireId('Ecriture', input.ecritureId, ECRITURE);
    const ecriture = await em.findOneBy(EcritureComptable, { departementId, id });
    if (!ecriture) throw introuvable(ECRITURE);
    const { dispositif } = await em.findOneByOrFail(Enveloppe, { departementId, id: ecriture.enveloppeId });
    if (!peut(contexte, 'lire', 'Enveloppe', { dispositif })) throw introuvable(ECRITURE);
    exigerDroit(contexte, 'corriger', 'Enveloppe', { dispositif }, ECRITURE);
    const motif = lireMotif(input.motif, 'TRANS-39');
    if (ecriture.corrigeId !== null)
      throw nonCorrigeable('Une correction ne se corrige pas : ouvrez de nouveau ces crédits.');
    if (ecriture.nature !== 'OUVERTURE') {
      throw nonCorrigeable(
        `${NATURES[ecriture.nature]} : cette écriture suit une convention ou un versement, et se défait par un geste sur eux (avenant, refus, retour du comptable).`,
      );
    }
    await em.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`correction\n${departementId}\n${id}`]);
    if (await em.existsBy(EcritureComptable, { departementId, corrigeId: id })) {
      throw nonCorrigeable('Cette écriture est déjà annulée : une autre personne l’a fait, ou vous-même plus tôt.');
    }
    await this.grandLivre.corriger(em, contexte, ecriture, motif);
    return ecriture.enveloppeId;
  }
}

function nonCorrigeable(message: string): Refus {
  return Refus.de('ETAT_INCOMPATIBLE', message, { path: ECRITURE, regle: 'TRANS-39' });
}
