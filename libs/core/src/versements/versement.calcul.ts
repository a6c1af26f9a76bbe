import { type ContexteJob, RegistreJobs } from '@sillage/jobs';
import { exiger, type Horloge, jourDe } from '@sillage/kernel';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { HORLOGE, numeroterTous } from '../api/index.js';
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
    const dossiers = await this.dossiers.lire(em, [convention]);
    for (const { continuer } of dossiers) exiger(continuer);
    await this.appliquer(em, contexte, dossiers.flatMap(ecartsDuDossier));
  }

  /**
   * Proposes what is lacking; what it replaces is refused, with the reason. A fixed number of statements whatever their count. Conventions
   * are locked by the caller.
   */
  async appliquer(em: EntityManager, auteur: Auteur, trouves: readonly EcartDuDossier[]): Promise<void> {
    if (trouves.length === 0) return;
    const { departementId } = auteur;
    const remplaces = trouves.flatMap(({ dossier, ecart }) =>
      dossier.vivants.filter(({ id }) => ecart.remplaces.some((remplace) => remplace.id === id)),
    );
    if (remplaces.length > 0) {
      // Nobody has liquidated them: the ledger knows nothing of them.
      await em.update(Versement, { departementId, id: In(remplaces.map(({ id }) => id)) }, { etat: 'REFUSE' });
      const refus = { etape: 'REFUS', motif: 'Recalculé.' } as const;
      await this.chaine.noter(
        em,
        auteur,
        remplaces.map((versement) => ({ ...refus, versement })),
      );
    }
    const aProposer = trouves.flatMap(({ dossier, ecart }) =>
      ecart.aProposer ? [{ dossier, ecart, ...ecart.aProposer }] : [],
    );
    if (aProposer.length === 0) return;
    const proposeLe = this.horloge.maintenant();
    const annee = jourDe(proposeLe).year;
    const numeros = await numeroterTous(em, departementId, 'VERS', annee, aProposer.length);
    const proposes = aProposer.map(({ dossier: { convention }, ecart, montant, explication }, rang): Versement => ({
      departementId,
      id: uuidv7(),
      numero: numeros[rang] as string,
      conventionId: convention.id,
      dispositif: convention.dispositif,
      structureId: convention.structureId,
      tranche: ecart.tranche,
      ...enSens(montant),
      explication,
      etat: 'PROPOSE',
      proposeLe,
    }));
    await em.insert(
      Versement,
      proposes.map((versement) => ({ ...versement, explication: versement.explication })),
    );
    const proposition = { etape: 'PROPOSITION', motif: null } as const;
    await this.chaine.noter(
      em,
      auteur,
      proposes.map((versement) => ({ ...proposition, versement })),
    );
    await this.journal.ecrireTous(
      em,
      auteur,
      proposes.map(({ id, tranche, conventionId }, rang) => ({
        action: 'versementProposer',
        objetType: 'Versement',
        objetId: id,
        regles: [aProposer[rang]?.ecart.declaration.regle ?? ''],
        details: { tranche, montant: aProposer[rang]?.montant, convention: conventionId },
      })),
    );
  }
}

/** A difference, with the convention that it concerns. */
export interface EcartDuDossier {
  readonly dossier: DossierDeCalcul;
  readonly ecart: Ecart;
}

/** @throws Refus what its calculation refuses: a parameter without a value, weights that do not make 100 % */
export function ecartsDuDossier(dossier: DossierDeCalcul): EcartDuDossier[] {
  return ecarts(dossier.dues, dossier.contexte(), dossier.vivants).map((ecart) => ({ dossier, ecart }));
}
