import { exigerDroit, type ContexteActeur } from '@sillage/access';
import { dateCivile, Refus, type DateCivile, type TerritoireId } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { PAGE_MAX } from '../api/index.js';
import { nomNormaliseSql, normaliserNom } from './nom-normalise.js';
import type { StatutRattachement } from './planifier-rattachement.js';

/** A commune of the département, with every territory that it has had. */
export interface Commune {
  code: string;
  nom: string;
  epci: { siren: string; nom: string } | null;
  /** Oldest first; never two on one day. */
  rattachements: readonly RattachementCommune[];
}

export interface RattachementCommune {
  territoire: { id: TerritoireId; code: string; libelle: string };
  du: DateCivile;
  au: DateCivile | null;
  statut: StatutRattachement;
  source: string;
}

export interface FiltreCommunes {
  territoireId: TerritoireId | null;
  /** Beginning of an INSEE code, or part of a name without regard to case, accents or hyphens. */
  recherche: string | null;
  /** Day on which `territoireId` is judged. */
  date: DateCivile;
}

export interface PageCommunes {
  communes: Commune[];
  hasNextPage: boolean;
}

type LigneCommune = { code: string; nom: string; epci_siren: string | null; epci_nom: string | null };
type LigneRattachement = {
  commune_code: string;
  id: TerritoireId;
  code: string;
  libelle: string;
  du: string;
  au: string | null;
  statut: StatutRattachement;
  source: string;
};

/** The communes of a département: national facts, and their territory, which is the département's own. */
@Injectable()
export class CommuneService {
  /**
   * One page, by INSEE code. @param apres code after which the page begins
   * @throws Refus PAGE_TROP_GRANDE
   */
  async lister(
    em: EntityManager,
    contexte: ContexteActeur,
    { territoireId, recherche, date }: FiltreCommunes,
    { taille, apres }: { taille: number; apres: string | null },
  ): Promise<PageCommunes> {
    exigerDroit(contexte, 'lire', 'Territoire', {});
    if (taille < 1 || taille > PAGE_MAX) {
      throw Refus.de('PAGE_TROP_GRANDE', `Une page compte de 1 à ${PAGE_MAX} lignes.`, { path: ['first'] });
    }
    const lignes = await em.query<LigneCommune[]>(
      `${SELECTION}
          and ($2::text is null or c.code collate "C" > $2)
          and ($3::text is null or starts_with(c.code, upper($3)) or ($4 <> '' and strpos(${nomNormaliseSql('c.nom')}, $4) > 0))
          and ($5::uuid is null or exists (select from sillage.commune_territoire r
                where r.departement_id = $1 and r.commune_code = c.code and r.territoire_id = $5
                  and daterange(r.du, r.au, '[]') @> $6::date))
        order by c.code collate "C" limit $7`,
      [
        contexte.departementId,
        apres,
        recherche,
        normaliserNom(recherche ?? ''),
        territoireId,
        date.toString(),
        taille + 1,
      ],
    );
    const communes = await this.completer(em, contexte.departementId, lignes.slice(0, taille));
    return { communes, hasNextPage: lignes.length > taille };
  }

  /** @returns null when the département has no such commune */
  async trouver(em: EntityManager, contexte: ContexteActeur, code: string): Promise<Commune | null> {
    exigerDroit(contexte, 'lire', 'Territoire', {});
    const lignes = await em.query<LigneCommune[]>(`${SELECTION} and c.code = $2`, [contexte.departementId, code]);
    const [commune] = await this.completer(em, contexte.departementId, lignes);
    return commune ?? null;
  }

  private async completer(
    em: EntityManager,
    departementId: string,
    lignes: readonly LigneCommune[],
  ): Promise<Commune[]> {
    const rattachements = await em.query<LigneRattachement[]>(
      `select r.commune_code, t.id, t.code, t.libelle, r.du, r.au, r.statut, r.source
         from sillage.commune_territoire r
         join sillage.territoire t on t.departement_id = r.departement_id and t.id = r.territoire_id
        where r.departement_id = $1 and r.commune_code = any($2) order by r.du`,
      [departementId, lignes.map((l) => l.code)],
    );
    return lignes.map(({ code, nom, epci_siren, epci_nom }) => ({
      code,
      nom,
      epci: epci_siren === null || epci_nom === null ? null : { siren: epci_siren, nom: epci_nom },
      rattachements: rattachements
        .filter((r) => r.commune_code === code)
        .map((r) => ({
          territoire: { id: r.id, code: r.code, libelle: r.libelle },
          du: dateCivile(r.du),
          au: r.au === null ? null : dateCivile(r.au),
          statut: r.statut,
          source: r.source,
        })),
    }));
  }
}

const SELECTION = `
  select c.code, c.nom, e.siren as epci_siren, e.nom as epci_nom
    from referentiel.commune c left join referentiel.epci e on e.siren = c.epci_siren
   where c.departement_code = $1`;
