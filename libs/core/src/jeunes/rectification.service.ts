import { type ContexteActeur, Coffre } from '@sillage/access';
import type { Horloge } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { HORLOGE, introuvable } from '../api/index.js';
import { JournalService } from '../journal/index.js';
import { CommuneService } from '../territoires/index.js';
import { CHAMPS_RECTIFIABLES, type ChampRectifiable, type Rectification } from './jeune.saisie.js';
import { JeuneService } from './jeune.service.js';

const SCELLEE = 'jeune_coordonnees';
/** The column that leads from each table to the person. */
const LIENS = { jeune: 'id', identite: 'jeune_id', jeune_coordonnees: 'id' } as const;

interface Changement extends Rectification {
  readonly ancienne: string | null;
}

/** Corrects what is held on a person, and keeps what was written before (TRANS-30). */
@Injectable()
export class RectificationService {
  constructor(
    private readonly jeunes: JeuneService,
    private readonly communes: CommuneService,
    private readonly coffre: Coffre,
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /** What is already so is left as it is. @returns the person's uuid @throws Refus INTROUVABLE, ACTION_INTERDITE, ETAT_INCOMPATIBLE */
  async rectifier(
    em: EntityManager,
    contexte: ContexteActeur,
    jeuneId: string,
    { rectifications, motif }: { readonly rectifications: readonly Rectification[]; readonly motif: string },
  ): Promise<string> {
    await this.jeunes.exiger(em, contexte, 'rectifier', jeuneId);
    await this.#exigerCommune(em, contexte, rectifications);
    const changements: Changement[] = [];
    for (const rectification of rectifications) {
      const ancienne = await this.#lire(em, contexte.departementId, jeuneId, rectification.champ);
      if (ancienne !== rectification.valeur) changements.push({ ...rectification, ancienne });
    }
    for (const changement of changements) {
      await this.#ecrire(em, contexte.departementId, jeuneId, changement);
      await this.#retenir(em, contexte, jeuneId, changement, motif);
    }
    await this.journal.ecrire(em, contexte, {
      action: 'jeuneRectifier',
      objetType: 'Jeune',
      objetId: jeuneId,
      regles: ['ACT-33', 'TRANS-30'],
      details: { champs: changements.map(({ champ }) => champ) },
    });
    return jeuneId;
  }

  async #exigerCommune(
    em: EntityManager,
    { departementId }: ContexteActeur,
    rectifications: readonly Rectification[],
  ): Promise<void> {
    const commune = rectifications.find(({ champ }) => champ === 'commune')?.valeur;
    if (commune && !(await this.communes.existe(em, departementId, commune))) throw introuvable(['input', 'commune']);
  }

  async #lire(
    em: EntityManager,
    departementId: string,
    jeuneId: string,
    champ: ChampRectifiable,
  ): Promise<string | null> {
    const { table, colonne } = CHAMPS_RECTIFIABLES[champ];
    const [ligne] = await em.query<{ valeur: string | Buffer | null }[]>(
      `select ${colonne} as valeur from sillage.${table} where departement_id = $1 and ${LIENS[table]} = $2`,
      [departementId, jeuneId],
    );
    const valeur = ligne?.valeur ?? null;
    if (!Buffer.isBuffer(valeur)) return valeur;
    return this.coffre.dechiffrer(em, departementId, { table: `sillage.${table}`, colonne, id: jeuneId }, valeur);
  }

  async #ecrire(
    em: EntityManager,
    departementId: string,
    jeuneId: string,
    { champ, valeur }: Changement,
  ): Promise<void> {
    const { table, colonne } = CHAMPS_RECTIFIABLES[champ];
    const le = this.horloge.maintenant().toString();
    if (table === SCELLEE) {
      const place = { table: `sillage.${table}`, colonne, id: jeuneId };
      const scellee = valeur === null ? null : await this.coffre.chiffrer(em, departementId, place, valeur);
      await em.query(
        `insert into sillage.jeune_coordonnees (departement_id, id, ${colonne}, modifie_le) values ($1, $2, $3, $4)
         on conflict (departement_id, id) do update set ${colonne} = $3, modifie_le = $4`,
        [departementId, jeuneId, scellee, le],
      );
    } else {
      await em.query(`update sillage.${table} set ${colonne} = $3 where departement_id = $1 and ${LIENS[table]} = $2`, [
        departementId,
        jeuneId,
        valeur,
      ]);
    }
    await em.query(`update sillage.jeune set modifie_le = $3 where departement_id = $1 and id = $2`, [
      departementId,
      jeuneId,
      le,
    ]);
  }

  async #retenir(
    em: EntityManager,
    { departementId, acteur }: ContexteActeur,
    jeuneId: string,
    { champ, ancienne }: Changement,
    motif: string,
  ): Promise<void> {
    const id = uuidv7();
    const place = (colonne: string) => ({ table: 'sillage.jeune_rectification', colonne, id });
    const scellee =
      ancienne === null ? null : await this.coffre.chiffrer(em, departementId, place('ancienne'), ancienne);
    await em.query(
      `insert into sillage.jeune_rectification (departement_id, id, jeune_id, champ, ancienne, motif, le, par)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        departementId,
        id,
        jeuneId,
        champ,
        scellee,
        await this.coffre.chiffrer(em, departementId, place('motif'), motif),
        this.horloge.maintenant().toString(),
        acteur.utilisateurId,
      ],
    );
  }
}
