import { type ContexteActeur, Coffre, exigerDroit } from '@sillage/access';
import { RegistreDispositifs, type TablePersonnelle } from '@sillage/dispositif-kit';
import { type Horloge, Refus } from '@sillage/kernel';
import { Outbox } from '@sillage/persistence';
import { TemoinDesLectures } from '@sillage/read';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { HORLOGE, introuvable } from '../api/index.js';
import { JournalService } from '../journal/index.js';
import { consignerEffacement } from './consigner-effacement.js';
import { tablesPersonnelles } from './donnees-personnelles.js';
import { type BilanEffacement, effacer } from './effacement.js';
import { enDocument, exporter, type PartieExportee } from './export.js';

/** Why a person is erased: a word of a list, since what is said of it must outlive the person's data. */
export const MOTIFS_EFFACEMENT = {
  DEMANDE: 'À la demande de la personne, ou de son représentant légal.',
  ERREUR: 'Le dossier a été créé par erreur.',
} as const;

export type MotifEffacement = keyof typeof MOTIFS_EFFACEMENT | 'CONSERVATION';

/** A person as the gestures on their rights need it. */
export interface JeuneVerrouille {
  readonly id: string;
  readonly numero: string;
  readonly limite: boolean;
  readonly efface: boolean;
}

export interface Export {
  readonly json: { readonly numero: string; readonly genereLe: string; readonly donnees: readonly PartieExportee[] };
  readonly document: string;
}

const JEUNE = ['input', 'jeuneId'];
type Geste = 'exporter' | 'limiter' | 'effacer' | 'rectifier';

/** The rights of young people on what is held on them (ACT-33, TRANS-30). Every method takes the caller's transaction. */
@Injectable()
export class JeuneService {
  readonly #tables: readonly TablePersonnelle[];

  constructor(
    registre: RegistreDispositifs,
    private readonly coffre: Coffre,
    private readonly journal: JournalService,
    private readonly outbox: Outbox,
    private readonly temoin: TemoinDesLectures,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {
    this.#tables = tablesPersonnelles(registre);
  }

  /**
   * The person, whose rows nobody else changes until the end of the transaction.
   * @throws Refus INTROUVABLE, ACTION_INTERDITE; ETAT_INCOMPATIBLE once erased
   */
  async exiger(em: EntityManager, contexte: ContexteActeur, geste: Geste, id: string): Promise<JeuneVerrouille> {
    const [lu] = await em.query<(JeuneVerrouille & { territoire_id: string })[]>(
      `select id, numero, territoire_id, limite_le is not null as limite, efface_le is not null as efface
         from sillage.jeune where departement_id = $1 and id = $2 for update`,
      [contexte.departementId, id],
    );
    if (lu === undefined) throw introuvable(JEUNE);
    exigerDroit(contexte, geste, 'Jeune', { territoireIds: [lu.territoire_id] }, JEUNE);
    if (lu.efface) throw incompatible('Ce dossier a été rendu anonyme : plus rien n’y nomme personne.');
    return lu;
  }

  /** All that is held on the person, to be handed to them; the reading is noted. @throws Refus */
  async exporter(em: EntityManager, contexte: ContexteActeur, jeuneId: string): Promise<string> {
    await this.exiger(em, contexte, 'exporter', jeuneId);
    await this.#noter(em, contexte, 'jeuneExporter', jeuneId, {});
    return jeuneId;
  }

  /** What {@link exporter} has let through. */
  async lireExport(em: EntityManager, contexte: ContexteActeur, jeuneId: string): Promise<Export> {
    const { departementId } = contexte;
    const { numero } = await this.exiger(em, contexte, 'exporter', jeuneId);
    const donnees = await exporter(em, this.coffre, this.#tables, { departementId, jeuneId });
    await this.temoin.noter(contexte, [
      { operation: null, depart: 'jeuneExporter', champs: ['Jeune.*'], personnes: [jeuneId] },
    ]);
    return {
      json: { numero, genereLe: this.horloge.maintenant().toString(), donnees },
      document: enDocument(`Données détenues sur le dossier ${numero}`, donnees),
    };
  }

  /** Names are kept from those who follow the dossier, and nothing is erased, until the limitation is lifted. @throws Refus */
  async limiter(em: EntityManager, contexte: ContexteActeur, jeuneId: string, motif: string): Promise<string> {
    const { limite } = await this.exiger(em, contexte, 'limiter', jeuneId);
    if (limite) throw incompatible('Le traitement de ce dossier est déjà limité.');
    const place = { table: 'sillage.jeune', colonne: 'limite_motif', id: jeuneId };
    const scelle = await this.coffre.chiffrer(em, contexte.departementId, place, motif);
    await this.#limiter(em, contexte, jeuneId, this.horloge.maintenant().toString(), scelle);
    await this.#noter(em, contexte, 'jeuneLimiter', jeuneId, {});
    return jeuneId;
  }

  /** @throws Refus */
  async leverLimitation(em: EntityManager, contexte: ContexteActeur, jeuneId: string): Promise<string> {
    const { limite } = await this.exiger(em, contexte, 'limiter', jeuneId);
    if (!limite) throw incompatible('Le traitement de ce dossier n’est pas limité.');
    await this.#limiter(em, contexte, jeuneId, null, null);
    await this.#noter(em, contexte, 'jeuneLeverLimitation', jeuneId, {});
    return jeuneId;
  }

  /** Makes the person anonymous, for good: only a person whom nobody follows any more, and whose data no dispute holds. @throws Refus */
  async effacer(
    em: EntityManager,
    contexte: ContexteActeur,
    jeuneId: string,
    motif: MotifEffacement,
  ): Promise<BilanEffacement> {
    const { limite } = await this.exiger(em, contexte, 'effacer', jeuneId);
    if (limite) throw incompatible('Le traitement de ce dossier est limité : levez d’abord la limitation.');
    await this.#refuserSiSuivi(em, contexte.departementId, jeuneId);
    return this.rendreAnonyme(em, contexte, jeuneId, motif);
  }

  /** The effect of {@link effacer} alone, and its trace outside the database. */
  async rendreAnonyme(
    em: EntityManager,
    contexte: ContexteActeur,
    jeuneId: string,
    motif: MotifEffacement,
  ): Promise<BilanEffacement> {
    const { departementId } = contexte;
    const bilan = await effacer(em, this.#tables, { departementId, jeuneId, le: this.horloge.maintenant() });
    await this.outbox.publier(em, consignerEffacement.pour(departementId, { jeuneId }));
    await this.#noter(em, contexte, 'jeuneEffacer', jeuneId, { motif, lignes: bilan });
    return bilan;
  }

  async #refuserSiSuivi(em: EntityManager, departementId: string, jeuneId: string): Promise<void> {
    const [enCours] = await em.query<{ numero: string }[]>(
      `select numero from sillage.accompagnement
        where departement_id = $1 and jeune_id = $2 and etat in ('EN_ATTENTE', 'EN_COURS') order by numero limit 1`,
      [departementId, jeuneId],
    );
    if (enCours === undefined) return;
    throw incompatible(`L’accompagnement ${enCours.numero} n’est pas terminé : ces données servent encore.`);
  }

  async #limiter(
    em: EntityManager,
    { departementId }: ContexteActeur,
    jeuneId: string,
    le: string | null,
    motif: Buffer | null,
  ): Promise<void> {
    await em.query(
      `update sillage.jeune set limite_le = $3, limite_motif = $4, modifie_le = $5 where departement_id = $1 and id = $2`,
      [departementId, jeuneId, le, motif, this.horloge.maintenant().toString()],
    );
  }

  async #noter(
    em: EntityManager,
    contexte: ContexteActeur,
    action: string,
    jeuneId: string,
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.journal.ecrire(em, contexte, {
      action,
      objetType: 'Jeune',
      objetId: jeuneId,
      regles: ['ACT-33', 'TRANS-30'],
      details,
    });
  }
}

function incompatible(message: string): Refus {
  return Refus.de('ETAT_INCOMPATIBLE', message, { path: JEUNE, regle: 'TRANS-30' });
}
