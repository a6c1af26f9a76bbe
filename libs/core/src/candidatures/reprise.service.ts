import { type ContexteActeur, exigerDroit } from '@sillage/access';
import { type Champs, lireBrouillon } from '@sillage/dispositif-kit';
import { Refus } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { idOpaque, lireId } from '../api/index.js';
import { AppelService } from '../appels/index.js';
import { DossiersCandidature, objetProtege } from './candidature.dossier.js';
import { CandidatureService } from './candidature.service.js';

const CANDIDATURE = ['input', 'candidatureId'];
const APPEL = ['input', 'appelId'];

/** What was written is never lost: a draft that its closing left behind, or a former file, begins another one on a later appel. */
@Injectable()
export class RepriseCandidatures {
  constructor(
    private readonly dossiers: DossiersCandidature,
    private readonly candidatures: CandidatureService,
    private readonly appels: AppelService,
  ) {}

  /**
   * Opens a draft with the same content, on the territories that the appel covers too. What the form no longer admits is left out.
   * @returns its uuid
   * @throws Refus INTROUVABLE, ACTION_INTERDITE, TERRITOIRE_HORS_APPEL, and as a creation does
   */
  async reprendre(
    em: EntityManager,
    contexte: ContexteActeur,
    input: { candidatureId: string; appelId: string },
  ): Promise<string> {
    const uuid = lireId('Candidature', input.candidatureId, CANDIDATURE);
    const dossier = await this.dossiers.verrouiller(em, contexte, uuid, CANDIDATURE);
    exigerDroit(contexte, 'creer', 'Candidature', { ...objetProtege(dossier), etat: 'BROUILLON' }, CANDIDATURE);
    const { candidature, dispositif, territoires } = dossier;
    const appelId = lireId('Appel', input.appelId, APPEL);
    const ouverts = await this.appels.territoireIds(em, contexte.departementId, appelId);
    const communs = territoires.filter(({ id }) => ouverts.includes(id));
    if (ouverts.length > 0 && communs.length === 0) {
      const message = 'Cet appel ne couvre aucun des territoires de la candidature à reprendre.';
      throw Refus.de('TERRITOIRE_HORS_APPEL', message, { path: APPEL, regle: 'TRANS-05' });
    }
    return this.candidatures.creer(em, contexte, dispositif, {
      appelId: input.appelId,
      structureId: idOpaque('Structure', candidature.structureId),
      territoires: communs.map(({ code }) => code),
      champs: admis(dispositif.candidature.champs, candidature.champs),
    });
  }
}

/** The fields that the form still has, as it still reads them. */
export function admis(champs: Champs, donnees: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(donnees).filter(([cle, valeur]) => {
      const declare = champs[cle];
      if (declare === undefined) return false;
      try {
        lireBrouillon({ [cle]: declare }, { [cle]: valeur }, []);
        return true;
      } catch (erreur) {
        if (erreur instanceof Refus) return false;
        throw erreur;
      }
    }),
  );
}
