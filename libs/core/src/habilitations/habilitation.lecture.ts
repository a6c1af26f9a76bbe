import {
  type ContexteActeur,
  filtreSql,
  HabilitationDispositifEntity,
  HabilitationEntity,
  HabilitationTerritoireEntity,
  peut,
  peutVoirNominatif,
  UtilisateurEntity,
} from '@sillage/access';
import { aujourdhui, dateCivile, type DateCivile, type Horloge, Periode, type Temporal } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import { HORLOGE } from '../api/horloge.provider.js';
import { type Page, type PaginationArgs, paginer } from '../api/index.js';
import { Territoire } from '../territoires/index.js';

/** A user, and whether the actor may see their name. */
export interface UtilisateurVu {
  id: string;
  utilisateur: UtilisateurEntity;
  nominatif: boolean;
}

/** An habilitation with what one reads with it. */
export interface HabilitationSituee {
  id: string;
  habilitation: HabilitationEntity;
  utilisateur: UtilisateurVu;
  territoires: readonly Territoire[];
  dispositifs: readonly string[];
  /** Whether it counts today. */
  enVigueur: boolean;
}

export interface FiltreHabilitations {
  utilisateurId: string | null;
  /** Only those that count today. */
  enVigueur: boolean;
  modifieDepuis: Temporal.Instant | null;
}

/** Reads users and their habilitations: one's own, and everybody's for who may. */
@Injectable()
export class LectureHabilitations {
  constructor(@Inject(HORLOGE) private readonly horloge: Horloge) {}

  /** The actor. */
  async moi(em: EntityManager, contexte: ContexteActeur): Promise<UtilisateurVu> {
    const { departementId, utilisateurId: id } = contexte.acteur;
    const utilisateur = await em.findOneByOrFail(UtilisateurEntity, { departementId, id });
    return { id, utilisateur, nominatif: true };
  }

  async utilisateurs(
    em: EntityManager,
    contexte: ContexteActeur,
    modifieDepuis: Temporal.Instant | null,
    page: PaginationArgs,
  ): Promise<Page<UtilisateurVu>> {
    const droit = filtreSql(contexte.droits, 'lire', 'Utilisateur', {});
    const requete = em
      .createQueryBuilder(UtilisateurEntity, 'u')
      .where('u.departementId = :departementId', { departementId: contexte.departementId })
      .andWhere(droit.sql, droit.parametres);
    if (modifieDepuis !== null) requete.andWhere('u.cree_le >= :depuis', { depuis: modifieDepuis.toString() });
    const lue = await paginer(requete, 'u', page);
    return { ...lue, lignes: lue.lignes.map((utilisateur) => voir(contexte, utilisateur)) };
  }

  async lister(
    em: EntityManager,
    contexte: ContexteActeur,
    { utilisateurId, enVigueur, modifieDepuis }: FiltreHabilitations,
    page: PaginationArgs,
  ): Promise<Page<HabilitationSituee>> {
    const requete = lisibles(em, contexte);
    if (utilisateurId !== null) requete.andWhere('h.utilisateurId = :utilisateurId', { utilisateurId });
    if (modifieDepuis !== null) {
      requete.andWhere('greatest(h.accordee_le, h.revoquee_le) >= :depuis', { depuis: modifieDepuis.toString() });
    }
    if (enVigueur) {
      const jour = aujourdhui(this.horloge).toString();
      requete.andWhere(`h.revoquee_le is null and daterange(h.du, h.au, '[]') @> cast(:jour as date)`, { jour });
    }
    const lue = await paginer(requete, 'h', page);
    return { ...lue, lignes: await this.situer(em, contexte, lue.lignes) };
  }

  /** @returns null when it does not exist, or when the actor may not read it */
  async trouver(em: EntityManager, contexte: ContexteActeur, id: string): Promise<HabilitationSituee | null> {
    const lignes = await lisibles(em, contexte).andWhere('h.id = :id', { id }).getMany();
    return (await this.situer(em, contexte, lignes))[0] ?? null;
  }

  private async situer(
    em: EntityManager,
    contexte: ContexteActeur,
    lignes: readonly HabilitationEntity[],
  ): Promise<HabilitationSituee[]> {
    const { departementId } = contexte;
    const siens = { departementId, habilitationId: In(lignes.map(({ id }) => id)) };
    const lieux = await em.findBy(HabilitationTerritoireEntity, siens);
    const limites = await em.findBy(HabilitationDispositifEntity, siens);
    const territoires = await em.find(Territoire, {
      where: { departementId, id: In(lieux.map(({ territoireId }) => territoireId)) },
      order: { code: 'ASC' },
    });
    const ids = In(lignes.map(({ utilisateurId }) => utilisateurId));
    const utilisateurs = await em.findBy(UtilisateurEntity, { departementId, id: ids });
    const jour = aujourdhui(this.horloge);
    return lignes.flatMap((habilitation) => {
      const { id, utilisateurId } = habilitation;
      const utilisateur = utilisateurs.find((u) => u.id === utilisateurId);
      if (utilisateur === undefined) return [];
      const ses = new Set<string>(lieux.filter((l) => l.habilitationId === id).map((l) => l.territoireId));
      return {
        id,
        habilitation,
        utilisateur: voir(contexte, utilisateur),
        territoires: territoires.filter((territoire) => ses.has(territoire.id)),
        dispositifs: limites
          .filter((l) => l.habilitationId === id)
          .map((l) => l.dispositif)
          .sort(),
        enVigueur: compteLe(habilitation, jour),
      };
    });
  }
}

/** Whether an habilitation counts on a day. */
export function compteLe({ du, au, revoqueeLe }: HabilitationEntity, jour: DateCivile): boolean {
  return revoqueeLe === null && Periode.de(dateCivile(du), au === null ? null : dateCivile(au)).contient(jour);
}

/** One's own, always; everybody's, by right. */
function lisibles(em: EntityManager, contexte: ContexteActeur): SelectQueryBuilder<HabilitationEntity> {
  const droit = filtreSql(contexte.droits, 'lire', 'Habilitation', {});
  const { departementId, utilisateurId: moi } = contexte.acteur;
  return em
    .createQueryBuilder(HabilitationEntity, 'h')
    .where('h.departementId = :departementId', { departementId })
    .andWhere(`(h.utilisateurId = :moi or ${droit.sql})`, { ...droit.parametres, moi });
}

function voir(contexte: ContexteActeur, utilisateur: UtilisateurEntity): UtilisateurVu {
  const { id } = utilisateur;
  const soi = id === contexte.acteur.utilisateurId;
  const nominatif =
    soi || (peut(contexte, 'lire', 'Utilisateur', {}) && peutVoirNominatif(contexte, 'Utilisateur', {}));
  return { id, utilisateur, nominatif };
}
