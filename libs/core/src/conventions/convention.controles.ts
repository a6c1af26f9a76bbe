import { type Dispositif, lireValeurs } from '@sillage/dispositif-kit';
import { type DateCivile, exiger, type Explication, type Montant, type Periode, Refus } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type DossierParametre, ParametreService } from '../parametres/index.js';
import { deciderDuree } from './convention.policy.js';

/** What a convention, or an avenant, would commit to. */
export interface AControler {
  readonly departementId: string;
  /** What is asked for, in its stored form. */
  readonly champs: Record<string, unknown>;
  readonly periode: Periode;
  readonly montant: Montant;
  /** In their stored form. */
  readonly termes: unknown;
  /** Day whose parameters hold. */
  readonly date: DateCivile;
  readonly dossier: DossierParametre;
  readonly parAvenant: boolean;
}

/** The dispositif's own limits, the same for a convention and for what changes it. Runs in the caller's transaction. */
@Injectable()
export class ControlesConvention {
  constructor(private readonly parametres: ParametreService) {}

  /**
   * @returns how the cap was computed
   * @throws Refus DUREE_SUPERIEURE_AU_MAXIMUM, MONTANT_SUPERIEUR_AU_PLAFOND, or what the dispositif's rules refuse
   */
  async exiger(em: EntityManager, dispositif: Dispositif, aControler: AControler): Promise<Explication> {
    const { departementId, periode, montant, date, dossier, parAvenant } = aControler;
    const termes = lireValeurs(dispositif.convention.termes, aControler.termes, ['input', 'termes']);
    const parametres = await this.parametres.resoudre(em, departementId, dispositif, date, dossier);
    const dureeMax = parametres[dispositif.convention.dureeMax]?.valeur as number;
    exiger(deciderDuree(periode, dureeMax, dispositif.convention.regles.duree));
    const plafond = dispositif.convention.plafond({ termes, periode, parametres });
    if (plafond.montant && montant.comparer(plafond.montant) > 0) {
      throw Refus.de(
        'MONTANT_SUPERIEUR_AU_PLAFOND',
        `Le montant dépasse le plafond de ${plafond.montant.enFrancais()}.`,
        { path: ['input', 'montant'], regle: dispositif.convention.regles.plafond },
      );
    }
    const champs = lireValeurs(dispositif.candidature.champs, aControler.champs, ['input', 'champs']);
    const contexte = { champs, termes, periode, montant, parametres };
    for (const controle of dispositif.convention.controles ?? []) {
      if (!parAvenant || !controle.saufAvenant) exiger(controle.decider(contexte));
    }
    return plafond.explication;
  }
}
