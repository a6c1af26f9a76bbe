import { type ContexteActeur, type ObjetProtege, peut } from '@sillage/access';
import {
  type Champs,
  deciderDates,
  deciderPieces,
  deciderPorteur,
  type Dispositif,
  lireValeurs,
  type PARAMETRES_DE_CANDIDATURE,
  type PARAMETRES_DES_DATES,
  type Parametres,
  type ParametresResolus,
  RegistreDispositifs,
  type Valeurs,
} from '@sillage/dispositif-kit';
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
import { type EntityManager, In, IsNull } from 'typeorm';
import { ActivationService } from '../activations/index.js';
import { HORLOGE, introuvable } from '../api/index.js';
import { AppelEntity } from '../appels/index.js';
import { ParametreService } from '../parametres/index.js';
import { PiecesFournies } from '../pieces/pieces-fournies.js';
import { nomsDesTerritoires, Territoire } from '../territoires/index.js';
import { type ActionDemandee, type ActionPoursuivie, deciderSuite, lireActions } from './actions-poursuivies.js';
import { Candidature, CandidatureAvis, CandidatureTerritoire } from './candidature.entity.js';
import { naturesDesPorteurs } from './candidature.porteurs.js';
import { CandidatureComplement } from './complement.entity.js';
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

/** Whether what is asked may come after the closing, and how many days are given by default. */
export interface ReglesDeComplement {
  apresCloture: boolean;
  delai: number;
}

/** Reads a dossier, and gathers the situation from which the policy decides. */
@Injectable()
export class DossiersCandidature {
  constructor(
    private readonly registre: RegistreDispositifs,
    private readonly activations: ActivationService,
    private readonly parametres: ParametreService,
    private readonly pieces: PiecesFournies,
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
    const [dossier] = await this.completerTous(em, [candidature]);
    return dossier as DossierCandidature;
  }

  /** The dossiers of those uuids, in their order: a fixed number of statements whatever their count. */
  async lireTous(
    em: EntityManager,
    { departementId }: ContexteActeur,
    ids: readonly string[],
  ): Promise<DossierCandidature[]> {
    const lues = await em.findBy(Candidature, { departementId, id: In([...new Set(ids)]) });
    const dossiers = await this.completerTous(em, lues);
    return ids.map((id) => dossiers.find(({ candidature }) => candidature.id === id) as DossierCandidature);
  }

  private async completerTous(em: EntityManager, candidatures: readonly Candidature[]): Promise<DossierCandidature[]> {
    const [premiere] = candidatures;
    if (premiere === undefined) return [];
    const { departementId } = premiere;
    const candidatureId = In(candidatures.map((c) => c.id));
    const appels = await em.findBy(AppelEntity, {
      departementId,
      id: In([...new Set(candidatures.map((c) => c.appelId))]),
    });
    const liens = await em.findBy(CandidatureTerritoire, { departementId, candidatureId });
    const territoires = await em.find(Territoire, {
      where: { departementId, id: In([...new Set(liens.map((l) => l.territoireId))]) },
      order: { code: 'ASC' },
    });
    const avis = await em.find(CandidatureAvis, {
      where: { departementId, candidatureId },
      order: { renduLe: 'ASC' },
    });
    const lueLe = this.horloge.maintenant();
    return candidatures.map((candidature) => {
      const { id, appelId } = candidature;
      const siens = new Set(liens.filter((l) => l.candidatureId === id).map((l) => l.territoireId));
      return {
        candidature,
        dispositif: this.dispositif(candidature.dispositif),
        appel: appels.find((appel) => appel.id === appelId) as AppelEntity,
        territoires: territoires.filter((t) => siens.has(t.id)),
        avis: avis.filter((a) => a.candidatureId === id),
        lueLe,
      };
    });
  }

  /** @throws Refus DISPOSITIF_INCONNU for a dossier whose plugin is no longer installed */
  dispositif(code: string): Dispositif {
    const dispositif = this.registre.trouver(code);
    if (dispositif !== undefined) return dispositif;
    throw Refus.de('DISPOSITIF_INCONNU', `Le dispositif « ${code} » n’est pas installé.`, { regle: 'TRANS-01' });
  }

  async situation(em: EntityManager, dossier: DossierCandidature): Promise<SituationCandidature> {
    const [situation] = await this.situations(em, [dossier]);
    return situation as SituationCandidature;
  }

  /** Of dossiers of one département, in their order. */
  async situations(em: EntityManager, dossiers: readonly DossierCandidature[]): Promise<SituationCandidature[]> {
    const [premier] = dossiers;
    if (premier === undefined) return [];
    const demandes = dossiers.flatMap(({ candidature, dispositif, territoires }) => {
      const demande = { dispositif: dispositif.code, territoireIds: territoires.map((t) => t.id) };
      const commenceLe = candidature.deposeeLe ?? candidature.creeLe;
      return [
        { ...demande, pour: 'COMMENCER' as const },
        { ...demande, pour: 'CONTINUER' as const, commenceLe },
      ];
    });
    const { departementId } = premier.candidature;
    const decisions = await this.activations.deciderTous(em, departementId, demandes);
    const attendus = await em.findBy(CandidatureComplement, {
      departementId,
      candidatureId: In(dossiers.map(({ candidature }) => candidature.id)),
      renduLe: IsNull(),
      retireLe: IsNull(),
    });
    const regles = await this.reglesDesComplements(em, dossiers);
    return dossiers.map((dossier, rang) => {
      const complement = attendus.find((c) => c.candidatureId === dossier.candidature.id);
      return {
        etat: dossier.candidature.etat,
        maintenant: dossier.lueLe,
        appel: dossier.appel,
        regleFenetre: dossier.dispositif.candidature.regleFenetre,
        activation: {
          commencer: decisions[2 * rang] as Decision,
          continuer: decisions[2 * rang + 1] as Decision,
        },
        avisAttendus: avisAttendus(dossier).map(
          ({ role, territoire }) => `${ROLES[role].libelle} (${territoire.libelle})`,
        ),
        complement: {
          attendu: complement?.echeance ?? null,
          pieces: complement?.pieces ?? [],
          demandeLe: complement?.demandeLe ?? null,
          apresCloture: regles[rang]?.apresCloture ?? false,
        },
      };
    });
  }

  /** How a candidature is completed, by the parameters of its appel as they are now: its window is one for all its territories. */
  async reglesDeComplement(em: EntityManager, dossier: DossierCandidature): Promise<ReglesDeComplement> {
    const [regles] = await this.reglesDesComplements(em, [dossier]);
    return regles as ReglesDeComplement;
  }

  private async reglesDesComplements(
    em: EntityManager,
    dossiers: readonly DossierCandidature[],
  ): Promise<ReglesDeComplement[]> {
    const [premier] = dossiers;
    if (premier === undefined) return [];
    const demandes = dossiers.map(({ dispositif, lueLe, appel }) => ({
      dispositif,
      date: jourDe(lueLe),
      dossier: { appelId: appel.id },
    }));
    const resolus = await this.parametres.resoudreTous(em, premier.candidature.departementId, demandes);
    return resolus.map((parametres) => {
      const { complementApresCloture, delaiComplement } = parametres as ParametresResolus<
        typeof PARAMETRES_DE_CANDIDATURE
      >;
      return { apresCloture: complementApresCloture.valeur, delai: delaiComplement.valeur };
    });
  }

  /**
   * The dispositif's own rules on what was filled in and joined, with the parameters of the day of deposit (today for a draft).
   * @throws Refus with one error a fault when fields are missing or wrong
   */
  async recevabilite(em: EntityManager, dossier: DossierCandidature): Promise<Recevabilite> {
    const [recevabilite] = await this.recevabilites(em, [dossier]);
    return recevabilite as Recevabilite;
  }

  /** Of dossiers of one département, in their order. @throws Refus as above, for the first that is at fault */
  async recevabilites(em: EntityManager, dossiers: readonly DossierCandidature[]): Promise<Recevabilite[]> {
    const [premier] = dossiers;
    if (premier === undefined) return [];
    const champs = dossiers.map((dossier) => lireChamps(dossier));
    const demandes = dossiers.map(({ candidature, dispositif, territoires, lueLe }) => ({
      dispositif,
      date: jourDe(candidature.deposeeLe ?? lueLe),
      dossier: { appelId: candidature.appelId, territoireIds: territoires.map((t) => t.id) },
    }));
    const resolus = await this.parametres.resoudreTous(em, premier.candidature.departementId, demandes);
    const ids = dossiers.map(({ candidature }) => candidature.id);
    const fournies = await this.pieces.desCandidatures(em, premier.candidature.departementId, ids);
    const actions = await this.actions(em, dossiers);
    const natureDe = await naturesDesPorteurs(em, premier.candidature.departementId, dossiers);
    const nomDuTerritoire = await nomsDesTerritoires(em, premier.candidature.departementId);
    return dossiers.map((dossier, rang) => {
      const { dispositif, candidature, territoires } = dossier;
      const contexte = {
        champs: champs[rang] as ReturnType<typeof lireChamps>,
        territoires: territoires.map((t) => t.code),
        nomDuTerritoire,
        parametres: resolus[rang] as ParametresResolus<Parametres>,
      };
      const regles = dispositif.candidature.recevabilite.map((r) => ({
        regle: r.regle,
        decision: deciderOuConfirmer(() => r.decider(contexte)),
      }));
      regles.push(...deciderPieces(dispositif.pieces, 'DEPOT', contexte.champs, fournies(candidature.id)));
      const le = jourDe(dossier.lueLe);
      const remisLe = candidature.deposeeLe ? jourDe(candidature.deposeeLe) : le;
      const dates = deciderOuConfirmer(() => {
        const { horizonDesDates: horizon } = contexte.parametres as ParametresResolus<typeof PARAMETRES_DES_DATES>;
        const formulaire = { le, remisLe, horizon, chemin: ['champs'] };
        return deciderDates(dispositif.candidature.champs, contexte.champs, formulaire);
      });
      regles.push({ regle: 'TRANS-05', decision: dates });
      const { porteurs } = dispositif.candidature;
      const nature = natureDe(candidature.structureId);
      if (porteurs) regles.push({ regle: porteurs.regle, decision: deciderPorteur(porteurs, nature, PORTEUR) });
      const { demande, action } = actions.get(dossier) ?? {};
      if (demande === undefined || action === undefined) return classer(regles);
      const decision = deciderOuConfirmer(() => deciderSuite(demande, action, remisLe, contexte.parametres));
      return classer([...regles, { regle: demande.continuite.regle, decision }]);
    });
  }

  /** Of the dossiers whose dispositif limits how long an action is financed. */
  private async actions(
    em: EntityManager,
    dossiers: readonly DossierCandidature[],
  ): Promise<Map<DossierCandidature, { demande: ActionDemandee; action: ActionPoursuivie | undefined }>> {
    const limites = dossiers.flatMap((dossier) => {
      const { continuite } = dossier.dispositif.candidature;
      return continuite ? [{ dossier, demande: { candidature: dossier.candidature, continuite } }] : [];
    });
    const departementId = dossiers[0]?.candidature.departementId ?? '';
    const lues = await lireActions(
      em,
      departementId,
      limites.map(({ demande }) => demande),
    );
    return new Map(limites.map(({ dossier, demande }, rang) => [dossier, { demande, action: lues[rang] }]));
  }
}

/** What the caller designates the file by: its structure does not change. */
export const PORTEUR = ['input', 'candidatureId'];

/** What was filled in, as domain values. @throws Refus with one error a fault */
export function lireChamps({ dispositif, candidature }: DossierCandidature, path = ['champs']): Valeurs<Champs> {
  return lireValeurs(dispositif.candidature.champs, candidature.champs, path);
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
