import { type Horloge, jourDe, Montant, Refus } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, QueryFailedError } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { HORLOGE } from '../api/index.js';
import { insererSiLibre } from '../api/inserer-si-libre.js';
import { type Auteur, JournalService } from '../journal/index.js';
import { type Compte, MOUVEMENTS, NATURES, type NatureMouvement } from './compte.js';
import { EcritureComptable, Solde } from './comptabilite.entity.js';

/** What is to be written. `objet` and the nature name the fact: the same one is never written twice. */
export interface AEcrire {
  readonly nature: NatureMouvement;
  /** The fact, by the uuids that make it unique: a convention, a versement, a versement in a bordereau. */
  readonly objet: string;
  readonly enveloppeId: string;
  readonly conventionId: string | null;
  readonly versementId?: string;
  /** More than zero. */
  readonly montant: Montant;
  /** What of the request is at fault when no account covers it. */
  readonly chemin?: readonly string[];
}

const CHEMIN_ECRITURE: readonly string[] = ['input', 'ecritureId'];

/**
 * The ledger (TRANS-10, TRANS-12): amounts go from account to account, in the caller's transaction. A fact written twice is written once; what
 * an account does not cover is refused by PostgreSQL, whoever else writes at the same time.
 */
@Injectable()
export class GrandLivre {
  constructor(
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /**
   * @returns the id of the écriture, whether it was written now or before
   * @throws Refus SOLDE_INSUFFISANT; the transaction can then only be undone
   */
  async passer(em: EntityManager, auteur: Auteur, aEcrire: AEcrire): Promise<string> {
    const { nature, objet, enveloppeId, conventionId, versementId = null, montant, chemin = [] } = aEcrire;
    const { de, vers } = MOUVEMENTS[nature];
    const fait = {
      cle: `${nature}/${objet}`,
      nature,
      enveloppeId,
      conventionId,
      versementId,
      de,
      vers,
      montant,
      corrigeId: null,
      motif: null,
    };
    return this.#ecrire(em, auteur, fait, chemin);
  }

  /**
   * Undoes an écriture by another that moves the same amount the other way, and names it. Once; a correction is not corrected: what it
   * undid is written anew.
   * @throws Refus SOLDE_INSUFFISANT when the amount has gone further since, ETAT_INCOMPATIBLE for a correction
   */
  async corriger(
    em: EntityManager,
    auteur: Auteur,
    ecriture: EcritureComptable,
    motif: string,
    chemin: readonly string[] = CHEMIN_ECRITURE,
  ): Promise<string> {
    if (ecriture.corrigeId !== null) {
      throw Refus.de('ETAT_INCOMPATIBLE', 'Une correction ne se corrige pas : repassez l’écriture qu’elle annule.', {
        path: [...chemin],
        regle: 'TRANS-39',
      });
    }
    const { id, enveloppeId, conventionId, versementId, de, vers, montant } = ecriture;
    const fait = {
      cle: `CORRECTION/${id}`,
      nature: 'CORRECTION' as const,
      enveloppeId,
      conventionId,
      versementId,
      de: vers,
      vers: de,
      montant,
      corrigeId: id,
      motif,
    };
    return this.#ecrire(em, auteur, fait, chemin);
  }

  /** The balance of an account of a convention, or of the enveloppe itself. */
  async solde(
    em: EntityManager,
    departementId: string,
    { enveloppeId, compte, auxiliaire }: { enveloppeId: string; compte: Compte; auxiliaire: string },
  ): Promise<Montant> {
    const lu = await em.findOneBy(Solde, { departementId, enveloppeId, compte, auxiliaire });
    return lu?.montant ?? Montant.ZERO;
  }

  /** What an enveloppe has available; nobody else takes of it before the end of the transaction. */
  async soldeVerrouille(em: EntityManager, departementId: string, enveloppeId: string): Promise<Montant> {
    const lu = await em
      .createQueryBuilder(Solde, 's')
      .setLock('pessimistic_write')
      .where({ departementId, enveloppeId, compte: 'DISPONIBLE', auxiliaire: enveloppeId })
      .getOne();
    return lu?.montant ?? Montant.ZERO;
  }

  /** The balances of a convention's accounts; those that are nil are left out. */
  async soldesDeConvention(
    em: EntityManager,
    departementId: string,
    conventionId: string,
  ): Promise<ReadonlyMap<Compte, Montant>> {
    const soldes = await em.findBy(Solde, { departementId, auxiliaire: conventionId });
    return new Map(soldes.map(({ compte, montant }) => [compte, montant]));
  }

  async #ecrire(
    em: EntityManager,
    auteur: Auteur,
    fait: Omit<EcritureComptable, 'departementId' | 'id' | 'jour' | 'passeeLe' | 'passeePar'>,
    chemin: readonly string[],
  ): Promise<string> {
    const { departementId } = auteur;
    const passeeLe = this.horloge.maintenant();
    const passeePar = 'jobId' in auteur ? null : auteur.acteur.utilisateurId;
    const ligne = { departementId, id: uuidv7(), ...fait, jour: jourDe(passeeLe), passeeLe, passeePar };
    const [id] = await insererSiLibre(em, EcritureComptable, [ligne]).catch((erreur: unknown) => {
      throw nonCouverte(erreur) ? soldeInsuffisant(fait, chemin) : erreur;
    });
    if (id === undefined) return this.#dejaEcrite(em, departementId, fait);
    await this.journal.ecrire(em, auteur, {
      action: 'ecriturePasser',
      objetType: 'Ecriture',
      objetId: id,
      regles: ['TRANS-10', 'TRANS-39'],
      details: { nature: fait.nature, montant: fait.montant.toString(), enveloppe: fait.enveloppeId },
    });
    return id;
  }

  async #dejaEcrite(
    em: EntityManager,
    departementId: string,
    { cle, montant }: Pick<EcritureComptable, 'cle' | 'montant'>,
  ): Promise<string> {
    const connue = await em.findOneByOrFail(EcritureComptable, { departementId, cle });
    if (connue.montant.egale(montant)) return connue.id;
    throw new Error(
      `L’écriture ${cle} est déjà passée pour ${connue.montant.toString()}, et non ${montant.toString()}.`,
    );
  }
}

function nonCouverte(erreur: unknown): boolean {
  if (!(erreur instanceof QueryFailedError)) return false;
  return (erreur.driverError as { constraint?: string }).constraint === 'solde_couvert';
}

/** What to do next, where it is known. */
function raison({ nature, de }: Pick<EcritureComptable, 'nature' | 'de'>): string {
  if (nature === 'TROP_PERCU') {
    return 'ce montant n’est pas encore payé. Attendez le retour de son bordereau ; ou, si rien n’est ordonnancé, refusez ce trop-perçu, puis ce qui est liquidé à tort, et recalculez.';
  }
  if (nature !== 'CORRECTION') return 'le compte d’où part le montant n’en a pas assez.';
  switch (de) {
    case 'PAYE':
      return 'un trop-perçu en a été constaté. Refusez-le s’il est liquidé ; s’il est ordonnancé ou encaissé, importez d’abord son rejet.';
    case 'DISPONIBLE':
      return 'ces crédits sont engagés ailleurs depuis. Faites-en ouvrir d’autres.';
    default:
      return 'le montant est allé plus loin depuis. Défaites d’abord ce qui l’a suivi.';
  }
}

function soldeInsuffisant(fait: Pick<EcritureComptable, 'nature' | 'de'>, chemin: readonly string[]): Refus {
  return Refus.de('SOLDE_INSUFFISANT', `${NATURES[fait.nature]} impossible : ${raison(fait)}`, {
    path: [...chemin],
    regle: 'TRANS-10',
  });
}
