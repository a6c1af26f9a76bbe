import { type ContexteActeur, Coffre, exigerDroit } from '@sillage/access';
import {
  type Parametres,
  PARAMETRES_DE_CONSERVATION,
  type ParametresResolus,
  RegistreDispositifs,
  resoudreTous,
} from '@sillage/dispositif-kit';
import { type DateCivile, dateCivile, type Horloge, jourDe, Refus } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { HORLOGE, introuvable } from '../api/index.js';
import { JournalService } from '../journal/index.js';
import { type DemandeParametres, ParametreService } from '../parametres/index.js';
import {
  type DureesDeConservation,
  laPlusLongue,
  type NatureConservation,
  proposer,
  type Proposition,
} from './conservation.js';
import { JeuneService } from './jeune.service.js';

/** People judged by one statement. */
const PAGE = 500;
/** What somebody has set aside is not proposed again for so long (AMB-198). */
const REPORT = '12 months';
const PROPOSITION = ['input', 'propositionId'];

export const ETATS_PROPOSITION = {
  PROPOSEE: 'En attente d’un visa',
  CONFIRMEE: 'Confirmée, et faite',
  ECARTEE: 'Écartée',
} as const;

/** A person whom nobody follows any more. */
interface Candidat {
  readonly id: string;
  readonly territoire_id: string;
  readonly archivee: boolean;
  readonly dernier: string;
  readonly dispositifs: readonly string[];
}

/** What the durations ask for somebody today. */
interface Due {
  readonly candidat: Candidat;
  readonly proposition: Proposition;
  readonly durees: DureesDeConservation;
}

export interface Visa {
  readonly propositionId: string;
  readonly confirmer: boolean;
  readonly motif: string;
}

/** Proposes, from the durations of conservation, what is to be archived then erased; a person confirms (AMB-165, AMB-198). */
@Injectable()
export class ConservationService {
  constructor(
    private readonly registre: RegistreDispositifs,
    private readonly parametres: ParametreService,
    private readonly jeunes: JeuneService,
    private readonly coffre: Coffre,
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /** @returns how many proposals were made; those already open stay */
  async proposerTous(em: EntityManager, departementId: string): Promise<number> {
    let faites = 0;
    for (let apres: string | null = null; ;) {
      const page: readonly { id: string }[] = await em.query<{ id: string }[]>(
        `select id from sillage.jeune where departement_id = $1 and efface_le is null and limite_le is null
           and ($2::uuid is null or id > $2) order by id limit ${PAGE}`,
        [departementId, apres],
      );
      if (page.length === 0) return faites;
      const ids = page.map(({ id }) => id);
      await reprendre(em, departementId, ids);
      for (const due of await this.#dues(em, departementId, await candidats(em, departementId, ids))) {
        if (await this.#proposerPour(em, departementId, due)) faites += 1;
      }
      apres = ids.at(-1) ?? null;
    }
  }

  /** @returns the proposal's uuid @throws Refus INTROUVABLE, ACTION_INTERDITE, ETAT_INCOMPATIBLE */
  async viser(em: EntityManager, contexte: ContexteActeur, { propositionId, confirmer, motif }: Visa): Promise<string> {
    const { departementId } = contexte;
    const [lue] = await em.query<
      { jeune_id: string; nature: NatureConservation; etat: string; territoire_id: string }[]
    >(
      `select p.jeune_id, p.nature, p.etat, j.territoire_id from sillage.conservation_proposition p
         join sillage.jeune j on j.departement_id = p.departement_id and j.id = p.jeune_id
        where p.departement_id = $1 and p.id = $2 for update`,
      [departementId, propositionId],
    );
    if (lue === undefined) throw introuvable(PROPOSITION);
    exigerDroit(contexte, 'effacer', 'Jeune', { territoireIds: [lue.territoire_id] }, PROPOSITION);
    if (lue.etat !== 'PROPOSEE') throw incompatible('Cette proposition a déjà reçu une suite.');
    const bilan = confirmer ? await this.#faire(em, contexte, lue) : null;
    const place = { table: 'sillage.conservation_proposition', colonne: 'motif', id: propositionId };
    await em.query(
      `update sillage.conservation_proposition
          set etat = $3, decidee_le = $4, decidee_par = $5, motif = $6, bilan = $7
        where departement_id = $1 and id = $2`,
      [
        departementId,
        propositionId,
        confirmer ? 'CONFIRMEE' : 'ECARTEE',
        this.horloge.maintenant().toString(),
        contexte.acteur.utilisateurId,
        await this.coffre.chiffrer(em, departementId, place, motif),
        bilan === null ? null : JSON.stringify(bilan),
      ],
    );
    await this.journal.ecrire(em, contexte, {
      action: 'conservationViser',
      objetType: 'PropositionConservation',
      objetId: propositionId,
      regles: ['TRANS-30', 'AMB-165'],
      details: { nature: lue.nature, confirmer },
    });
    return propositionId;
  }

  async #faire(
    em: EntityManager,
    contexte: ContexteActeur,
    { jeune_id: jeuneId, nature }: { readonly jeune_id: string; readonly nature: NatureConservation },
  ): Promise<Readonly<Record<string, number>>> {
    const { departementId } = contexte;
    const [due] = await this.#dues(em, departementId, await candidats(em, departementId, [jeuneId]));
    if (due?.proposition.nature !== nature) {
      throw incompatible('La personne a eu un contact depuis, ou la durée de conservation a changé : écartez-la.');
    }
    if (nature === 'ARCHIVER') return this.#archiver(em, contexte, jeuneId);
    return this.jeunes.effacer(em, contexte, jeuneId, 'CONSERVATION');
  }

  async #archiver(
    em: EntityManager,
    { departementId }: ContexteActeur,
    jeuneId: string,
  ): Promise<Record<string, number>> {
    await em.query(`update sillage.jeune set archive_le = $3, modifie_le = $3 where departement_id = $1 and id = $2`, [
      departementId,
      jeuneId,
      this.horloge.maintenant().toString(),
    ]);
    return { 'sillage.jeune': 1 };
  }

  async #proposerPour(
    em: EntityManager,
    departementId: string,
    { candidat, proposition, durees }: Due,
  ): Promise<boolean> {
    const inseres = await em.query<unknown[]>(
      `insert into sillage.conservation_proposition
         (departement_id, id, jeune_id, nature, dernier_contact, echeance, parametres, proposee_le, etat)
       select $1, $2, $3, $4, $5, $6, $7, $8, 'PROPOSEE'
        where not exists (select from sillage.conservation_proposition
          where departement_id = $1 and jeune_id = $3 and (etat = 'PROPOSEE'
            or (etat = 'ECARTEE' and nature = $4 and decidee_le > $8::timestamptz - interval '${REPORT}')))
       on conflict do nothing returning id`,
      [
        departementId,
        uuidv7(),
        candidat.id,
        proposition.nature,
        candidat.dernier,
        proposition.echeance.toString(),
        JSON.stringify(durees),
        this.horloge.maintenant().toString(),
      ],
    );
    return inseres.length > 0;
  }

  /** Those for whom something is due today: one statement for all their parameters. */
  async #dues(em: EntityManager, departementId: string, tous: readonly Candidat[]): Promise<Due[]> {
    const aujourdhui = jourDe(this.horloge.maintenant());
    const demandes = tous.map((candidat) => this.#demandes(candidat, aujourdhui));
    const resolus = await this.parametres.resoudreTous(em, departementId, demandes.flat());
    let lus = 0;
    return tous.flatMap((candidat, rang) => {
      const siens = resolus.slice(lus, (lus += demandes[rang]?.length ?? 0));
      const durees = laPlusLongue(
        (siens.length > 0 ? siens : [resoudreTous(PARAMETRES_DE_CONSERVATION, aujourdhui, [])]).map(dureesDe),
      );
      const suivie = { dernierContact: dateCivile(candidat.dernier), archivee: candidat.archivee };
      const proposition = proposer(suivie, durees, aujourdhui);
      return proposition === null ? [] : [{ candidat, proposition, durees }];
    });
  }

  #demandes({ dispositifs, territoire_id: territoireId }: Candidat, date: DateCivile): DemandeParametres[] {
    return dispositifs
      .map((code) => this.registre.trouver(code))
      .filter((dispositif) => dispositif !== undefined)
      .map((dispositif) => ({ dispositif, date, dossier: { territoireIds: [territoireId] } }));
  }
}

function dureesDe({ conservationActive, conservationArchive }: ParametresResolus<Parametres>): DureesDeConservation {
  return { active: conservationActive?.valeur as number, archive: conservationArchive?.valeur as number };
}

/** A person seen again since the archiving comes back to who follows them. */
async function reprendre(em: EntityManager, departementId: string, ids: readonly string[]): Promise<void> {
  await em.query(
    `update sillage.jeune j set archive_le = null
      where j.departement_id = $1 and j.id = any($2) and j.archive_le is not null
        and exists (select from sillage.accompagnement a where a.departement_id = $1 and a.jeune_id = j.id
          and (a.etat in ('EN_ATTENTE', 'EN_COURS') or a.cree_le > j.archive_le))`,
    [departementId, ids],
  );
}

/** Those of these people whom nobody follows any more, with their last contact: what was done, or the end of what was promised. */
function candidats(em: EntityManager, departementId: string, ids: readonly string[]): Promise<Candidat[]> {
  return em.query<Candidat[]>(
    `select j.id, j.territoire_id, j.archive_le is not null as archivee,
        greatest((j.cree_le at time zone 'Europe/Paris')::date, max(a.du), max(a.au), max(x.date)) as dernier,
        array_remove(array_agg(distinct a.dispositif), null) as dispositifs
       from sillage.jeune j
       left join sillage.accompagnement a on a.departement_id = j.departement_id and a.jeune_id = j.id
       left join lateral (select max(date) as date from sillage.acte
         where departement_id = a.departement_id and accompagnement_id = a.id) x on true
      where j.departement_id = $1 and j.id = any($2) and j.efface_le is null and j.limite_le is null
      group by j.departement_id, j.id
     having not coalesce(bool_or(a.etat in ('EN_ATTENTE', 'EN_COURS')), false)
      order by j.id`,
    [departementId, ids],
  );
}

function incompatible(message: string): Refus {
  return Refus.de('ETAT_INCOMPATIBLE', message, { path: PROPOSITION, regle: 'TRANS-30' });
}
