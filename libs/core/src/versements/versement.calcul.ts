import { type Dispositif, lireValeurs, RegistreDispositifs } from '@sillage/dispositif-kit';
import { type ContexteJob, RegistreJobs } from '@sillage/jobs';
import { exiger, type Horloge, jourDe, Montant, Periode, Refus } from '@sillage/kernel';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type EntityManager, Not } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { ActivationService } from '../activations/index.js';
import { HORLOGE, numeroter } from '../api/index.js';
import { Bilan } from '../bilans/bilan.entity.js';
import { Candidature } from '../candidatures/candidature.entity.js';
import { Convention, ConventionTerritoire } from '../conventions/convention.entity.js';
import { JournalService } from '../journal/index.js';
import { ParametreService } from '../parametres/index.js';
import { calculerVersements } from './evenements-dossier.js';
import { ChaineVersement } from './versement.chaine.js';
import { Versement } from './versement.entity.js';

type Charge = ReturnType<typeof calculerVersements.charge.parse>;
type DeclarationVersement = Dispositif['versements'][number];
/** What is the same for every tranche that one event causes. */
type ContexteCommun = Omit<Parameters<DeclarationVersement['calculer']>[0], 'dejaVerse'>;

/**
 * The job behind every payment: for an event of a convention, computes each tranche that the dispositif declares for it and proposes
 * it as a versement. The convention's row is locked and (convention, tranche) is unique: run twice, it proposes once.
 */
@Injectable()
export class CalculVersements implements OnModuleInit {
  constructor(
    private readonly jobs: RegistreJobs,
    private readonly registre: RegistreDispositifs,
    private readonly activations: ActivationService,
    private readonly parametres: ParametreService,
    private readonly chaine: ChaineVersement,
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  onModuleInit(): void {
    this.jobs.declarer(calculerVersements, (em, charge, contexte) => this.executer(em, charge, contexte), 'versements');
  }

  /** @throws Refus DISPOSITIF_INACTIF on a territory where it was switched off with what is in flight */
  async executer(em: EntityManager, { conventionId, evenement }: Charge, contexte: ContexteJob): Promise<void> {
    const { departementId } = contexte;
    const convention = await em
      .createQueryBuilder(Convention, 'c')
      .setLock('pessimistic_write')
      .where({ departementId, id: conventionId })
      .getOneOrFail();
    const dispositif = this.registre.trouver(convention.dispositif);
    if (dispositif === undefined) {
      throw Refus.de('DISPOSITIF_INCONNU', `Le dispositif « ${convention.dispositif} » n’est pas installé.`, {
        regle: 'TRANS-01',
      });
    }
    const dues = dispositif.versements.filter((versement) => versement.a === evenement);
    if (dues.length === 0) return;
    const territoires = await em.findBy(ConventionTerritoire, { departementId, conventionId });
    const territoireIds = territoires.map((t) => t.territoireId);
    const candidature = await em.findOneByOrFail(Candidature, { departementId, id: convention.candidatureId });
    const commenceLe = candidature.deposeeLe ?? candidature.creeLe;
    exiger(
      await this.activations.decider(em, departementId, {
        dispositif: dispositif.code,
        territoireIds,
        pour: 'CONTINUER',
        commenceLe,
      }),
    );
    const aujourdhuiMeme = jourDe(this.horloge.maintenant());
    const signeeLe = convention.signeeLe ?? aujourdhuiMeme;
    // A convention keeps the rules of its signature: what changed since is for the next ones.
    const parametres = await this.parametres.resoudre(em, departementId, dispositif, signeeLe, {
      appelId: candidature.appelId,
      territoireIds,
      conventionId,
    });
    const commun: ContexteCommun = {
      champs: lireValeurs(dispositif.candidature.champs, candidature.champs, ['champs']),
      termes: lireValeurs(dispositif.convention.termes, convention.termes, ['termes']),
      montantConventionne: convention.montant,
      periode: Periode.de(convention.du, convention.au),
      date: evenement === 'CONVENTION_SIGNEE' ? signeeLe : aujourdhuiMeme,
      parametres,
      bilan: await this.bilanConfirme(em, dispositif, convention),
    };
    for (const versement of dues) await this.proposer(em, contexte, convention, versement, commun);
  }

  /** What the service retained of what the porteur declared. */
  private async bilanConfirme(
    em: EntityManager,
    { bilan: declare }: Dispositif,
    { departementId, id: conventionId }: Convention,
  ): Promise<ContexteCommun['bilan']> {
    const bilan = await em.findOneBy(Bilan, { departementId, conventionId, etat: 'CONFIRME' });
    return bilan?.retenus && declare ? lireValeurs(declare.champs, bilan.retenus, ['bilan']) : null;
  }

  private async proposer(
    em: EntityManager,
    contexte: ContexteJob,
    convention: Convention,
    declaration: DeclarationVersement,
    commun: ContexteCommun,
  ): Promise<void> {
    const { departementId, id: conventionId } = convention;
    const { tranche, regle } = declaration;
    const vivants = await em.findBy(Versement, { departementId, conventionId, etat: Not('REFUSE') });
    if (vivants.some((vivant) => vivant.tranche === tranche)) return;
    const maintenant = this.horloge.maintenant();
    const { montant, explication } = declaration.calculer({ ...commun, dejaVerse: dejaVerse(vivants) });
    const versement: Versement = {
      departementId,
      id: uuidv7(),
      numero: await numeroter(em, departementId, 'VERS', jourDe(maintenant).year),
      conventionId,
      dispositif: convention.dispositif,
      structureId: convention.structureId,
      tranche,
      sens: montant.estNegatif() ? 'A_REVERSER' : 'A_PAYER',
      montant: montant.estNegatif() ? Montant.ZERO.moins(montant) : montant,
      explication,
      etat: 'PROPOSE',
      proposeLe: maintenant,
    };
    await em.insert(Versement, { ...versement, explication: explication as object });
    await this.chaine.noter(em, contexte, { versement, etape: 'PROPOSITION', motif: null });
    await this.journal.ecrire(em, contexte, {
      action: 'versementProposer',
      objetType: 'Versement',
      objetId: versement.id,
      regles: [regle],
      details: { tranche, montant: montant.toString(), convention: conventionId },
    });
  }
}

/** What the other tranches are worth; what is to be given back is less. */
function dejaVerse(versements: readonly Versement[]): Montant {
  return versements.reduce(
    (total, { sens, montant }) => (sens === 'A_PAYER' ? total.plus(montant) : total.moins(montant)),
    Montant.ZERO,
  );
}
