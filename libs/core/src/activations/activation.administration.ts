import { type ContexteActeur, exigerDroit } from '@sillage/access';
import type { Dispositif } from '@sillage/dispositif-kit';
import { type DateCivile, type Horloge, Refus } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { HORLOGE } from '../api/horloge.provider.js';
import { insererSiLibre } from '../api/inserer-si-libre.js';
import { DispositifService } from '../dispositifs/index.js';
import { JournalService } from '../journal/index.js';
import { type Territoire, TerritoireService } from '../territoires/index.js';
import { ActivationEntity } from './activation.entity.js';
import {
  erreurDejaInactif,
  erreurDeRecouvrement,
  lirePeriode,
  type PlanDesactivation,
  planifierDesactivation,
  recouvertes,
} from './activation.plan.js';
import type { EnCours, Intervalle } from './activation.regles.js';
import { RepriseDesJobs } from './activation.reprise.js';
import { lireTerritoires } from './territoires-demandes.js';

export interface DemandeDActivation {
  dispositif: string;
  /** Codes or names. */
  territoires: readonly string[];
  /** Null: from now on. */
  du: DateCivile | null;
  /** Last day, inclusive; null: until further notice. */
  au: DateCivile | null;
}

export interface DemandeDeDesactivation {
  dispositif: string;
  territoires: readonly string[];
  /** First day without it; null: at once. */
  aCompterDu: DateCivile | null;
  enCours: EnCours;
}

const CHEMIN_TERRITOIRES = ['input', 'territoires'];

/** Switches a dispositif on and off, for the administrator: on every territory asked, or on none. */
@Injectable()
export class AdministrationActivations {
  constructor(
    private readonly dispositifs: DispositifService,
    private readonly territoires: TerritoireService,
    private readonly reprise: RepriseDesJobs,
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /**
   * Jobs that were refused because a dispositif was off are taken up again when it begins.
   * @returns the ids of the activations
   * @throws Refus DISPOSITIF_INCONNU, INTROUVABLE, ACTION_INTERDITE, PERIODE_INVALIDE
   */
  async activer(em: EntityManager, contexte: ContexteActeur, demande: DemandeDActivation): Promise<string[]> {
    const { dispositif, territoires } = await this.lire(em, contexte, demande);
    const periode = lirePeriode(demande, this.horloge.maintenant(), { du: ['input', 'du'], au: ['input', 'au'] });
    const prevues = territoires.map((territoire) => ({ id: uuidv7(), territoire }));
    await this.inserer(em, contexte, dispositif, prevues, periode);
    for (const { id, territoire } of prevues) {
      await this.journal.ecrire(em, contexte, {
        action: 'DISPOSITIF_ACTIVER',
        objetType: 'Activation',
        objetId: id,
        regles: ['TRANS-01'],
        details: {
          dispositif: dispositif.code,
          territoire: territoire.code,
          du: periode.du.toString(),
          au: periode.au?.toString() ?? null,
        },
      });
    }
    const ids = prevues.map(({ id }) => id);
    for (const id of ids) await this.reprise.prevoir(em, contexte.departementId, { id, du: periode.du });
    return ids;
  }

  /**
   * From the given day on nothing is on there: what was to begin later is called off.
   * @returns the ids of the activations that changed
   * @throws Refus DISPOSITIF_INCONNU, INTROUVABLE, ACTION_INTERDITE, PERIODE_INVALIDE, ETAT_INCOMPATIBLE
   */
  async desactiver(em: EntityManager, contexte: ContexteActeur, demande: DemandeDeDesactivation): Promise<string[]> {
    const { dispositif, territoires } = await this.lire(em, contexte, demande);
    const maintenant = this.horloge.maintenant();
    const aCompterDu = { du: demande.aCompterDu, au: null };
    const { du: fin } = lirePeriode(aCompterDu, maintenant, { du: ['input', 'aCompterDu'], au: [] });
    const activations = await this.verrouiller(em, contexte, dispositif.code, territoires);
    const plans = territoires.map(({ id }) =>
      planifierDesactivation(
        activations.filter((activation) => activation.territoireId === id),
        { fin, enCours: demande.enCours, maintenant },
      ),
    );
    const inactifs = territoires.filter((_, rang) => plans[rang] === null).map(({ libelle }) => libelle);
    if (inactifs.length > 0) throw new Refus([erreurDejaInactif(dispositif.libelle, inactifs, CHEMIN_TERRITOIRES)]);

    const ids: string[] = [];
    for (const plan of plans) if (plan !== null) ids.push(...(await this.appliquer(em, contexte, plan, fin, demande)));
    const rouvre = plans.some((plan) => plan !== null && plan.requalifier !== null) && demande.enCours === 'TERMINER';
    if (rouvre) await this.reprise.reprendre(em, contexte.departementId);
    return ids;
  }

  private async lire(
    em: EntityManager,
    contexte: ContexteActeur,
    demande: { dispositif: string; territoires: readonly string[] },
  ): Promise<{ dispositif: Dispositif; territoires: Territoire[] }> {
    const dispositif = this.dispositifs.exiger(contexte, demande.dispositif, ['input', 'dispositif']);
    const territoires = await lireTerritoires(this.territoires, em, contexte, demande.territoires, CHEMIN_TERRITOIRES);
    for (const { id } of territoires) {
      exigerDroit(contexte, 'activer', 'Activation', { dispositif: dispositif.code, territoireIds: [id] });
    }
    return { dispositif, territoires };
  }

  /**
   * The database's exclusion constraint decides, so that of two administrators at the same time one wins; the other is
   * told what is in the way. Rows go in one order, so that the two never wait for each other.
   */
  private async inserer(
    em: EntityManager,
    contexte: ContexteActeur,
    dispositif: Dispositif,
    prevues: readonly { id: string; territoire: Territoire }[],
    periode: Intervalle,
  ): Promise<void> {
    const maintenant = this.horloge.maintenant();
    const lignes = prevues.map(({ id, territoire }) => ({
      departementId: contexte.departementId,
      id,
      dispositif: dispositif.code,
      territoireId: territoire.id,
      ...periode,
      enCours: 'TERMINER' as const,
      creeLe: maintenant,
      creePar: contexte.acteur.utilisateurId,
      modifieLe: maintenant,
    }));
    const ordonnees = lignes.toSorted((a, b) => (a.territoireId < b.territoireId ? -1 : 1));
    const ecrites = await insererSiLibre(em, ActivationEntity, ordonnees);
    if (ecrites.length === lignes.length) return;

    const territoires = prevues.map(({ territoire }) => territoire);
    const existantes = await this.verrouiller(em, contexte, dispositif.code, territoires);
    const empechements = territoires.flatMap(({ id, libelle }) => {
      const autres = existantes.filter(
        (activation) => activation.territoireId === id && !ecrites.includes(activation.id),
      );
      const periodes = recouvertes(autres, periode);
      return periodes.length === 0 ? [] : [{ libelle, periodes }];
    });
    throw new Refus([erreurDeRecouvrement(dispositif.libelle, empechements, CHEMIN_TERRITOIRES)]);
  }

  private async verrouiller(
    em: EntityManager,
    { departementId }: ContexteActeur,
    dispositif: string,
    territoires: readonly Territoire[],
  ): Promise<ActivationEntity[]> {
    return em.find(ActivationEntity, {
      where: { departementId, dispositif, territoireId: In(territoires.map(({ id }) => id)) },
      order: { id: 'ASC' },
      lock: { mode: 'pessimistic_write' },
    });
  }

  private async appliquer(
    em: EntityManager,
    contexte: ContexteActeur,
    { fermer, annuler, requalifier }: PlanDesactivation<ActivationEntity>,
    fin: Intervalle['du'],
    { enCours }: DemandeDeDesactivation,
  ): Promise<string[]> {
    const changements = [
      ...(fermer === null ? [] : [{ activation: fermer, valeurs: { au: fin, enCours } }]),
      ...annuler.map((activation) => ({ activation, valeurs: { au: activation.du } })),
      ...(requalifier === null ? [] : [{ activation: requalifier, valeurs: { enCours } }]),
    ];
    const { departementId } = contexte;
    for (const { activation, valeurs } of changements) {
      const { id, dispositif, territoireId, au, enCours: suite } = { ...activation, ...valeurs };
      await em.update(ActivationEntity, { departementId, id }, { ...valeurs, modifieLe: this.horloge.maintenant() });
      await this.journal.ecrire(em, contexte, {
        action: 'DISPOSITIF_DESACTIVER',
        objetType: 'Activation',
        objetId: id,
        regles: ['TRANS-01'],
        details: { dispositif, territoireId, au: au?.toString() ?? null, enCours: suite },
      });
    }
    return changements.map(({ activation }) => activation.id);
  }
}
