import { type ContexteActeur, peut } from '@sillage/access';
import type { Portee } from '@sillage/dispositif-kit';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { introuvable, lireId } from '../api/index.js';
import { AppelService } from '../appels/index.js';
import { TerritoireService } from '../territoires/index.js';
import type { DossierParametre } from './parametre.service.js';

interface LigneConvention {
  dispositif: string;
  structureId: string;
  etat: string;
  appelId: string;
  territoireIds: string[];
}

/** Finds, in the actor's département and dispositif, what an override is for and what a dossier stands on. */
@Injectable()
export class CiblesSurcharge {
  constructor(
    private readonly appels: AppelService,
    private readonly territoires: TerritoireService,
  ) {}

  /**
   * The uuid behind what a request names: the opaque id of an appel or a convention, the code or a name of a territory.
   * @throws Refus INTROUVABLE at `path`, also when it belongs to another dispositif
   */
  async lire(
    em: EntityManager,
    contexte: ContexteActeur,
    { dispositif, portee, cible }: { dispositif: string; portee: Portee; cible: string },
    path: string[],
  ): Promise<string> {
    switch (portee) {
      case 'TERRITOIRE':
        return (await this.territoires.exiger(em, contexte, cible, path)).id;
      case 'APPEL':
        return this.lireAppel(em, contexte, dispositif, cible, path);
      case 'CONVENTION':
      case 'ANNEXE':
        return (await this.lireConvention(em, contexte, dispositif, cible, path)).id;
    }
  }

  async lireAppel(
    em: EntityManager,
    contexte: ContexteActeur,
    dispositif: string,
    id: string,
    path: string[],
  ): Promise<string> {
    const appel = await this.appels.trouver(em, contexte, lireId('Appel', id, path));
    if (appel?.dispositif !== dispositif) throw introuvable(path);
    return appel.id;
  }

  /** A convention, with the appel and the territories that its parameters also depend on. */
  async lireConvention(
    em: EntityManager,
    contexte: ContexteActeur,
    dispositif: string,
    id: string,
    path: string[],
  ): Promise<{ id: string; dossier: Required<DossierParametre> }> {
    const uuid = lireId('Convention', id, path);
    const [ligne] = await em.query<LigneConvention[]>(
      `select c.dispositif, c.structure_id as "structureId", c.etat, d.appel_id as "appelId",
              array(select t.territoire_id::text from sillage.convention_territoire t
                     where t.departement_id = c.departement_id and t.convention_id = c.id) as "territoireIds"
         from sillage.convention c
         join sillage.candidature d on d.departement_id = c.departement_id and d.id = c.candidature_id
        where c.departement_id = $1 and c.id = $2 and c.dispositif = $3`,
      [contexte.departementId, uuid, dispositif],
    );
    if (ligne === undefined || !peut(contexte, 'lire', 'Convention', ligne)) throw introuvable(path);
    const { appelId, territoireIds } = ligne;
    return { id: uuid, dossier: { appelId, territoireIds, conventionId: uuid } };
  }
}
