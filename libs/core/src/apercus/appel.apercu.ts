import { type ContexteActeur, exigerDroit } from '@sillage/access';
import { type Champs, type Dispositif, jsonSchema } from '@sillage/dispositif-kit';
import {
  type DateCivile,
  debutDuJour,
  finDuJour,
  type Horloge,
  type Motif,
  Montant,
  type Temporal,
  toutes,
} from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ActivationService } from '../activations/index.js';
import { HORLOGE, introuvable } from '../api/index.js';
import { type AppelEntity, AppelService, deciderSession } from '../appels/index.js';
import { DispositifService } from '../dispositifs/index.js';
import { LectureParametres, type LigneParametre } from '../parametres/parametre.lecture.js';
import { type AppelSitue, situerAppels } from './appel.situation.js';
import { comparerAppels, type Difference } from './appel.differences.js';

/** A field that a candidate fills in. */
export interface PieceDemandee {
  cle: string;
  libelle: string;
  aide: string | null;
  obligatoire: boolean;
  regle: string | null;
}

export interface ApercuAppel {
  appel: AppelSitue;
  issuDe: AppelSitue | null;
  differences: readonly Difference[];
  /** Why it could not be published now; empty when it could, or is. */
  empechements: readonly Motif[];
  /** The first instant of its window, and the first one after it. */
  ouvreLe: Temporal.Instant;
  fermeLe: Temporal.Instant;
  formulaire: Record<string, unknown>;
  demandes: readonly PieceDemandee[];
  recevabilite: readonly { regle: string; libelle: string }[];
  /** As they hold on its first day. */
  parametres: readonly LigneParametre[];
  enveloppe: { limitative: boolean; regle: string; montant: string | null; creditsOuverts: string };
}

const ID = ['id'];
/** The text says nothing of an enveloppe. */
const SANS_LIMITE = 'AMB-085';

/** What a candidate would read of an appel, before it is published, and what parts it from the one it was made from (TRANS-03, TRANS-41). */
@Injectable()
export class ApercuAppels {
  constructor(
    private readonly appels: AppelService,
    private readonly dispositifs: DispositifService,
    private readonly activations: ActivationService,
    private readonly parametres: LectureParametres,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /** @throws Refus INTROUVABLE, ACTION_INTERDITE, DISPOSITIF_INCONNU */
  async calculer(em: EntityManager, contexte: ContexteActeur, id: string): Promise<ApercuAppel> {
    const { departementId } = contexte;
    const appel = await this.appels.trouver(em, contexte, id);
    if (appel === null) throw introuvable(ID);
    exigerDroit(contexte, 'lire', 'Parametre', { dispositif: appel.dispositif }, ID);
    const dispositif = this.dispositifs.exiger(contexte, appel.dispositif, ID);
    const origine = appel.issuDe === null ? null : await this.appels.trouver(em, contexte, appel.issuDe);
    const maintenant = this.horloge.maintenant();
    const [situe, ancien] = await situerAppels(em, departementId, origine ? [appel, origine] : [appel], maintenant);
    const parametres = await this.lireParametres(em, departementId, dispositif, appel);
    const anciens = origine && (await this.lireParametres(em, departementId, dispositif, origine));
    const { champs, recevabilite } = dispositif.candidature;
    return {
      appel: situe as AppelSitue,
      issuDe: ancien ?? null,
      differences: ancien && anciens ? comparerAppels(ancien, situe as AppelSitue, anciens, parametres) : [],
      empechements: await this.empechements(em, departementId, situe as AppelSitue),
      ouvreLe: debutDuJour(appel.ouverture),
      fermeLe: finDuJour(appel.cloture),
      formulaire: jsonSchema(champs),
      demandes: demander(champs),
      recevabilite: recevabilite.map(({ regle, libelle }) => ({ regle, libelle })),
      parametres,
      enveloppe: await this.enveloppe(em, departementId, dispositif, appel, parametres),
    };
  }

  private lireParametres(
    em: EntityManager,
    departementId: string,
    dispositif: Dispositif,
    { id, ouverture }: { id: string; ouverture: DateCivile },
  ): Promise<LigneParametre[]> {
    return this.parametres.lister(em, departementId, dispositif, ouverture, { appelId: id });
  }

  /** As the publication itself would judge. */
  private async empechements(
    em: EntityManager,
    departementId: string,
    { appel, territoires }: AppelSitue,
  ): Promise<readonly Motif[]> {
    if (appel.etat === 'PUBLIE') return [];
    const fenetre = { du: debutDuJour(appel.ouverture), au: finDuJour(appel.cloture) };
    const territoireIds = territoires.map(({ id }) => id);
    const demande = { dispositif: appel.dispositif, territoireIds, pour: 'ANNONCER', ...fenetre } as const;
    const activation = await this.activations.decider(em, departementId, demande, ID);
    const session = await deciderSession(em, appel, territoireIds, ID);
    return toutes(activation, session).motifs;
  }

  private async enveloppe(
    em: EntityManager,
    departementId: string,
    dispositif: Dispositif,
    { id }: AppelEntity,
    parametres: readonly LigneParametre[],
  ): Promise<ApercuAppel['enveloppe']> {
    const [ouverts] = await em.query<[{ centimes: string }]>(
      `select coalesce(-sum(s.centimes), 0)::text as centimes from sillage.enveloppe e
         join sillage.solde s on s.departement_id = e.departement_id and s.enveloppe_id = e.id and s.compte = 'CREDITS'
        where e.departement_id = $1 and e.appel_id = $2`,
      [departementId, id],
    );
    const declaree = dispositif.enveloppe;
    const parametre = declaree && parametres.find(({ cle }) => cle === declaree.montant);
    return {
      limitative: declaree !== undefined,
      regle: declaree?.regle ?? SANS_LIMITE,
      montant: parametre?.resolu?.valeur ?? null,
      creditsOuverts: Montant.centimes(BigInt(ouverts.centimes)).enFrancais(),
    };
  }
}

function demander(champs: Champs): PieceDemandee[] {
  return Object.entries(champs).map(([cle, { options, requis }]) => ({
    cle,
    libelle: options.libelle,
    aide: options.aide ?? null,
    obligatoire: requis,
    regle: options.regle ?? null,
  }));
}
