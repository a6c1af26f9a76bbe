import { type ContexteActeur, type ObjetProtege, peut } from '@sillage/access';
import { type Dispositif, lireValeurs, RegistreDispositifs } from '@sillage/dispositif-kit';
import {
  aConfirmer,
  type Decision,
  type Horloge,
  jourDe,
  type Motif,
  Refus,
  type Role,
  ROLES,
  type Temporal,
} from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ActivationService } from '../activations/index.js';
import { HORLOGE, introuvable } from '../api/index.js';
import { type AppelEntity, AppelService } from '../appels/index.js';
import { ParametreService } from '../parametres/index.js';
import { Territoire } from '../territoires/index.js';
import { Candidature, CandidatureAvis, CandidatureTerritoire } from './candidature.entity.js';
import type { SituationCandidature } from './candidature.policy.js';

/** A candidature with all that deciding about it needs. */
export interface DossierCandidature {
  candidature: Candidature;
  dispositif: Dispositif;
  appel: AppelEntity;
  territoires: readonly Territoire[];
  avis: readonly CandidatureAvis[];
  /** The instant at which it is judged, and which its changes bear. */
  lueLe: Temporal.Instant;
}

/** What the dispositif's rules say of a filled-in candidature. */
export interface Recevabilite {
  /** Reasons that forbid the deposit. */
  refus: readonly Motif[];
  /** Borderline points, by rule: they pass, and whoever decides confirms each by name. */
  aConfirmer: readonly { regle: string; motifs: readonly Motif[] }[];
}

/** Reads a dossier, and gathers the situation from which the policy decides. */
@Injectable()
export class DossiersCandidature {
  constructor(
    private readonly registre: RegistreDispositifs,
    private readonly activations: ActivationService,
    private readonly appels: AppelService,
    private readonly parametres: ParametreService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /**
   * The dossier, its row locked until the end of the transaction.
   * @throws Refus INTROUVABLE when there is none, or when the caller may not read it
   */
  async verrouiller(
    em: EntityManager,
    contexte: ContexteActeur,
    id: string,
    path: string[],
  ): Promise<DossierCandidature> {
    const candidature = await em
      .createQueryBuilder(Candidature, 'c')
      .setLock('pessimistic_write')
      .where({ departementId: contexte.departementId, id })
      .getOne();
    if (candidature === null) throw introuvable(path);
    const dossier = await this.completer(em, candidature);
    if (!peut(contexte, 'lire', 'Candidature', objetProtege(dossier))) throw introuvable(path);
    return dossier;
  }

  async completer(em: EntityManager, candidature: Candidature): Promise<DossierCandidature> {
    const { departementId, id, appelId } = candidature;
    const appel = await this.appels.lire(em, departementId, appelId, ['appelId']);
    const territoires = await em
      .createQueryBuilder(Territoire, 't')
      .innerJoin(CandidatureTerritoire, 'ct', 'ct.departementId = t.departementId and ct.territoireId = t.id')
      .where('ct.departementId = :departementId and ct.candidatureId = :id', { departementId, id })
      .orderBy('t.code')
      .getMany();
    const avis = await em.find(CandidatureAvis, {
      where: { departementId, candidatureId: id },
      order: { renduLe: 'ASC' },
    });
    const dispositif = this.dispositif(candidature.dispositif);
    return { candidature, dispositif, appel, territoires, avis, lueLe: this.horloge.maintenant() };
  }

  /** @throws Refus DISPOSITIF_INCONNU for a dossier whose plugin is no longer installed */
  dispositif(code: string): Dispositif {
    const dispositif = this.registre.trouver(code);
    if (dispositif !== undefined) return dispositif;
    throw Refus.de('DISPOSITIF_INCONNU', `Le dispositif « ${code} » n’est pas installé.`, { regle: 'TRANS-01' });
  }

  async situation(em: EntityManager, dossier: DossierCandidature): Promise<SituationCandidature> {
    const { candidature, dispositif, appel } = dossier;
    const demande = { dispositif: dispositif.code, territoireIds: dossier.territoires.map((t) => t.id) };
    const commenceLe = candidature.deposeeLe ?? candidature.creeLe;
    const { departementId } = candidature;
    return {
      etat: candidature.etat,
      maintenant: dossier.lueLe,
      appel,
      regleFenetre: dispositif.candidature.regleFenetre,
      activation: {
        commencer: await this.activations.decider(em, departementId, { ...demande, pour: 'COMMENCER' }),
        continuer: await this.activations.decider(em, departementId, { ...demande, pour: 'CONTINUER', commenceLe }),
      },
      avisAttendus: avisAttendus(dossier).map(
        ({ role, territoire }) => `${ROLES[role].libelle} (${territoire.libelle})`,
      ),
    };
  }

  /**
   * The dispositif's own rules on what was filled in, with the parameters of the day of deposit (today for a draft).
   * @throws Refus with one error a fault when fields are missing or wrong
   */
  async recevabilite(em: EntityManager, dossier: DossierCandidature): Promise<Recevabilite> {
    const { candidature, dispositif } = dossier;
    const champs = lireValeurs(dispositif.candidature.champs, candidature.champs, ['champs']);
    const jour = jourDe(candidature.deposeeLe ?? dossier.lueLe);
    const parametres = await this.parametres.resoudre(em, candidature.departementId, dispositif, jour, {
      appelId: candidature.appelId,
      territoireIds: dossier.territoires.map((t) => t.id),
    });
    const territoires = dossier.territoires.map((t) => t.code);
    return classer(
      dispositif.candidature.recevabilite.map((r) => ({
        regle: r.regle,
        decision: deciderOuConfirmer(() => r.decider({ champs, territoires, parametres })),
      })),
    );
  }
}

/** Territories that disagree on a parameter leave the question to a person (PARAMETRE_AMBIGU): it stops neither reading nor deposit. */
function deciderOuConfirmer(decider: () => Decision): Decision {
  try {
    return decider();
  } catch (erreur) {
    if (!(erreur instanceof Refus)) throw erreur;
    return aConfirmer(erreur.erreurs.map(({ code, message, regle, path }) => ({ code, message, regle, chemin: path })));
  }
}

function classer(decisions: readonly { regle: string; decision: Decision }[]): Recevabilite {
  return {
    refus: decisions.filter(({ decision }) => decision.issue === 'NON').flatMap(({ decision }) => decision.motifs),
    aConfirmer: decisions
      .filter(({ decision }) => decision.issue === 'A_CONFIRMER')
      .map(({ regle, decision }) => ({ regle, motifs: decision.motifs })),
  };
}

export function objetProtege({
  candidature,
  territoires,
}: Pick<DossierCandidature, 'candidature' | 'territoires'>): Required<ObjetProtege> {
  return {
    dispositif: candidature.dispositif,
    structureId: candidature.structureId,
    etat: candidature.etat,
    territoireIds: territoires.map((t) => t.id as string),
  };
}

/** Opinions that the dispositif asks for and that nobody has given yet: one a role and territory. */
export function avisAttendus({
  dispositif,
  territoires,
  avis,
}: DossierCandidature): { role: Role; territoire: Territoire }[] {
  return dispositif.candidature.avis.flatMap((role) =>
    territoires
      .filter((territoire) => !avis.some((a) => a.role === role && a.territoireId === territoire.id))
      .map((territoire) => ({ role, territoire })),
  );
}
