import { type ContexteActeur, exigerDroit } from '@sillage/access';
import { aujourdhui, type DateCivile, type ErreurMetier, type Horloge } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In, MoreThanOrEqual } from 'typeorm';
import { HORLOGE } from '../api/horloge.provider.js';
import { AppelEntity, AppelTerritoireEntity } from '../appels/appel.entity.js';
import { type AppelSitue, situerAppels } from './appel.situation.js';
import type { EtatCandidature } from '../candidatures/candidature.entity.js';
import { DispositifService } from '../dispositifs/index.js';
import { type Territoire, TerritoireService } from '../territoires/index.js';
import { ActivationEntity } from '../activations/activation.entity.js';
import {
  erreurDejaInactif,
  erreurDeRecouvrement,
  lirePeriode,
  type PlanDesactivation,
  planifierDesactivation,
  recouvertes,
} from '../activations/activation.plan.js';
import { type EnCours, enVigueur, type Intervalle } from '../activations/activation.regles.js';
import type { OperationActivation } from './apercu.types.js';
import { lireTerritoires } from '../activations/territoires-demandes.js';

export interface DemandeApercu {
  dispositif: string;
  territoires: readonly string[];
  du: DateCivile | null;
  au: DateCivile | null;
  operation: OperationActivation;
  enCours: EnCours;
}

export interface ApercuTerritoire {
  territoire: Territoire;
  actif: boolean;
  activations: readonly ActivationEntity[];
  /** Published, and not closed yet. */
  appels: readonly AppelSitue[];
  candidatures: readonly { etat: EtatCandidature; nombre: number }[];
  conventionsEnCours: number;
  versementsProposes: number;
}

export interface Apercu {
  erreurs: readonly ErreurMetier[];
  territoires: readonly ApercuTerritoire[];
}

/** What the administrator would touch, computed from the same plans as the act itself, without effect. */
@Injectable()
export class ApercuActivations {
  constructor(
    private readonly dispositifs: DispositifService,
    private readonly territoires: TerritoireService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /** @throws Refus DISPOSITIF_INCONNU, INTROUVABLE, ACTION_INTERDITE, PERIODE_INVALIDE */
  async calculer(em: EntityManager, contexte: ContexteActeur, demande: DemandeApercu): Promise<Apercu> {
    const dispositif = this.dispositifs.exiger(contexte, demande.dispositif, ['dispositif']);
    const territoires = await lireTerritoires(this.territoires, em, contexte, demande.territoires, ['territoires']);
    for (const { id } of territoires) {
      exigerDroit(contexte, 'activer', 'Activation', { dispositif: dispositif.code, territoireIds: [id] });
    }
    const maintenant = this.horloge.maintenant();
    const periode = lirePeriode(demande, maintenant, { du: ['du'], au: ['au'] });
    const { departementId } = contexte;
    const cle = { departementId, dispositif: dispositif.code };
    const activations = await em.findBy(ActivationEntity, {
      ...cle,
      territoireId: In(territoires.map(({ id }) => id)),
    });
    const touches = territoires.map((territoire) => {
      const siennes = activations.filter(({ territoireId }) => territoireId === territoire.id);
      const actif = enVigueur(siennes, maintenant) !== undefined;
      return { territoire, actif, ...toucher(siennes, demande, periode, maintenant) };
    });
    const lignes: ApercuTerritoire[] = [];
    for (const { territoire, actif, activations: changees } of touches) {
      const dossiers = await this.compter(em, departementId, dispositif.code, territoire.id);
      lignes.push({ territoire, actif, activations: changees, ...dossiers });
    }
    const genes = touches.filter(({ empeche }) => empeche);
    return {
      erreurs: genes.length === 0 ? [] : [enErreur(demande.operation, dispositif.libelle, genes)],
      territoires: lignes,
    };
  }

  /** Reads the tables of the floors' neighbours: counting needs nothing of their rules. */
  private async compter(
    em: EntityManager,
    departementId: string,
    dispositif: string,
    territoireId: string,
  ): Promise<Omit<ApercuTerritoire, 'territoire' | 'actif' | 'activations'>> {
    const jour = aujourdhui(this.horloge);
    const liens = await em.findBy(AppelTerritoireEntity, { departementId, territoireId });
    const appels = await em.find(AppelEntity, {
      where: {
        departementId,
        dispositif,
        etat: 'PUBLIE',
        cloture: MoreThanOrEqual(jour),
        id: In(liens.map(({ appelId }) => appelId)),
      },
      order: { ouverture: 'ASC' },
    });
    const ici = [departementId, dispositif, territoireId];
    const candidatures = await em.query<{ etat: EtatCandidature; nombre: number }[]>(
      `select c.etat, count(*)::int as nombre from sillage.candidature c
         join sillage.candidature_territoire t on t.departement_id = c.departement_id and t.candidature_id = c.id
        where c.departement_id = $1 and c.dispositif = $2 and t.territoire_id = $3
        group by c.etat order by c.etat`,
      ici,
    );
    const [nombres] = await em.query<[{ conventions: number; versements: number }]>(
      `select count(distinct c.id) filter (where c.au >= $4::date and c.etat <> 'ABANDONNEE')::int as conventions,
              count(distinct v.id) filter (where v.etat = 'PROPOSE')::int as versements
         from sillage.convention c
         join sillage.convention_territoire t on t.departement_id = c.departement_id and t.convention_id = c.id
         left join sillage.versement v on v.departement_id = c.departement_id and v.convention_id = c.id
        where c.departement_id = $1 and c.dispositif = $2 and t.territoire_id = $3`,
      [...ici, jour.toString()],
    );
    const situes = await situerAppels(em, departementId, appels, this.horloge.maintenant());
    return {
      appels: situes,
      candidatures,
      conventionsEnCours: nombres.conventions,
      versementsProposes: nombres.versements,
    };
  }
}

/** The activations concerned, and whether they forbid the operation. */
function toucher(
  activations: readonly ActivationEntity[],
  { operation, enCours }: DemandeApercu,
  periode: Intervalle,
  maintenant: Intervalle['du'],
): { activations: readonly ActivationEntity[]; empeche: boolean } {
  if (operation === 'ACTIVER') {
    const genantes = recouvertes(activations, periode);
    return { activations: genantes, empeche: genantes.length > 0 };
  }
  const plan = planifierDesactivation(activations, { fin: periode.du, enCours, maintenant });
  return { activations: plan === null ? [] : changees(plan), empeche: plan === null };
}

function changees<A>({ fermer, annuler, requalifier }: PlanDesactivation<A>): A[] {
  return [fermer, ...annuler, requalifier].filter((activation) => activation !== null);
}

function enErreur(
  operation: OperationActivation,
  libelle: string,
  genes: readonly { territoire: Territoire; activations: readonly ActivationEntity[] }[],
): ErreurMetier {
  const chemin = ['territoires'];
  const lieux = genes.map(({ territoire, activations }) => ({ libelle: territoire.libelle, periodes: activations }));
  if (operation === 'ACTIVER') return erreurDeRecouvrement(libelle, lieux, chemin);
  const libelles = lieux.map((lieu) => lieu.libelle);
  return erreurDejaInactif(libelle, libelles, chemin);
}
