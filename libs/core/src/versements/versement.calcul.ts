import { type ContexteJob, RegistreJobs } from '@sillage/jobs';
import { exiger, type Horloge, jourDe } from '@sillage/kernel';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { HORLOGE, numeroter } from '../api/index.js';
import { Convention } from '../conventions/convention.entity.js';
import { type Auteur, JournalService } from '../journal/index.js';
import { type DossierDeCalcul, DossiersDeCalcul } from './dossiers-de-calcul.js';
import { type Ecart, ecarts, enSens } from './ecart.js';
import { calculerVersements } from './evenements-dossier.js';
import { ChaineVersement } from './versement.chaine.js';
import { Versement } from './versement.entity.js';

type Charge = ReturnType<typeof calculerVersements.charge.parse>;

/**
 * The job behind every payment: after an event of a convention, proposes what its tranches lack to be worth what they should. The
 * convention's row is locked, and (convention, tranche) is unique: run twice, it proposes once.
 */
@Injectable()
export class CalculVersements implements OnModuleInit {
  constructor(
    private readonly jobs: RegistreJobs,
    private readonly dossiers: DossiersDeCalcul,
    private readonly chaine: ChaineVersement,
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  onModuleInit(): void {
    this.jobs.declarer(calculerVersements, (em, charge, contexte) => this.executer(em, charge, contexte), 'versements');
  }

  /** @throws Refus DISPOSITIF_INACTIF on a territory where it was switched off with what is in flight */
  async executer(em: EntityManager, { conventionId }: Charge, contexte: ContexteJob): Promise<void> {
    const convention = await em
      .createQueryBuilder(Convention, 'c')
      .setLock('pessimistic_write')
      .where({ departementId: contexte.departementId, id: conventionId })
      .getOneOrFail();
    const [dossier] = await this.dossiers.lire(em, [convention]);
    const { continuer, dues, contexte: calcul, vivants } = dossier as DossierDeCalcul;
    exiger(continuer);
    for (const ecart of ecarts(dues, calcul, vivants))
      await this.appliquer(em, contexte, dossier as DossierDeCalcul, ecart);
  }

  /** Proposes what is lacking; what it replaces is refused, with the reason. The convention's row is locked by the caller. */
  async appliquer(em: EntityManager, auteur: Auteur, dossier: DossierDeCalcul, ecart: Ecart): Promise<void> {
    const { convention, appelId, vivants } = dossier;
    const { departementId, id: conventionId, dispositif, structureId } = convention;
    for (const { id } of ecart.remplaces) {
      const versement = vivants.find((vivant) => vivant.id === id);
      if (!versement) continue;
      const refus = { versement, appelId, etape: 'REFUS', vers: 'REFUSE', motif: 'Recalculé.' } as const;
      await this.chaine.franchir(em, auteur, refus);
    }
    const maintenant = this.horloge.maintenant();
    const { montant, explication } = ecart.aProposer;
    const versement: Versement = {
      departementId,
      id: uuidv7(),
      numero: await numeroter(em, departementId, 'VERS', jourDe(maintenant).year),
      conventionId,
      dispositif,
      structureId,
      tranche: ecart.tranche,
      ...enSens(montant),
      explication,
      etat: 'PROPOSE',
      proposeLe: maintenant,
    };
    await em.insert(Versement, { ...versement, explication: explication as object });
    await this.chaine.noter(em, auteur, { versement, etape: 'PROPOSITION', motif: null });
    await this.journal.ecrire(em, auteur, {
      action: 'versementProposer',
      objetType: 'Versement',
      objetId: versement.id,
      regles: [ecart.declaration.regle],
      details: { tranche: ecart.tranche, montant: montant.toString(), convention: conventionId },
    });
  }
}
