import { type Dispositif, lireValeurs, RegistreDispositifs } from '@sillage/dispositif-kit';
import { type ContexteJob, RegistreJobs } from '@sillage/jobs';
import { exiger, type Horloge, jourDe, Montant, Periode, Refus } from '@sillage/kernel';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type EntityManager, Not } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { ActivationService } from '../activations/index.js';
import { HORLOGE, numeroter } from '../api/index.js';
import { Candidature } from '../candidatures/candidature.entity.js';
import { Convention, ConventionTerritoire } from '../conventions/convention.entity.js';
import { JournalService } from '../journal/index.js';
import { ParametreService } from '../parametres/index.js';
import { calculerVersements } from './evenements-dossier.js';
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
    const date = convention.signeeLe ?? jourDe(this.horloge.maintenant());
    const parametres = await this.parametres.resoudre(em, departementId, dispositif, date, {
      appelId: candidature.appelId,
      territoireIds,
      conventionId,
    });
    const commun: ContexteCommun = {
      champs: lireValeurs(dispositif.candidature.champs, candidature.champs, ['champs']),
      termes: lireValeurs(dispositif.convention.termes, convention.termes, ['termes']),
      montantConventionne: convention.montant,
      periode: Periode.de(convention.du, convention.au),
      date,
      parametres,
      bilan: null,
    };
    for (const versement of dues) await this.proposer(em, contexte, convention, versement, commun);
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
    if (await em.existsBy(Versement, { departementId, conventionId, tranche })) return;
    const maintenant = this.horloge.maintenant();
    const autres = await em.findBy(Versement, { departementId, conventionId, etat: Not('REFUSE') });
    const dejaVerse = Montant.somme(autres.map((versement) => versement.montant));
    const { montant, explication } = declaration.calculer({ ...commun, dejaVerse });
    const id = uuidv7();
    await em.insert(Versement, {
      departementId,
      id,
      numero: await numeroter(em, departementId, 'VERS', jourDe(maintenant).year),
      conventionId,
      dispositif: convention.dispositif,
      structureId: convention.structureId,
      tranche,
      montant,
      explication: explication as object,
      etat: 'PROPOSE',
      proposeLe: maintenant,
    });
    await this.journal.ecrire(em, contexte, {
      action: 'versementProposer',
      objetType: 'Versement',
      objetId: id,
      regles: [regle],
      details: { tranche, montant: montant.toString(), convention: conventionId },
    });
  }
}
