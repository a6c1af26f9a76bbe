import {
  type AnneeDuPlafond,
  anneeDuPlafond,
  type Chiffre,
  type DeclarationPlafondAnnuel,
  type Dispositif,
  enToutesLettres,
  exerciceDe,
  type ParametreResolu,
  type Parametres,
  type ParametresResolus,
  resteAnnuel,
} from '@sillage/dispositif-kit';
import { type DateCivile, exiger, Montant, type Periode, Refus } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { deciderDansLeTemps, lireActions } from '../candidatures/actions-poursuivies.js';
import type { Candidature } from '../candidatures/candidature.entity.js';
import { type DossierParametre, ParametreService } from '../parametres/index.js';

/** What a structure would be granted: by a new convention, by an avenant, or by a signature. */
export interface Accord {
  readonly candidature: Candidature;
  /** The convention that it is about, once there is one. */
  readonly conventionId: string | null;
  readonly periode: Periode;
  readonly montant: Montant;
  /** Where a refusal points in the request. */
  readonly chemins: { readonly montant: string[]; readonly au: string[]; readonly candidature: string[] };
}

/** All that a signature changes at once points to what is signed. */
export function cheminsDeSignature(path: string[]): Accord['chemins'] {
  return { montant: path, au: path, candidature: path };
}

/**
 * What a dispositif limits across the conventions of one structure: an amount by year, and how long an action goes on. Signed or still to
 * be signed, they all count, what was given up apart, and whoever grants waits for who is granting to the same structure. Runs in the caller's transaction.
 */
@Injectable()
export class Cumuls {
  constructor(private readonly parametres: ParametreService) {}

  /**
   * @returns what was left of the year's cap, when there is one
   * @throws Refus MONTANT_SUPERIEUR_AU_PLAFOND, DUREE_SUPERIEURE_AU_MAXIMUM or REGLE_NON_RESPECTEE with the dispositif's rule
   */
  async exiger(
    em: EntityManager,
    dispositif: Dispositif,
    accord: Accord,
    parametres: ParametresResolus<Parametres>,
  ): Promise<Chiffre | null> {
    const { plafondAnnuel } = dispositif.convention;
    const { continuite } = dispositif.candidature;
    if (!plafondAnnuel && !continuite) return null;
    const { candidature, periode, chemins } = accord;
    await verrouiller(em, candidature);
    if (continuite) {
      const { departementId } = candidature;
      for (const action of await lireActions(em, departementId, [{ candidature, continuite }])) {
        const propose = { periode, exercice: action.exercice ?? periode.du.year };
        const cheminsSuite = { mois: chemins.au, exercices: chemins.candidature };
        exiger(deciderDansLeTemps(continuite, action, propose, parametres, cheminsSuite));
      }
    }
    return plafondAnnuel ? this.#resteDeLAnnee(em, plafondAnnuel, accord, parametres) : null;
  }

  /** The same at a signature, with the parameters of a day: others may have been granted more meanwhile. */
  async exigerALaSignature(
    em: EntityManager,
    dispositif: Dispositif,
    accord: Accord,
    { date, dossier }: { date: DateCivile; dossier: DossierParametre },
  ): Promise<void> {
    const { departementId } = accord.candidature;
    const parametres = await this.parametres.resoudre(em, departementId, dispositif, date, dossier);
    await this.exiger(em, dispositif, accord, parametres);
  }

  async #resteDeLAnnee(
    em: EntityManager,
    { montant: cle, annee: cleAnnee, depuis, regle }: DeclarationPlafondAnnuel,
    { candidature, conventionId, periode, montant, chemins }: Accord,
    parametres: ParametresResolus<Parametres>,
  ): Promise<Chiffre> {
    const parAn = parametres[cle] as ParametreResolu<Montant>;
    const lecture = parametres[cleAnnee] as ParametreResolu<AnneeDuPlafond>;
    const annee = anneeDuPlafond(periode.du, lecture.valeur, parametres[depuis]?.valeur as DateCivile);
    const exercice = exerciceDe(periode.du);
    const accordes = (pendant: Periode) => dejaAccorde(em, candidature, conventionId, pendant);
    const dejaEngage = await accordes(annee);
    const reste = resteAnnuel({
      parAn,
      dejaEngage,
      annee,
      lecture,
      exercice: { annee: periode.du.year, montant: (await accordes(exercice)).plus(montant) },
      regle,
    });
    if (montant.enFraction().comparer(reste.valeur) <= 0) return reste;
    throw Refus.de(
      'MONTANT_SUPERIEUR_AU_PLAFOND',
      `La structure a déjà ${dejaEngage.enFrancais()} accordés ${enToutesLettres(annee)} : il reste ${reste.explication.resultat} sous le plafond annuel de ${parAn.cite.valeur}.`,
      { path: chemins.montant, regle },
    );
  }
}

/** One at a time grants to a structure under a dispositif, until the end of the transaction. */
async function verrouiller(em: EntityManager, { departementId, dispositif, structureId }: Candidature): Promise<void> {
  const cle = ['accord', departementId, dispositif, structureId].join('\n');
  await em.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [cle]);
}

/** What the structure's other conventions of the dispositif that begin in a year are granted, in all. */
async function dejaAccorde(
  em: EntityManager,
  { departementId, dispositif, structureId }: Candidature,
  saufConventionId: string | null,
  { du, au }: Periode,
): Promise<Montant> {
  const [{ centimes } = { centimes: '0' }] = await em.query<{ centimes: string }[]>(
    `select coalesce(sum(montant_centimes), 0)::text as centimes from sillage.convention
      where departement_id = $1 and dispositif = $2 and structure_id = $3 and du between $4 and $5
        and id is distinct from $6::uuid and etat <> 'ABANDONNEE'`,
    [departementId, dispositif, structureId, du.toString(), au?.toString() ?? 'infinity', saufConventionId],
  );
  return Montant.centimes(BigInt(centimes));
}
