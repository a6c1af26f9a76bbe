import { exigerDroit, type ContexteActeur } from '@sillage/access';
import type { DateCivile, Horloge, TerritoireId } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { HORLOGE, introuvable } from '../api/index.js';
import { JournalService } from '../journal/journal.service.js';
import { CommuneService } from './commune.service.js';
import { planifierRattachement, type PlanRattachement } from './planifier-rattachement.js';
import { CommuneTerritoire } from './territoire.entity.js';
import { TerritoireService } from './territoire.service.js';

export interface DemandeRattachementCommune {
  /** INSEE code. */
  commune: string;
  /** Code or any name of the territory. */
  territoire: string;
  /** First day in that territory. */
  du: DateCivile;
  /** What justifies it: a deliberation, a map, a call to the MDS. */
  source: string;
}

/** Amends the proposed table commune -> territory, one commune at a time (AMB-139). */
@Injectable()
export class RattachementService {
  constructor(
    private readonly territoires: TerritoireService,
    private readonly communes: CommuneService,
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /**
   * Attaches a commune to a territory from a day. Asking again changes nothing. Two administrators who amend the same
   * commune at once are served one after the other.
   * @returns id of the period that now covers that day
   * @throws Refus ACTION_INTERDITE, INTROUVABLE
   */
  async rattacher(em: EntityManager, contexte: ContexteActeur, demande: DemandeRattachementCommune): Promise<string> {
    exigerDroit(contexte, 'modifier', 'Territoire', {});
    const { departementId } = contexte;
    const { commune } = demande;
    if (!(await this.communes.existe(em, departementId, commune))) throw introuvable(['input', 'commune']);
    const territoire = await this.territoires.exiger(em, contexte, demande.territoire, ['input', 'territoire']);

    const verrou = `commune_territoire\n${departementId}\n${commune}`;
    await em.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [verrou]);
    const existants = await em.findBy(CommuneTerritoire, { departementId, communeCode: commune });
    const plan = planifierRattachement(existants, { territoireId: territoire.id, du: demande.du });
    if (plan.geste === 'INCHANGE') return plan.id;

    const id = await this.#ecrire(em, departementId, plan, { ...demande, territoireId: territoire.id });
    await this.journal.ecrire(em, contexte, {
      action: 'communeRattacher',
      objetType: 'Territoire',
      objetId: territoire.id,
      regles: ['AMB-139'],
      details: { commune, du: demande.du.toString(), source: demande.source, geste: plan.geste },
    });
    return id;
  }

  /** INSEE code of the commune of a period. */
  async communeRattachee(em: EntityManager, departementId: string, id: string): Promise<string> {
    return (await em.findOneByOrFail(CommuneTerritoire, { departementId, id })).communeCode;
  }

  async #ecrire(
    em: EntityManager,
    departementId: string,
    plan: Exclude<PlanRattachement, { geste: 'INCHANGE' }>,
    { commune, territoireId, source }: DemandeRattachementCommune & { territoireId: TerritoireId },
  ): Promise<string> {
    const confirme = { territoireId, statut: 'CONFIRME' as const, source };
    if (plan.geste === 'CORRIGER') {
      await em.update(CommuneTerritoire, { departementId, id: plan.id }, confirme);
      return plan.id;
    }
    // The former period is closed first: the database never lets two cover one day, even for an instant.
    if (plan.fermer !== null) {
      await em.update(CommuneTerritoire, { departementId, id: plan.fermer.id }, { au: plan.fermer.au });
    }
    const id = uuidv7();
    const creeLe = this.horloge.maintenant();
    await em.insert(CommuneTerritoire, {
      departementId,
      id,
      communeCode: commune,
      ...confirme,
      ...plan.ouvrir,
      creeLe,
    });
    return id;
  }
}
