import { type ContexteActeur, filtreSql } from '@sillage/access';
import type { Horloge, Temporal } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { HORLOGE } from '../api/horloge.provider.js';
import { introuvable, type Page, type PaginationArgs, paginer } from '../api/index.js';
import { AppelEntity, AppelTerritoireEntity, type EtatAppel } from './appel.entity.js';
import { type AppelSitue, situerAppels } from './appel.situation.js';

export interface FiltreAppels {
  dispositif: string | null;
  etat: EtatAppel | null;
  territoireId: string | null;
  modifieDepuis: Temporal.Instant | null;
}

/** Reads appels. `lire` and `territoireIds` are for those who depend on an appel, and leave access to them. */
@Injectable()
export class AppelService {
  constructor(@Inject(HORLOGE) private readonly horloge: Horloge) {}

  /** @throws Refus INTROUVABLE at `path`, also for another département's appel */
  async lire(em: EntityManager, departementId: string, id: string, path: string[]): Promise<AppelEntity> {
    const appel = await em.findOneBy(AppelEntity, { departementId, id });
    if (appel === null) throw introuvable(path);
    return appel;
  }

  /** The territories on which an appel is open. */
  async territoireIds(em: EntityManager, departementId: string, appelId: string): Promise<string[]> {
    const lignes = await em.findBy(AppelTerritoireEntity, { departementId, appelId });
    return lignes.map(({ territoireId }) => territoireId).sort();
  }

  /** Those that the actor may read. @throws Refus PAGE_TROP_GRANDE, CURSEUR_INVALIDE */
  async lister(
    em: EntityManager,
    contexte: ContexteActeur,
    { dispositif, etat, territoireId, modifieDepuis }: FiltreAppels,
    page: PaginationArgs,
  ): Promise<Page<AppelSitue>> {
    const requete = lisibles(em, contexte);
    if (dispositif !== null) requete.andWhere('a.dispositif = :dispositif', { dispositif });
    if (etat !== null) requete.andWhere('a.etat = :etat', { etat });
    if (modifieDepuis !== null) requete.andWhere('a.modifie_le >= :depuis', { depuis: modifieDepuis.toString() });
    if (territoireId !== null) requete.andWhere(couvre(`array[cast(:territoireId as uuid)]`), { territoireId });
    const lue = await paginer(requete, 'a', page);
    return { ...lue, lignes: await this.situer(em, contexte, lue.lignes) };
  }

  /** @returns null when it does not exist, or when the actor may not read it */
  async trouver(em: EntityManager, contexte: ContexteActeur, id: string): Promise<AppelSitue | null> {
    const appels = await lisibles(em, contexte).andWhere('a.id = :id', { id }).getMany();
    return (await this.situer(em, contexte, appels))[0] ?? null;
  }

  private situer(
    em: EntityManager,
    { departementId }: ContexteActeur,
    appels: readonly AppelEntity[],
  ): Promise<AppelSitue[]> {
    return situerAppels(em, departementId, appels, this.horloge.maintenant());
  }
}

function lisibles(em: EntityManager, contexte: ContexteActeur): SelectQueryBuilder<AppelEntity> {
  const droit = filtreSql(contexte.droits, 'lire', 'Appel', {
    dispositif: { colonne: 'a.dispositif' },
    etat: { colonne: 'a.etat' },
    territoireIds: { ensemble: couvre, type: 'uuid' },
  });
  return em
    .createQueryBuilder(AppelEntity, 'a')
    .where('a.departementId = :departementId', { departementId: contexte.departementId })
    .andWhere(droit.sql, droit.parametres);
}

/** Whether the appel `a` covers one of the territories of an SQL array. */
function couvre(territoires: string): string {
  return `exists (select from sillage.appel_territoire at
    where at.departement_id = a.departement_id and at.appel_id = a.id and at.territoire_id = any(${territoires}))`;
}
