import { construireDroits, type ContexteActeur, exigerDroit, Habilitations, peut } from '@sillage/access';
import { RegistreDispositifs } from '@sillage/dispositif-kit';
import { type ContexteJob, definirJob, RegistreJobs } from '@sillage/jobs';
import { type Horloge, jourDe, Refus } from '@sillage/kernel';
import { Outbox } from '@sillage/persistence';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { HORLOGE, introuvable, lireId, numeroter } from '../api/index.js';
import { insererSiLibre } from '../api/inserer-si-libre.js';
import { AppelService } from '../appels/index.js';
import { Candidature } from '../candidatures/candidature.entity.js';
import { Convention, ETATS_SIGNES } from '../conventions/convention.entity.js';
import { JournalService } from '../journal/index.js';
import { BILAN_ROUVERT } from '../bilans/bilan.entity.js';
import { COLONNES_A_CALCULER, type ConventionACalculer, DossiersDeCalcul } from '../versements/dossiers-de-calcul.js';
import { CalculVersements, type EcartDuDossier, ecartsDuDossier } from '../versements/versement.calcul.js';
import { Tache, TacheEcart, TacheRefus } from './tache.entity.js';

/** Goes one page further in a recalculation, and asks for the next. */
export const recalculer = definirJob({
  nom: 'recalculs.avancer',
  file: 'recalculs',
  charge: z.strictObject({ tacheId: z.uuid() }),
});

/** Conventions done in one transaction: what a crash can undo, and what is held in memory. */
const PAGE = 500;
const APPEL = ['input', 'appelId'];
const DEMANDEUR_NON_HABILITE =
  'La personne qui a demandé ce recalcul n’y est plus habilitée : une personne habilitée peut le demander à nouveau.';

/**
 * Computes again all that the conventions of an appel are worth, page by page. A page, what it found and how far the task is are one
 * transaction, as is the demand for the next page: killed anywhere, it goes on from there, and nothing is done twice. Each page asks
 * whether whoever wanted it still may.
 */
@Injectable()
export class RecalculService implements OnModuleInit {
  constructor(
    private readonly jobs: RegistreJobs,
    private readonly outbox: Outbox,
    private readonly appels: AppelService,
    private readonly dossiers: DossiersDeCalcul,
    private readonly calcul: CalculVersements,
    private readonly journal: JournalService,
    private readonly habilitations: Habilitations,
    private readonly dispositifs: RegistreDispositifs,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  onModuleInit(): void {
    this.jobs.declarer(recalculer, (em, charge, contexte) => this.avancer(em, charge, contexte), 'recalculs');
  }

  /** @throws Refus ETAT_INCOMPATIBLE while another one is under way on that appel */
  async demander(
    em: EntityManager,
    contexte: ContexteActeur,
    { appelId, appliquer }: { appelId: string; appliquer: boolean },
  ): Promise<string> {
    const { departementId, acteur } = contexte;
    const appel = await this.appels.trouver(em, contexte, lireId('Appel', appelId, APPEL));
    if (!appel) throw introuvable(APPEL);
    exigerDroit(contexte, 'recalculer', 'Tache', { dispositif: appel.dispositif }, APPEL);
    const maintenant = this.horloge.maintenant();
    const tache = {
      departementId,
      id: uuidv7(),
      numero: await numeroter(em, departementId, 'TACH', jourDe(maintenant).year),
      genre: 'RECALCUL',
      appelId: appel.id,
      dispositif: appel.dispositif,
      appliquer,
      etat: 'EN_COURS',
      total: await signeesDeLAppel(em, departementId, appel.id).getCount(),
      demandeeLe: maintenant,
      demandeePar: acteur.utilisateurId,
      modifieeLe: maintenant,
    } as const;
    const [id] = await insererSiLibre(em, Tache, [tache]);
    if (id === undefined) {
      throw Refus.de('ETAT_INCOMPATIBLE', 'Un recalcul de cet appel est déjà en cours : attendez sa fin.', {
        path: APPEL,
        regle: 'TRANS-12',
      });
    }
    await this.outbox.publier(em, recalculer.pour(departementId, { tacheId: id }));
    await this.journal.ecrire(em, contexte, {
      action: 'versementsRecalculer',
      objetType: 'Tache',
      objetId: id,
      regles: ['TRANS-12'],
      details: { appliquer, conventions: tache.total },
    });
    return id;
  }

  async avancer(em: EntityManager, { tacheId }: { tacheId: string }, contexte: ContexteJob): Promise<void> {
    const { departementId } = contexte;
    const tache = await em
      .createQueryBuilder(Tache, 't')
      .setLock('pessimistic_write')
      .where({ departementId, id: tacheId })
      .getOneOrFail();
    if (tache.etat !== 'EN_COURS') return;
    if (!(await this.#demandeurHabilite(em, tache, contexte))) return this.#arreter(em, tache, contexte);
    const page = await this.#page(em, tache);
    const trouves = await this.#calculer(em, page);
    if (tache.appliquer) await this.calcul.appliquer(em, contexte, trouves.ecarts);
    await noter(em, tache, trouves);
    const finie = page.length < PAGE;
    const maintenant = this.horloge.maintenant();
    await em.update(
      Tache,
      { departementId, id: tacheId },
      {
        // A convention signed since the count is done too.
        total: Math.max(tache.total, tache.faites + page.length),
        faites: tache.faites + page.length,
        suspendues: tache.suspendues + trouves.suspendues,
        curseur: page.at(-1)?.id ?? tache.curseur,
        modifieeLe: maintenant,
        ...(finie ? { etat: 'TERMINEE' as const, termineeLe: maintenant } : {}),
      },
    );
    if (!finie) await this.outbox.publier(em, recalculer.pour(departementId, { tacheId }));
  }

  /** The work is done in somebody's name: for as long as they might ask for it (AMB-197). */
  async #demandeurHabilite(em: EntityManager, tache: Tache, { jobId }: ContexteJob): Promise<boolean> {
    const { departementId, dispositif, demandeePar } = tache;
    const acteur = await this.habilitations.acteur(em, departementId, demandeePar);
    if (acteur === null) return false;
    const declares = this.dispositifs.trouver(dispositif)?.droits ?? [];
    const droits = construireDroits(
      acteur,
      declares.map((droit) => ({ dispositif, ...droit })),
    );
    return peut({ departementId, acteur, droits, requeteId: jobId }, 'recalculer', 'Tache', { dispositif });
  }

  async #arreter(em: EntityManager, { departementId, id, faites }: Tache, contexte: ContexteJob): Promise<void> {
    const maintenant = this.horloge.maintenant();
    await em.update(
      Tache,
      { departementId, id },
      { etat: 'ARRETEE', motif: DEMANDEUR_NON_HABILITE, modifieeLe: maintenant, termineeLe: maintenant },
    );
    await this.journal.ecrire(em, contexte, {
      action: 'tacheArreter',
      objetType: 'Tache',
      objetId: id,
      regles: ['TRANS-29'],
      details: { faites },
    });
  }

  #page(em: EntityManager, { departementId, appelId, curseur, appliquer }: Tache): Promise<ConventionACalculer[]> {
    const requete = signeesDeLAppel(em, departementId, appelId)
      .select(COLONNES_A_CALCULER.map((colonne) => `c.${colonne}`))
      .orderBy('c.id')
      .limit(PAGE);
    if (curseur !== null) requete.andWhere('c.id > :curseur', { curseur });
    if (appliquer) requete.setLock('pessimistic_write', undefined, ['c']);
    return requete.getMany();
  }

  async #calculer(em: EntityManager, page: readonly ConventionACalculer[]): Promise<Trouves> {
    const dossiers = await this.dossiers.lire(em, page);
    const actifs = dossiers.filter(({ continuer }) => continuer.issue === 'OUI');
    const issues = actifs.map((dossier) => ({ dossier, issue: essayer(() => ecartsDuDossier(dossier)) }));
    return {
      ecarts: issues.flatMap(({ issue }) => (issue instanceof Refus ? [] : issue)),
      refus: issues.flatMap(({ dossier: { convention }, issue }) =>
        issue instanceof Refus ? [{ conventionId: convention.id, refus: issue }] : [],
      ),
      suspendues: dossiers.length - actifs.length,
    };
  }
}

function signeesDeLAppel(em: EntityManager, departementId: string, appelId: string): SelectQueryBuilder<Convention> {
  return em
    .createQueryBuilder(Convention, 'c')
    .innerJoin(Candidature, 'k', 'k.departement_id = c.departement_id and k.id = c.candidature_id')
    .where({ departementId, etat: In([...ETATS_SIGNES]) })
    .andWhere('k.appel_id = :appelId', { appelId });
}

interface Trouves {
  readonly ecarts: readonly EcartDuDossier[];
  readonly refus: readonly { readonly conventionId: string; readonly refus: Refus }[];
  readonly suspendues: number;
}

/** What a rule or a parameter refuses is told of one convention, and stops no other. */
function essayer<T>(calculer: () => T): T | Refus {
  try {
    return calculer();
  } catch (erreur) {
    if (erreur instanceof Refus) return erreur;
    throw erreur;
  }
}

async function noter(
  em: EntityManager,
  { departementId, id: tacheId }: Tache,
  { ecarts, refus }: Trouves,
): Promise<void> {
  if (ecarts.length > 0) {
    const refusDe = await refusDesPersonnes(em, departementId, ecarts);
    await em.insert(
      TacheEcart,
      ecarts.map(({ dossier: { convention }, ecart: { tranche, action, actuel, attendu } }) => {
        const conventionId = convention.id;
        const refusPrecedent = refusDe(conventionId, tranche);
        return {
          departementId,
          id: uuidv7(),
          tacheId,
          conventionId,
          tranche,
          action,
          actuel,
          attendu,
          refus: refusPrecedent,
        };
      }),
    );
  }
  if (refus.length === 0) return;
  await em.insert(
    TacheRefus,
    refus.map(({ conventionId, refus: { erreurs, message } }) => {
      const [premiere] = erreurs;
      const motif = {
        code: premiere?.code ?? '',
        message: premiere?.message ?? message,
        regle: premiere?.regle ?? null,
      };
      return { departementId, id: uuidv7(), tacheId, conventionId, ...motif };
    }),
  );
}

/** Why a person last refused payments that would now be proposed again: whoever looks at a preview must know. */
async function refusDesPersonnes(
  em: EntityManager,
  departementId: string,
  ecarts: readonly EcartDuDossier[],
): Promise<(conventionId: string, tranche: string) => string | null> {
  const conventionIds = [...new Set(ecarts.map(({ dossier: { convention } }) => convention.id))];
  const lus = await em.query<{ convention_id: string; tranche: string; motif: string }[]>(
    `select distinct on (v.convention_id, v.tranche) v.convention_id, v.tranche, e.motif
       from sillage.versement v
       join sillage.versement_etape e on e.departement_id = v.departement_id and e.versement_id = v.id
      where v.departement_id = $1 and v.convention_id = any($2::uuid[]) and v.etat = 'REFUSE'
        and e.etape = 'REFUS' and e.franchie_par is not null and e.motif <> '${BILAN_ROUVERT}'
      order by v.convention_id, v.tranche, e.id desc`,
    [departementId, conventionIds],
  );
  const parTranche = new Map(lus.map(({ convention_id, tranche, motif }) => [`${convention_id} ${tranche}`, motif]));
  return (conventionId, tranche) => parTranche.get(`${conventionId} ${tranche}`) ?? null;
}
